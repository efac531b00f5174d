"""The corrections of the joint's filter: see :mod:`processing.motion.joint_filter` for the state (19,)."""

import math

import numpy as np

from sensor.compiled import compiled
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray

SIZE = 19
GAP_VARIANCE, AT_FIRST, SEEN, SURPRISE, FIRST, STARTED, SETTLING = range(7)
"""Places in ``facts`` (7,): what the last gap costs, rad², and what it cost at first; the number of windows
since; the largest of the last surprises; the angle to begin with, rad (NaN if not known); whether there is an angle,
and whether the gap makes a difference (1 or 0)."""
FACTS = 7
_OFFSET = 0
_NORM_MPS2 = 0.15
"""Difference of a still accelerometer's reading from gravity: noise and scale (1.5 %)."""


@compiled("void(f8[::1], f8[:, ::1], f8[::1], f8[::1], f8[:, ::1], f8[:, ::1], f8[::1], f8[::1])")
def _correct(
    x: FloatArray,
    p: FloatArray,
    gap: FloatArray,
    facts: FloatArray,
    h: FloatArray,
    ph: FloatArray,
    inverse: FloatArray,
    pull: FloatArray,
) -> None:
    """Correct the state by two measurements at once.

    Parameters
    ----------
    x, p, gap, facts
        State, covariance, and what the last gap costs; changed.
    h, ph
        (2, 19) derivatives of the measurements by the state, and their products with ``p``; the latter
        are replaced by the gains.
    inverse
        (3,) inverse of the measurements' covariance: first, both, second.
    pull
        (2,) differences from what was expected, times that inverse.
    """
    a, b, c = inverse[0], inverse[1], inverse[2]
    shown_x, shown_y = 0.0, 0.0
    if facts[GAP_VARIANCE] > 0.0:
        for k in range(SIZE):
            shown_x += h[0, k] * gap[k]
            shown_y += h[1, k] * gap[k]
        information = a * shown_x * shown_x + 2.0 * b * shown_x * shown_y + c * shown_y * shown_y
        facts[GAP_VARIANCE] /= 1.0 - facts[GAP_VARIANCE] * information
    for i in range(SIZE):
        x[i] += ph[0, i] * pull[0] + ph[1, i] * pull[1]
        gain_x = ph[0, i] * a + ph[1, i] * b
        gain_y = ph[0, i] * b + ph[1, i] * c
        gap[i] -= gain_x * shown_x + gain_y * shown_y
        # Both halves get the same bits: rounding would slowly take its symmetry from p.
        for j in range(i, SIZE):
            p[i, j] -= gain_x * ph[0, j] + gain_y * ph[1, j]
            p[j, i] = p[i, j]
        # Later rows and columns need only the later products.
        ph[0, i], ph[1, i] = gain_x, gain_y


