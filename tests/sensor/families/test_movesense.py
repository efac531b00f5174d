"""Movesense: data in one part and in two, captured and made, and a sensor that refuses."""

import struct
from typing import Any

import numpy as np
import pytest

from sensor.errors import DecodeError, DeviceError, SettingError
from sensor.families import recognise
from sensor.families.base import Advertisement, DeviceSamples
from sensor.families.movesense import COMMAND, FAMILY, NOTIFY, MovesensePeripheral
from sensor.families.steps import Subscribe, Write
from sensor.types import FloatArray, Packet, StreamSettings
from tests.sensor.families.contract import first_of
from tests.sensor.families.driver import Conversation, configure
from tests.shared_data import device_vectors


def settings(rate_hz: float = 104.0, **extra: str) -> StreamSettings:
    return StreamSettings(rate_hz, 8.0, 2000.0, extra)


def written(conversation: Conversation) -> list[str]:
    return [step.data.hex() for step in conversation.steps if isinstance(step, Write)]


# A capture of a real sensor, IMU9 at 52 Hz, lying still (sokolmarek/movesense-commander, MIT,
# src/lib/gsp/layouts.hardware.test.ts); response code and reference put before it.
CAPTURED = bytes.fromhex(
    "0263"
    "159e0100"
    "5c6e61bd56d29cbd8c2a1dc1ee54e6bdccd5febc8c2a1dc1c987dcbd310513bd273e1dc1ccd5febdec0644bdf7a91dc1"
    "48e1fa3f8fc225c0c3f5683f66660640cdcc1cc03e0a573f85eb0140cdcc1cc03e0a573f66660640ae4721c0b81e453f"
    "52a86f42817bb0c272e85a431b6e6a42f053acc24add5a4377706d4204ecb1c2db61594335906f420b7eb0c2d2345a43"
)


def samples(n: int) -> tuple[FloatArray, FloatArray]:
    """Return samples that all differ, so that none can replace another; gyr in °/s."""
    numbers = np.arange(3.0 * n).reshape(n, 3)
    return numbers - 10.0, 100.0 - 7.0 * numbers


def data(time_ms: int, n: int) -> bytes:
    acc, gyr = samples(n)
    return struct.pack("<I", time_ms) + np.concatenate([acc, gyr]).astype("<f4").tobytes()


def parts(whole: bytes, first: int) -> list[bytes]:
    return [b"\x02\x63" + whole[:first], b"\x03\x63" + whole[first:]]


def assert_samples(packet: Packet, time_ms: int, n: int) -> None:
    acc, gyr = samples(n)
    np.testing.assert_array_equal(packet.acc, acc)
    np.testing.assert_allclose(np.rad2deg(packet.gyr), gyr, rtol=1e-12)
    assert first_of(packet.ticks) == time_ms


def test_the_capture_of_a_real_sensor_lies_still() -> None:
    (packet,) = FAMILY.decoder(settings(52.0, resource="IMU9"))(NOTIFY, [CAPTURED])
    assert first_of(packet.ticks) == 106005
    assert packet.acc.shape == packet.gyr.shape == (4, 3)
    np.testing.assert_allclose(packet.acc[0], [-0.05504, -0.07657, -9.82289], atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(packet.acc, axis=1), 9.81, atol=0.06)
    np.testing.assert_allclose(np.rad2deg(packet.gyr[3]), [2.1, -2.52, 0.77], atol=1e-5)
    assert not packet.clipped.any()


def test_four_samples_come_in_one_notification_at_52_hz() -> None:
    payload = b"\x02\x63" + data(5000, 4)
    assert len(payload) == 102
    (packet,) = FAMILY.decoder(settings(52.0))(NOTIFY, [payload])
    assert_samples(packet, 5000, 4)


def test_eight_samples_come_in_two_notifications_cut_anywhere() -> None:
    decoder = FAMILY.decoder(settings())
    for first in range(1, 196):
        beginning, rest = parts(data(2**32 - 1, 8), first)
        assert decoder(NOTIFY, [beginning]) == []
        (packet,) = decoder(NOTIFY, [rest])
        assert_samples(packet, 2**32 - 1, 8)


def test_data_whose_rest_is_lost_are_dropped_and_counted() -> None:
    decoder = FAMILY.decoder(settings())
    lost, _ = parts(data(1000, 8), 153)
    beginning, rest = parts(data(1077, 8), 153)
    assert decoder(NOTIFY, [lost]) == []
    (dropped,) = decoder(NOTIFY, [beginning])
    assert (dropped.skipped_bytes, len(dropped.acc), first_of(dropped.ticks)) == (153, 0, None)
    (packet,) = decoder(NOTIFY, [rest])
    assert_samples(packet, 1077, 8)


