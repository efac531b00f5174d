"""TI SensorTag: refused with the reason, but its bytes are read."""

import struct

import numpy as np
import pytest

from sensor.errors import DecodeError, SettingError
from sensor.families import recognise
from sensor.families.base import Advertisement
from sensor.families.sensortag import CAPABILITIES, DATA, FAMILY, SERVICE
from sensor.types import STANDARD_GRAVITY_MPS2, Packet, StreamSettings
from tests.sensor.families.contract import assert_sound
from tests.shared_data import device_vectors


def decode(payload: bytes, acc_range_g: float) -> Packet:
    (packet,) = FAMILY.decoder(StreamSettings(10.0, acc_range_g, 250.0))(DATA, [payload])
    assert_sound(packet)
    return packet


@pytest.mark.parametrize("acc_range_g", [2.0, 16.0])
def test_angular_rate_comes_first(acc_range_g: float) -> None:
    payload = struct.pack("<9h", 13107, -13107, 0, 0, 16384, -8192, 5, 5, 5)
    packet = decode(payload, acc_range_g)
    np.testing.assert_allclose(np.rad2deg(packet.gyr), [[100.0, -100.0, 0.0]], rtol=1e-4)
    acc_g = packet.acc / STANDARD_GRAVITY_MPS2
    np.testing.assert_allclose(acc_g, [[0.0, acc_range_g / 2, -acc_range_g / 4]], rtol=1e-12)


def test_another_length_is_an_error() -> None:
    with pytest.raises(DecodeError):
        FAMILY.decoder(CAPABILITIES.default)(DATA, [bytes(17)])


@pytest.mark.parametrize(
    "advertisement",
    [
        Advertisement("CC2650 SensorTag"),
        Advertisement("SensorTag 2.0"),
        Advertisement("", (SERVICE,)),
    ],
)
def test_it_is_recognised_and_refused_with_the_reason(advertisement: Advertisement) -> None:
    assert recognise(advertisement) is FAMILY
    with pytest.raises(SettingError, match="10 samples a second"):
        FAMILY.configure(CAPABILITIES.default)


def test_every_published_notification_is_read() -> None:
    vectors = [v for v in device_vectors() if v["family"] == "sensortag"]
    notifications = [v for v in vectors if v["direction"] == "notify"]
    assert len(notifications) == 2
    for vector in notifications:
        expect = vector["expect"]
        packet = decode(bytes.fromhex(vector["hex"]), 8.0)
        np.testing.assert_allclose(np.rad2deg(packet.gyr), [expect["gyr_dps_ti"]], atol=1e-5)
        acc_g = packet.acc / STANDARD_GRAVITY_MPS2
        np.testing.assert_allclose(acc_g, [expect["acc_g"]], atol=1e-6)
