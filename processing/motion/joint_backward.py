"""The way back through the steps of the joint's filter, from the last to the first.

What the later windows told of a state is carried back as the gradient and the curvature of their
misfit (Bierman, *Factorization Methods for Discrete Sequential Estimation*, 1977, as the modified
form of Bryson and Frazier). No covariance is inverted on the way: each correction of the filter adds two rows.
"""

import numpy as np

from processing.motion.joint_corrections import SIZE
from processing.motion.joint_steps import CORRECTIONS
from sensor.compiled import compiled
from sensor.types import BoolArray, FloatArray

_OFFSET, _DRIFT, _TILTS, _TILT_COUNT = 0, 1, 14, 4


@compiled("void(f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[::1], f8[:, ::1])")
def _told(
    curvature: FloatArray, h: FloatArray, gains: FloatArray, inverse: FloatArray, out: FloatArray
) -> None:
    """Fill ``out`` (2, 19) with the curvature in the directions of ``gains``, less half of a correction's own.

    That half stands in each of the two mirrored terms of `_before_correction`.
    """
    out[:] = 0.0
    for a in range(2):
        for k in range(SIZE):
            for i in range(SIZE):
                out[a, i] += gains[a, k] * curvature[k, i]
    xx, xy, yy = inverse[0], inverse[1], inverse[2]
    for k in range(SIZE):
        xx += gains[0, k] * out[0, k]
        xy += gains[0, k] * out[1, k]
        yy += gains[1, k] * out[1, k]
    for i in range(SIZE):
        out[0, i] -= 0.5 * (xx * h[0, i] + xy * h[1, i])
        out[1, i] -= 0.5 * (xy * h[0, i] + yy * h[1, i])


@compiled("void(f8[::1], f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[::1], f8[::1], f8[:, ::1])")
def _before_correction(
    gradient: FloatArray,
    curvature: FloatArray,
    h: FloatArray,
    gains: FloatArray,
    inverse: FloatArray,
    pull: FloatArray,
    told: FloatArray,
) -> None:
    """Carry ``gradient`` (19,) and ``curvature`` (19, 19) back before a correction.

    Its ``h``, ``gains``, ``inverse`` and ``pull`` are those of :func:`.match`; ``told`` (2, 19) is overwritten.
    """
    _told(curvature, h, gains, inverse, told)
    seen_x, seen_y = pull[0], pull[1]
    for k in range(SIZE):
        seen_x += gains[0, k] * gradient[k]
        seen_y += gains[1, k] * gradient[k]
    for i in range(SIZE):
        gradient[i] -= h[0, i] * seen_x + h[1, i] * seen_y
        for j in range(i, SIZE):
            curvature[i, j] -= h[0, i] * told[0, j] + told[0, i] * h[0, j]
            curvature[i, j] -= h[1, i] * told[1, j] + told[1, i] * h[1, j]
            curvature[j, i] = curvature[i, j]


@compiled("void(f8[::1], f8[:, ::1], f8[::1], f8)")
def _before_prediction(
    gradient: FloatArray, curvature: FloatArray, turns: FloatArray, seconds: float
) -> None:
    """Carry ``gradient`` (19,) and ``curvature`` (19, 19) back before a window's turn."""
    gradient[_DRIFT] += seconds * gradient[_OFFSET]
    for i in range(SIZE):
        curvature[_DRIFT, i] += seconds * curvature[_OFFSET, i]
    for k in range(_TILT_COUNT):
        gradient[_TILTS + k] += turns[k] * gradient[_OFFSET]
        for i in range(SIZE):
            curvature[_TILTS + k, i] += turns[k] * curvature[_OFFSET, i]
    for i in range(SIZE):
        curvature[i, _DRIFT] += seconds * curvature[i, _OFFSET]
        for k in range(_TILT_COUNT):
            curvature[i, _TILTS + k] += turns[k] * curvature[i, _OFFSET]


@compiled(
    "void(f8[::1], f8[:, ::1], f8[:, ::1], f8, f8[::1], b1[:], f8[:, ::1],"
    " f8[:, :, ::1], f8[:, :, :, ::1], f8[:, :, :, ::1], f8[:, :, ::1], f8[:, :, ::1], f8[::1])"
)
def smooth_back(
    gradient: FloatArray,
    curvature: FloatArray,
    turns: FloatArray,
    seconds: float,
    slope: FloatArray,
    carried: BoolArray,
    states: FloatArray,
    covariances: FloatArray,
    rows: FloatArray,
    gains: FloatArray,
    inverses: FloatArray,
    pulls: FloatArray,
    variances: FloatArray,
) -> None:
    """Go back through m windows, each with the later ones in view.

    Parameters
    ----------
    gradient, curvature
        (19,) and (19, 19) what the windows after them tell of the state after the last of them: zero if there
        are none; changed to what is told of the state before the first.
    turns, seconds, slope
        As of :func:`.advance_through`.
    carried
        (m,) its flag.
    states
        (m, 19) the filter's states after each; changed to the smoothed ones.
    covariances, rows, gains, inverses, pulls
        (m, ...) what that function kept.
    variances
        (m,) smoothed variances of the linear function ``slope``; are filled.
    """
    along, told = np.empty(SIZE), np.empty((2, SIZE))
    for at in range(len(states) - 1, -1, -1):
        variances[at] = 0.0
        for i in range(SIZE):
            along[i] = 0.0
            for j in range(SIZE):
                states[at, i] -= covariances[at, i, j] * gradient[j]
                along[i] += covariances[at, i, j] * slope[j]
            variances[at] += slope[i] * along[i]
        for i in range(SIZE):
            for j in range(SIZE):
                variances[at] -= along[i] * curvature[i, j] * along[j]
        for kind in range(CORRECTIONS - 1, -1, -1):
            if inverses[at, kind, 0] > 0.0:
                _before_correction(
                    gradient, curvature, rows[at, kind], gains[at, kind],
                    inverses[at, kind], pulls[at, kind], told,
                )  # fmt: skip
        if carried[at]:
            _before_prediction(gradient, curvature, turns[at], seconds)
