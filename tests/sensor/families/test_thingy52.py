"""Nordic Thingy:52: fixed-point samples, the limits of its firmware, the configuration in flash."""

import struct

import numpy as np
import pytest

from sensor.errors import DecodeError
from sensor.families.steps import Subscribe, Write
from sensor.families.thingy52 import (
    CAPABILITIES,
    FAMILY,
    MOTION_CONFIGURATION,
    RAW,
    encode_configuration,
)
from sensor.types import STANDARD_GRAVITY_MPS2, Packet, StreamSettings
from tests.sensor.families.contract import assert_sound, first_of
from tests.sensor.families.driver import configure
from tests.shared_data import device_vectors


def decode(payload: bytes) -> Packet:
    (packet,) = FAMILY.decoder(CAPABILITIES.default)(RAW, [payload])
    assert_sound(packet)
    return packet


def settings(rate_hz: float) -> StreamSettings:
    return StreamSettings(rate_hz, 2.0, 1024.0)


def test_a_sample_is_in_fixed_point() -> None:
    # -1.5 g, 0.5 g, 1 g; -500, 100 and 1/32 °/s; the magnetic field is not read.
    packet = decode(struct.pack("<9h", -1536, 512, 1024, -16000, 3200, 1, 7, 7, 7))
    np.testing.assert_allclose(packet.acc / STANDARD_GRAVITY_MPS2, [[-1.5, 0.5, 1.0]], rtol=1e-12)
    np.testing.assert_allclose(np.rad2deg(packet.gyr), [[-500.0, 100.0, 0.03125]], rtol=1e-12)
    assert packet.clipped.tolist() == [False]
    assert first_of(packet.ticks) is None


@pytest.mark.parametrize(
    ("counts", "clipped"),
    [
        ((2045, 0, 0, 0, 0, 0), False),
        ((0, -2047, 0, 0, 0, 0), True),
        ((0, 0, 2048, 0, 0, 0), True),
        ((0, 0, 0, 32700, 0, 0), False),
        ((0, 0, 0, 0, 32767, 0), True),
        ((0, 0, 0, 0, 0, -32768), True),
    ],
)
def test_two_g_and_the_end_of_the_format_are_marked(counts: tuple[int, ...], clipped: bool) -> None:
    assert decode(struct.pack("<9h", *counts, 0, 0, 0)).clipped.tolist() == [clipped]


@pytest.mark.parametrize("payload", [b"", bytes(17), bytes(19), bytes(36)])
def test_another_length_is_an_error(payload: bytes) -> None:
    with pytest.raises(DecodeError):
        FAMILY.decoder(CAPABILITIES.default)(RAW, [payload])


def test_the_rate_is_written_before_the_device_is_woken() -> None:
    configured, conversation = configure(FAMILY, settings(50.0))
    written = [s.data for s in conversation.steps if isinstance(s, Write) and s.response]
    assert struct.pack("<HHHHB", 1000, 500, 500, 50, 0) in written
    assert isinstance(conversation.steps[-1], Subscribe)
    assert configured.battery_percent == 64.0


def test_a_rate_beyond_the_firmware_is_not_accepted() -> None:
    device = FAMILY.peripheral()
    device.write(MOTION_CONFIGURATION, encode_configuration(201.0))
    assert device.streaming == settings(10.0)


def test_every_published_vector_is_met() -> None:
    vectors = [v for v in device_vectors() if v["family"] == "thingy52"]
    assert len(vectors) == 5
    device = FAMILY.peripheral()
    for vector in vectors:
        payload, expect = bytes.fromhex(vector["hex"]), vector["expect"]
        if vector["direction"] == "notify":
            packet = decode(payload)
            acc_g = packet.acc / STANDARD_GRAVITY_MPS2
            np.testing.assert_allclose(acc_g, [expect["acc_g"]], rtol=1e-6, atol=1e-6)
            np.testing.assert_allclose(np.rad2deg(packet.gyr), [expect["gyr_dps"]], rtol=1e-6)
        elif vector["direction"] == "write":
            assert encode_configuration(expect["motion_hz"]) == payload
        else:
            assert device.read(MOTION_CONFIGURATION) == payload
