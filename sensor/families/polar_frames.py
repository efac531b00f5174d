"""The data frames of Polar's measurement service: layouts, delta compression, both ways.

A frame is ``type u8, time u64 in ns of the LAST sample, frame type u8, samples``, little-endian.
Bit 7 of the frame type says that the samples are delta-compressed: a reference sample in full, then
blocks of ``bit width u8, sample count u8, deltas``. A delta is a two's complement number of that
many bits that is added to the sample before; the deltas lie x, y, z after each other, least
significant bit first, and each block is filled up to a byte.

Source: "Polar Measurement Data" (online_measurement.pdf, version 1.0, August 2024).
"""

import struct
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sensor.types import FloatArray

HEADER = struct.Struct("<BQB")
ACC = 2
GYRO = 5
COMPRESSED = 0x80
MAX_WIDTH_BITS = 32
"""Widest delta: any of them lies within eight bytes, whatever bit it begins at."""
BLOCK_SAMPLES = 10
"""Samples that share one bit width in the frames written here; devices vary it."""


@dataclass(frozen=True, slots=True)
class FrameLayout:
    """The layout and the meaning of the numbers of a frame type.

    A value is the number times the unit and, where there is one, times the conversion factor.
    """

    channel_bytes: int
    """Bytes of a number."""
    unit: float
    """Unit of a number: in g for acceleration, in °/s for angular rate."""
    has_factor: bool
    """Whether the conversion factor applies that the device named when the stream was started."""
    is_float: bool = False
    """Whether a number is a 32-bit float; else it is an integer."""


LAYOUTS: dict[tuple[int, int], FrameLayout] = {
    (ACC, 0): FrameLayout(1, 1e-3, has_factor=False),
    (ACC, 1): FrameLayout(2, 1e-3, has_factor=False),
    (ACC, 2): FrameLayout(3, 1e-3, has_factor=False),
    (ACC, COMPRESSED | 0): FrameLayout(2, 1.0, has_factor=True),
    (ACC, COMPRESSED | 1): FrameLayout(2, 1e-3, has_factor=True),
    (GYRO, 0): FrameLayout(2, 1.0, has_factor=True),
    (GYRO, 1): FrameLayout(4, 1.0, has_factor=True, is_float=True),
    (GYRO, COMPRESSED | 0): FrameLayout(2, 1.0, has_factor=True),
    (GYRO, COMPRESSED | 1): FrameLayout(4, 1.0, has_factor=True, is_float=True),
}


IntArray: TypeAlias = npt.NDArray[np.int64]


class FrameError(ValueError):
    """Bytes that are no frame; the text gives the reason."""


@dataclass(frozen=True, slots=True)
class PolarFrame:
    """One decoded frame."""

    measurement: int
    """``ACC`` or ``GYRO``."""
    tick_ns: int
    """The device's time of the last sample, in ns."""
    layout: FrameLayout
    """The layout of its frame type."""
    numbers: FloatArray
    """(n, 3) as stored, before unit and factor."""


def decode_frame(payload: bytes) -> PolarFrame:
    """Return the frame that ``payload`` holds.

    Raises
    ------
    FrameError
        If it is cut short, of an unknown type, or holds numbers that its type cannot.
    """
    if len(payload) < HEADER.size:
        raise FrameError("shorter than the head of a frame")
    type_byte, tick_ns, frame_type = HEADER.unpack_from(payload)
    measurement = type_byte & 0x3F
    layout = LAYOUTS.get((measurement, frame_type))
    if layout is None:
        msg = f"measurement {measurement} with frame type {frame_type:#04x} is unknown"
        raise FrameError(msg)
    body = payload[HEADER.size :]
    stored = _inflate(body, layout) if frame_type & COMPRESSED else _whole_samples(body, layout)
    return PolarFrame(measurement, tick_ns, layout, _numbers(stored, layout))


def encode_frame(measurement: int, frame_type: int, tick_ns: int, numbers: FloatArray) -> bytes:
    """Return a compressed frame.

    Parameters
    ----------
    measurement
        ``ACC`` or ``GYRO``.
    frame_type
        A compressed one of :data:`LAYOUTS`.
    tick_ns
        The device's time of the last sample, in ns.
    numbers
        (n, 3), n at least 1, in the unit of the layout.
    """
    layout = LAYOUTS[measurement, frame_type]
    if layout.is_float:
        stored = numbers.astype("<f4").view("<i4").astype(np.int64)
    else:
        top = 1 << (8 * layout.channel_bytes - 1)
        stored = np.clip(np.rint(numbers), -top, top - 1).astype(np.int64)
    head = HEADER.pack(measurement, tick_ns % (1 << 64), frame_type)
    reference: bytes = stored[0].astype(f"<i{layout.channel_bytes}").tobytes()
    # Patterns of floats wrap around at 32 bits, so their deltas need no 33rd.
    deltas = np.diff(stored, axis=0)
    deltas = deltas.astype(np.int32).astype(np.int64) if layout.is_float else deltas
    blocks = (deltas[at : at + BLOCK_SAMPLES] for at in range(0, len(deltas), BLOCK_SAMPLES))
    return head + reference + b"".join(_deflate(block) for block in blocks)


