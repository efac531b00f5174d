"""Polar: frames packed bit by bit in the test, hostile frames, a control point with a past."""

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sensor.errors import DecodeError, DeviceError, SettingError
from sensor.families import recognise
from sensor.families.base import Advertisement, DeviceSamples
from sensor.families.polar import DATA, FAMILY, SERVICE
from sensor.families.polar_control import CONTROL, PolarPeripheral, decode_settings
from sensor.families.steps import Read, Write
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, Packet, StreamSettings
from tests.drawn import examples
from tests.sensor.families.contract import assert_sound, first_of
from tests.sensor.families.driver import configure
from tests.shared_data import device_vectors

ACC, GYRO = 2, 5
Triples = Sequence[tuple[int, int, int]]


def head(measurement: int, frame_type: int, tick_ns: int = 7_000_000_000) -> bytes:
    return bytes([measurement]) + tick_ns.to_bytes(8, "little") + bytes([frame_type])


def block(width: int, deltas: Triples) -> bytes:
    """Pack deltas as text of zeros and ones, which shares nothing with the encoder."""
    flat = [value for triple in deltas for value in triple]
    bits = "".join(format(value % (1 << width), f"0{width}b")[::-1] for value in flat)
    bits += "0" * (-len(bits) % 8)
    packed = bytes(int(bits[at : at + 8][::-1], 2) for at in range(0, len(bits), 8))
    return bytes([width, len(deltas)]) + packed


def shorts(*values: int) -> bytes:
    return struct.pack(f"<{len(values)}h", *values)


def decode(payload: bytes, stream: StreamSettings | None = None) -> Packet:
    (packet,) = FAMILY.decoder(stream or StreamSettings())(DATA, [payload])
    assert_sound(packet)
    return packet


def acc_mg(packet: Packet) -> FloatArray:
    assert packet.gyr.shape == (0, 3)
    return packet.acc / STANDARD_GRAVITY_MPS2 * 1000.0


def gyr_dps(packet: Packet) -> FloatArray:
    assert packet.acc.shape == (0, 3)
    return np.rad2deg(packet.gyr)


# Frames ---------------------------------------------------------------------------------------


def test_a_frame_of_several_blocks_is_a_running_sum() -> None:
    payload = head(ACC, 0x81) + shorts(-15, 20, 1008)
    payload += block(3, [(-1, 2, 3), (0, -4, 1)])
    payload += block(12, [(-2000, 5, 2047)])
    payload += block(1, [(0, -1, 0)])
    packet = decode(payload)
    expected = [[-15, 20, 1008], [-16, 22, 1011], [-16, 18, 1012], [-2016, 23, 3059]]
    np.testing.assert_allclose(acc_mg(packet), [*expected, [-2016, 22, 3059]], rtol=1e-12)
    assert first_of(packet.ticks) == 7_000_000_000


def test_the_bits_lie_least_significant_first() -> None:
    # Two samples of three 3-bit deltas: -1, 3, 3 is 111 011 011, so the bytes are df and 00.
    packet = decode(bytes.fromhex("05 00e1f50500000000 80 eaff 0800 0d00 03 01 df00"))
    np.testing.assert_allclose(gyr_dps(packet), [[-22, 8, 13], [-23, 11, 16]], rtol=1e-12)
    assert first_of(packet.ticks) == 100_000_000


def test_counts_of_type_0_are_converted_by_the_factor_the_device_named() -> None:
    stream = StreamSettings(acc_range_g=8.0, extra={"acc_factor": 2.44e-4, "gyr_factor": 0.07})
    acc = decode(head(ACC, 0x80) + shorts(0, -4098, 1) + block(2, [(1, 0, -1)]), stream)
    np.testing.assert_allclose(acc_mg(acc)[0], [0, -999.912, 0.244], rtol=1e-9)
    np.testing.assert_allclose(acc_mg(acc)[1], [0.244, -999.912, 0], rtol=1e-9, atol=1e-9)
    gyr = decode(head(GYRO, 0x80) + shorts(15, -20, 0), stream)
    np.testing.assert_allclose(gyr_dps(gyr), [[1.05, -1.4, 0.0]], rtol=1e-9)