@compiled(
    "f8(f8[::1], f8[:, ::1], f8[::1], f8[::1], f8[:, ::1], i8, f8,"
    " f8[:, ::1], f8[:, ::1], f8[::1], f8[::1])"
)
def match(
    x: FloatArray,
    p: FloatArray,
    gap: FloatArray,
    facts: FloatArray,
    vectors: FloatArray,
    first: int,
    noise: float,
    h: FloatArray,
    gains: FloatArray,
    inverse: FloatArray,
    pull: FloatArray,
) -> float:
    """Correct the state so that both links have the same vector across the joint's axis.

    The vector is the force at the joint's centre (Seel, Raisch & Schauer, Sensors 14:6891, 2014), or
    the rate of rotation (Olsson, Kok, Seel & Halvorsen, Sensors 20:3534, 2020).

    Parameters
    ----------
    x, p, gap, facts
        State, covariance, and what the last gap costs; changed.
    vectors
        (4, 1 + k) x and y of both links' vectors as measured, and their share per unit of k states.
    first
        Place of the first of those states.
    noise
        Variance of the vectors' difference.
    h, gains, inverse, pull
        (2, 19), (2, 19), (3,), (2,) as of `_correct`; are filled.

    Returns
    -------
    float
        The square of the difference as a share of what was expected.
    """
    count = vectors.shape[1] - 1
    seen = np.empty(4)
    for row in range(4):
        seen[row] = vectors[row, 0]
        for k in range(count):
            seen[row] -= vectors[row, 1 + k] * x[first + k]
    cos, sin = math.cos(x[_OFFSET]), math.sin(x[_OFFSET])
    turned_x, turned_y = cos * seen[0] + sin * seen[1], cos * seen[1] - sin * seen[0]
    error_x, error_y = turned_x - seen[2], turned_y - seen[3]
    # Whatever the angle, vectors of different length cannot be the same one.
    longer = math.hypot(seen[0], seen[1]) - math.hypot(seen[2], seen[3])
    noise += longer * longer
    h[:] = 0.0
    gains[:] = 0.0
    # The derivative of a turned vector is that vector turned by a right angle.
    h[0, _OFFSET], h[1, _OFFSET] = turned_y, -turned_x
    for k in range(count):
        shin_x, shin_y = vectors[0, 1 + k], vectors[1, 1 + k]
        h[0, first + k] = vectors[2, 1 + k] - (cos * shin_x + sin * shin_y)
        h[1, first + k] = vectors[3, 1 + k] - (cos * shin_y - sin * shin_x)
    s00, s01, s11 = 0.0, 0.0, 0.0
    for k in range(SIZE):
        if h[0, k] == 0.0 and h[1, k] == 0.0:
            continue
        for i in range(SIZE):
            gains[0, i] += h[0, k] * p[k, i]
            gains[1, i] += h[1, k] * p[k, i]
    for k in range(SIZE):
        s00 += h[0, k] * gains[0, k]
        s01 += h[0, k] * gains[1, k]
        s11 += h[1, k] * gains[1, k]
    # A difference that is larger than expected says more about the window than about the angle.
    surprise: float = (error_x * error_x + error_y * error_y) / (s00 + s11 + 2.0 * noise)
    noise *= max(1.0, 2.0 * surprise)
    s00 += noise
    s11 += noise
    size = s00 * s11 - s01 * s01
    inverse[0], inverse[1], inverse[2] = s11 / size, -s01 / size, s00 / size
    pull[0] = -(inverse[0] * error_x + inverse[1] * error_y)
    pull[1] = -(inverse[1] * error_x + inverse[2] * error_y)
    _correct(x, p, gap, facts, h, gains, inverse, pull)
    return surprise


@compiled(
    "void(f8[::1], f8[:, ::1], f8[::1], f8[::1], f8[::1], i8,"
    " f8[:, ::1], f8[:, ::1], f8[::1], f8[::1])"
)
def weigh(
    x: FloatArray,
    p: FloatArray,
    gap: FloatArray,
    facts: FloatArray,
    acc: FloatArray,
    bias: int,
    h: FloatArray,
    gains: FloatArray,
    inverse: FloatArray,
    pull: FloatArray,
) -> None:
    """Correct an accelerometer's offset by a still window: it measures gravity and nothing else.

    Parameters
    ----------
    x, p, gap, facts
        State, covariance, and what the last gap costs; changed.
    acc
        (3,) m/s², mean of the window in the sensor's frame.
    bias
        The first place of the sensor's offset in the state.
    h, gains, inverse, pull
        (2, 19), (2, 19), (3,), (2,) as of `_correct`; are filled.
    """
    square = 0.0
    for i in range(3):
        square += (acc[i] - x[bias + i]) * (acc[i] - x[bias + i])
    norm = math.sqrt(square)
    h[:] = 0.0
    gains[:] = 0.0
    for k in range(3):
        h[0, bias + k] = (acc[k] - x[bias + k]) / norm
        for i in range(SIZE):
            gains[0, i] += h[0, bias + k] * p[bias + k, i]
    variance = _NORM_MPS2 * _NORM_MPS2
    for k in range(bias, bias + 3):
        variance += h[0, k] * gains[0, k]
    inverse[0], inverse[1], inverse[2] = 1.0 / variance, 0.0, 0.0
    pull[0], pull[1] = (norm - STANDARD_GRAVITY_MPS2) / variance, 0.0
    _correct(x, p, gap, facts, h, gains, inverse, pull)
