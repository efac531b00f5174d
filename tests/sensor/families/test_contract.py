"""The contract of every family, of the built-in ones and of one that is registered."""

import dataclasses
import math
from collections.abc import Iterable, Iterator

import numpy as np
import pytest

from sensor import families as package
from sensor.errors import DecodeError, SettingError
from sensor.families.base import Advertisement, ClockKind, DeviceSamples, Family, TickOf
from sensor.families.steps import Expect, Read, Subscribe, Write
from sensor.types import Packet
from tests.sensor.families import own_family
from tests.sensor.families.contract import (
    assert_all,
    assert_ends_with,
    assert_prefix,
    encoded_stream,
    feed,
    feed_anything,
    first_of,
)
from tests.sensor.families.driver import Conversation, configure, connectable

FAMILIES = [*package.families().values(), own_family.FAMILY]


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    """Register the family of the test, as somebody outside the project would."""
    package.register_family(own_family.FAMILY)
    yield
    package.unregister_family(own_family.FAMILY.name)


def each(families: Iterable[Family]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("family", list(families), ids=lambda f: f.name)


def clock_kind(family: Family) -> ClockKind:
    return family.capabilities.clock.kind


every_family = each(FAMILIES)
every_connectable = each(f for f in FAMILIES if connectable(f))
every_advertised = each(f for f in FAMILIES if f.services)
every_refused = each(f for f in FAMILIES if f.capabilities.refused is not None)
every_physical = each(f for f in FAMILIES if clock_kind(f) is not ClockKind.SESSION)
every_ticking = each(f for f in FAMILIES if clock_kind(f) in {ClockKind.TICKS, ClockKind.SESSION})
every_counting = each(f for f in FAMILIES if clock_kind(f) is ClockKind.SEQUENCE)


# Bytes and values -----------------------------------------------------------------------------


@every_family
def test_encoded_samples_are_decoded_within_a_thousandth_of_the_range(family: Family) -> None:
    stream = encoded_stream(family)
    decoder = family.decoder(stream.settings)
    assert_all(stream, [p for message in stream.messages for p in feed(decoder, message)])


@every_family
def test_separate_streams_are_declared(family: Family) -> None:
    stream = encoded_stream(family)
    packets = [
        p for m in stream.messages for p in feed_anything(family.decoder(stream.settings), m)[0]
    ]
    one_sided = [p for p in packets if len(p.acc) != len(p.gyr)]
    assert bool(one_sided) == family.capabilities.separate_streams


@every_family
def test_a_message_cut_short_gives_its_first_samples_or_nothing(family: Family) -> None:
    stream = encoded_stream(family, messages=4)
    for j, (characteristic, payload) in enumerate(stream.messages[0]):
        for cut in range(len(payload)):
            decoder = family.decoder(stream.settings)
            whole = feed(decoder, stream.messages[0][:j])
            head, _ = feed_anything(decoder, [(characteristic, payload[:cut])])
            assert_prefix(stream, whole + head)
            packets, _ = feed_anything(decoder, stream.from_message(1))
            assert_ends_with(stream, packets, message=3)


@every_family
def test_a_message_cut_in_two_at_any_byte_hurts_none_after_it(family: Family) -> None:
    stream = encoded_stream(family, messages=4)
    for characteristic, payload in stream.messages[0]:
        for cut in range(len(payload)):
            decoder = family.decoder(stream.settings)
            pieces = [(characteristic, payload[:cut]), (characteristic, payload[cut:])]
            feed_anything(decoder, pieces)
            packets, _ = feed_anything(decoder, stream.from_message(1))
            assert_ends_with(stream, packets, message=3)


@every_family
@pytest.mark.parametrize("trailing", [b"\x00", b"\xff", b"\x00" * 7, b"\xff" * 30])
def test_trailing_bytes_change_no_sample(family: Family, trailing: bytes) -> None:
    stream = encoded_stream(family, messages=4)
    decoder = family.decoder(stream.settings)
    longer = [(c, payload + trailing) for c, payload in stream.messages[0]]
    packets, _ = feed_anything(decoder, longer)
    assert_prefix(stream, packets)
    packets, _ = feed_anything(decoder, stream.from_message(1))
    assert_ends_with(stream, packets, message=3)


@every_family
def test_garbage_raises_nothing_but_the_typed_error_and_the_stream_recovers(
    family: Family,
) -> None:
    stream = encoded_stream(family, messages=4)
    characteristics = sorted({c for m in stream.messages for c, _ in m})
    rng = np.random.default_rng(2)
    decoder = family.decoder(stream.settings)
    for _ in range(150):
        garbage = [(c, rng.bytes(int(rng.integers(0, 80)))) for c in characteristics]
        feed_anything(decoder, garbage)
        packets, _ = feed_anything(decoder, stream.from_message(0))
        assert_ends_with(stream, packets, message=3)


@every_family
def test_a_flipped_byte_raises_nothing_but_the_typed_error(family: Family) -> None:
    stream = encoded_stream(family, messages=4)
    for characteristic, payload in stream.messages[0]:
        for at in range(len(payload)):
            decoder = family.decoder(stream.settings)
            bad = bytearray(payload)
            bad[at] ^= 0xFF
            feed_anything(decoder, [(characteristic, bytes(bad))])
            packets, _ = feed_anything(decoder, stream.from_message(1))
            assert_ends_with(stream, packets, message=3)


@every_family
def test_another_characteristic_is_an_error(family: Family) -> None:
    stream = encoded_stream(family, messages=1)
    decoder = family.decoder(stream.settings)
    with pytest.raises(DecodeError) as caught:
        decoder("00002a00-0000-1000-8000-00805f9b34fb", [stream.messages[0][0][1]])
    assert caught.value.family == family.name


@every_family
def test_a_new_decoder_knows_nothing_of_the_old_connection(family: Family) -> None:
    stream = encoded_stream(family)
    used = family.decoder(stream.settings)
    feed_anything(used, stream.messages[5])
    feed_anything(used, [(c, payload[: len(payload) // 2]) for c, payload in stream.messages[6]])
    fresh = family.decoder(stream.settings)
    assert_all(stream, [p for message in stream.messages for p in feed(fresh, message)])


@every_physical
def test_samples_at_full_scale_are_marked(family: Family) -> None:
    calm = encoded_stream(family, messages=4)
    wild = encoded_stream(family, messages=4, scale=0.0)
    encoder = family.encoder(wild.settings)
    beyond = np.full((wild.per_message, 3), 1e4)
    message = list(encoder.encode(DeviceSamples(beyond, beyond, 0, 0.0)))
    message += encoder.encode(DeviceSamples(beyond, beyond, wild.per_message, 0.1))
    clipped = [p.clipped for p in feed(family.decoder(wild.settings), message)]
    assert clipped
    assert all(c.all() for c in clipped)
    decoder = family.decoder(calm.settings)
    assert not any(p.clipped.any() for m in calm.messages for p in feed(decoder, m))


# Time -----------------------------------------------------------------------------------------


@every_ticking
def test_ticks_follow_the_device_clock_through_its_wrap(family: Family) -> None:
    clock = family.capabilities.clock
    start_s = max(0.0, clock.wrap * clock.tick_s - 0.1)
    stream = encoded_stream(family, messages=12, first_time_s=start_s)
    decoder = family.decoder(stream.settings)
    packets = [p for m in stream.messages for p in feed(decoder, m)]
    for part in _streams(packets, separate=family.capabilities.separate_streams):
        assert all(first_of(p.ticks) is not None for p in part)
        counted = np.array([len(p.clipped) for p in part])
        # From tick to tick lie the samples of the earlier packet, or of the later one.
        between = counted[:-1] if clock.tick_of is TickOf.FIRST else counted[1:]
        steps = np.diff([first_of(p.ticks) or 0 for p in part]).astype(np.int64)
        if clock.wrap:
            assert (steps < 0).sum() == 1, "the clock wraps once in this stream"
            steps %= clock.wrap
        expected = between / stream.settings.rate_hz / clock.tick_s
        np.testing.assert_allclose(steps, expected, rtol=1e-6, atol=1.01)


@every_counting
def test_the_counter_counts_samples_through_its_wrap(family: Family) -> None:
    clock = family.capabilities.clock
    first = max(
        0, clock.wrap - 5 * family.encoder(family.capabilities.default).samples_per_notification
    )
    stream = encoded_stream(family, messages=12, first_sample=first)
    decoder = family.decoder(stream.settings)
    packets = [p for m in stream.messages for p in feed(decoder, m)]
    for part in _streams(packets, separate=family.capabilities.separate_streams):
        steps = np.diff(
            [-1 if first_of(p.sequences) is None else first_of(p.sequences) for p in part]
        )
        counted = np.array([len(p.clipped) for p in part])
        between = counted[:-1] if clock.tick_of is TickOf.FIRST else counted[1:]
        np.testing.assert_array_equal(steps % clock.wrap if clock.wrap else steps, between)


def _streams(packets: list[Packet], *, separate: bool) -> list[list[Packet]]:
    if not separate:
        return [packets]
    return [[p for p in packets if len(p.acc)], [p for p in packets if len(p.gyr)]]


# Recognition ----------------------------------------------------------------------------------


@every_advertised
def test_its_own_advertisement_is_recognised_best(family: Family) -> None:
    assert 0 < family.recognise(family.advertisement) <= 1
    assert package.recognise(family.advertisement) is family


@every_family
def test_nothing_and_strangers_are_not_recognised(family: Family) -> None:
    strangers = [
        Advertisement(),
        Advertisement(name="", service_uuids=("0000180d-0000-1000-8000-00805f9b34fb",)),
        Advertisement(name="Living room TV", manufacturer_data={0x0075: bytes(24)}),
        Advertisement(name="JBL Flip 6", service_uuids=("0000fddf-0000-1000-8000-00805f9b34fb",)),
        Advertisement(name="\x00\ud7ff" * 20, manufacturer_data={0xFFFF: b"", 0x004C: b"\x02"}),
    ]
    assert [family.recognise(a) for a in strangers] == [0] * len(strangers)


@every_family
def test_it_is_found_by_its_own_name(family: Family) -> None:
    assert package.family_named(family.name) is family
    assert family.name == family.name.lower().strip()
    assert family.title


# Configuration --------------------------------------------------------------------------------


@every_connectable
def test_the_configuration_ends_with_the_device_streaming_as_asked(family: Family) -> None:
    for rate_hz in family.capabilities.rates_hz:
        asked = dataclasses.replace(family.capabilities.default, rate_hz=rate_hz)
        configured, conversation = configure(family, asked)
        streaming = conversation.peripheral.streaming
        assert streaming is not None
        for settings in (configured.settings, streaming):
            assert settings.rate_hz == pytest.approx(rate_hz)
            assert settings.acc_range_g == asked.acc_range_g
            assert settings.gyr_range_dps == asked.gyr_range_dps
        assert configured.battery_percent is None or 0 <= configured.battery_percent <= 100
        encoder = family.encoder(configured.settings)
        still = np.zeros((encoder.samples_per_notification, 3))
        used = {c for c, _ in encoder.encode(DeviceSamples(still, still, 0, 0.0))}
        assert used <= conversation.subscribed, (
            "it streams on a characteristic without a subscription"
        )


@every_connectable
def test_every_range_can_be_asked_for(family: Family) -> None:
    offered = family.capabilities
    for acc_range_g in offered.acc_ranges_g:
        for gyr_range_dps in offered.gyr_ranges_dps:
            asked = dataclasses.replace(
                offered.default, acc_range_g=acc_range_g, gyr_range_dps=gyr_range_dps
            )
            _, conversation = configure(family, asked)
            streaming = conversation.peripheral.streaming
            assert streaming is not None
            assert (streaming.acc_range_g, streaming.gyr_range_dps) == (acc_range_g, gyr_range_dps)


@every_connectable
@pytest.mark.parametrize(
    "wrong",
    [
        {"rate_hz": 1234.5},
        {"rate_hz": -1.0},
        {"rate_hz": math.nan},
        {"acc_range_g": 3.7},
        {"gyr_range_dps": 11.0},
    ],
    ids=str,
)
def test_impossible_settings_are_refused_before_anything_is_sent(
    family: Family, wrong: dict[str, float]
) -> None:
    settings = dataclasses.replace(family.capabilities.default, **wrong)  # type: ignore[arg-type]
    with pytest.raises(SettingError) as caught:
        next(family.configure(settings))
    assert caught.value.key in wrong


@every_refused
def test_a_refused_family_gives_the_reason(family: Family) -> None:
    assert len(family.capabilities.refused or "") > 10
    with pytest.raises(SettingError):
        next(family.configure(family.capabilities.default))


@every_connectable
def test_every_step_uses_a_characteristic_of_the_table_as_its_properties_allow(
    family: Family,
) -> None:
    table = {c.uuid: c.properties for s in family.services for c in s.characteristics}
    _, conversation = configure(family, family.capabilities.default)
    for step in [*conversation.steps, *family.stop]:
        match step:
            case Subscribe(characteristic) | Expect(characteristic):
                assert {"notify", "indicate"} & set(table[characteristic])
            case Write(characteristic, response=True):
                assert "write" in table[characteristic]
            case Write(characteristic, response=False):
                assert "write-without-response" in table[characteristic]
            case Read(characteristic, optional=False):
                assert "read" in table[characteristic]


@every_connectable
def test_the_device_takes_the_steps_that_stop_it_and_can_be_started_again(family: Family) -> None:
    _, conversation = configure(family, family.capabilities.default)
    for step in family.stop:
        conversation.answer(step)
    again, conversation = configure(family, family.capabilities.default, conversation.peripheral)
    assert isinstance(conversation, Conversation)
    assert conversation.peripheral.streaming is not None
    assert again.settings.rate_hz == pytest.approx(family.capabilities.default.rate_hz)


@every_connectable
def test_the_default_is_among_the_possible(family: Family) -> None:
    offered = family.capabilities
    assert offered.default.rate_hz in offered.rates_hz
    assert offered.default.acc_range_g in offered.acc_ranges_g
    assert offered.default.gyr_range_dps in offered.gyr_ranges_dps
    assert offered.models
