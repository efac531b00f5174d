"""WitMotion against captured bytes, the vendor's manual and an independent study of the hardware.

Sources: RGu0/WT901 (MIT: recording, ``tests/test_commands.py``, ``docs/protocol.md``),
ioBroker/ioBroker.witmotion (MIT: ``test/data.json``), the WT901BLECL 5.0 manual.
"""

import json

import numpy as np
import pytest

from sensor.errors import DecodeError
from sensor.families.base import Advertisement
from sensor.families.steps import Subscribe, Write
from sensor.families.witmotion import (
    BATTERY_STEPS,
    FAMILY,
    NOTIFY,
    SERVICE,
    WRITE,
    FrameStream,
    battery_percent,
)
from sensor.families.witmotion_frames import encode_answer, encode_frames
from sensor.types import STANDARD_GRAVITY_MPS2, Packet, StreamSettings
from tests.sensor.families.contract import first_of, samples
from tests.sensor.families.driver import configure
from tests.shared_data import shared_file

# The first notification of RGu0's recording of a WT901BLE67 at 100 Hz: four frames.
FOUR_FRAMES = bytes.fromhex(
    "55612706bc0179065500e7fec4fa3e00eaff0000"
    "55613806c7016b0698ff79fe74fb3e00eaff0000"
    "55618006cc017f06b2feb8fe0dfc3e00eaff0000"
    "55618206ad018c0696fe58ff65fc3e00eaff0000"
)
AT_REST = bytes.fromhex("5561eeff0000040800000000000000006500d430")  # ioBroker.witmotion
MAGNETOMETER = bytes.fromhex("55713a00680169007a0000000000000000000000")  # manual, 6.1.2
BATTERY = bytes.fromhex("557164008d01000047111a900000000000000000")  # words of RGu0's protocol.md


def feed(*payloads: bytes) -> list[Packet]:
    stream = FrameStream()
    return [p for payload in payloads for p in stream.decode(NOTIFY, [payload])]


def test_a_captured_notification() -> None:
    (packet,) = feed(FOUR_FRAMES)
    assert packet.acc.shape == packet.gyr.shape == (4, 3)
    np.testing.assert_allclose(
        packet.acc[0] / STANDARD_GRAVITY_MPS2, [0.769043, 0.216797, 0.809082], atol=1e-6
    )
    np.testing.assert_allclose(
        np.rad2deg(packet.gyr[0]), [5.187988, -17.150879, -81.787109], atol=1e-6
    )
    assert first_of(packet.ticks) is None
    assert not packet.clipped.any()


def test_a_sensor_at_rest_measures_one_g_upwards() -> None:
    (packet,) = feed(AT_REST)
    np.testing.assert_allclose(packet.acc, [[-0.0862, 0.0, 9.8258]], atol=1e-4)
    np.testing.assert_array_equal(packet.gyr, 0.0)