def _whole_samples(body: bytes, layout: FrameLayout) -> IntArray:
    """Return the stored numbers (n, 3) of an uncompressed body."""
    width = layout.channel_bytes
    if not body or len(body) % (3 * width):
        msg = f"{len(body)} bytes are no whole samples of 3 × {width} bytes"
        raise FrameError(msg)
    parts = np.frombuffer(body, np.uint8).reshape(-1, width).astype(np.int64)
    numbers = (parts << (8 * np.arange(width))).sum(axis=1)
    top = 1 << (8 * width - 1)
    # Numpy has no 24-bit integers: the sign is extended by hand.
    signed: IntArray = (numbers ^ top) - top
    return signed.reshape(-1, 3)


def _inflate(body: bytes, layout: FrameLayout) -> IntArray:
    """Return the stored numbers (n, 3) of a compressed body."""
    at = 3 * layout.channel_bytes
    if len(body) < at:
        raise FrameError("the reference sample is cut short")
    reference = np.frombuffer(body, f"<i{layout.channel_bytes}", 3).astype(np.int64)
    widths, sizes, starts = [], [], []
    total = 0
    while at < len(body):
        if len(body) - at < 2:
            raise FrameError("the head of a delta block is cut short")
        width, count = body[at], body[at + 1]
        if not 1 <= width <= MAX_WIDTH_BITS:
            msg = f"deltas of {width} bits (1 to {MAX_WIDTH_BITS} are possible)"
            raise FrameError(msg)
        start = 8 * (at + 2)
        at += 2 + (3 * count * width + 7) // 8
        if at > len(body):
            msg = f"{count} samples of 3 × {width} bits do not fit in what is left"
            raise FrameError(msg)
        widths.append(width)
        sizes.append(3 * count)
        starts.append(start - total * width)  # where delta 0 of all would be at this width
        total += 3 * count
    steps = np.concatenate([reference, _deltas(body, widths, sizes, starts)])
    return steps.reshape(-1, 3).cumsum(axis=0)


def _deltas(body: bytes, widths: list[int], sizes: list[int], starts: list[int]) -> IntArray:
    """Return the deltas of all blocks at once; each list holds a number for every block."""
    width, start = np.array([widths, starts], np.int64).repeat(sizes, axis=1)
    position = start + width * np.arange(len(width))
    # Eight bytes from every byte on: any delta of up to 32 bits lies within one of them.
    eights = np.ndarray(len(body), "<i8", body + bytes(7), strides=(1,))
    # Up to the sign of 64 bits and down again: shifting down keeps the sign.
    above = 64 - width
    deltas: IntArray = eights[position >> 3] << (above - (position & 7)) >> above
    return deltas


def _deflate(deltas: IntArray) -> bytes:
    """Return one block with ``deltas`` (n, 3), in the least width that holds them."""
    # A negative number takes as many bits as its complement, and one more for the sign.
    largest = int(np.maximum(deltas, ~deltas).max())
    width = largest.bit_length() + 1
    bits = (deltas.reshape(-1, 1) >> np.arange(width)) & 1
    packed = np.packbits(bits.astype(np.uint8), bitorder="little")
    return bytes((width, len(deltas))) + packed.tobytes()


def _numbers(stored: IntArray, layout: FrameLayout) -> FloatArray:
    """Return the numbers that the stored patterns stand for.

    Raises
    ------
    FrameError
        If a sum of deltas left the layout's range, or a float is not finite.
    """
    if layout.is_float:
        # The device adds to the bit patterns; they wrap around at 32 bits.
        numbers = stored.astype(np.int32).view(np.float32)
        if not np.isfinite(numbers).all():
            raise FrameError("a sample is no finite number")
        return numbers.astype(np.float64)
    top = 1 << (8 * layout.channel_bytes - 1)
    lowest, highest = np.minimum.reduce(stored, axis=None), np.maximum.reduce(stored, axis=None)
    if lowest < -top or highest >= top:
        msg = f"the deltas lead beyond {8 * layout.channel_bytes} bits"
        raise FrameError(msg)
    return stored.astype(np.float64)
