"""Tests of the faults of real sensors on virtual ones: what is lost, and what is reported."""

import asyncio
import struct
import time
from dataclasses import replace
from itertools import pairwise

import pytest

from sensor.assembler import Assembler
from sensor.ble.link import ChosenSensor, LinkConfig
from sensor.ble.link_errors import LinkError
from sensor.ble.live_stream import STALLED_S
from sensor.ble.remedies import LinkFault
from sensor.ble.source import BleSource
from sensor.families.movella_dot import DEVICE_CONTROL, VISIT_RATE
from sensor.families.polar_control import CONTROL as POLAR_CONTROL
from sensor.families.witmotion import (
    REGISTER_MAC,
    REGISTER_RATE,
    REGISTER_UNLOCK,
    UNLOCK_VALUE,
    WRITE,
    command,
)
from sensor.types import Event, Segment
from tests.patience import PATIENCE_S
from tests.rig.client import Rig
from tests.rig.session import LiveSession, eventually, live, missing_messages

pytestmark = pytest.mark.bluetooth

ADDRESS = "00:00:5E:00:53:11"
OTHER = "00:00:5E:00:53:12"
ONCE = LinkConfig(search_s=PATIENCE_S, attempts=1)

# A sensor without a clock of its own, and one with a clock and a counter.
FAMILIES = ("witmotion", "board")


def shin(rig: Rig, family: str, **spec: object) -> list[ChosenSensor]:
    rig.do("add", address=ADDRESS, family=family, **spec)
    return [ChosenSensor(ADDRESS, Segment.SHIN, family)]


def refusal(
    loop: asyncio.Runner, wanted: list[ChosenSensor], config: LinkConfig = ONCE
) -> LinkError:
    async def attempt() -> None:
        async with live(wanted, config):
            pass

    with pytest.raises(LinkError) as caught:
        loop.run(attempt())
    return caught.value


def nothing_lost(rig: Rig, run: LiveSession) -> bool:
    return missing_messages(rig.sent(ADDRESS), run, ADDRESS) == 0


@pytest.mark.parametrize("family", FAMILIES)
def test_a_sensor_that_vanishes_comes_back_by_itself(
    rig: Rig, loop: asyncio.Runner, family: str
) -> None:
    async def session() -> None:
        async with live(shin(rig, family)) as run:
            await run.until_streamed(ADDRESS, 0.3)
            rig.do("vanish", address=ADDRESS, seconds=3.0)
            lost = await run.until_state(ADDRESS, "lost")
            again = await run.until_state(ADDRESS, "streaming", count=2)
            await run.until_streamed(ADDRESS, 0.3)
        healing = ["stalled", "lost", "retrying", "found", "connecting", "discovering"]
        healing += ["configuring", "streaming", "stopped"]
        opening = run.course(ADDRESS).index("streaming") + 1
        assert run.course(ADDRESS)[opening:] == healing
        assert lost.data["fault"] == LinkFault.DISCONNECTED
        assert lost.data["remedy"]
        assert "resumed" not in again.data

    loop.run(session())


def test_a_link_that_is_silent_for_a_second_is_lost_but_the_burst_after_it_is_whole(
    rig: Rig, loop: asyncio.Runner
) -> None:
    async def session() -> None:
        async with live(shin(rig, "board")) as run:
            await run.until_streamed(ADDRESS, 0.3)
            rig.do("stall", address=ADDRESS, seconds=1.2)
            stalled = await run.until_state(ADDRESS, "stalled")
            lost = await run.until_state(ADDRESS, "lost")
            again = await run.until_state(ADDRESS, "streaming", count=2)
            await run.until_streamed(ADDRESS, 0.3)
            assert nothing_lost(rig, run)
        assert stalled.t_ns < lost.t_ns < again.t_ns
        assert again.data["resumed"]
        assembler = Assembler(run.header.sensors, run.header.start_ns)
        blocks = [block for item in run.items for block in assembler.feed(item)]
        assert sum(block.lost for block in blocks) == 0
        counted = {message.samples for message in rig.sent(ADDRESS) if message.samples}
        assert sum(len(block.t) for block in blocks) <= max(counted)

    loop.run(session())


