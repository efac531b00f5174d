"""MbientLab MetaMotion: MMC, MMR, MMRL (chip BMI160) and MMS (chip BMI270).

A board has some of the maker's modules, each with registers. The configuration asks which chip
there is, removes the subscriptions that an earlier program left (the board keeps them when the link
is lost), and sets up one of the streams of :mod:`sensor.families.metamotion_packets`.

Source: facts of mbientlab/MetaWear-SDK-Cpp. See ``firmware_notes/metamotion.md``.
"""

from collections.abc import Generator, Sequence
from dataclasses import replace

from sensor.errors import DeviceError, SettingError
from sensor.families.base import (
    Advertisement,
    Capabilities,
    Characteristic,
    ClockKind,
    ClockModel,
    Encoder,
    Family,
    Service,
    low_pass_delay_s,
)
from sensor.families.gatt import FIRMWARE_REVISION, SERIAL_NUMBER, device_information, text
from sensor.families.metamotion_board import MetaMotionPeripheral
from sensor.families.metamotion_packets import (
    ACC,
    BATTERY_STATE,
    BMI160,
    CHIPS,
    COMMAND,
    GYR,
    GYR_CONFIG,
    GYR_RANGE_CODES,
    INFO,
    NAME,
    NOTIFY,
    PACKED,
    PROCESSOR,
    PROCESSOR_ADDED,
    RATE_CODES,
    SAMPLES_PER_PACKET,
    SINGLE,
    TICK_S,
    TIMED,
    WRAP,
    Chip,
    packet_decoder,
    packet_encoder,
)
from sensor.families.steps import Configured, Expect, Read, Script, Step, Subscribe, Write
from sensor.types import StreamSettings

SERVICE = "326a9000-85cb-9195-d9dd-464cfbbae75a"

FAST_CONNECTION = bytes.fromhex("11090600060000005802")
"""Interval 7.5 ms, latency 0, supervision time-out 6 s, as in every example of the maker.

Those then wait 1.5 s; here the configuration goes on meanwhile, so a lost sensor is back sooner.
"""

# Each is power of one sensor (xx 01), or its data (xx 02); gyroscope 13, accelerometer 03.
SENSORS_OFF = tuple(map(bytes.fromhex, ("130100", "030100", "13020001", "03020001")))
SENSORS_ON = tuple(map(bytes.fromhex, ("03020100", "13020100", "030101", "130101")))
READ_BATTERY = bytes.fromhex("11cc")
REMOVE_PROCESSORS = bytes.fromhex("0908")

CUTOFF_SHARE = 0.4
"""Cut-off of both low-passes as a share of the rate, in the normal mode that is asked for.

BMI160 data sheet (BST-BMI160-DS000), data processing: 20 Hz at 50 Hz and 40 Hz at 100 Hz. It states no
delay.
"""

CAPABILITIES = Capabilities(
    models=("MetaMotion C", "MetaMotion R", "MetaMotion RL", "MetaMotion S"),
    # 200 Hz is more than the link carries in practice, and a loss would not show.
    rates_hz=(25.0, 50.0, 100.0),
    acc_ranges_g=tuple(BMI160.acc_range_codes),
    gyr_ranges_dps=tuple(GYR_RANGE_CODES),
    clock=ClockModel(ClockKind.NONE),
    stream_clocks={TIMED: ClockModel(ClockKind.TICKS, TICK_S, WRAP)},
    separate_streams=True,
    delay_s=lambda settings: low_pass_delay_s(CUTOFF_SHARE * settings.rate_hz),
    limits=(
        "no clock and no counter unless the timed stream is asked for: a loss does not show",
        "100 Hz at most: the maker's own limit for both sensors over Bluetooth",
    ),
    unconfirmed=(
        "the delay of the low-pass: that of second order with the stated cut-off is assumed",
        "the timed stream on real boards, and on the BMI270 its gyroscope register",
        "the command that removes old processors, and unsubscribing by a zero",
        "the gyroscope's configuration on the BMI270 (same code path in the maker's SDK)",
        "that the three samples of a packet are evenly spaced",
        "going on at once after the connection parameters are set",
    ),
)


