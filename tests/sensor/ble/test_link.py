"""Live streams of every family through Bleak: configured, complete, ended cleanly."""

import asyncio

import pytest

from sensor.ble.link import Wanted
from sensor.families import families
from sensor.types import Segment
from tests.rig.client import Rig
from tests.rig.session import live, missing_messages

pytestmark = pytest.mark.bluetooth

SHIN = "00:00:5E:00:53:01"
FOOT = "00:00:5E:00:53:02"
USABLE = [name for name, f in families().items() if f.capabilities.refused is None and f.services]

OPENING = ["searching", "found", "connecting", "discovering", "configuring", "streaming"]


def pair_of(rig: Rig, shin: str, foot: str) -> list[Wanted]:
    rig.do("add", address=SHIN, family=shin)
    rig.do("add", address=FOOT, family=foot, segment="foot")
    return [Wanted(SHIN, Segment.SHIN, shin), Wanted(FOOT, Segment.FOOT, foot)]


@pytest.mark.parametrize("name", USABLE)
def test_two_sensors_stream_without_loss_and_are_stopped(
    rig: Rig, loop: asyncio.Runner, name: str
) -> None:
    async def session() -> None:
        async with live(pair_of(rig, name, name)) as run:
            for source in (SHIN, FOOT):
                await run.until_streamed(source, 0.7)
                assert run.states(source) == OPENING
                assert missing_messages(rig.sent(source), run.notifications(source)) == 0
        assert [s.segment for s in run.header.sensors] == [Segment.SHIN, Segment.FOOT]
        assert {s.family for s in run.header.sensors} == {name}
        assert all(item.t_ns >= run.header.start_ns for item in run.items)

    loop.run(session())
    for source in (SHIN, FOOT):
        state = rig.do("state", address=source)
        assert not state["connected"]
        assert not state["subscribed"]
