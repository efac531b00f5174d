"""MetaMotion: packets of both chips, old and new boards, and the leftovers of an earlier program.

The bytes were made from the layout, since the maker's own may not be redistributed.
"""

import struct

import numpy as np
import pytest

from sensor.errors import DecodeError, DeviceError, SettingError
from sensor.families import recognise
from sensor.families.base import Advertisement, ClockKind, DeviceSamples
from sensor.families.metamotion import (
    FAMILY,
    FAST_CONNECTION,
    SENSORS_OFF,
    SENSORS_ON,
    acc_config,
    subscription,
)
from sensor.families.metamotion_board import MetaMotionPeripheral
from sensor.families.metamotion_packets import (
    ACC,
    BMI160,
    BMI270,
    CHIPS,
    COMMAND,
    GYR,
    NOTIFY,
    PROCESSOR,
    TICK_S,
    Chip,
)
from sensor.families.steps import Subscribe, Write
from sensor.types import Packet, StreamSettings
from tests.sensor.families.contract import first_of
from tests.sensor.families.driver import Conversation, configure

STANDARD_GRAVITY_MPS2 = 9.80665


def settings(
    rate_hz: float = 100.0, acc_g: float = 16.0, gyr_dps: float = 2000.0, **extra: str | None
) -> StreamSettings:
    return StreamSettings(rate_hz, acc_g, gyr_dps, extra)


def decode(payload: bytes, of: StreamSettings) -> Packet:
    (packet,) = FAMILY.decoder(of)(NOTIFY, [payload])
    return packet


def written(conversation: Conversation) -> list[bytes]:
    return [step.data for step in conversation.steps if isinstance(step, Write)]


COUNTS = np.array([[4096, -8192, 1], [32767, 0, -12], [-32768, 164, 328]], dtype="<i2")

# Register, chip, and the scale that goes with the range asked for below.
ACC_PER_COUNT = STANDARD_GRAVITY_MPS2 / 4096
GYR_PER_COUNT = np.deg2rad(1 / 65.6)


@pytest.mark.parametrize(
    ("chip", "acc_head", "gyr_head", "n"),
    [
        ("BMI160", "031c", "1307", 3),
        ("BMI160", "0304", "1305", 1),
        ("BMI270", "0305", "1305", 3),
        ("BMI270", "0304", "1304", 1),
        # Without the chip in the settings the length decides.
        (None, "0305", "1305", 3),
        (None, "0304", "1305", 1),
    ],
)
def test_each_register_gives_its_own_samples(
    chip: str | None, acc_head: str, gyr_head: str, n: int
) -> None:
    of = settings(acc_g=8.0, gyr_dps=500.0, chip=chip)
    counts = COUNTS[:n]
    acc = decode(bytes.fromhex(acc_head) + counts.tobytes(), of)
    np.testing.assert_allclose(acc.acc, counts * ACC_PER_COUNT, rtol=1e-12)
    assert acc.gyr.shape == (0, 3)
    gyr = decode(bytes.fromhex(gyr_head) + counts.tobytes(), of)
    np.testing.assert_allclose(gyr.gyr, counts * GYR_PER_COUNT, rtol=1e-12)
    assert gyr.acc.shape == (0, 3)
    assert acc.clipped.tolist() == gyr.clipped.tolist() == [False, True, True][:n]
    assert first_of(acc.ticks) is None
    assert first_of(acc.sequences) is None


def test_the_same_register_means_another_thing_on_the_other_chip() -> None:
    packed, single = b"\x13\x05" + COUNTS.tobytes(), b"\x13\x05" + COUNTS[:1].tobytes()
    with pytest.raises(DecodeError):
        decode(packed, settings(chip="BMI160"))
    with pytest.raises(DecodeError):
        decode(single, settings(chip="BMI270"))


@pytest.mark.parametrize(
    ("range_g", "per_g"), [(2.0, 16384), (4.0, 8192), (8.0, 4096), (16.0, 2048)]
)
def test_one_g_is_what_the_range_makes_it(range_g: float, per_g: int) -> None:
    packet = decode(b"\x03\x04" + struct.pack("<3h", per_g, 0, 0), settings(acc_g=range_g))
    np.testing.assert_allclose(packet.acc, [[STANDARD_GRAVITY_MPS2, 0, 0]], rtol=1e-12)


@pytest.mark.parametrize(
    ("range_dps", "per_dps"),
    [(125.0, 262.4), (250.0, 131.2), (500.0, 65.6), (1000.0, 32.8), (2000.0, 16.4)],
)
def test_a_degree_a_second_is_what_the_range_makes_it(range_dps: float, per_dps: float) -> None:
    payload = b"\x13\x05" + struct.pack("<3h", 0, -1000, 0)
    packet = decode(payload, settings(gyr_dps=range_dps))
    np.testing.assert_allclose(np.rad2deg(packet.gyr), [[0, -1000 / per_dps, 0]], rtol=1e-12)