def test_a_rest_without_a_beginning_is_malformed() -> None:
    decoder = FAMILY.decoder(settings())
    beginning, rest = parts(data(1000, 8), 153)
    for _ in range(2):
        with pytest.raises(DecodeError, match="never began"):
            decoder(NOTIFY, [rest])
        decoder(NOTIFY, [beginning])
        assert len(decoder(NOTIFY, [rest])) == 1


def test_a_new_connection_knows_no_beginning() -> None:
    beginning, rest = parts(data(1000, 8), 153)
    FAMILY.decoder(settings())(NOTIFY, [beginning])
    with pytest.raises(DecodeError, match="never began"):
        FAMILY.decoder(settings())(NOTIFY, [rest])


def test_data_that_are_too_long_are_malformed_and_forgotten() -> None:
    decoder = FAMILY.decoder(settings(52.0))
    with pytest.raises(DecodeError, match="more than 100 bytes"):
        decoder(NOTIFY, [b"\x02\x63" + data(1000, 4) + b"\x00"])
    (packet,) = decoder(NOTIFY, [b"\x02\x63" + data(1077, 4)])
    assert_samples(packet, 1077, 4)


@pytest.mark.parametrize("bits", [0x7FC00000, 0x7F800001, 0x7F800000, 0xFF800000, 0xF149F2CA])
@pytest.mark.parametrize("index", [0, 11, 12, 23])
def test_impossible_numbers_are_refused(bits: int, index: int) -> None:
    # Not a number, quiet and signalling (which warns when computed with); infinite; -1e30.
    numbers = np.zeros(24, dtype="<u4")
    numbers[index] = bits
    with pytest.raises(DecodeError, match="cannot measure"):
        FAMILY.decoder(settings(52.0))(NOTIFY, [b"\x02\x63" + bytes(4) + numbers.tobytes()])


def test_data_of_another_subscription_are_malformed() -> None:
    with pytest.raises(DecodeError, match="asked for"):
        FAMILY.decoder(settings(52.0))(NOTIFY, [b"\x02\x64" + data(1000, 4)])


def test_answers_may_come_between_the_parts() -> None:
    decoder = FAMILY.decoder(settings())
    beginning, rest = parts(data(1000, 8), 153)
    decoder(NOTIFY, [beginning])
    (battery,) = decoder(NOTIFY, [bytes.fromhex("010ac80049")])
    assert battery.battery_percent == 73
    assert decoder(NOTIFY, [bytes.fromhex("0107c80058d897e1")]) == []
    assert decoder(NOTIFY, [bytes.fromhex("010a9401")]) == []
    (packet,) = decoder(NOTIFY, [rest])
    assert_samples(packet, 1000, 8)


def test_a_battery_above_100_percent_is_malformed() -> None:
    with pytest.raises(DecodeError, match="battery"):
        FAMILY.decoder(settings())(NOTIFY, [bytes.fromhex("010ac80065")])


def test_a_sample_at_the_assumed_full_scale_is_flagged_alone() -> None:
    numbers = np.zeros((2, 4, 3), dtype="<f4")
    numbers[0, 1, 2] = 8 * 9.80665
    numbers[1, 3, 0] = -2000.0
    payload = b"\x02\x63" + bytes(4) + numbers.tobytes()
    (packet,) = FAMILY.decoder(settings(52.0))(NOTIFY, [payload])
    assert packet.clipped.tolist() == [False, True, False, True]


@pytest.mark.parametrize(("rate_hz", "name", "lengths"), [
    (52.0, "IMU6", [102]), (52.0, "IMU9", [150]),
    (104.0, "IMU6", [155, 45]), (104.0, "IMU9", [155, 141]),
])  # fmt: skip
def test_encoded_samples_come_back(rate_hz: float, name: str, lengths: list[int]) -> None:
    of = settings(rate_hz, resource=name)
    encoder, decoder = FAMILY.encoder(of), FAMILY.decoder(of)
    n = encoder.samples_per_notification
    acc, gyr_dps = samples(n)
    gyr = np.deg2rad(gyr_dps)
    messages = encoder.encode(DeviceSamples(acc, gyr, 0, 2**32 / 1e3 + 1.2345))
    assert [len(payload) for _, payload in messages] == lengths
    (packet,) = [p for c, payload in messages for p in decoder(c, [payload])]
    np.testing.assert_allclose(packet.acc, acc, rtol=1e-6)
    np.testing.assert_allclose(packet.gyr, gyr, rtol=1e-6)
    assert first_of(packet.ticks) == 1234
    assert encoder.encode(DeviceSamples(acc[1:], gyr[1:], 0, 0.0)) == []


def test_the_configuration_asks_one_thing_at_a_time() -> None:
    configured, conversation = configure(FAMILY, settings())
    assert conversation.steps[0] == Subscribe(NOTIFY)
    assert written(conversation) == [
        "0001",
        "040a" + b"/System/Energy/Level\0".hex(),
        "0163" + b"/Meas/IMU6/104\0".hex(),
    ]
    assert [isinstance(step, Write) for step in conversation.steps[1:]] == [True, False] * 3
    assert configured.identity == "254630000123"
    assert configured.firmware == "gatt_sensordata 1.2.0"
    assert configured.battery_percent == 87
    assert configured.settings == conversation.peripheral.streaming


