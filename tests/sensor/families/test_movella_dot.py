"""Movella DOT: published messages, payloads with and without padding, a device that still runs."""

import struct
from typing import Any

import numpy as np
import pytest

from sensor.errors import DecodeError, DeviceError, SettingError
from sensor.families import recognise
from sensor.families.base import Advertisement, DeviceSamples
from sensor.families.movella_dot import (
    DEVICE_CONTROL,
    FAMILY,
    MEASUREMENT_CONTROL,
    DotPeripheral,
    start_command,
    stop_command,
)
from sensor.families.movella_dot_payload import BATTERY, LONG_PAYLOAD, MEDIUM_PAYLOAD
from sensor.families.steps import Subscribe, Write
from sensor.types import StreamSettings
from tests.sensor.families.contract import first_of
from tests.sensor.families.driver import Conversation, configure
from tests.shared_data import device_vectors

# The vendor's layout (XD0506P rev C, tables 15 and 17), packed here independently of the encoder.
ACC = (0.25, -1.5, 9.81)
GYR_DPS = (12.5, -300.25, 0.0625)
RATE_QUANTITIES = struct.pack("<I6f", 16667, *ACC, *GYR_DPS)
CUSTOM_5 = struct.pack("<I4f6f", 1_000_000, 0.5, 0.5, -0.5, 0.5, *ACC, *GYR_DPS)


def written(conversation: Conversation) -> list[bytes]:
    return [step.data for step in conversation.steps if isinstance(step, Write)]


def settings(rate_hz: float = 60.0, **extra: int) -> StreamSettings:
    return StreamSettings(rate_hz=rate_hz, extra=extra)


@pytest.mark.parametrize(
    ("characteristic", "payload", "tick"),
    [
        (MEDIUM_PAYLOAD, RATE_QUANTITIES, 16667),
        (MEDIUM_PAYLOAD, RATE_QUANTITIES + bytes(12), 16667),
        (MEDIUM_PAYLOAD, RATE_QUANTITIES + struct.pack("<3h", 4096, -2048, 1024), 16667),
        (LONG_PAYLOAD, CUSTOM_5, 1_000_000),
        (LONG_PAYLOAD, CUSTOM_5 + bytes(19), 1_000_000),
    ],
)
def test_a_payload_gives_one_sample_padded_or_not(
    characteristic: str, payload: bytes, tick: int
) -> None:
    (packet,) = FAMILY.decoder(settings())(characteristic, [payload])
    np.testing.assert_allclose(packet.acc, [ACC], rtol=1e-6)
    np.testing.assert_allclose(np.rad2deg(packet.gyr), [GYR_DPS], rtol=1e-6)
    assert first_of(packet.ticks) == tick
    assert packet.clipped.tolist() == [False]


def _expected(vector: dict[str, Any]) -> None:
    expect, payload = vector["expect"], bytes.fromhex(vector["hex"])
    packets = FAMILY.decoder(settings())(vector["characteristic"], [payload])
    if "battery_percent" in expect:
        assert packets[0].battery_percent == expect["battery_percent"]
    elif "timestamp_us" in expect:
        (packet,) = packets
        assert first_of(packet.ticks) == expect["timestamp_us"]
        np.testing.assert_allclose(packet.acc, [expect["acc_mps2"]], rtol=1e-6)
        np.testing.assert_allclose(np.rad2deg(packet.gyr), [expect["gyr_dps"]], rtol=1e-6)
    else:
        assert packets == []


def test_every_published_notification_is_read() -> None:
    vectors = [v for v in device_vectors() if v["family"] == "xsens_dot"]
    notifications = [v for v in vectors if v["direction"] == "notify"]
    assert len(notifications) == 9
    for vector in notifications:
        _expected(vector)


def test_the_control_commands_are_the_published_ones() -> None:
    published = {
        v["expect"]["command"]: bytes.fromhex(v["hex"])
        for v in device_vectors()
        if v["family"] == "xsens_dot" and v["characteristic"] == MEASUREMENT_CONTROL
    }
    assert published == {
        "start mode 21": start_command(21),
        "start mode 26": start_command(26),
        "stop": stop_command(21),
    }


