"""Losses that were none, over real Bleak: ``python -m tests.benchmarks.first_contact false_losses``.

Two virtual WitMotion sensors, whose radio loses nothing, stream for ten minutes through Bleak and a
whole session: recorder, clocks, pipeline. The first run has the host for itself; beside the second
one twenty busy loops run. Linux only.
"""

import asyncio
import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from processing.review.read_recording import assembled, settled_samples
from processing.session import Session
from sensor.assembler import Assembler
from sensor.ble.source import open_ble
from sensor.recording import open_recording
from sensor.types import Segment
from tests.benchmarks.busy_loops import busy_loops
from tests.rig.bus import missing_dbus
from tests.rig.client import ENVIRONMENT, running_rig

MINUTES = 10.0
BUSY_LOOPS = 20
RATE_ERRORS = {Segment.SHIN: -0.0081, Segment.FOOT: -0.0097}
"""Errors of the two rates; real units are 0.7 to 1.1 % slow."""
ADDRESSES = {Segment.SHIN: "00:00:5E:00:53:01", Segment.FOOT: "00:00:5E:00:53:02"}


def recorded(minutes: float, path: Path) -> None:
    """Record a session of two virtual sensors to ``path``."""
    with running_rig() as rig:
        os.environ[ENVIRONMENT] = rig.bus_address
        for segment, address in ADDRESSES.items():
            rig.do(
                "add",
                address=address,
                family="witmotion",
                segment=segment,
                rate_error=RATE_ERRORS[segment],
            )
        asyncio.run(_run(minutes, path))


async def _run(minutes: float, path: Path) -> None:
    text = "ble:" + ",".join(f"{segment}={one}" for segment, one in ADDRESSES.items())
    session = Session(open_ble(text), lambda _: None, recording=path)
    with suppress(TimeoutError):
        async with asyncio.timeout(60.0 * minutes):
            await session.run()


def report(name: str, path: Path) -> None:
    """Print the losses that were said of a recording in which nothing was lost."""
    recording = open_recording(path)
    assembler = Assembler(recording.header.sensors, recording.header.start_ns)
    said = back = late = 0
    for item in recording.items():
        for block in assembler.feed(item):
            said += block.lost > 0
            back += block.found > 0
            late += block.t.item(-1) > (item.t_ns - recording.header.start_ns) / 1e9
    lost = sum(one.lost for one in assembler.statistics.values())
    settled = settled_samples(assembled(recording, np.inf, lambda _: None)).statistics
    print(
        f"{name:12s} {recording.duration_s / 60.0:.1f} min: {said} losses said live ({back} times "
        f"taken back), {lost} samples at the end; {sum(s.lost for s in settled.values())} samples "
        f"in the analysis; {late} blocks later than their arrival"
    )


def main(arguments: Sequence[str] = ()) -> None:
    """Print both runs."""
    ArgumentParser(description=__doc__).parse_args(arguments)
    if missing := missing_dbus():
        print(f"not measured: {missing}")
        return
    print("to reach: no loss on a quiet host, at most one in ten minutes on a busy one")
    with tempfile.TemporaryDirectory() as folder:
        for name, loops in (("quiet", 0), ("busy", BUSY_LOOPS)):
            path = Path(folder, f"{name}.mcap")
            with busy_loops(loops):
                recorded(MINUTES, path)
            report(name, path)


if __name__ == "__main__":
    main(sys.argv[1:])