def test_floats_are_deltas_of_their_bit_patterns_across_a_change_of_sign() -> None:
    values = np.array([[0.5, -1.25, 1900.0], [-0.5, 1.25, 3.0], [0.0, -2.0, 1e-3]], "<f4")
    patterns = values.view("<i4").astype(np.int64)
    deltas = [(int(x), int(y), int(z)) for x, y, z in np.diff(patterns, axis=0)]
    payload = head(GYRO, 0x81) + values[0].tobytes() + block(32, deltas)
    np.testing.assert_allclose(gyr_dps(decode(payload)), values, rtol=1e-9)


@pytest.mark.parametrize(
    ("frame_type", "body", "expected_mg"),
    [
        (0, bytes([1, 255, 64]), [1, -1, 64]),
        (1, shorts(-9, 300, 999), [-9, 300, 999]),
        (2, b"\xff\xff\xff\x00\x10\x00\x01\x00\x00", [-1, 4096, 1]),
    ],
)
def test_uncompressed_acceleration_is_in_mg(
    frame_type: int, body: bytes, expected_mg: list[int]
) -> None:
    stream = StreamSettings(extra={"acc_factor": 0.5})
    packet = decode(head(ACC, frame_type) + body * 2, stream)
    np.testing.assert_allclose(acc_mg(packet), [expected_mg] * 2, rtol=1e-12)


def test_samples_at_the_range_are_marked() -> None:
    payload = head(ACC, 0x81) + shorts(0, 0, 7990) + block(8, [(0, 0, 10), (0, 0, -100)])
    stream = StreamSettings(acc_range_g=8.0)
    assert decode(payload, stream).clipped.tolist() == [False, True, False]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        shorts(1, 2),
        shorts(1, 2, 3) + b"\x03",
        shorts(1, 2, 3) + bytes([0, 255]),
        shorts(1, 2, 3) + bytes([33, 1]) + bytes(13),
        shorts(1, 2, 3) + bytes([255, 255]) + bytes(200),
        shorts(1, 2, 3) + bytes([8, 255]) + bytes(764),
        shorts(32767, 0, 0) + block(2, [(1, 0, 0)]),
    ],
    ids=["empty", "reference", "head", "width 0", "width 33", "width 255", "count", "beyond"],
)
def test_an_impossible_frame_is_an_error_that_says_why(body: bytes) -> None:
    decoder = FAMILY.decoder(StreamSettings())
    with pytest.raises(DecodeError) as caught:
        decoder(DATA, [head(ACC, 0x81) + body])
    assert caught.value.reason


def test_a_float_that_is_no_number_is_an_error() -> None:
    payload = head(GYRO, 0x81) + struct.pack("<3f", 1.0, float("nan"), 0.0)
    with pytest.raises(DecodeError, match="finite"):
        FAMILY.decoder(StreamSettings())(DATA, [payload])


@pytest.mark.parametrize("first", [0x00, 0x01, 0x06, 0x3F])
def test_a_stream_that_was_not_started_is_an_error(first: int) -> None:
    with pytest.raises(DecodeError):
        FAMILY.decoder(StreamSettings())(DATA, [head(first, 0x80) + bytes(40)])


@settings(max_examples=examples(300))
@given(
    st.sampled_from([ACC, GYRO]),
    st.sampled_from([0, 1, 2, 0x80, 0x81]),
    st.integers(0, 2**64 - 1),
    st.binary(max_size=300),
)
def test_any_bytes_raise_only_the_typed_error(
    kind: int, frame_type: int, tick: int, body: bytes
) -> None:
    decoder = FAMILY.decoder(StreamSettings(extra={"gyr_factor": 0.07}))
    try:
        packets = decoder(DATA, [head(kind, frame_type, tick) + body])
    except DecodeError:
        return
    for packet in packets:
        assert_sound(packet)
        # A delta takes at least three bits, so a frame cannot swell.
        assert len(packet.clipped) <= 1 + len(body) * 8 // 3