@pytest.mark.parametrize("payload", ["", "ff" * 7, "55" * 240], ids=["empty", "foreign", "long"])
@pytest.mark.parametrize("family", FAMILIES)
def test_the_stream_goes_on_after_malformed_payloads(
    rig: Rig, loop: asyncio.Runner, family: str, payload: str
) -> None:
    async def session() -> None:
        async with live(shin(rig, family)) as run:
            await run.until_streamed(ADDRESS, 0.3)
            rig.do("emit", address=ADDRESS, payload=payload)
            await run.until(
                lambda: bytes.fromhex(payload) in [n.payload for n in run.notifications(ADDRESS)]
            )
            await run.until_streamed(ADDRESS, 0.3)
            assert nothing_lost(rig, run)
        assert run.course(ADDRESS)[-2:] == ["streaming", "stopped"]

    loop.run(session())


def test_a_blocked_loop_loses_nothing_and_is_not_taken_for_a_silent_sensor(
    rig: Rig, loop: asyncio.Runner
) -> None:
    async def session() -> None:
        async with live(shin(rig, "board")) as run:
            await run.until_streamed(ADDRESS, 0.3)
            time.sleep(1.2)  # the fault itself
            await run.until_streamed(ADDRESS, 0.3)
            assert nothing_lost(rig, run)
        assert run.course(ADDRESS)[-2:] == ["streaming", "stopped"]
        # On a busy machine the virtual sensor itself may be silent now and then.
        sent_ns = [message.t_ns for message in rig.sent(ADDRESS)]
        silences = sum(b - a > 0.5e9 * STALLED_S for a, b in pairwise(sent_ns))
        assert run.states(ADDRESS).count("stalled") <= silences

    loop.run(session())


@pytest.mark.parametrize("writes", [1, 3])
def test_a_link_that_breaks_during_configuration_is_tried_again(
    rig: Rig, loop: asyncio.Runner, writes: int
) -> None:
    wanted = shin(rig, "witmotion")
    rig.do("drop_at_write", address=ADDRESS, count=writes)

    async def session() -> None:
        async with live(wanted) as run:
            await run.until_streamed(ADDRESS, 0.1)
        broken = run.states(ADDRESS).index("retrying")
        assert run.states(ADDRESS)[broken - 1] == "configuring"
        assert run.events(ADDRESS)[broken].data["fault"] == LinkFault.DISCONNECTED

    loop.run(session())


def test_two_sensors_of_one_name_are_distinguished_by_their_addresses(
    rig: Rig, loop: asyncio.Runner
) -> None:
    rig.do("add", address=OTHER, family="witmotion", name="WT901BLE67", rssi=-40)
    wanted = shin(rig, "witmotion", name="WT901BLE67", rssi=-80)

    async def session() -> None:
        async with live(wanted) as run:
            await run.until_streamed(ADDRESS, 0.1)
            assert rig.do("state", address=ADDRESS)["connected"]
            assert not rig.do("state", address=OTHER)["connected"]

    loop.run(session())


def test_a_small_mtu_that_cuts_messages_is_reported(rig: Rig, loop: asyncio.Runner) -> None:
    async def session() -> None:
        async with live(shin(rig, "witmotion", mtu=23)) as run:
            event = await run.until_state(ADDRESS, "retrying")
            assert event.data["fault"] == LinkFault.MESSAGES_CUT
            assert "20 of up to 80 bytes" in str(event.data["reason"])

    loop.run(session())


def test_a_small_mtu_that_cuts_an_answer_is_reported(rig: Rig, loop: asyncio.Runner) -> None:
    # The settings that this family offers are longer than the 20 bytes of such a connection.
    error = refusal(loop, shin(rig, "polar", mtu=23))
    assert error.fault is LinkFault.MESSAGES_CUT
    assert "only 20 bytes of an answer arrive" in error.what


