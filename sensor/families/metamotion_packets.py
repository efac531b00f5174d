"""The packets of a MetaMotion board: the registers of its two chips, and the stream's bytes.

Every packet is ``module, register, data…``, little-endian; bit 7 of the register marks an answer.
The stream comes in one of three kinds::

    packed   mm rr  3 x (i16 x y z)             acc and gyro in packets of their own
    single   mm rr  i16 x y z                   the same, one sample a packet
    timed    09 03 id  u32 tick  acc  gyro      both together, with the board's clock

A timed stream comes from a chain of processors on the board. Chains without the clock or without
the gyroscope are read as well.

Source: facts of mbientlab/MetaWear-SDK-Cpp. See ``firmware_notes/metamotion.md``.
"""

import itertools
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from sensor.errors import DecodeError
from sensor.families.base import Decode, DeviceSamples, Encoder, Message
from sensor.families.counts import NO_SAMPLES, at_ends_of_i16, counted, scaled
from sensor.families.gatt import alike, by_characteristic, charge_packet
from sensor.types import STANDARD_GRAVITY_MPS2, Packet, StreamSettings

NAME = "metamotion"
COMMAND = "326a9001-85cb-9195-d9dd-464cfbbae75a"
NOTIFY = "326a9006-85cb-9195-d9dd-464cfbbae75a"

ACC, PROCESSOR, SETTINGS, GYR = 0x03, 0x09, 0x11, 0x13
INFO = 0x80
BATTERY_STATE = bytes((SETTINGS, 0x8C))
PROCESSOR_ADDED = bytes((PROCESSOR, 0x02))
PROCESSOR_DATA = bytes((PROCESSOR, 0x03))

PACKED, SINGLE, TIMED = "packed", "single", "timed"
SAMPLES_PER_PACKET = {PACKED: 3, SINGLE: 1, TIMED: 1}

CHAIN_BYTES = (19, 13, 15, 9)
"""Lengths of a chain's output: tick, acc and gyr; without gyr; without tick; without both."""
TIMED_BYTES = CHAIN_BYTES[:2]
"""Those with a tick."""

TICK_S = 48 / 32768
"""48 periods of the board's 32,768 Hz crystal."""
WRAP = 2**32


@dataclass(frozen=True, slots=True)
class Chip:
    """The codes in which the boards differ."""

    name: str
    """Name of the inertial sensor, as ``settings.extra["chip"]`` keeps it."""
    acc_implementation: int
    """The accelerometer's implementation in the module information."""
    gyr_implementation: int
    """The gyroscope's implementation in the module information."""
    acc_config: int
    """High bits of the accelerometer's configuration byte; the low ones are the rate."""
    acc_range_codes: Mapping[float, int]
    """Code of each range of acceleration, by g."""
    acc_registers: Mapping[str, int]
    """Register of the accelerometer's data, by kind of stream."""
    gyr_registers: Mapping[str, int]
    """Register of the gyroscope's data, by kind of stream."""


BMI160 = Chip(
    name="BMI160",
    acc_implementation=1,
    gyr_implementation=0,
    acc_config=0x20,
    acc_range_codes={2.0: 0x03, 4.0: 0x05, 8.0: 0x08, 16.0: 0x0C},
    acc_registers={SINGLE: 0x04, PACKED: 0x1C},
    gyr_registers={SINGLE: 0x05, PACKED: 0x07},
)
BMI270 = Chip(
    name="BMI270",
    acc_implementation=4,
    gyr_implementation=1,
    acc_config=0xA0,
    acc_range_codes={2.0: 0x00, 4.0: 0x01, 8.0: 0x02, 16.0: 0x03},
    acc_registers={SINGLE: 0x04, PACKED: 0x05},
    gyr_registers={SINGLE: 0x04, PACKED: 0x05},
)
CHIPS = {chip.name: chip for chip in (BMI160, BMI270)}

GYR_CONFIG = 0x20
"""High bits of the gyroscope's configuration byte, on both chips."""
GYR_RANGE_CODES = {2000.0: 0, 1000.0: 1, 500.0: 2, 250.0: 3, 125.0: 4}
RATE_CODES = {25.0: 6, 50.0: 7, 100.0: 8, 200.0: 9}


def acc_unit_mps2(settings: StreamSettings) -> float:
    """Return a count of acceleration in m/s²."""
    return settings.acc_range_g / 32768.0 * STANDARD_GRAVITY_MPS2


def gyr_unit_rad_s(settings: StreamSettings) -> float:
    """Return a count of angular rate in rad/s.

    The chips resolve 16.4 counts per °/s at ±2000 °/s, not 32768 / 2000.
    """
    return float(np.deg2rad(settings.gyr_range_dps / 2000.0 / 16.4))


def packet_decoder(settings: StreamSettings) -> Decode:
    """Return a decoder of acceleration, angular rate, or both, from each packet of the stream.

    ``settings.extra`` names the chip and the kind of stream, and nothing else is accepted as a
    sample: a forgotten subscription would double them. If it names neither, register and length
    decide, which together mean one thing on both chips.
    """
    return by_characteristic(NAME, {NOTIFY: partial(_decode_packets, _accepted(settings))})