def test_the_battery_is_read_where_it_is_plausible() -> None:
    decoder = FAMILY.decoder(settings())
    assert decoder(BATTERY, [bytes((87, 1))])[0].battery_percent == 87
    with pytest.raises(DecodeError, match="battery"):
        decoder(BATTERY, [bytes((187, 1))])


@pytest.mark.parametrize("mode", [20, 21, 26])
def test_encoded_samples_come_back(mode: int) -> None:
    rng = np.random.default_rng(3)
    acc, gyr = rng.normal(0, 30, (5, 3)), rng.normal(0, 8, (5, 3))
    encoder = FAMILY.encoder(settings(payload_mode=mode))
    decoder = FAMILY.decoder(settings(payload_mode=mode))
    for i in range(5):
        ((characteristic, payload),) = encoder.encode(
            DeviceSamples(acc[i : i + 1], gyr[i : i + 1], i, i / 60)
        )
        (packet,) = decoder(characteristic, [payload])
        np.testing.assert_allclose(packet.acc, acc[i : i + 1], rtol=1e-6)
        np.testing.assert_allclose(packet.gyr, gyr[i : i + 1], rtol=1e-6)
        assert first_of(packet.ticks) == round(i / 60 * 1e6)


def test_the_clock_wraps_after_2_to_the_32_microseconds() -> None:
    encoder = FAMILY.encoder(settings())
    still = np.zeros((1, 3))
    ((characteristic, payload),) = encoder.encode(DeviceSamples(still, still, 0, 2**32 / 1e6 + 0.5))
    (packet,) = FAMILY.decoder(settings())(characteristic, [payload])
    assert first_of(packet.ticks) == 500_000
    assert FAMILY.capabilities.clock.wrap == 2**32


def test_a_sample_at_full_scale_is_flagged() -> None:
    encoder, decoder = FAMILY.encoder(settings()), FAMILY.decoder(settings())
    still = np.zeros((1, 3))
    for acc, gyr in ((still + 500.0, still), (still, still - 50.0)):
        ((characteristic, payload),) = encoder.encode(DeviceSamples(acc, gyr, 0, 0.0))
        assert decoder(characteristic, [payload])[0].clipped.tolist() == [True]


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30, -700.0])
@pytest.mark.parametrize("channel", range(3))
def test_impossible_numbers_are_refused(value: float, channel: int) -> None:
    acc = list(ACC)
    acc[channel] = value
    with pytest.raises(DecodeError, match="cannot measure"):
        FAMILY.decoder(settings())(MEDIUM_PAYLOAD, [struct.pack("<I6f", 1, *acc, *GYR_DPS)])


@pytest.mark.parametrize(
    ("characteristic", "payload"), [(MEDIUM_PAYLOAD, RATE_QUANTITIES), (LONG_PAYLOAD, CUSTOM_5)]
)
def test_a_payload_cut_anywhere_is_refused_and_the_next_is_read(
    characteristic: str, payload: bytes
) -> None:
    decoder = FAMILY.decoder(settings())
    for length in range(len(payload)):
        with pytest.raises(DecodeError) as caught:
            decoder(characteristic, [payload[:length]])
        assert caught.value.payload == payload[:length]
        assert len(decoder(characteristic, [payload])) == 1


def test_the_configuration_starts_rate_quantities_after_subscribing() -> None:
    configured, conversation = configure(FAMILY, settings())
    assert conversation.steps[-2:] == [
        Subscribe(MEDIUM_PAYLOAD),
        Write(MEASUREMENT_CONTROL, bytes.fromhex("010115"), response=True),
    ]
    assert configured.identity == "D4:22:CD:AA:BB:CC"
    assert configured.firmware == "2.4.0"
    assert configured.battery_percent == 87
    assert conversation.peripheral.streaming == configured.settings