@given(
    st.lists(st.tuples(*[st.integers(-15000, 15000)] * 3), min_size=1, max_size=36),
    st.booleans(),
)
def test_packed_samples_are_read_back(mg: Triples, counts: bool) -> None:
    stream = StreamSettings(208.0, extra={"gyr_factor": 0.07} if counts else {})
    acc = np.array(mg, float) * STANDARD_GRAVITY_MPS2 / 1000.0
    gyr = np.deg2rad(np.array(mg, float) / 10.0)
    notifications = FAMILY.encoder(stream).encode(DeviceSamples(acc, gyr, 0, 3.0))
    acc_packet, gyr_packet = (decode(payload, stream) for _, payload in notifications)
    np.testing.assert_allclose(acc_packet.acc, acc, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(gyr_dps(gyr_packet), np.array(mg) / 10.0, rtol=1e-6, atol=0.036)
    last_ns = round((3.0 + (len(mg) - 1) / 208.0) * 1e9)
    assert first_of(acc_packet.ticks) == first_of(gyr_packet.ticks) == last_ns


def test_a_full_message_fits_in_the_packets_of_the_device() -> None:
    rng = np.random.default_rng(0)
    for extra in ({}, {"gyr_factor": 0.07}):
        stream = StreamSettings(208.0, extra=extra)
        encoder = FAMILY.encoder(stream)
        n = encoder.samples_per_notification
        acc, gyr = rng.uniform(-150, 150, (n, 3)), rng.uniform(-30, 30, (n, 3))
        assert all(
            len(payload) <= 232 for _, payload in encoder.encode(DeviceSamples(acc, gyr, 0, 0.0))
        )


# Control point --------------------------------------------------------------------------------


def test_sdk_mode_is_entered_for_other_rates_and_ranges_only() -> None:
    fast, conversation = configure(FAMILY, StreamSettings(104.0, 16.0, 2000.0))
    sent = [step.data.hex() for step in conversation.steps if isinstance(step, Write)]
    assert sent == [
        *("0302", "0305", "0209"),
        *("0102", "0202000168000101100002011000040103"),
        *("0105", "020500016800010110000201d007040103"),
    ]
    assert fast.settings.extra["gyr_factor"] == pytest.approx(0.07)
    assert "acc_factor" not in fast.settings.extra
    assert (fast.identity, fast.firmware, fast.battery_percent) == ("A1B2C3D4", "2.1.0", 87.0)

    plain, conversation = configure(FAMILY, StreamSettings(52.0, 8.0, 2000.0))
    assert b"\x02\x09" not in [step.data for step in conversation.steps if isinstance(step, Write)]
    assert plain.settings.rate_hz == 52.0


def test_streams_of_another_program_are_stopped_first() -> None:
    device = PolarPeripheral(sdk_mode=True, running={ACC: (26.0, 2.0), GYRO: (26.0, 250.0)})
    wanted = StreamSettings(208.0, 16.0, 2000.0)
    configured, _ = configure(FAMILY, wanted, device)
    assert configured.settings == device.streaming


class Contrary(PolarPeripheral):
    """A device whose answers to single requests are replaced."""

    answers: dict[bytes, list[bytes]]

    def write(self, characteristic: str, data: bytes) -> list[tuple[str, bytes]]:
        for request, answers in self.answers.items():
            if data.startswith(request):
                return [(CONTROL, answer) for answer in answers]
        return super().write(characteristic, data)


def contrary(request: str, *answers: str) -> Contrary:
    device = Contrary()
    device.answers = {bytes.fromhex(request): [bytes.fromhex(answer) for answer in answers]}
    return device


@pytest.mark.parametrize(
    ("request_hex", "answer", "meaning"),
    [
        ("0202", "f002020d00", "charger"),
        ("0205", "f002050a00", "too small"),
        ("0209", "f0020903", "firmware"),
        ("0202", "f0020263", "error 99"),
        ("0102", "f0010200000001340001011000020108000401 03", "offers 52 Hz"),
        ("0205", "f002050000 0501 00000000", "factor is 0"),
        ("0205", "f002050000 0501 0000c07f", "factor is nan"),
    ],
)
def test_a_refusal_says_what_to_do(request_hex: str, answer: str, meaning: str) -> None:
    with pytest.raises(DeviceError, match=meaning):
        configure(FAMILY, StreamSettings(208.0), contrary(request_hex, answer))


@pytest.mark.parametrize(
    "answer", ["f00102", "f001020000 00", "f001020000 0005", "f001020000 0901"]
)
def test_an_answer_cut_short_is_an_error(answer: str) -> None:
    with pytest.raises(DecodeError):
        configure(FAMILY, StreamSettings(208.0), contrary("0102", answer))


def test_settings_may_come_in_several_answers() -> None:
    parts = ("f001020001 0002 3400", "f001020001 d000", "f001020000 0101 1000 0201 1000 0401 03")
    configured, _ = configure(FAMILY, StreamSettings(208.0), contrary("0102", *parts))
    assert configured.settings.rate_hz == 208.0


def test_a_model_without_gyroscope_is_refused() -> None:
    script = FAMILY.configure(StreamSettings(208.0))
    step = next(script)
    while step != Read(CONTROL):
        step = script.send(b"")
    with pytest.raises(DeviceError, match="gyroscope"):
        script.send(bytes.fromhex("0f05") + bytes(15))


def test_messages_of_the_control_point_hold_no_sample() -> None:
    decoder = FAMILY.decoder(StreamSettings())
    assert decoder(CONTROL, [bytes.fromhex("f002020000")]) == []
    assert decoder(CONTROL, [bytes.fromhex("0102")]) == []
    with pytest.raises(DecodeError):
        decoder(CONTROL, [b""])


@pytest.mark.parametrize("factor", [0.0, -1.0, float("nan"), float("inf"), "1", None])
def test_an_impossible_factor_is_refused(factor: Any) -> None:
    with pytest.raises(SettingError):
        FAMILY.decoder(StreamSettings(extra={"gyr_factor": factor}))


def test_other_models_are_recognised_less_surely() -> None:
    assert FAMILY.recognise(Advertisement(name="Polar Sense 12345678")) == 1.0
    assert recognise(Advertisement(name="Polar H10 12345678")) is FAMILY
    assert recognise(Advertisement(service_uuids=(SERVICE,))) is FAMILY


# Published vectors ----------------------------------------------------------------------------


def published(direction: str) -> list[dict[str, Any]]:
    vectors = [v for v in device_vectors() if v["family"] == "polar"]
    return [v for v in vectors if v["direction"] == direction]


def test_every_published_notification_is_read() -> None:
    vectors = published("notify")
    assert vectors
    for vector in vectors:
        expect = vector["expect"]
        packet = decode(bytes.fromhex(vector["hex"]))
        assert first_of(packet.ticks) == expect["timestamp_ns"]
        if "samples_dps" in expect:
            np.testing.assert_allclose(gyr_dps(packet), expect["samples_dps"], rtol=1e-9)
            continue
        # Counts of type 0 are in g times the factor, which is 1 here.
        unit = 1.0 if "samples_mg" in expect else 1000.0
        expected = expect["samples_mg"] if "samples_mg" in expect else expect["samples_raw"]
        np.testing.assert_allclose(acc_mg(packet) / unit, expected, rtol=1e-9, atol=1e-9)


def test_every_published_request_is_one_that_is_sent() -> None:
    sent: set[str] = set()
    for wanted in (StreamSettings(208.0), StreamSettings(52.0, 8.0, 2000.0)):
        _, conversation = configure(FAMILY, wanted)
        steps = [*conversation.steps, *FAMILY.stop]
        sent |= {step.data.hex() for step in steps if isinstance(step, Write)}
    requests = published("write")
    assert requests
    assert {vector["hex"] for vector in requests} <= sent


def test_the_published_list_of_settings_is_read() -> None:
    (vector,) = [v for v in published("indicate") if "TLV" in v["name"]]
    names = {0: "sample_rate", 1: "resolution", 2: "range", 4: "channels"}
    read = decode_settings(bytes.fromhex(vector["hex"]))
    assert {names[number]: list(values) for number, values in read.items()} == vector["expect"]
