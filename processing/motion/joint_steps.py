"""The corrections of the joint's filter: see :mod:`processing.motion.joint_filter` for the state (19,)."""

import math

import numpy as np

from sensor.compiled import compiled
from sensor.types import FloatArray

SIZE = 19
_OFFSET = 0


@compiled("UniTuple(f8, 2)(f8[::1], f8[:, ::1], f8[::1], f8, f8[:, ::1], i8, f8)")
def match(
    x: FloatArray,
    p: FloatArray,
    gap: FloatArray,
    gap_variance: float,
    vectors: FloatArray,
    first: int,
    noise: float,
) -> tuple[float, float]:
    """Correct the state so that both links have the same vector across the joint's axis.

    Parameters
    ----------
    x, p
        (19,) and (19, 19), state and covariance; changed.
    gap, gap_variance
        (19,) and rad²: what the last gap costs; ``gap`` is changed.
    vectors
        (4, 1 + k) x and y of both links' vectors as measured, and their share per unit of k states.
    first
        Place of the first of those states.
    noise
        Variance of the vectors' difference.

    Returns
    -------
    tuple
        The square of the difference as a share of what was expected, and the new ``gap_variance``.
    """
    count = vectors.shape[1] - 1
    seen, h, ph = np.empty(4), np.zeros((2, SIZE)), np.zeros((2, SIZE))
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
    # The derivative of a turned vector is that vector turned by a right angle.
    h[0, _OFFSET], h[1, _OFFSET] = turned_y, -turned_x
    for k in range(count):
        shin_x, shin_y = vectors[0, 1 + k], vectors[1, 1 + k]
        h[0, first + k] = vectors[2, 1 + k] - (cos * shin_x + sin * shin_y)
        h[1, first + k] = vectors[3, 1 + k] - (cos * shin_y - sin * shin_x)
    s00, s01, s11, shown_x, shown_y = 0.0, 0.0, 0.0, 0.0, 0.0
    for k in range(SIZE):
        if h[0, k] == 0.0 and h[1, k] == 0.0:
            continue
        for i in range(SIZE):
            ph[0, i] += h[0, k] * p[k, i]
            ph[1, i] += h[1, k] * p[k, i]
    for k in range(SIZE):
        s00 += h[0, k] * ph[0, k]
        s01 += h[0, k] * ph[1, k]
        s11 += h[1, k] * ph[1, k]
        shown_x += h[0, k] * gap[k]
        shown_y += h[1, k] * gap[k]
    # A difference that is larger than expected says more about the window than about the angle.
    surprise = (error_x * error_x + error_y * error_y) / (s00 + s11 + 2.0 * noise)
    noise *= max(1.0, 2.0 * surprise)
    s00 += noise
    s11 += noise
    size = s00 * s11 - s01 * s01
    if gap_variance > 0.0:
        shown = s11 * shown_x * shown_x - 2.0 * s01 * shown_x * shown_y + s00 * shown_y * shown_y
        gap_variance /= 1.0 - gap_variance * shown / size
    else:
        shown_x, shown_y = 0.0, 0.0
    for i in range(SIZE):
        gain_x = (ph[0, i] * s11 - ph[1, i] * s01) / size
        gain_y = (ph[1, i] * s00 - ph[0, i] * s01) / size
        x[i] -= gain_x * error_x + gain_y * error_y
        gap[i] -= gain_x * shown_x + gain_y * shown_y
        # Both halves get the same bits: rounding would slowly take its symmetry from p.
        for j in range(i, SIZE):
            p[i, j] -= gain_x * ph[0, j] + gain_y * ph[1, j]
            p[j, i] = p[i, j]
    return surprise, gap_variance
