"""From the numbers in a message to SI units and back: scaling, clipping flags, saturation.

The arrays are read-only, as every :class:`sensor.types.Packet` has them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from sensor.types import BoolArray, FloatArray, Packet, frozen, frozen_bool

FULL_SCALE_I16 = 32768
"""Counts of a 16-bit number at the range of most sensors."""
FULL_SCALE_FRACTION = 0.999
"""Fraction of the range from which a value in physical units counts as full scale.

Rounding on the way through floats and tenths of a unit may take a little off the range itself.
"""
ENDS_OF_I16 = (b"\xff\x7f", b"\x00\x80", b"\x01\x80")
"""32767, −32768 and −32767 as little-endian bytes."""

# Shared by all packets: they are read-only, and a stream makes a packet every few milliseconds.
NO_SAMPLES: FloatArray = frozen(np.zeros((0, 3)))
NO_FLAGS: BoolArray = frozen_bool(np.zeros(0))
CLIPPED: BoolArray = frozen_bool(np.ones(1))


def scaled(counts: npt.ArrayLike, unit: float) -> FloatArray:
    """Return ``counts`` times ``unit`` as a read-only float64 array of the same shape."""
    values: FloatArray = np.multiply(counts, unit, dtype=np.float64, order="C")
    values.setflags(write=False)
    return values


def scaled_rows(counts: Sequence[Sequence[float]], unit: float) -> FloatArray:
    """Return the three ``counts`` of each sample times ``unit`` as read-only rows (n, 3)."""
    # Live there is one row: for three numbers plain arithmetic is quicker than an array's.
    values: FloatArray = np.array([(x * unit, y * unit, z * unit) for x, y, z in counts])
    values.setflags(write=False)
    return values


def flags_of(clipped: Sequence[bool]) -> BoolArray:
    """Return the clipping flags of n samples as a read-only array (n,)."""
    if not any(clipped):
        return unclipped(len(clipped))
    return CLIPPED if len(clipped) == 1 else frozen_bool(clipped)


@cache
def unclipped(n: int) -> BoolArray:
    """Return ``n`` flags that are all False."""
    # A device sends one of a few lengths, so the cache stays small.
    return frozen_bool(np.zeros(n))


def at_full_scale(values: npt.NDArray[np.int16] | FloatArray, limit: float) -> BoolArray:
    """Return (n,) flags: whether any channel of ``values`` (n, k) reaches ±``limit``."""
    # Hardly ever one does, which the extremes show at half the price.
    if -limit < values.min(initial=0) and values.max(initial=0) < limit:
        return unclipped(len(values))
    # Two comparisons, since the magnitude of -32768 does not fit in 16 bits.
    flags: BoolArray = np.any((values >= limit) | (values <= -limit), axis=1)
    flags.setflags(write=False)
    return flags


def at_ends_of_i16(payload: bytes, counts: npt.NDArray[np.int16]) -> BoolArray:
    """Return (n,) flags: whether any of the ``counts`` (n, k) in ``payload`` reaches ±32767."""
    # Looking for the ends in the bytes is much cheaper than looking at every number.
    if any(end in payload for end in ENDS_OF_I16):
        return at_full_scale(counts, FULL_SCALE_I16 - 1)
    return unclipped(len(counts))


def counted(values: FloatArray, unit: float) -> npt.NDArray[np.int16]:
    """Return ``values`` in steps of ``unit``, rounded, and saturated at the ends of 16 bits."""
    # Rounded like a converter; truncation would pull everything towards 0.
    steps = np.rint(values / unit)
    return np.clip(steps, -FULL_SCALE_I16, FULL_SCALE_I16 - 1).astype("<i2")


@dataclass(frozen=True, slots=True)
class SampleScale:
    """The meaning of the counts in a message that holds one sample."""

    acc_unit_mps2: float
    """A count of acceleration, in m/s²."""
    gyr_unit_rad_s: float
    """A count of angular rate, in rad/s."""
    acc_limit: float = FULL_SCALE_I16 - 1
    """Count of acceleration from which the sample is marked as clipped."""
    gyr_limit: float = FULL_SCALE_I16 - 1
    """Count of angular rate from which the sample is marked as clipped."""

    def packet(
        self,
        acc: Sequence[Sequence[int]],
        gyr: Sequence[Sequence[int]],
        ticks: Sequence[int] | None = None,
    ) -> Packet:
        """Return the packet of messages with one sample: three counts of each, the device's ticks."""
        # Plain numbers: for six of them an array's call costs more than the whole comparison.
        clipped = [
            max(map(abs, a)) >= self.acc_limit or max(map(abs, g)) >= self.gyr_limit
            for a, g in zip(acc, gyr, strict=True)
        ]
        return Packet(
            scaled_rows(acc, self.acc_unit_mps2),
            scaled_rows(gyr, self.gyr_unit_rad_s),
            flags_of(clipped),
            ticks,
            messages=len(clipped),
        )