def test_the_captured_resource_can_be_asked_for() -> None:
    configured, conversation = configure(FAMILY, settings(52.0, resource="IMU9"))
    assert written(conversation)[-1] == "0163" + b"/Meas/IMU9/52\0".hex()
    assert configured.settings == conversation.peripheral.streaming


@pytest.mark.parametrize(("status", "reason"), [
    (404, "firmware"), (409, "in use"), (429, "no room"), (503, "busy"), (500, "refuses"),
])  # fmt: skip
def test_a_refused_subscription_says_what_to_do(status: int, reason: str) -> None:
    class Refusing(MovesensePeripheral):
        def write(self, characteristic: str, data: bytes) -> list[tuple[str, bytes]]:
            if data[0] == 1:
                return [(NOTIFY, b"\x01\x63" + status.to_bytes(2, "little"))]
            return super().write(characteristic, data)

    with pytest.raises(DeviceError, match=f"{reason}.*status {status} for /Meas/IMU6/104"):
        configure(FAMILY, settings(), Refusing())


def test_a_sensor_with_incomplete_answers_still_streams() -> None:
    class Silent(MovesensePeripheral):
        def write(self, characteristic: str, data: bytes) -> list[tuple[str, bytes]]:
            answers = super().write(characteristic, data)
            return [(NOTIFY, b"\x01\x01\x01")] if data[0] == 0 else answers[:0]

    configured, conversation = configure(FAMILY, settings(), Silent())
    assert (configured.identity, configured.firmware) == (None, None)
    assert configured.battery_percent is None
    assert configured.settings == conversation.peripheral.streaming


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        (settings(208.0), "rate_hz"),
        (settings(resource="ECG"), "resource"),
        (StreamSettings(104.0, 16.0, 2000.0), "acc_range_g"),
    ],
)
def test_settings_that_it_cannot_stream_are_refused(wrong: StreamSettings, key: str) -> None:
    with pytest.raises(SettingError) as caught:
        next(FAMILY.configure(wrong))
    assert caught.value.key == key


def test_a_recording_at_a_rate_whose_data_are_unknown_is_refused() -> None:
    with pytest.raises(SettingError, match="52, 104"):
        FAMILY.decoder(settings(26.0))


def test_stopping_ends_the_subscription() -> None:
    _, conversation = configure(FAMILY, settings())
    for step in FAMILY.stop:
        conversation.answer(step)
    assert written(conversation)[-1] == "0263"
    assert conversation.peripheral.streaming is None


@pytest.mark.parametrize(
    "advertisement",
    [
        Advertisement(name="Movesense 254630000123"),
        Advertisement(service_uuids=("34802252-7185-4d5d-b431-630e7050e8f0",)),
        Advertisement(service_uuids=("0000fdf3-0000-1000-8000-00805f9b34fb",)),
    ],
)
def test_it_is_recognised_by_name_or_service(advertisement: Advertisement) -> None:
    found = recognise(advertisement)
    assert found is not None
    assert found.name == "movesense"


# The published bytes, where they lie beside the repository ---------------------------------------


def published(direction: str) -> list[dict[str, Any]]:
    return [
        v for v in device_vectors() if v["family"] == "movesense" and v["direction"] == direction
    ]


def test_every_published_notification_is_read() -> None:
    decoder = FAMILY.decoder(settings())
    read = 0
    for vector in published("notify"):
        path = vector["context"]["path"].split("/")
        if path[1] == "Meas" and path[3].isdigit() and "part" not in vector["context"]:
            decoder = FAMILY.decoder(settings(float(path[3]), resource=path[2]))
        elif vector["context"].get("part") == 1:
            decoder = FAMILY.decoder(settings(float(path[3])))
        packets = decoder(NOTIFY, [bytes.fromhex(vector["hex"])])
        expect = vector["expect"]
        assert len(packets) == ("sample_count" in expect)
        for packet in packets:
            read += 1
            assert first_of(packet.ticks) == expect["timestamp_ms"]
            np.testing.assert_allclose(packet.acc, expect["acc_mps2"], atol=1e-5)
            np.testing.assert_allclose(np.rad2deg(packet.gyr), expect["gyr_dps"], atol=1e-5)
    assert read == 3


def test_the_published_commands_are_those_that_are_sent() -> None:
    _, conversation = configure(FAMILY, settings())
    sent = [*written(conversation), *(s.data.hex() for s in FAMILY.stop if isinstance(s, Write))]
    assert sorted(sent) == sorted(v["hex"] for v in published("write"))
    assert {s.characteristic for s in conversation.steps if isinstance(s, Write)} == {COMMAND}