def test_a_sensor_that_still_measures_is_stopped_before_its_rate_is_set() -> None:
    device = DotPeripheral(rate_hz=20, mode=5, measuring=True)
    configured, conversation = configure(FAMILY, settings(rate_hz=30.0, payload_mode=26), device)
    stop, rate, _, start = written(conversation)
    assert stop == bytes((1, 0, 5))
    assert (rate[0], rate[24:26]) == (0x10, bytes((30, 0)))
    assert start == bytes.fromhex("01011a")
    assert Subscribe(LONG_PAYLOAD) in conversation.steps
    assert configured.settings == device.streaming == settings(rate_hz=30.0, payload_mode=26)


def test_only_the_rate_of_the_settings_record_is_changed() -> None:
    tag = bytes(range(32))

    class Tagged(DotPeripheral):
        def read(self, characteristic: str) -> bytes:
            record = super().read(characteristic)
            if characteristic == DEVICE_CONTROL:
                return tag[:24] + record[24:26] + tag[26:]
            return record

    _, conversation = configure(FAMILY, settings(rate_hz=12.0), Tagged())
    assert written(conversation)[0] == bytes((0x10,)) + tag[1:24] + bytes((12, 0)) + tag[26:]


def test_the_light_blinks_while_a_sensor_is_connected_and_nothing_else_changes() -> None:
    device = DotPeripheral(rate_hz=60)
    _, conversation = configure(FAMILY, settings(rate_hz=60.0), device)
    # The rate was right, so this is the only write before the start: visit bit 0, identify 1.
    record, start = written(conversation)
    assert record == bytes((0x01, 0x01)) + device.read(DEVICE_CONTROL)[2:]
    assert start == bytes.fromhex("010115")
    assert (device.blinks, device.rate_hz) == (1, 60)


def test_the_rate_that_the_sensor_keeps_is_the_rate_in_force() -> None:
    class Stubborn(DotPeripheral):
        def write(self, characteristic: str, data: bytes) -> list[tuple[str, bytes]]:
            return [] if characteristic == DEVICE_CONTROL else super().write(characteristic, data)

    configured, _ = configure(FAMILY, settings(rate_hz=60.0), Stubborn(rate_hz=20))
    assert configured.settings.rate_hz == 20.0
    with pytest.raises(DeviceError, match="120 Hz"):
        configure(FAMILY, settings(rate_hz=60.0), Stubborn(rate_hz=120))


def test_a_settings_record_cut_short_is_refused() -> None:
    class Cut(DotPeripheral):
        def read(self, characteristic: str) -> bytes:
            return super().read(characteristic)[:31]

    with pytest.raises(DecodeError, match="32 bytes"):
        configure(FAMILY, settings(), Cut())


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        (settings(rate_hz=120.0), "rate_hz"),
        (settings(payload_mode=1), "payload_mode"),
        (StreamSettings(rate_hz=60.0, acc_range_g=8.0), "acc_range_g"),
        (StreamSettings(rate_hz=60.0, gyr_range_dps=500.0), "gyr_range_dps"),
    ],
)
def test_settings_that_it_cannot_stream_are_refused(wrong: StreamSettings, key: str) -> None:
    with pytest.raises(SettingError) as caught:
        next(FAMILY.configure(wrong))
    assert caught.value.key == key


def test_stopping_ends_the_measurement() -> None:
    _, conversation = configure(FAMILY, settings())
    for step in FAMILY.stop:
        conversation.answer(step)
    assert written(conversation)[-1] == bytes.fromhex("010015")
    assert conversation.peripheral.streaming is None


@pytest.mark.parametrize(
    "advertisement",
    [
        Advertisement(name="Movella DOT"),
        Advertisement(name="Xsens DOT"),
        Advertisement(service_uuids=("15171000-4947-11e9-8646-d663bd873d93",)),
        Advertisement(manufacturer_data={2182: b"\x01"}),
    ],
)
def test_it_is_recognised_by_name_service_or_maker(advertisement: Advertisement) -> None:
    found = recognise(advertisement)
    assert found is not None
    assert found.name == "movella_dot"


def test_another_make_is_not_recognised() -> None:
    foreign = Advertisement("Movesense 1234", ("34802252-7185-4d5d-b431-630e7050e8f0",))
    assert FAMILY.recognise(foreign) == 0.0