def acc_config(chip: Chip, settings: StreamSettings) -> bytes:
    """Return the command that sets rate and range of the accelerometer."""
    code = chip.acc_range_codes[settings.acc_range_g]
    return bytes((ACC, 0x03, chip.acc_config | RATE_CODES[settings.rate_hz], code))


def gyr_config(settings: StreamSettings) -> bytes:
    """Return the command that sets rate and range of the gyroscope; the same on both chips."""
    code = GYR_RANGE_CODES[settings.gyr_range_dps]
    return bytes((GYR, 0x03, GYR_CONFIG | RATE_CODES[settings.rate_hz], code))


def subscription(module: int, register: int, *, on: bool) -> bytes:
    """Return the command that switches the data of a register on or off."""
    return bytes((module, register, on))


def _send(commands: Sequence[bytes]) -> Generator[Step, bytes, None]:
    for command in commands:
        yield Write(COMMAND, command)


def _module(
    module: int, *, optional: bool = False
) -> Generator[Step, bytes, tuple[int, int] | None]:
    """Ask for a module; return implementation and revision, None if the board lacks it."""
    question = bytes((module, INFO))
    yield Write(COMMAND, question)
    answer = yield Expect(NOTIFY, question, optional=optional)
    return (answer[2], answer[3]) if len(answer) >= 4 else None


def _chip(acc: tuple[int, int] | None, gyr: tuple[int, int] | None) -> Chip:
    """Return the chip with these implementations (and revisions) of its two modules."""
    for chip in CHIPS.values():
        if acc and gyr and (acc[0], gyr[0]) == (chip.acc_implementation, chip.gyr_implementation):
            return chip
    kinds = [str(found[0]) if found else "none" for found in (acc, gyr)]
    reason = (
        f"accelerometer {kinds[0]} and gyroscope {kinds[1]} are not supported: "
        "it must be a MetaMotion board (C, R, RL or S), whose gyroscope is a BMI160 or BMI270"
    )
    raise DeviceError(NAME, reason)


def _clean(chip: Chip, *, processors: bool) -> list[bytes]:
    """Return the commands that silence the sensors and streams of an earlier program."""
    registers = [(ACC, r) for r in chip.acc_registers.values()]
    registers += [(GYR, r) for r in chip.gyr_registers.values()]
    silence = [subscription(module, register, on=False) for module, register in registers]
    return [*SENSORS_OFF, *silence, *([REMOVE_PROCESSORS] if processors else [])]


def _add_processor(command: str) -> Generator[Step, bytes, int]:
    yield Write(COMMAND, bytes.fromhex(command))
    answer = yield Expect(NOTIFY, PROCESSOR_ADDED)
    if len(answer) < 3:
        raise DeviceError(NAME, "it does not name the processor that it made: switch it off and on")
    return answer[2]


def _timed_chain(chip: Chip) -> Generator[Step, bytes, list[bytes]]:
    """Build gyroscope buffer -> fuser on the accelerometer -> clock; return its subscription."""
    gyr, acc = chip.gyr_registers[SINGLE], chip.acc_registers[SINGLE]
    buffered = yield from _add_processor(f"0902 13{gyr:02x} ffa0 0f05")
    fused = yield from _add_processor(f"0902 03{acc:02x} ffa0 1b01 {buffered:02x}" + "00" * 11)
    timed = yield from _add_processor(f"0902 0903 {fused:02x}60 1131 03")
    return [bytes((PROCESSOR, 0x07, timed, 1)), bytes((PROCESSOR, 0x03, 1))]


def _kind(asked: str, acc_revision: int, gyr_revision: int, chip: Chip) -> str:
    """Return the kind of stream to ask for: firmware of revision 0 cannot pack."""
    old = chip is BMI160 and (acc_revision < 1 or gyr_revision < 1)
    return SINGLE if asked == PACKED and old else asked


