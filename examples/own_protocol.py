"""A protocol of your own: written as TOML, followed by the coach, judged rep by rep."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

import toepoint

PROTOCOL = """
format = 1
name = "slow-tips"
title = "Short sets, toes pointed on the way down, five seconds each"
waves = 2

[[set]]
type = "B"
reps = [4, 4]
tempo = "5-0-1-0"
rest_s = 20
"""


def show(output: Sequence[object]) -> None:
    """Print what the coach says, as a recording keeps it."""
    for one in output:
        if isinstance(one, toepoint.Cue):
            print(f"{one.t:6.1f} s  {one.kind.value}: {one.to_event(0).data['speech']}")


with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "slow-tips.toml"
    path.write_text(PROTOCOL, encoding="utf-8")
    coach = toepoint.Coach(toepoint.load_protocol(path))
source = toepoint.open_source("sim:protocol=B,sets=2,reps=4,tempo=5-0-1-0,seed=5", speed=None)
asyncio.run(toepoint.Session(source, show, coach=coach, batch_s=0.5).run())