def test_a_timed_packet_holds_both_and_the_tick() -> None:
    tick, acc, gyr = 3_000_000_000, (2048, -2048, 0), (164, 0, -328)
    packet = decode(b"\x09\x03\x02" + struct.pack("<I6h", tick, *acc, *gyr), settings())
    assert first_of(packet.ticks) == tick
    np.testing.assert_allclose(packet.acc / STANDARD_GRAVITY_MPS2, [[1, -1, 0]], rtol=1e-12)
    np.testing.assert_allclose(np.rad2deg(packet.gyr), [[10, 0, -20]], rtol=1e-12)
    full = decode(b"\x09\x03\x02" + struct.pack("<I6h", tick, *acc, 0, 32767, 0), settings())
    assert full.clipped.tolist() == [True]


def test_shorter_chains_are_read_as_far_as_they_go() -> None:
    acc, gyr = struct.pack("<3h", 2048, 0, 0), struct.pack("<3h", 0, 0, 164)
    timed = decode(b"\x09\x03\x00" + struct.pack("<I", 7) + acc, settings())
    assert (first_of(timed.ticks), len(timed.acc), len(timed.gyr)) == (7, 1, 0)
    fused = decode(b"\x09\x03\x00" + acc + gyr, settings())
    assert (first_of(fused.ticks), len(fused.acc), len(fused.gyr)) == (None, 1, 1)


def test_only_the_timed_stream_carries_time() -> None:
    assert FAMILY.capabilities.clock_of(settings()).kind is ClockKind.NONE
    clock = FAMILY.capabilities.clock_of(settings(stream="timed"))
    assert (clock.kind, clock.wrap) == (ClockKind.TICKS, 2**32)
    # 48 periods of the board's 32,768 Hz crystal.
    assert clock.tick_s * 1e3 == 1.46484375


def test_the_battery_is_read_where_it_is_plausible() -> None:
    assert decode(bytes.fromhex("118c57a00f"), settings()).battery_percent == 87
    with pytest.raises(DecodeError):
        decode(bytes.fromhex("118c65a00f"), settings())


@pytest.mark.parametrize("answer", ["03800101", "13800100", "1680", "090202"])
def test_answers_to_a_configuration_hold_no_samples(answer: str) -> None:
    assert FAMILY.decoder(settings())(NOTIFY, [bytes.fromhex(answer)]) == []


@pytest.mark.parametrize(
    ("stream", "forgotten"),
    [("packed", b"\x03\x04" + bytes(6)), ("single", b"\x03\x1c" + bytes(18)),
     ("packed", b"\x09\x03\x02" + bytes(16)), ("timed", b"\x13\x05" + bytes(6))],
)  # fmt: skip
def test_another_kind_of_stream_is_not_mixed_in(stream: str, forgotten: bytes) -> None:
    with pytest.raises(DecodeError, match="forgotten subscription"):
        FAMILY.decoder(settings(chip="BMI160", stream=stream))(NOTIFY, [forgotten])


def test_data_of_a_module_without_a_subscription_are_malformed() -> None:
    fusion = b"\x19\x07" + struct.pack("<4f", 1, 0, 0, 0)
    with pytest.raises(DecodeError, match="forgotten subscription"):
        FAMILY.decoder(settings())(NOTIFY, [fusion])


@pytest.mark.parametrize("stream", ["packed", "single", "timed"])
@pytest.mark.parametrize("chip", CHIPS)
def test_a_packet_cut_anywhere_gives_no_false_sample(chip: str, stream: str) -> None:
    of = settings(chip=chip, stream=stream)
    encoder, decoder = FAMILY.encoder(of), FAMILY.decoder(of)
    still = np.zeros((encoder.samples_per_notification, 3))
    for characteristic, payload in encoder.encode(DeviceSamples(still, still, 0, 1.0)):
        for length in range(len(payload)):
            with pytest.raises(DecodeError):
                decoder(characteristic, [payload[:length]])
        assert len(decoder(characteristic, [payload])) == 1


@pytest.mark.parametrize("stream", ["packed", "single", "timed"])
@pytest.mark.parametrize("chip", CHIPS)
def test_encoded_samples_come_back(chip: str, stream: str) -> None:
    of = settings(acc_g=4.0, gyr_dps=1000.0, chip=chip, stream=stream)
    rng = np.random.default_rng(5)
    acc, gyr = rng.uniform(-30, 30, (12, 3)), rng.uniform(-15, 15, (12, 3))
    encoder, decoder = FAMILY.encoder(of), FAMILY.decoder(of)
    n = encoder.samples_per_notification
    packets = [
        packet
        for i in range(0, 12, n)
        for c, payload in encoder.encode(DeviceSamples(acc[i : i + n], gyr[i : i + n], i, i / 100))
        for packet in decoder(c, [payload])
    ]
    np.testing.assert_allclose(np.vstack([p.acc for p in packets]), acc, atol=4 * 9.81 / 32768)
    np.testing.assert_allclose(np.vstack([p.gyr for p in packets]), gyr, atol=18 / 32768)
    if stream == "timed":
        ticks = np.array([first_of(p.ticks) for p in packets], dtype=float)
        np.testing.assert_allclose(ticks * TICK_S, np.arange(12) / 100, atol=TICK_S)


