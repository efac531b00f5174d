"""Tests of the assembler with every kind of stream, bad messages and lost links."""

import math
from collections.abc import Iterable, Iterator

import numpy as np
import pytest

from sensor.assembler import Assembler, StreamStatistics
from sensor.errors import SettingError
from sensor.families import families, family_named
from sensor.families.base import ClockKind, DeviceSamples, Family
from sensor.families.witmotion import NOTIFY
from sensor.types import (
    STANDARD_GRAVITY_MPS2,
    Event,
    EventKind,
    FloatArray,
    ImuBlock,
    Item,
    Notification,
    Segment,
    SensorInfo,
    StreamSettings,
)
from tests.sensor.families.driver import stream_settings

START_NS = 5_000_000_000
STREAMING = [f for f in families().values() if f.capabilities.refused is None]


def motion(t: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return acc (n, 3) and gyr (n, 3) that change slowly and differ in every axis."""
    phase = 2 * np.pi * 0.4 * t[:, np.newaxis] + np.arange(3)
    return 0.8 * STANDARD_GRAVITY_MPS2 * np.sin(phase), 1.5 * np.cos(phase)


def sensor_of(family: Family, source: str = "s", segment: Segment = Segment.SHIN) -> SensorInfo:
    return SensorInfo(source, segment, family.name, settings=stream_settings(family))


def streamed(
    info: SensorInfo, duration_s: float, *, from_s: float = 0.0, first_sample: int = 0
) -> Iterator[Notification]:
    """Yield the notifications of a sensor, each 5 ms after its last sample."""
    encoder = family_named(info.family).encoder(info.settings)
    n, rate_hz = encoder.samples_per_notification, info.settings.rate_hz
    for i in range(int(duration_s * rate_hz / n)):
        index = first_sample + i * n
        t = from_s + (i * n + np.arange(n)) / rate_hz
        arrival_ns = START_NS + round((t[-1] + 0.005) * 1e9)
        for characteristic, payload in encoder.encode(
            DeviceSamples(*motion(t), index, float(t[0]))
        ):
            yield Notification(arrival_ns, info.source, characteristic, payload)


def assembled(assembler: Assembler, items: Iterable[Item]) -> list[ImuBlock]:
    return [block for item in items for block in assembler.feed(item)]


def joined(blocks: list[ImuBlock]) -> tuple[FloatArray, FloatArray, FloatArray]:
    return (
        np.concatenate([b.t for b in blocks]),
        np.vstack([b.acc for b in blocks]),
        np.vstack([b.gyr for b in blocks]),
    )


def assert_sound(block: ImuBlock) -> None:
    n = len(block.t)
    assert n > 0
    assert block.acc.shape == block.gyr.shape == (n, 3)
    assert block.clipped.shape == (n,)
    assert block.lost >= 0
    assert (np.diff(block.t) > 0).all()
    for array in (block.t, block.acc, block.gyr, block.clipped):
        assert array.flags.c_contiguous
        assert not array.flags.writeable
        assert np.isfinite(array).all()


def only(assembler: Assembler) -> StreamStatistics:
    (statistics,) = assembler.statistics.values()
    return statistics


@pytest.mark.parametrize("family", STREAMING, ids=lambda f: f.name)
def test_samples_of_every_family_have_the_right_times_and_values(family: Family) -> None:
    info = sensor_of(family)
    assembler = Assembler([info], START_NS)
    items = list(streamed(info, 10.0))
    blocks = assembled(assembler, items)
    for block in blocks:
        assert_sound(block)
        assert block.segment is Segment.SHIN
        assert block.lost == 0
    t, acc, gyr = joined(blocks)
    assert (np.diff(t) > 0).all()
    sent = int(10.0 * info.settings.rate_hz)
    assert sent - 3 * family.encoder(info.settings).samples_per_notification <= len(t) <= sent

    # The clock may be late by the transport; the values must fit the times that it gives.
    late_s = 0.0 if family.capabilities.clock.kind is ClockKind.SESSION else 0.005
    settled = t > 3.0
    true_acc, true_gyr = motion(t[settled] - late_s)
    acc_atol = 0.3 + info.settings.acc_range_g * STANDARD_GRAVITY_MPS2 / 1000
    gyr_atol = 0.05 + np.deg2rad(info.settings.gyr_range_dps) / 1000
    np.testing.assert_allclose(acc[settled], true_acc, atol=acc_atol)
    np.testing.assert_allclose(gyr[settled], true_gyr, atol=gyr_atol)

    statistics = only(assembler)
    assert statistics.notifications == len(items)
    assert statistics.received == len(t)
    assert statistics.lost == statistics.malformed == statistics.skipped_bytes == 0
    assert statistics.rate_hz == pytest.approx(info.settings.rate_hz, rel=2e-3)
    assert statistics.longest_gap_s < 1.5 / info.settings.rate_hz


@pytest.mark.parametrize("family", STREAMING, ids=lambda f: f.name)
def test_the_same_items_give_the_same_bits(family: Family) -> None:
    info = sensor_of(family)
    items = list(streamed(info, 5.0))
    one = joined(assembled(Assembler([info], START_NS), items))
    two = joined(assembled(Assembler([info], START_NS), items))
    for a, b in zip(one, two, strict=True):
        np.testing.assert_array_equal(a, b)


def test_sensors_of_two_families_do_not_disturb_each_other() -> None:
    shin = sensor_of(family_named("witmotion"), "a", Segment.SHIN)
    foot = sensor_of(family_named("polar"), "b", Segment.FOOT)
    items: list[Item] = [*streamed(shin, 6.0), *streamed(foot, 6.0)]
    items.sort(key=lambda item: item.t_ns)
    assembler = Assembler([shin, foot], START_NS)
    blocks = assembled(assembler, items)
    for info in (shin, foot):
        alone = assembled(Assembler([info], START_NS), streamed_of(info, items))
        together = [b for b in blocks if b.segment is info.segment]
        for a, b in zip(joined(together), joined(alone), strict=True):
            np.testing.assert_array_equal(a, b)
    assert set(assembler.statistics) == {"a", "b"}


def streamed_of(info: SensorInfo, items: list[Item]) -> list[Item]:
    return [i for i in items if isinstance(i, Notification) and i.source == info.source]


def test_a_bad_message_is_counted_and_kept_and_changes_no_sample() -> None:
    info = sensor_of(family_named("witmotion"))
    items: list[Item] = list(streamed(info, 4.0))
    bad = [
        Notification(START_NS + 2_000_000_000, "s", NOTIFY, b""),
        Notification(START_NS + 2_000_000_000, "s", NOTIFY, b"\x00" * 50),
        Notification(START_NS + 2_000_000_000, "s", "0000ffff-0000-1000-8000-00805f9b34fb", b"x"),
    ]
    assembler = Assembler([info], START_NS)
    blocks = assembled(assembler, [*items[:50], *bad, *items[50:]])
    expected = joined(assembled(Assembler([info], START_NS), items))
    for a, b in zip(joined(blocks), expected, strict=True):
        np.testing.assert_array_equal(a, b)
    statistics = only(assembler)
    assert statistics.malformed == 3
    assert [m.error.payload for m in statistics.bad_messages] == [b.payload for b in bad]
    assert {m.t_s for m in statistics.bad_messages} == {2.0}
    assert "witmotion" in str(statistics.bad_messages[0].error)


def test_only_the_newest_bad_messages_are_kept() -> None:
    info = sensor_of(family_named("witmotion"))
    assembler = Assembler([info], START_NS)
    for k in range(500):
        assembler.feed(Notification(START_NS + k, "s", NOTIFY, bytes([k % 80, 1])))
    statistics = only(assembler)
    assert statistics.malformed == 500
    assert len(statistics.bad_messages) < 50
    assert statistics.bad_messages[-1].error.payload == bytes([499 % 80, 1])


def test_bytes_between_frames_and_the_battery_are_in_the_statistics() -> None:
    info = sensor_of(family_named("witmotion"))
    assembler = Assembler([info], START_NS)
    (first, *_) = streamed(info, 1.0)
    assembler.feed(Notification(START_NS, "s", NOTIFY, b"\x01\x02\x03" + first.payload))
    battery = bytes.fromhex("557164008d01000047111a900000000000000000")
    assert assembler.feed(Notification(START_NS, "s", NOTIFY, battery)) == []
    statistics = only(assembler)
    assert statistics.skipped_bytes == 3
    assert statistics.battery_percent == 100
    assert statistics.received == 4


def test_notifications_of_other_sensors_are_ignored() -> None:
    assembler = Assembler([sensor_of(family_named("witmotion"))], START_NS)
    assert assembler.feed(Notification(START_NS, "another one", NOTIFY, b"U")) == []
    assert only(assembler).notifications == 0


@pytest.mark.parametrize("name", ["witmotion", "movella_dot", "polar", "movesense", "board"])
def test_after_a_lost_link_the_gap_is_counted_in_the_next_block(name: str) -> None:
    info = sensor_of(family_named(name))
    rate_hz = info.settings.rate_hz
    assembler = Assembler([info], START_NS)
    before = assembled(assembler, streamed(info, 6.0))
    lost = Event(START_NS + 6_100_000_000, EventKind.LINK, {"source": "s", "state": "lost"})
    back = Event(START_NS + 8_900_000_000, EventKind.LINK, {"source": "s", "state": "streaming"})
    after = assembled(assembler, [lost, back, *streamed(info, 6.0, from_s=9.0)])
    assert after[0].lost == pytest.approx(3.0 * rate_hz, abs=0.2 * rate_hz + 5)
    assert sum(b.lost for b in after[1:]) == 0
    t, acc, _ = joined([*before, *after])
    assert (np.diff(t) > 0).all()
    assert after[0].t[0] == pytest.approx(9.0, abs=0.05)
    settled = t > 12.0
    np.testing.assert_allclose(acc[settled], motion(t[settled] - 0.005)[0], atol=0.5)
    statistics = only(assembler)
    assert statistics.lost == after[0].lost
    assert statistics.longest_gap_s == pytest.approx(3.0, abs=0.3)


def test_half_a_frame_from_before_the_loss_does_not_reach_the_new_link() -> None:
    info = sensor_of(family_named("witmotion"))
    assembler = Assembler([info], START_NS)
    (first, second, *_) = streamed(info, 1.0)
    assembler.feed(Notification(first.t_ns, "s", NOTIFY, first.payload[:70]))
    assembler.feed(Event(START_NS + 10**8, EventKind.LINK, {"source": "s", "state": "streaming"}))
    (block,) = assembler.feed(second)
    assert len(block.t) == 4
    assert only(assembler).skipped_bytes == 0


@pytest.mark.parametrize(
    "data",
    [{}, {"source": "s"}, {"source": "t", "state": "streaming"}, {"source": 3, "state": None}],
    ids=str,
)
def test_other_events_change_nothing(data: dict[str, str | int | None]) -> None:
    info = sensor_of(family_named("witmotion"))
    items = list(streamed(info, 2.0))
    assembler = Assembler([info], START_NS)
    event = Event(START_NS, EventKind.LINK, data)
    blocks = assembled(assembler, [*items[:20], event, Event(START_NS, "unheard of"), *items[20:]])
    expected = joined(assembled(Assembler([info], START_NS), items))
    np.testing.assert_array_equal(joined(blocks)[0], expected[0])


@pytest.mark.parametrize("rate_hz", [0.0, -100.0, math.nan, math.inf, 1e300])
def test_a_recording_with_an_impossible_rate_is_refused(rate_hz: float) -> None:
    info = SensorInfo("s", Segment.SHIN, "witmotion", settings=StreamSettings(rate_hz=rate_hz))
    with pytest.raises(SettingError, match="rate_hz"):
        Assembler([info], START_NS)


def test_a_recording_of_an_unknown_family_is_refused() -> None:
    with pytest.raises(SettingError, match="family"):
        Assembler([SensorInfo("s", Segment.SHIN, "abacus")], START_NS)


# Two streams of one sensor --------------------------------------------------------------------


def split_streams(
    info: SensorInfo, duration_s: float
) -> tuple[list[Notification], list[Notification]]:
    """Return the notifications with accelerations and those with angular rates."""
    decoder = family_named(info.family).decoder(info.settings)
    acc: list[Notification] = []
    gyr: list[Notification] = []
    for item in streamed(info, duration_s):
        (packet,) = decoder(item.characteristic, [item.payload])
        (acc if len(packet.acc) else gyr).append(item)
    return acc, gyr


def test_the_order_of_the_two_streams_changes_nothing() -> None:
    info = sensor_of(family_named("polar"))
    acc, gyr = split_streams(info, 6.0)
    one = [n for pair in zip(acc, gyr, strict=True) for n in pair]
    two = [n for pair in zip(gyr, acc, strict=True) for n in pair]
    t1, acc1, gyr1 = joined(assembled(Assembler([info], START_NS), one))
    t2, acc2, gyr2 = joined(assembled(Assembler([info], START_NS), two))
    n = min(len(t1), len(t2))
    assert n > 5.0 * info.settings.rate_hz
    np.testing.assert_array_equal(t1[:n], t2[:n])
    np.testing.assert_array_equal(acc1[:n], acc2[:n])
    np.testing.assert_array_equal(gyr1[:n], gyr2[:n])


@pytest.mark.parametrize("name", ["polar", "metamotion"])
def test_rates_without_accelerations_around_them_are_lost_and_not_invented(name: str) -> None:
    info = sensor_of(family_named(name))
    acc, gyr = split_streams(info, 8.0)
    missing = acc[len(acc) // 2 : len(acc) // 2 + max(1, len(acc) // 4)]
    items = sorted([*acc, *gyr], key=lambda n: n.t_ns)
    assembler = Assembler([info], START_NS)
    blocks = assembled(assembler, [i for i in items if i not in missing])
    for block in blocks:
        assert_sound(block)
    whole = assembled(Assembler([info], START_NS), items)
    received, complete = len(joined(blocks)[0]), len(joined(whole)[0])
    assert received < complete
    assert only(assembler).lost == pytest.approx(complete - received, abs=2)
    t, measured, _ = joined(blocks)
    settled = t > 3.0
    np.testing.assert_allclose(measured[settled], motion(t[settled] - 0.005)[0], atol=0.5)


def test_rates_whose_accelerations_never_come_do_not_pile_up() -> None:
    info = sensor_of(family_named("polar"))
    _, gyr = split_streams(info, 60.0)
    assembler = Assembler([info], START_NS)
    assert assembled(assembler, gyr) == []
    waiting = assembler._streams["s"]._samples._gyr  # type: ignore[attr-defined]
    assert len(waiting) <= 12 * info.settings.rate_hz


def test_accelerations_whose_rates_never_come_do_not_pile_up() -> None:
    info = sensor_of(family_named("polar"))
    acc, _ = split_streams(info, 60.0)
    assembler = Assembler([info], START_NS)
    assert assembled(assembler, acc) == []
    waiting = assembler._streams["s"]._samples._acc  # type: ignore[attr-defined]
    assert len(waiting) <= 12 * info.settings.rate_hz