@dataclass(frozen=True, slots=True)
class _Accepted:
    """The packets of one stream, and the units of their counts."""

    acc_unit_mps2: float
    """A count of acceleration, in m/s²."""
    gyr_unit_rad_s: float
    """A count of angular rate, in rad/s."""
    modules: Mapping[tuple[bytes, int], int]
    """The module whose samples a packet holds, by the packet's head and length."""
    chain_bytes: Sequence[int]
    """Lengths of the chain outputs that belong to the stream."""


def _accepted(settings: StreamSettings) -> _Accepted:
    chip, kind = settings.extra.get("chip"), settings.extra.get("stream")
    # 13 05 is one sample on one chip and three on the other: only the length tells.
    modules = {
        (bytes((module, register)), 2 + 6 * SAMPLES_PER_PACKET[each_kind]): module
        for each in CHIPS.values()
        for module, registers in ((ACC, each.acc_registers), (GYR, each.gyr_registers))
        for each_kind, register in registers.items()
        if chip in (None, each.name) and kind in (None, each_kind)
    }
    chain_bytes = CHAIN_BYTES if kind is None else CHAIN_BYTES[: kind == TIMED]
    return _Accepted(acc_unit_mps2(settings), gyr_unit_rad_s(settings), modules, chain_bytes)


def _decode_packets(accepted: _Accepted, payloads: Sequence[bytes]) -> list[Packet]:
    payload = payloads[0]
    head = bytes(payload[:2])
    module = accepted.modules.get((head, len(payload)))
    if module is None and not (head == PROCESSOR_DATA and len(payload) in accepted.chain_bytes):
        return _decode_answer(payload)
    same = list(itertools.takewhile(lambda each: each[:2] == head, alike(payloads)))
    if module is None:
        return [_chain_packet(accepted, same)]
    data = b"".join([each[2:] for each in same])
    counts = np.frombuffer(data, "<i2").reshape(-1, 3)
    clipped = at_ends_of_i16(data, counts)
    if module == ACC:
        acc = scaled(counts, accepted.acc_unit_mps2)
        return [Packet(acc, NO_SAMPLES, clipped, messages=len(same))]
    gyr = scaled(counts, accepted.gyr_unit_rad_s)
    return [Packet(NO_SAMPLES, gyr, clipped, messages=len(same))]


def _chain_packet(accepted: _Accepted, payloads: Sequence[bytes]) -> Packet:
    timed = len(payloads[0]) in TIMED_BYTES
    data = b"".join([each[7:] if timed else each[3:] for each in payloads])
    counts = np.frombuffer(data, "<i2").reshape(len(payloads), -1)
    # Without the gyroscope there are only the three counts of the acceleration.
    gyr = counts[:, 3:].reshape(-1, 3)
    return Packet(
        scaled(counts[:, :3], accepted.acc_unit_mps2),
        scaled(gyr, accepted.gyr_unit_rad_s),
        at_ends_of_i16(data, counts),
        ticks=[struct.unpack_from("<I", each, 3)[0] for each in payloads] if timed else None,
        messages=len(payloads),
    )


def _decode_answer(payload: bytes) -> list[Packet]:
    head = payload[:2]
    # The answer goes on with the voltage, which says less than the board's own percentage.
    if head == BATTERY_STATE and len(payload) == 5 and payload[2] <= 100:
        return [charge_packet(float(payload[2]))]
    if head[1:] == bytes((INFO,)) or (head == PROCESSOR_ADDED and len(payload) == 3):
        return []
    raise DecodeError(
        NAME, NOTIFY, payload, "no packet of this stream, perhaps of a forgotten subscription"
    )


def packet_encoder(settings: StreamSettings, chip: Chip, kind: str) -> Encoder:
    """Return the encoder of a board's stream.

    The board sends full packets only: fewer samples than fill one give none.

    Parameters
    ----------
    settings
        Rate and ranges.
    chip
        The board's inertial sensor.
    kind
        The kind of stream: packed, single or timed.
    """
    n = SAMPLES_PER_PACKET[kind]
    if kind == TIMED:
        return Encoder(partial(_encode_timed, settings), n)
    return Encoder(partial(_encode_separate, settings, chip, kind), n)


def _encode_timed(settings: StreamSettings, samples: DeviceSamples) -> list[Message]:
    acc = counted(samples.acc, acc_unit_mps2(settings))
    gyr = counted(samples.gyr, gyr_unit_rad_s(settings))
    times_s = [samples.time_s + i / settings.rate_hz for i in range(len(acc))]
    heads = [PROCESSOR_DATA + struct.pack("<BI", 2, int(t / TICK_S) % WRAP) for t in times_s]
    return [(NOTIFY, head + acc[i].tobytes() + gyr[i].tobytes()) for i, head in enumerate(heads)]


def _encode_separate(
    settings: StreamSettings, chip: Chip, kind: str, samples: DeviceSamples
) -> list[Message]:
    n = SAMPLES_PER_PACKET[kind]
    streams = (
        (bytes((ACC, chip.acc_registers[kind])), counted(samples.acc, acc_unit_mps2(settings))),
        (bytes((GYR, chip.gyr_registers[kind])), counted(samples.gyr, gyr_unit_rad_s(settings))),
    )
    return [
        (NOTIFY, head + counts[i : i + n].tobytes())
        for i in range(0, len(samples.acc) - n + 1, n)
        for head, counts in streams
    ]
