"""The packets of a MetaMotion board: which registers its two chips use, and the stream's bytes.

Every packet is ``module, register, data…``, little-endian; bit 7 of the register marks an answer.
The stream comes in one of three kinds::

    packed   mm rr  3 x (i16 x y z)             acc and gyro in packets of their own
    single   mm rr  i16 x y z                   the same, one sample a packet
    timed    09 03 id  u32 tick  acc  gyro      both together, with the board's clock

A timed stream comes from a chain of processors on the board. Chains without the clock or without
the gyroscope are read as well.

Source: facts of mbientlab/MetaWear-SDK-Cpp. See ``firmware_notes/metamotion.md``.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sensor.errors import DecodeError
from sensor.families._layout import NO_FLAGS, NO_SAMPLES, counted
from sensor.types import (
    STANDARD_GRAVITY_MPS2,
    BoolArray,
    FloatArray,
    Packet,
    StreamSettings,
    frozen_bool,
)

NAME = "metamotion"
COMMAND = "326a9001-85cb-9195-d9dd-464cfbbae75a"
NOTIFY = "326a9006-85cb-9195-d9dd-464cfbbae75a"

ACC, PROCESSOR, SETTINGS, GYR = 0x03, 0x09, 0x11, 0x13
INFO = 0x80
BATTERY_STATE = bytes((SETTINGS, 0x8C))
PROCESSOR_ADDED = bytes((PROCESSOR, 0x02))
PROCESSOR_DATA = bytes((PROCESSOR, 0x03))

PACKED, SINGLE, TIMED = "packed", "single", "timed"
SAMPLES = {PACKED: 3, SINGLE: 1, TIMED: 1}

# A chain's output with tick, acc and gyr, as it is set up here; then without gyr, tick or both.
CHAIN_LENGTHS = (19, 13, 15, 9)
TIMED_LENGTHS = CHAIN_LENGTHS[:2]

TICK_S = 48 / 32768
WRAP = 2**32
FULL_SCALE = 32767

_CALM = {n: frozen_bool(np.zeros(n)) for n in (1, 2, 3)}


@dataclass(frozen=True, slots=True)
class Chip:
    """What differs between the boards: the chip's codes, and the registers of its streams."""

    name: str
    acc_implementation: int
    gyr_implementation: int
    acc_config: int
    acc_range_codes: Mapping[float, int]
    acc_registers: Mapping[str, int]
    gyr_registers: Mapping[str, int]


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
GYR_RANGE_CODES = {2000.0: 0, 1000.0: 1, 500.0: 2, 250.0: 3, 125.0: 4}
RATE_CODES = {25.0: 6, 50.0: 7, 100.0: 8, 200.0: 9}


def acc_unit(settings: StreamSettings) -> float:
    """Return what one count of acceleration is, in m/s²."""
    return settings.acc_range_g / 32768.0 * STANDARD_GRAVITY_MPS2


def gyr_unit(settings: StreamSettings) -> float:
    """Return what one count of angular rate is, in rad/s.

    The chips resolve 16.4 counts per °/s at ±2000 °/s, not 32768 / 2000.
    """
    return float(np.deg2rad(settings.gyr_range_dps / 2000.0 / 16.4))


