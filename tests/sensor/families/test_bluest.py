"""BlueST: samples with a coarse time, boards named by their features, a rate that is measured."""

import struct
from collections.abc import Callable

import numpy as np
import pytest

from sensor.errors import DecodeError
from sensor.families.base import Advertisement
from sensor.families.bluest import ACC_GYR, ACC_GYR_MAG, CAPABILITIES, FAMILY
from sensor.families.steps import Configured, Expect, Step
from sensor.types import STANDARD_GRAVITY_MPS2, Packet
from tests.sensor.families.contract import assert_sound, first_of
from tests.shared_data import device_vectors


def decode(characteristic: str, payload: bytes) -> Packet:
    (packet,) = FAMILY.decoder(CAPABILITIES.default)(characteristic, [payload])
    assert_sound(packet)
    return packet


@pytest.mark.parametrize(("characteristic", "rest"), [(ACC_GYR_MAG, bytes(6)), (ACC_GYR, b"")])
def test_a_sample_has_time_acceleration_and_angular_rate(characteristic: str, rest: bytes) -> None:
    payload = struct.pack("<H6h", 65530, 10, -20, 1000, 15, -25, 19000) + rest
    packet = decode(characteristic, payload)
    acc_g = packet.acc / STANDARD_GRAVITY_MPS2
    np.testing.assert_allclose(acc_g, [[0.01, -0.02, 1.0]], rtol=1e-12)
    np.testing.assert_allclose(np.rad2deg(packet.gyr), [[1.5, -2.5, 1900.0]], rtol=1e-12)
    assert first_of(packet.ticks) == 65530
    assert packet.clipped.tolist() == [False]


@pytest.mark.parametrize("counts", [(2000, 0, 0, 0, 0, 0), (0, 0, 0, 0, -20000, 0)])
def test_samples_at_the_range_are_marked(counts: tuple[int, ...]) -> None:
    assert decode(ACC_GYR, struct.pack("<H6h", 0, *counts)).clipped.tolist() == [True]


@pytest.mark.parametrize(
    ("characteristic", "length"),
    [(ACC_GYR, 13), (ACC_GYR, 20), (ACC_GYR_MAG, 14), (ACC_GYR_MAG, 0), (ACC_GYR_MAG, 21)],
)
def test_another_length_is_an_error(characteristic: str, length: int) -> None:
    with pytest.raises(DecodeError):
        FAMILY.decoder(CAPABILITIES.default)(characteristic, [bytes(length)])


def test_a_characteristic_of_other_features_is_an_error() -> None:
    with pytest.raises(DecodeError):
        FAMILY.decoder(CAPABILITIES.default)(ACC_GYR.replace("00c0", "0080"), [bytes(8)])


def configured(tick_of: Callable[[int], int | None]) -> Configured:
    """Run a configuration with a device whose n-th message has the tick ``tick_of(n)``."""
    script = FAMILY.configure(CAPABILITIES.default)
    step: Step = next(script)
    n = 0
    while True:
        answer = b""
        if isinstance(step, Expect):
            tick = tick_of(n)
            answer = b"" if tick is None else struct.pack("<H9h", tick % 65536, *[0] * 9)
            n += 1
        try:
            step = script.send(answer)
        except StopIteration as end:
            result: Configured = end.value
            return result


@pytest.mark.parametrize("rate_hz", [20.0, 25.0, 50.0])
def test_the_rate_is_measured_across_a_wrap_of_the_time(rate_hz: float) -> None:
    found = configured(lambda n: int(1000.0 * (524.2 + n / rate_hz)) >> 3)
    # Eight milliseconds in half a second.
    assert found.settings.rate_hz == pytest.approx(rate_hz, rel=0.02)


@pytest.mark.parametrize("tick_of", [lambda n: None, lambda n: n if n < 5 else None, lambda n: 7])
def test_without_messages_the_usual_rate_is_assumed(tick_of: Callable[[int], int | None]) -> None:
    assert configured(tick_of).settings.rate_hz == 50.0


@pytest.mark.parametrize(
    ("company", "data", "known"),
    [
        (0x0601, "00c00000", True),
        (0x8001, "00e00000c0853a1f2b4d", True),
        (0x0601, "00800000", False),
        (0x0602, "00e00000", False),
        (0x0601, "00e000", False),
        (0x0601, "00e0000000", False),
    ],
)
def test_boards_are_recognised_by_version_and_features(
    company: int, data: str, known: bool
) -> None:
    advertisement = Advertisement("", (), {company: bytes.fromhex(data)})
    assert (FAMILY.recognise(advertisement) > 0) == known


def test_every_published_notification_is_read() -> None:
    vectors = [v for v in device_vectors() if v["family"] == "bluest"]
    assert len(vectors) == 2
    for vector in vectors:
        expect = vector["expect"]
        packet = decode(vector["characteristic"], bytes.fromhex(vector["hex"]))
        assert first_of(packet.ticks) == expect["timestamp_raw"]
        acc_mg = packet.acc / STANDARD_GRAVITY_MPS2 * 1000.0
        np.testing.assert_allclose(acc_mg, [expect["acc_mg"]], rtol=1e-6)
        np.testing.assert_allclose(np.rad2deg(packet.gyr), [expect["gyr_dps"]], rtol=1e-6)