def stream_kind(settings: StreamSettings) -> str:
    """Return the kind of stream that ``settings.extra`` asks for, by default packed.

    Raises
    ------
    SettingError
        If there is no such kind.
    """
    kind = settings.extra.get("stream", PACKED)
    if not isinstance(kind, str) or kind not in SAMPLES_PER_PACKET:
        raise SettingError("stream", kind, "one of " + ", ".join(SAMPLES_PER_PACKET))
    return kind


def _encoder(settings: StreamSettings) -> Encoder:
    """Return the encoder; without a chip in ``settings.extra``, that of a BMI160."""
    CAPABILITIES.check(settings)
    chip = CHIPS.get(str(settings.extra.get("chip")), BMI160)
    return packet_encoder(settings, chip, stream_kind(settings))


def _recognise(advertisement: Advertisement) -> float:
    """Judge by the service, else by the name, which the owner can change."""
    if SERVICE in advertisement.service_uuids:
        return 1.0
    return 0.8 if advertisement.name.startswith(("MetaWear", "MetaMotion")) else 0.0


def _configure(settings: StreamSettings) -> Script:
    """Find the chip, clean up, set, subscribe, start.

    Old firmware that cannot pack is asked for single samples.
    """
    CAPABILITIES.check(settings)
    asked = stream_kind(settings)
    yield Subscribe(NOTIFY)
    # Some hosts stay at an interval that cannot carry 100 Hz unless the board asks for another.
    yield Write(COMMAND, FAST_CONNECTION)
    acc, gyr = (yield from _module(ACC)), (yield from _module(GYR))
    # Only the timed stream needs it: a board that does not answer can still send the others.
    processors = yield from _module(PROCESSOR, optional=True)
    chip = _chip(acc, gyr)
    kind = _kind(asked, acc[1] if acc else 0, gyr[1] if gyr else 0, chip)
    if kind == TIMED and not (processors and processors[1] >= 1):
        reason = "its firmware cannot put the time into the stream: ask for the packed stream"
        raise DeviceError(NAME, reason)
    identity = text((yield Read(SERIAL_NUMBER, optional=True)))
    firmware = text((yield Read(FIRMWARE_REVISION, optional=True)))
    yield Write(COMMAND, READ_BATTERY)
    charge = yield Expect(NOTIFY, BATTERY_STATE, timeout_s=1.0, optional=True)
    # The board keeps subscriptions, processors and running sensors when its link is lost.
    yield from _send(_clean(chip, processors=processors is not None))
    if kind == TIMED:
        subscriptions = yield from _timed_chain(chip)
    else:
        subscriptions = [
            subscription(ACC, chip.acc_registers[kind], on=True),
            subscription(GYR, chip.gyr_registers[kind], on=True),
        ]
    yield from _send([acc_config(chip, settings), gyr_config(settings), *subscriptions])
    yield from _send(SENSORS_ON)
    return Configured(
        settings=replace(settings, extra={"chip": chip.name, "stream": kind}),
        identity=identity,
        battery_percent=float(charge[2]) if len(charge) >= 3 and charge[2] <= 100 else None,
        firmware=firmware,
    )


FAMILY = Family(
    name=NAME,
    title="MbientLab MetaMotion",
    capabilities=CAPABILITIES,
    services=(
        Service(
            SERVICE,
            (
                Characteristic(COMMAND, ("write", "write-without-response")),
                Characteristic(NOTIFY, ("notify",)),
            ),
        ),
        device_information(SERIAL_NUMBER, FIRMWARE_REVISION),
    ),
    advertisement=Advertisement(name="MetaWear", service_uuids=(SERVICE,)),
    recognise=_recognise,
    configure=_configure,
    # What stays subscribed is silent, and removed at the next connection.
    stop=tuple(Write(COMMAND, command) for command in SENSORS_OFF),
    decoder=packet_decoder,
    encoder=_encoder,
    peripheral=MetaMotionPeripheral,
)