def test_a_model_without_a_gyroscope_is_asked_only_once(rig: Rig, loop: asyncio.Runner) -> None:
    wanted = shin(rig, "polar")
    without_gyroscope = bytes((0x0F, 0b0000_0100)) + bytes(15)
    rig.do("say", address=ADDRESS, characteristic=POLAR_CONTROL, value=without_gyroscope.hex())
    error = refusal(loop, wanted, replace(ONCE, attempts=3))
    assert error.fault is LinkFault.UNSUPPORTED
    assert "no gyroscope" in error.what


def test_a_sensor_that_keeps_another_rate_streams_with_a_note(
    rig: Rig, loop: asyncio.Runner
) -> None:
    wanted = shin(rig, "movella_dot")
    settings = struct.pack("<B23xH6x", VISIT_RATE, 30)
    rig.do("write", address=ADDRESS, characteristic=DEVICE_CONTROL, data=settings.hex())
    rig.do("ignore", address=ADDRESS, characteristic=DEVICE_CONTROL)

    async def session() -> None:
        async with live(wanted) as run:
            await run.until_streamed(ADDRESS, 0.3)
            event = await run.until_state(ADDRESS, "streaming")
            assert event.data["reason"] == "it keeps to 30 Hz, though 60 Hz were asked for"

    loop.run(session())


def test_an_adapter_that_is_switched_off_and_on_brings_the_stream_back(
    rig: Rig, loop: asyncio.Runner
) -> None:
    async def session() -> None:
        async with live(shin(rig, "board")) as run:
            await run.until_streamed(ADDRESS, 0.1)
            rig.do("power", on=False)
            await run.until(
                lambda: run.events(ADDRESS)[-1].data.get("fault") == LinkFault.ADAPTER_OFF
            )
            rig.do("power", on=True)
            await run.until_state(ADDRESS, "streaming", count=2)

    loop.run(session())


def test_a_sensor_left_connected_by_a_killed_program_is_taken_over(
    rig: Rig, loop: asyncio.Runner
) -> None:
    wanted = shin(rig, "board")
    rig.do("hold", address=ADDRESS)

    async def session() -> None:
        async with live(wanted) as run:
            await run.until_streamed(ADDRESS, 0.1)

    loop.run(session())
    assert not rig.do("state", address=ADDRESS)["connected"]


def test_another_device_at_the_same_address_is_refused(rig: Rig, loop: asyncio.Runner) -> None:
    async def session() -> None:
        async with live(shin(rig, "witmotion")) as run:
            await run.until_streamed(ADDRESS, 0.1)
            for order in (command(REGISTER_UNLOCK, UNLOCK_VALUE), command(REGISTER_MAC, 0x1234)):
                rig.do("write", address=ADDRESS, characteristic=WRITE, data=order.hex())
            rig.do("disconnect", address=ADDRESS)
            event = await run.until_state(ADDRESS, "refused")
            assert event.data["fault"] == LinkFault.CHANGED
            await run.until(lambda: run.source_ended)

    loop.run(session())


def test_a_sensor_that_fell_back_to_another_rate_is_configured_again(
    rig: Rig, loop: asyncio.Runner
) -> None:
    async def session() -> None:
        async with live(shin(rig, "witmotion")) as run:
            await run.until_streamed(ADDRESS, 0.1)
            for order in (command(REGISTER_UNLOCK, UNLOCK_VALUE), command(REGISTER_RATE, 0x06)):
                rig.do("write", address=ADDRESS, characteristic=WRITE, data=order.hex())
            # On a busy machine the first message may still be of the rate before, or a late answer.
            frames = max(len(one.payload) for one in run.notifications(ADDRESS))
            await run.until(lambda: len(run.notifications(ADDRESS)[-1].payload) < frames)
            run.source.configure_again(ADDRESS, LinkFault.RATE_FELL)
            event = await run.until_state(ADDRESS, "configuring", 2)
            assert event.data["fault"] == LinkFault.RATE_FELL
            # Its clock begins again. A stream that only paused meanwhile would be none of its own.
            await run.until(lambda: len(run.streams(ADDRESS)) == 2)
            await run.until(lambda: len(run.notifications(ADDRESS)[-1].payload) == frames)
            assert "connecting" not in run.states(ADDRESS)[4:], "over the same connection"

    loop.run(session())