def test_a_real_recording_cut_anywhere_loses_no_sample() -> None:
    path = shared_file("data", "witmotion_capture", "wt901-100hz.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    payloads = [bytes.fromhex(json.loads(line)["hex"]) for line in lines]
    assert len(payloads) == 72
    packets = feed(*payloads)
    acc, gyr = samples(packets)
    assert len(acc) == 72 * 4
    assert sum(p.skipped_bytes for p in packets) == 0
    # The sensor is waved about by hand: the median is gravity, and ten g are out of reach.
    assert 8.0 < np.median(np.linalg.norm(acc, axis=1)) < 12.0
    assert np.linalg.norm(acc, axis=1).max() < 100.0

    whole = b"".join(payloads)
    for size in (1, 7, 19, 20, 21, 61, 163):
        pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
        again_acc, again_gyr = samples(feed(*pieces))
        np.testing.assert_array_equal(again_acc, acc)
        np.testing.assert_array_equal(again_gyr, gyr)


def test_garbage_before_between_and_after_costs_no_frame_and_is_counted() -> None:
    first, second, third, fourth = (FOUR_FRAMES[at : at + 20] for at in range(0, 80, 20))
    acc, gyr = samples(feed(FOUR_FRAMES))
    for dirt in (b"\x00", b"\x55", b"\x55\x55", b"\x61\x55\x00", b"U" * 5, bytes(30)):
        dirty = dirt + first + second + dirt + third + fourth + dirt
        packets = feed(dirty, FOUR_FRAMES, FOUR_FRAMES)
        got_acc, got_gyr = samples(packets)
        np.testing.assert_array_equal(got_acc, np.vstack([acc] * 3))
        np.testing.assert_array_equal(got_gyr, np.vstack([gyr] * 3))
        assert sum(p.skipped_bytes for p in packets) == 3 * len(dirt)


def test_a_frame_that_lost_bytes_is_skipped_and_not_filled_with_the_next() -> None:
    for missing in range(1, 18):
        torn = FOUR_FRAMES[: 20 - missing] + FOUR_FRAMES[20:]
        packets = feed(torn)
        acc, _ = samples(packets)
        np.testing.assert_array_equal(acc, samples(feed(FOUR_FRAMES))[0][1:])
        assert sum(p.skipped_bytes for p in packets) == 20 - missing


def test_an_answer_among_the_frames_gives_the_battery_and_costs_no_sample() -> None:
    (packet,) = feed(FOUR_FRAMES[:40] + BATTERY + FOUR_FRAMES[40:])
    assert packet.battery_percent == 100
    np.testing.assert_array_equal(packet.acc, feed(FOUR_FRAMES)[0].acc)
    assert packet.skipped_bytes == 0


def test_other_answers_and_a_battery_of_zero_say_nothing_about_the_battery() -> None:
    zero = encode_answer(0x64, [0] * 8)
    assert [p.battery_percent for p in feed(MAGNETOMETER, zero)] == [None, None]


@pytest.mark.parametrize(
    ("volts", "percent"), [(4.2, 100), (3.96, 100), (3.95, 90), (3.7, 20), (3.41, 5), (3.2, 0)]
)
def test_the_battery_table_of_the_vendor(volts: float, percent: float) -> None:
    assert battery_percent(round(volts * 100)) == percent
    assert sorted(BATTERY_STEPS, reverse=True) == list(BATTERY_STEPS)


def test_full_scale_is_clipped_and_one_less_is_not() -> None:
    limits = bytes.fromhex("55610080ff7f00080080ff7f00000080ff7f0040")  # -16 g, 2000 deg/s
    (packet,) = feed(limits + AT_REST)
    assert packet.clipped.tolist() == [True, False]
    assert packet.acc[0, 0] == -16 * STANDARD_GRAVITY_MPS2
    near = bytes.fromhex("5561018000000000fe7f00000000000000000000")
    assert not feed(near)[0].clipped.any()


def test_the_angles_are_never_mistaken_for_full_scale() -> None:
    turned = AT_REST[:14] + b"\xff\x7f\x00\x80\xff\x7f"
    assert not feed(turned)[0].clipped.any()


def test_bytes_that_are_no_frame_are_an_error_that_names_them() -> None:
    for payload in (b"", bytes(20), b"hello", b"\x61\x54"):
        with pytest.raises(DecodeError, match="no frame") as caught:
            FrameStream().decode(NOTIFY, [payload])
        assert caught.value.payload == payload


def test_at_most_one_frame_waits_for_its_end() -> None:
    stream = FrameStream()
    for _ in range(1000):
        for piece in (b"\x55", b"\x55\x61", b"\x55\x61\x55\x61" * 10, FOUR_FRAMES[:19]):
            stream.decode(NOTIFY, [piece])
            assert len(stream._rest) < 20


def test_the_encoder_repeats_captured_bytes_but_for_the_angles() -> None:
    (packet,) = feed(FOUR_FRAMES)
    again = encode_frames(packet.acc, packet.gyr)
    for at in range(0, 80, 20):
        assert again[at : at + 14] == FOUR_FRAMES[at : at + 14]


# Configuration --------------------------------------------------------------------------------


def test_the_commands_are_the_documented_ones_in_the_documented_order() -> None:
    _, conversation = configure(FAMILY, StreamSettings(rate_hz=200.0))
    assert conversation.steps[0] == Subscribe(NOTIFY)
    written = [s.data.hex() for s in conversation.steps if isinstance(s, Write)]
    assert written == [
        "ffaa6988b5",  # unlock
        "ffaa030600",  # 10 Hz, so that the answers come alone
        "ffaa276400",  # read the battery
        "ffaa276600",  # read the MAC address
        "ffaa1f0000",  # bandwidth 256 Hz
        "ffaa240100",  # six axes
        "ffaa030b00",  # 200 Hz
    ]


def test_rate_code_0a_and_the_output_content_are_never_written() -> None:
    for rate_hz in FAMILY.capabilities.rates_hz:
        _, conversation = configure(FAMILY, StreamSettings(rate_hz=rate_hz))
        written = [s.data for s in [*conversation.steps, *FAMILY.stop] if isinstance(s, Write)]
        assert b"\xff\xaa\x03\x0a\x00" not in written
        assert not any(w.startswith((b"\xff\xaa\x02", b"\xff\xaa\x96")) for w in written)
        assert b"\xff\xaa\x00\x00\x00" not in written, "nothing is saved to flash"


def test_the_device_names_its_address_and_its_battery() -> None:
    configured, _ = configure(FAMILY, StreamSettings())
    assert configured.identity == "0D:E2:1B:4A:36:C7"
    assert configured.battery_percent == 75


def test_a_device_that_answers_nothing_still_streams_without_identity() -> None:
    class Mute:
        def __init__(self) -> None:
            self.device = FAMILY.peripheral()

        def write(self, characteristic: str, data: bytes) -> list[tuple[str, bytes]]:
            self.device.write(characteristic, data)
            return []

        def read(self, characteristic: str) -> bytes:
            return b""

        @property
        def streaming(self) -> StreamSettings | None:
            return self.device.streaming

    configured, conversation = configure(FAMILY, StreamSettings(), Mute())
    assert configured.identity is None
    assert configured.battery_percent is None
    assert conversation.peripheral.streaming == StreamSettings()


def test_the_virtual_device_ignores_writes_before_it_is_unlocked() -> None:
    device = FAMILY.peripheral()
    device.write(WRITE, bytes.fromhex("ffaa030b00"))
    assert device.streaming == StreamSettings(rate_hz=10.0)


def test_both_tails_of_the_service_are_recognised() -> None:
    usual = SERVICE.replace("9a34fb", "9b34fb")
    for uuid in (SERVICE, usual):
        for name in ("WT901BLE67", "WT901BLE68", "BWT901BLE5.0"):
            assert FAMILY.recognise(Advertisement(name, (uuid,))) == 1.0
    assert 0 < FAMILY.recognise(Advertisement("WT901BLE68")) < 1
    assert feed(AT_REST)[0].acc.shape == (1, 3)
    assert len(FrameStream().decode(NOTIFY.replace("9a34fb", "9b34fb"), [AT_REST])) == 1