def test_packed_notifications_are_twenty_bytes_and_never_half_full() -> None:
    encoder = FAMILY.encoder(settings())
    still = np.zeros((3, 3))
    assert [len(p) for _, p in encoder.encode(DeviceSamples(still, still, 0, 0.0))] == [20, 20]
    assert encoder.encode(DeviceSamples(still[:2], still[:2], 3, 0.03)) == []


@pytest.mark.parametrize(
    ("chip", "acc", "gyr", "subscriptions"),
    [
        (BMI160, "03032705", "13032702", ["031c01", "130701"]),
        (BMI270, "0303a701", "13032702", ["030501", "130501"]),
    ],
)
def test_the_configuration_follows_the_chip(
    chip: Chip, acc: str, gyr: str, subscriptions: list[str]
) -> None:
    asked = settings(50.0, 4.0, 500.0)
    configured, conversation = configure(FAMILY, asked, MetaMotionPeripheral(chip))
    sent = written(conversation)
    assert conversation.steps[:2] == [Subscribe(NOTIFY), Write(COMMAND, FAST_CONNECTION)]
    assert [c.hex() for c in sent[-8:]] == [
        acc,
        gyr,
        *subscriptions,
        *(c.hex() for c in SENSORS_ON),
    ]
    assert configured.settings == conversation.peripheral.streaming
    assert configured.settings.extra == {"chip": chip.name, "stream": "packed"}
    assert (configured.identity, configured.firmware) == ("05A3F1", "1.5.0")
    assert configured.battery_percent == 99


def test_firmware_that_cannot_pack_is_asked_for_single_samples() -> None:
    board = MetaMotionPeripheral(revisions={ACC: 0, GYR: 0})
    configured, _ = configure(FAMILY, settings(), board)
    assert configured.settings == board.streaming
    assert configured.settings.extra["stream"] == "single"
    # On the BMI270 revision 0 packs.
    board = MetaMotionPeripheral(BMI270, revisions={ACC: 0, GYR: 0})
    configured, _ = configure(FAMILY, settings(), board)
    assert configured.settings.extra["stream"] == "packed"


@pytest.mark.parametrize("chip", CHIPS.values(), ids=CHIPS)
def test_the_timed_stream_is_built_from_three_processors(chip: Chip) -> None:
    board = MetaMotionPeripheral(chip, processors=2)
    configured, conversation = configure(FAMILY, settings(stream="timed"), board)
    chain = [c.hex() for c in written(conversation) if c[0] == PROCESSOR]
    gyr = chip.gyr_registers["single"]
    assert chain == [
        "0980",
        "0908",
        f"090213{gyr:02x}ffa00f05",
        "09020304ffa01b0100" + "00" * 11,
        "09020903016011" + "3103",
        "09070201",
        "090301",
    ]
    assert configured.settings == board.streaming


def test_a_board_without_the_processor_says_what_to_ask_for() -> None:
    board = MetaMotionPeripheral(revisions={ACC: 1, GYR: 1})
    with pytest.raises(DeviceError, match="packed"):
        configure(FAMILY, settings(stream="timed"), board)


@pytest.mark.parametrize("revisions", [{ACC: 1}, {GYR: 1}, {}])
def test_a_board_without_both_sensors_is_refused(revisions: dict[int, int]) -> None:
    with pytest.raises(DeviceError, match="none"):
        configure(FAMILY, settings(), MetaMotionPeripheral(revisions=revisions))


def test_leftovers_of_an_earlier_program_are_removed_before_the_start() -> None:
    board = MetaMotionPeripheral()
    configure(FAMILY, settings(stream="timed"), board)
    assert board.subscribed == {(PROCESSOR, 0x03)}
    configure(FAMILY, settings(stream="single"), board)
    assert board.subscribed == {(ACC, 0x04), (GYR, 0x05)}
    _, conversation = configure(FAMILY, settings(), board)
    assert board.subscribed == {(ACC, 0x1C), (GYR, 0x07)}
    sent = written(conversation)
    assert sent.index(SENSORS_OFF[0]) < sent.index(subscription(ACC, 0x04, on=False))
    assert sent.index(subscription(ACC, 0x04, on=False)) < sent.index(
        acc_config(BMI160, settings())
    )


def test_stopping_switches_both_sensors_off() -> None:
    _, conversation = configure(FAMILY, settings())
    for step in FAMILY.stop:
        conversation.answer(step)
    assert [c.hex() for c in written(conversation)[-4:]] == [
        "130100",
        "030100",
        "13020001",
        "03020001",
    ]
    assert conversation.peripheral.streaming is None


def test_an_unknown_kind_of_stream_is_refused() -> None:
    with pytest.raises(SettingError, match="packed, single, timed"):
        next(FAMILY.configure(settings(stream="logged")))


def test_it_is_recognised_by_service_or_name() -> None:
    service = Advertisement("Left foot", ("326a9000-85cb-9195-d9dd-464cfbbae75a",))
    for advertisement in (service, Advertisement(name="MetaWear")):
        found = recognise(advertisement)
        assert found is not None
        assert found.name == "metamotion"