class MetaMotionDecoder:
    """Acceleration or angular rate, or both, from each packet of the stream.

    ``settings.extra`` names the chip and the kind of stream, and nothing else is taken for a
    sample: a forgotten subscription would double them. A decoder that is told neither goes by
    register and length, which together mean one thing on both chips.
    """

    def __init__(self, settings: StreamSettings) -> None:
        chip, kind = settings.extra.get("chip"), settings.extra.get("stream")
        self._acc_unit = acc_unit(settings)
        self._gyr_unit = gyr_unit(settings)
        self._chain_lengths = CHAIN_LENGTHS if kind is None else CHAIN_LENGTHS[: kind == TIMED]
        self._streams = {
            (bytes((module, register)), 2 + 6 * SAMPLES[each_kind]): module
            for each in CHIPS.values()
            for module, registers in ((ACC, each.acc_registers), (GYR, each.gyr_registers))
            for each_kind, register in registers.items()
            if chip in (None, each.name) and kind in (None, each_kind)
        }

    def reset(self) -> None:
        """Do nothing: every packet stands alone."""

    def feed(self, characteristic: str, payload: bytes) -> list[Packet]:
        """Return the packet with the samples of ``payload``, or none if it holds none.

        Raises
        ------
        DecodeError
            If it is no packet of the stream, or one that a forgotten subscription sends.
        """
        if characteristic != NOTIFY:
            raise DecodeError(NAME, characteristic, payload, "not the characteristic of the stream")
        head = bytes(payload[:2])
        module = self._streams.get((head, len(payload)))
        if module is not None:
            counts = np.frombuffer(payload, "<i2", offset=2).reshape(-1, 3)
            clipped = _clipped(counts, payload[2:])
            if module == ACC:
                return [Packet(_scaled(counts, self._acc_unit), NO_SAMPLES, clipped)]
            return [Packet(NO_SAMPLES, _scaled(counts, self._gyr_unit), clipped)]
        if head == PROCESSOR_DATA and len(payload) in self._chain_lengths:
            return [self._processed(payload)]
        return _answer(payload)

    def _processed(self, payload: bytes) -> Packet:
        timed = len(payload) in TIMED_LENGTHS
        data = payload[7:] if timed else payload[3:]
        counts = np.frombuffer(data, "<i2").reshape(-1, 3)
        return Packet(
            _scaled(counts[:1], self._acc_unit),
            _scaled(counts[1:], self._gyr_unit),
            frozen_bool([_clipped(counts, data).any()]),
            tick=struct.unpack_from("<I", payload, 3)[0] if timed else None,
        )


def _answer(payload: bytes) -> list[Packet]:
    head = payload[:2]
    if head == BATTERY_STATE and len(payload) == 5 and payload[2] <= 100:
        charge = float(payload[2])
        return [Packet(NO_SAMPLES, NO_SAMPLES, NO_FLAGS, battery_percent=charge)]
    if head[1:] == bytes((INFO,)) or (head == PROCESSOR_ADDED and len(payload) == 3):
        return []
    raise DecodeError(
        NAME, NOTIFY, payload, "no packet of this stream, perhaps of a forgotten subscription"
    )


def _scaled(counts: npt.NDArray[np.int16], unit: float) -> FloatArray:
    values: FloatArray = np.multiply(counts, unit, dtype=np.float64)
    values.setflags(write=False)
    return values


def _clipped(counts: npt.NDArray[np.int16], data: bytes) -> BoolArray:
    # Searching for full scale in the bytes is much cheaper than looking at every number.
    if b"\xff\x7f" in data or b"\x00\x80" in data or b"\x01\x80" in data:
        return frozen_bool((np.abs(counts.astype(np.int32)) >= FULL_SCALE).any(axis=1))
    return _CALM[len(counts)]


@dataclass(frozen=True, slots=True)
class MetaMotionEncoder:
    """The board's stream, in the kind that ``settings.extra["stream"]`` names."""

    settings: StreamSettings
    chip: Chip
    kind: str

    @property
    def samples_per_notification(self) -> int:
        """Three if packed, else one."""
        return SAMPLES[self.kind]

    def encode(
        self,
        acc: FloatArray,
        gyr: FloatArray,
        sample_index: int,  # noqa: ARG002  the board sends no counter
        time_s: float,
    ) -> list[tuple[str, bytes]]:
        """Return the notifications of these samples; see ``base.Encoder``.

        The board sends full packets only: fewer samples than fill one give none.
        """
        a = counted(acc, acc_unit(self.settings))
        g = counted(gyr, gyr_unit(self.settings))
        if self.kind == TIMED:
            steps = [time_s + i / self.settings.rate_hz for i in range(len(a))]
            heads = [PROCESSOR_DATA + struct.pack("<BI", 2, int(t / TICK_S) % WRAP) for t in steps]
            return [
                (NOTIFY, head + a[i].tobytes() + g[i].tobytes()) for i, head in enumerate(heads)
            ]
        n = self.samples_per_notification
        acc_head = bytes((ACC, self.chip.acc_registers[self.kind]))
        gyr_head = bytes((GYR, self.chip.gyr_registers[self.kind]))
        return [
            (NOTIFY, head + counts[i : i + n].tobytes())
            for i in range(0, len(a) - n + 1, n)
            for head, counts in ((acc_head, a), (gyr_head, g))
        ]
