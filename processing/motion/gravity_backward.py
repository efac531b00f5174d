"""The way back through the steps of the gravity filter, from the last to the first."""

import math

import numpy as np
import numpy.typing as npt

from processing.motion.gravity_steps import SETTLED_RAD, SIZE, cost_of_gap
from sensor.compiled import compiled
from sensor.compiled.arrays import copy_matrix, copy_row
from sensor.types import BoolArray, FloatArray

_AS_MUCH = 0.5
"""Share of the variance that would be left at the start of a gap without it.

What came after would have said as much as what came before.
"""


@compiled("void(f8[:, ::1], f8[:, ::1], f8[:, ::1])")
def _solve(matrix: FloatArray, root: FloatArray, sides: FloatArray) -> None:
    """Replace ``sides`` (12, 12) by the solution for the symmetric ``matrix`` (12, 12).

    By Cholesky's factor, matrix = root root'; ``root`` (12, 12) is overwritten.
    """
    for i in range(SIZE):
        for j in range(i + 1):
            rest = matrix[i, j]
            for k in range(j):
                rest -= root[i, k] * root[j, k]
            root[i, j] = math.sqrt(rest) if i == j else rest / root[j, j]
    for i in range(SIZE):
        for k in range(i):
            for j in range(SIZE):
                sides[i, j] -= root[i, k] * sides[k, j]
        for j in range(SIZE):
            sides[i, j] /= root[i, i]
    for i in range(SIZE - 1, -1, -1):
        for k in range(i + 1, SIZE):
            for j in range(SIZE):
                sides[i, j] -= root[k, i] * sides[k, j]
        for j in range(SIZE):
            sides[i, j] /= root[i, i]


@compiled("void(f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[:, ::1])")
def _gain(
    corrected: FloatArray,
    predicted: FloatArray,
    transition: FloatArray,
    root: FloatArray,
    out: FloatArray,
) -> None:
    """Fill ``out`` (12, 12) with the transposed gain by which a step learns from the one after it.

    Parameters
    ----------
    corrected
        (12, 12) covariance of the step.
    predicted
        (12, 12) that of the one after it before its correction.
    transition
        (12, 12) from the one to the other.
    root
        (12, 12) is overwritten.
    """
    out[:] = 0.0
    for i in range(SIZE):
        for k in range(SIZE):
            factor = transition[i, k]
            if factor != 0.0:
                for j in range(SIZE):
                    out[i, j] += factor * corrected[k, j]
    _solve(predicted, root, out)


@compiled("void(f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[:, ::1])")
def _smooth(
    smoothed: FloatArray,
    corrected: FloatArray,
    predicted: FloatArray,
    gain: FloatArray,
    work: FloatArray,
) -> None:
    """Replace ``smoothed`` (12, 12), of the later step, by that of the step before.

    Parameters
    ----------
    smoothed
        (12, 12) covariance with the later steps in view; changed.
    corrected, predicted, gain
        As of `_gain`.
    work
        (12, 12) is overwritten.
    """
    for i in range(SIZE):
        for j in range(SIZE):
            smoothed[i, j] -= predicted[i, j]
            work[i, j] = 0.0
    # work = (smoothed - predicted) gain, and then gain' work.
    for i in range(SIZE):
        for k in range(SIZE):
            for j in range(SIZE):
                work[i, j] += smoothed[i, k] * gain[k, j]
    for i in range(SIZE):
        for j in range(SIZE):
            smoothed[i, j] = corrected[i, j]
        for k in range(SIZE):
            for j in range(i, SIZE):
                smoothed[i, j] += gain[k, i] * work[k, j]
    for i in range(SIZE):
        for j in range(i):
            smoothed[i, j] = smoothed[j, i]


@compiled(
    "i8(f8[::1], f8[:, ::1], f8[:, ::1], i8, i8, f8[:, :, ::1], f8[:, ::1], f8[:, ::1], i8[::1],"
    " f8[:, :, ::1], f8[:, :, :, ::1], f8[:, :, :, ::1], f8[:, ::1], b1[::1])"
)
def smooth_through(
    x: FloatArray,
    p: FloatArray,
    ungapped: FloatArray,
    compares: int,
    begins: int,
    across: FloatArray,
    states: FloatArray,
    predictions: FloatArray,
    settling: npt.NDArray[np.int64],
    transitions: FloatArray,
    covariances: FloatArray,
    gapless: FloatArray,
    up: FloatArray,
    known: BoolArray,
) -> int:
    """Go back through m steps, each with the later ones in view.

    The backward pass of Rauch, Tung & Striebel (AIAA Journal 3:1445, 1965). Through a gap only the lever arm
    and the gyro offset pass.

    Parameters
    ----------
    x, p, ungapped
        (12,), (12, 12), (12, 12) of the step after them, smoothed; changed to those of the first of them.
    compares
        Whether ``ungapped`` has a meaning.
    begins
        Whether the step after them is the first one after a gap.
    across, states, predictions, settling, transitions, covariances, gapless
        (m + 1, ...) as of `advance_through`, the last row that of the step after them.
    up, known
        (m, 3) m/s² gravity's reaction, and (m,) whether the gaps beside make no difference; are filled.

    Returns
    -------
    int
        ``compares`` of the first of them.
    """
    gain, other, work = np.empty((SIZE, SIZE)), np.empty((SIZE, SIZE)), np.empty((SIZE, SIZE))
    off = np.empty(SIZE)
    for at in range(len(up) - 1, -1, -1):
        own, later = covariances[at], covariances[at + 1]
        _gain(own[1], later[0], transitions[at + 1], work, gain)
        for i in range(SIZE):
            off[i] = x[i] - predictions[at + 1, i]
            x[i] = states[at, i]
        for k in range(SIZE):
            for i in range(SIZE):
                x[i] += gain[k, i] * off[k]
        first = begins and at == len(up) - 1
        if settling[at]:
            own = gapless[at]
        if settling[at + 1]:
            later = gapless[at + 1]
        if first:
            compares = 1
            for i in range(SIZE):
                for k in range(SIZE):
                    ungapped[i, k] = _AS_MUCH * own[1, i, k]
        elif compares or settling[at]:
            if not compares:
                copy_matrix(ungapped, p)
            compares = 1
            _gain(own[1], later[0], transitions[at + 1], work, other)
            _smooth(ungapped, own[1], later[0], other, work)
        _smooth(p, covariances[at, 1], covariances[at + 1, 0], gain, work)
        copy_row(up[at], x[:3])
        known[at] = True
        if compares:
            known[at] = cost_of_gap(across[at], x, p, ungapped) < SETTLED_RAD
            if known[at] and not settling[at]:
                compares = 0
    return compares
