"""Tests of live streams of every family through Bleak: configured, complete, ended cleanly."""

import asyncio
from dataclasses import replace

import numpy as np
import pytest

from sensor.assembler import Assembler
from sensor.ble.identify import ShakeIdentifier
from sensor.ble.link import ChosenSensor, _alike
from sensor.families import families
from sensor.types import Segment, StreamSettings
from tests.rig.client import Rig
from tests.rig.session import live, missing_messages

SHIN = "00:00:5E:00:53:01"
FOOT = "00:00:5E:00:53:02"
USABLE = [name for name, f in families().items() if f.capabilities.refused is None and f.services]

OPENING = ["searching", "found", "connecting", "discovering", "configuring", "streaming"]


def pair_of(rig: Rig, shin: str, foot: str) -> list[ChosenSensor]:
    rig.do("add", address=SHIN, family=shin)
    rig.do("add", address=FOOT, family=foot, segment="foot")
    return [ChosenSensor(SHIN, Segment.SHIN, shin), ChosenSensor(FOOT, Segment.FOOT, foot)]


@pytest.mark.bluetooth
@pytest.mark.parametrize("name", USABLE)
def test_two_sensors_stream_without_loss_and_are_stopped(
    rig: Rig, loop: asyncio.Runner, name: str
) -> None:
    async def session() -> None:
        async with live(pair_of(rig, name, name)) as run:
            for source in (SHIN, FOOT):
                await run.until_streamed(source, 0.7)
                assert run.course(source) == OPENING
                assert missing_messages(rig.sent(source), run, source) == 0
        assembler = Assembler(run.header.sensors, run.header.start_ns)
        for item in run.items:
            assembler.feed(item)
        for seen in assembler.statistics.values():
            assert (seen.malformed, seen.skipped_bytes, seen.lost) == (0, 0, 0)
        assert [s.segment for s in run.header.sensors] == [Segment.SHIN, Segment.FOOT]
        assert {s.family for s in run.header.sensors} == {name}
        assert all(item.t_ns >= run.header.start_ns for item in run.items)

    loop.run(session())
    for source in (SHIN, FOOT):
        state = rig.do("state", address=source)
        assert not state["connected"]
        assert not state["subscribed"]


@pytest.mark.bluetooth
def test_sensors_of_two_families_work_together(rig: Rig, loop: asyncio.Runner) -> None:
    wanted = pair_of(rig, "witmotion", "polar")
    wanted[1] = replace(wanted[1], rate_hz=52.0)

    async def session() -> None:
        async with live(wanted) as run:
            await run.until_streamed(SHIN, 2.0)
            await run.until_streamed(FOOT, 0.1)
        assembler = Assembler(run.header.sensors, run.header.start_ns)
        blocks = [block for item in run.items for block in assembler.feed(item)]
        for segment, rate_hz in ((Segment.SHIN, 100.0), (Segment.FOOT, 52.0)):
            t = np.concatenate([b.t for b in blocks if b.segment is segment])
            assert len(t) / (t[-1] - t[0]) == pytest.approx(rate_hz, rel=0.1)

    loop.run(session())


@pytest.mark.bluetooth
def test_the_sensor_that_is_shaken_is_identified(rig: Rig, loop: asyncio.Runner) -> None:
    rig.do("add", address=SHIN, family="board", swing=0.0)
    rig.do("add", address=FOOT, family="board", segment="foot", swing=3.0)
    wanted = [ChosenSensor(SHIN, Segment.SHIN), ChosenSensor(FOOT, Segment.FOOT)]

    async def session() -> None:
        async with live(wanted) as run:
            assembler = Assembler(run.header.sensors, run.header.start_ns)
            identifier = ShakeIdentifier()
            fed = 0

            def foot_is_shaken() -> bool:
                nonlocal fed
                for item in run.items[fed:]:
                    for block in assembler.feed(item):
                        identifier.add(block)
                fed = len(run.items)
                return identifier.shaken is Segment.FOOT

            await run.until(foot_is_shaken)

    loop.run(session())


@pytest.mark.parametrize(
    ("now", "same"),
    [
        ({"rate_hz": 49.9}, True),
        ({"rate_hz": 40.0}, False),
        ({"acc_range_g": 4.0}, False),
        ({"extra": {"factor": 2.0}}, False),
    ],
)
def test_a_stream_goes_on_only_with_the_settings_that_it_began_with(
    now: dict[str, object], same: bool
) -> None:
    family = families()["bluest"]
    before = StreamSettings(50.0, 2.0, 2000.0)
    assert _alike(before, replace(before, **now), family) is same  # type: ignore[arg-type]
