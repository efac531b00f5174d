"""Sensors that send acceleration and angular rate as separate streams of three floats.

One sample a notification, three little-endian 32-bit floats, without counter or time.
"""

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from sensor.errors import DecodeError
from sensor.families.base import Decode, DeviceSamples, Encoder, Message
from sensor.families.counts import NO_SAMPLES, flags_of, scaled_rows
from sensor.families.gatt import alike, by_characteristic
from sensor.types import BoolArray, FloatArray, Packet

THREE_FLOATS = struct.Struct("<3f")
IMPLAUSIBLE = 1e3
"""In m/s² or rad/s: twice as much as any wearable part measures."""


@dataclass(frozen=True, slots=True)
class FloatStream:
    """One of the two streams."""

    characteristic: str
    """UUID of the characteristic."""
    unit: float
    """The device's unit in SI units: m/s² or rad/s."""
    full_scale: float
    """Largest value that the device sends, in its own unit."""
    clipped_from: float
    """Value from which a sample is marked as clipped, in SI units."""


def float_decoder(family: str, acc: FloatStream, gyr: FloatStream) -> Decode:
    """Return the decoder of the two streams: packets with one sample, one array empty."""
    readers = {
        acc.characteristic: partial(_decode_acc, family, acc),
        gyr.characteristic: partial(_decode_gyr, family, gyr),
    }
    return by_characteristic(family, readers)


def float_encoder(acc: FloatStream, gyr: FloatStream) -> Encoder:
    """Return the encoder of the two streams: a notification of each for every sample."""
    return Encoder(partial(_encode, acc, gyr))


def _decode_acc(family: str, stream: FloatStream, payloads: Sequence[bytes]) -> list[Packet]:
    values, clipped = _read(family, stream, payloads)
    return [Packet(values, NO_SAMPLES, clipped, messages=len(values))]


def _decode_gyr(family: str, stream: FloatStream, payloads: Sequence[bytes]) -> list[Packet]:
    values, clipped = _read(family, stream, payloads)
    return [Packet(NO_SAMPLES, values, clipped, messages=len(values))]


def _read(
    family: str, stream: FloatStream, payloads: Sequence[bytes]
) -> tuple[FloatArray, BoolArray]:
    """Return the samples (n, 3) of the good payloads from the first on, in SI units, and their flags."""
    first = payloads[0]
    if len(first) != THREE_FLOATS.size:
        raise DecodeError(family, stream.characteristic, first, "not three floats of 4 bytes")
    limit = IMPLAUSIBLE / stream.unit
    rows: list[tuple[float, float, float]] = []
    clipped: list[bool] = []
    for x, y, z in THREE_FLOATS.iter_unpack(b"".join(alike(payloads))):
        largest = max(abs(x), abs(y), abs(z))
        # The sum is not a number if any of them is none; ``max`` would pass over it.
        if not largest < limit or math.isnan(x + y + z):
            break
        rows.append((x, y, z))
        clipped.append(largest * stream.unit >= stream.clipped_from)
    if not rows:
        raise DecodeError(family, stream.characteristic, first, "a value that no sensor measures")
    return scaled_rows(rows, stream.unit), flags_of(clipped)


def _encode(acc: FloatStream, gyr: FloatStream, samples: DeviceSamples) -> list[Message]:
    pairs = zip(_floats(acc, samples.acc), _floats(gyr, samples.gyr), strict=True)
    streams = (acc.characteristic, gyr.characteristic)
    return [message for pair in pairs for message in zip(streams, pair, strict=True)]


def _floats(stream: FloatStream, values: FloatArray) -> list[bytes]:
    """Return the payload of each row of ``values`` (n, 3) in SI units, saturated."""
    # The device's chip saturates, and its library converts what the chip gives.
    limit = stream.full_scale
    return [row.tobytes() for row in np.clip(values / stream.unit, -limit, limit).astype("<f4")]
