"""Recursive filters of first and second order, along the last axis of an array.

The same sums in the same order as ``butter``, ``sosfiltfilt`` and ``lfilter`` of SciPy, whose module of
signals takes half a second to load.
"""

import cmath
import math
from typing import NamedTuple

import numpy as np

from sensor.compiled import compiled
from sensor.types import FloatArray

_PADDED = 3
"""Samples that :func:`forward_and_back` adds at each end, per coefficient of the filter, as SciPy does."""


class Section(NamedTuple):
    """A second-order section: y = (b0 + b1/z + b2/z²) / (1 + a1/z + a2/z²) x."""

    b0: float
    b1: float
    b2: float
    a1: float
    a2: float

    @property
    def settled(self) -> tuple[float, float]:
        """The state in which an input of ones gives an output of ones."""
        within = np.array([[1.0 + self.a1, -1.0], [self.a2, 1.0]])
        entering = np.array([self.b1 - self.a1 * self.b0, self.b2 - self.a2 * self.b0])
        first, second = np.linalg.solve(within, entering).tolist()
        return first, second


def butterworth(order: int, cutoff_hz: float, rate_hz: float) -> Section:
    """Return the Butterworth low pass of ``order`` 1 or 2, by the bilinear transform."""
    warped = 4.0 * math.tan(math.pi * cutoff_hz / rate_hz)
    if order == 1:
        gain = warped / (4.0 + warped)
        return Section(gain, gain, 0.0, -(4.0 - warped) / (4.0 + warped), 0.0)
    pole = -cmath.exp(-0.25j * math.pi) * warped
    placed = (4.0 + pole) / (4.0 - pole)
    gain = warped**2 * (1.0 / ((4.0 - pole) * (4.0 - pole.conjugate()))).real
    damping = (placed * placed.conjugate()).real
    return Section(gain, 2.0 * gain, gain, -2.0 * placed.real, damping)


def forward_and_back(section: Section, x: FloatArray, *, odd: bool = True) -> FloatArray:
    """Return ``x`` (..., n) filtered forward and back, so that nothing is delayed.

    Parameters
    ----------
    section
        The filter, whose gain for a constant is 1.
    x
        More samples than the padding has: 9 of the second order, 6 of the first.
    odd
        Whether the padding is ``x`` turned about its end, or else mirrored at it.
    """
    padding = _PADDED * (3 if section.b2 or section.a2 else 2)
    before, after = x[..., padding:0:-1], x[..., -2 : -padding - 2 : -1]
    if odd:
        before, after = 2.0 * x[..., :1] - before, 2.0 * x[..., -1:] - after
    padded = np.concatenate([before, x, after], axis=-1)
    rows = np.ascontiguousarray(padded.reshape(-1, padded.shape[-1]))
    for _ in range(2):
        _filter_rows(rows, *section, *section.settled)
        rows = np.ascontiguousarray(rows[:, ::-1])
    out: FloatArray = rows[:, padding:-padding].reshape(x.shape)
    return out


def from_rest(section: Section, x: FloatArray) -> FloatArray:
    """Return ``x`` (..., n) filtered, with nothing before it."""
    rows = np.array(x.reshape(-1, x.shape[-1]), dtype=np.float64, order="C")
    _filter_rows(rows, *section, 0.0, 0.0)
    return rows.reshape(x.shape)


@compiled("void(f8[:, ::1], f8, f8, f8, f8, f8, f8, f8)")
def _filter_rows(
    rows: FloatArray,
    b0: float,
    b1: float,
    b2: float,
    a1: float,
    a2: float,
    settled_0: float,
    settled_1: float,
) -> None:
    """Filter ``rows`` (m, n) in place, each from the state that is settled for its first sample."""
    for m in range(rows.shape[0]):
        first = rows[m, 0]
        z0, z1 = settled_0 * first, settled_1 * first
        for n in range(rows.shape[1]):
            x = rows[m, n]
            y = b0 * x + z0
            z0 = b1 * x - a1 * y + z1
            z1 = b2 * x - a2 * y
            rows[m, n] = y
