"""Adafruit's services and the Arduino Science Journal: three floats a notification."""

import struct
from typing import Any

import numpy as np
import pytest

from sensor.errors import DecodeError, SettingError
from sensor.families import adafruit, arduino_science, recognise
from sensor.families.adafruit import ACC, ACC_SERVICE, GYR, GYR_SERVICE, PERIOD
from sensor.families.base import Advertisement, DeviceSamples, Family
from sensor.families.steps import Write
from sensor.types import STANDARD_GRAVITY_MPS2, Packet, StreamSettings
from tests.sensor.families.contract import assert_sound, first_of
from tests.sensor.families.driver import configure
from tests.shared_data import device_vectors

FAMILIES: list[Family] = [adafruit.FAMILY, arduino_science.FAMILY]


def decode(family: Family, characteristic: str, payload: bytes) -> Packet:
    stream = family.capabilities.default
    (packet,) = family.decoder(stream)(characteristic, [payload])
    assert_sound(packet)
    return packet


def test_acceleration_and_angular_rate_are_separate_and_in_si() -> None:
    acc = decode(adafruit.FAMILY, ACC, struct.pack("<3f", 0.5, -9.75, 30.0))
    np.testing.assert_array_equal(acc.acc, [[0.5, -9.75, 30.0]])
    assert acc.gyr.shape == (0, 3)
    gyr = decode(adafruit.FAMILY, GYR, struct.pack("<3f", 0.5, -1.25, 3.0))
    np.testing.assert_array_equal(gyr.gyr, [[0.5, -1.25, 3.0]])
    assert gyr.acc.shape == (0, 3)
    assert first_of(gyr.ticks) is None
    assert first_of(gyr.sequences) is None


@pytest.mark.parametrize(("value", "clipped"), [(39.0, False), (39.2266, True), (-39.2266, True)])
def test_acceleration_at_4_g_is_marked(value: float, clipped: bool) -> None:
    packet = decode(adafruit.FAMILY, ACC, struct.pack("<3f", 0.0, value, 0.0))
    assert packet.clipped.tolist() == [clipped]


def test_the_science_journal_sends_g_and_degrees() -> None:
    values = struct.pack("<3f", 0.5, -2.0, 1.0)
    acc = decode(arduino_science.FAMILY, arduino_science.ACC, values)
    np.testing.assert_allclose(acc.acc / STANDARD_GRAVITY_MPS2, [[0.5, -2.0, 1.0]], rtol=1e-12)
    gyr = decode(arduino_science.FAMILY, arduino_science.GYR, values)
    np.testing.assert_allclose(np.rad2deg(gyr.gyr), [[0.5, -2.0, 1.0]], rtol=1e-12)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f.name)
@pytest.mark.parametrize(
    "payload",
    [
        b"",
        bytes(11),
        bytes(13),
        struct.pack("<3f", 0, float("nan"), 0),
        struct.pack("<3f", float("-inf"), 0, 0),
        struct.pack("<3f", 0, 0, 3e38),
    ],
)
def test_values_that_no_sensor_measures_are_refused(family: Family, payload: bytes) -> None:
    still = np.zeros((1, 3))
    notifications = family.encoder(family.capabilities.default).encode(
        DeviceSamples(still, still, 0, 0.0)
    )
    for characteristic, _ in notifications:
        with pytest.raises(DecodeError):
            family.decoder(family.capabilities.default)(characteristic, [payload])


def test_each_service_gets_its_own_period() -> None:
    configured, conversation = configure(adafruit.FAMILY, StreamSettings(25.0, 4.0, 2000.0))
    writes = [step for step in conversation.steps if isinstance(step, Write)]
    assert [step.service for step in writes] == [ACC_SERVICE, GYR_SERVICE]
    assert {step.data for step in writes} == {struct.pack("<i", 40)}
    assert configured.settings.rate_hz == 25.0


def test_stopped_boards_are_silent() -> None:
    _, conversation = configure(adafruit.FAMILY, adafruit.CAPABILITIES.default)
    for step in adafruit.FAMILY.stop:
        conversation.answer(step)
    assert conversation.peripheral.streaming is None
    assert conversation.peripheral.read(PERIOD) == b"\xff\xff\xff\xff"


def test_boards_are_recognised_by_service_or_maker() -> None:
    by_maker = Advertisement("CIRCUITPY", (), {0x0822: b""})
    assert recognise(by_maker) is adafruit.FAMILY
    assert adafruit.FAMILY.recognise(Advertisement("", (GYR_SERVICE,))) == 1.0


def test_the_science_journal_is_refused_with_the_remedy() -> None:
    with pytest.raises(SettingError, match="board_sketch"):
        arduino_science.FAMILY.configure(StreamSettings())


def published(family: str, direction: str) -> list[dict[str, Any]]:
    vectors = [v for v in device_vectors() if v["family"] == family]
    return [v for v in vectors if v["direction"] == direction]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f.name)
def test_every_published_notification_is_read(family: Family) -> None:
    vectors = published(family.name, "notify")
    assert len(vectors) == 2
    for vector in vectors:
        packet = decode(family, vector["characteristic"], bytes.fromhex(vector["hex"]))
        read = {
            "acc_mps2": packet.acc,
            "gyr_rad_s": packet.gyr,
            "acc_unit_of_sketch": packet.acc / STANDARD_GRAVITY_MPS2,
            "gyr_unit_of_sketch": np.rad2deg(packet.gyr),
        }
        for name, expected in vector["expect"].items():
            np.testing.assert_allclose(read[name], [expected], rtol=1e-6)


def test_the_published_period_is_what_is_written() -> None:
    (vector,) = published("adafruit", "write")
    _, conversation = configure(adafruit.FAMILY, StreamSettings(100.0, 4.0, 2000.0))
    writes = [step for step in conversation.steps if isinstance(step, Write)]
    assert {(step.characteristic, step.data.hex()) for step in writes} == {
        (vector["characteristic"], vector["hex"])
    }