def test_an_absent_sensor_is_not_found(rig: Rig, loop: asyncio.Runner) -> None:
    error = refusal(loop, [ChosenSensor(ADDRESS, Segment.SHIN)], replace(ONCE, search_s=0.6))
    assert error.fault is LinkFault.NOT_FOUND
    assert ADDRESS in str(error)
    assert "phone" in str(error)


def test_an_adapter_that_is_off_or_missing_is_named(rig: Rig, loop: asyncio.Runner) -> None:
    wanted = shin(rig, "board")
    rig.do("power", on=False)
    # Bleak sees the change of the adapter a moment later.
    eventually(lambda: refusal(loop, wanted).fault, LinkFault.ADAPTER_OFF)
    rig.do("plug", present=False)
    eventually(lambda: refusal(loop, wanted).fault, LinkFault.NO_ADAPTER)
    rig.do("plug", present=True)


@pytest.mark.parametrize(
    ("trouble", "fault"),
    [
        ({"busy": 9}, LinkFault.BUSY),
        ({"refusing": True}, LinkFault.CONFIGURATION),
        ({"silent": True}, LinkFault.SILENT),
    ],
    ids=["busy", "refusing", "silent"],
)
def test_a_sensor_that_cannot_be_used_is_refused_with_the_fault(
    rig: Rig,
    loop: asyncio.Runner,
    monkeypatch: pytest.MonkeyPatch,
    trouble: dict[str, object],
    fault: LinkFault,
) -> None:
    wanted = shin(rig, "board")
    rig.do("set", address=ADDRESS, **trouble)
    monkeypatch.setattr("sensor.ble.live_stream.FIRST_DATA_S", 0.5)
    assert refusal(loop, wanted).fault is fault
    assert not rig.do("state", address=ADDRESS)["connected"]


def test_a_device_with_foreign_services_is_refused_and_the_other_released(
    rig: Rig, loop: asyncio.Runner
) -> None:
    rig.do("add", address=OTHER, family="board", segment="foot")
    wanted = [ChosenSensor(OTHER, Segment.FOOT), *shin(rig, "witmotion", foreign=True)]
    error = refusal(loop, wanted, LinkConfig())
    assert error.fault is LinkFault.WRONG_SERVICES
    assert "shin" in error.subject
    assert not rig.do("state", address=OTHER)["connected"]


def test_a_device_of_no_known_family_is_refused(rig: Rig, loop: asyncio.Runner) -> None:
    rig.do("add", address=ADDRESS, family="board", name="Kitchen scale", anonymous=True)
    assert refusal(loop, [ChosenSensor(ADDRESS, Segment.SHIN)]).fault is LinkFault.UNKNOWN_FAMILY


def test_an_impossible_rate_is_refused_before_anything_is_written(
    rig: Rig, loop: asyncio.Runner
) -> None:
    wanted = [replace(w, rate_hz=123.0) for w in shin(rig, "witmotion")]
    error = refusal(loop, wanted)
    assert error.fault is LinkFault.SETTINGS
    assert "123" in str(error)


@pytest.mark.parametrize("state", ["connecting", "configuring"])
def test_ending_in_the_middle_of_connecting_leaves_no_sensor_connected(
    rig: Rig, loop: asyncio.Runner, state: str
) -> None:
    async def session() -> None:
        reached = asyncio.Event()

        def watch(event: Event) -> None:
            if event.data["state"] == state:
                reached.set()

        source = BleSource(shin(rig, "witmotion"), on_event=watch)
        opening = asyncio.create_task(source.open())
        await reached.wait()
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening

    loop.run(session())
    assert not rig.do("state", address=ADDRESS)["connected"]
