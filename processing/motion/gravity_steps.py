"""The steps of the gravity filter: one after another over the windows that follow each other.

The state (12,) and its meaning are those of :mod:`processing.motion.gravity_filter`. The transition
differs from the identity in three blocks, and the three velocities are measured one by one, so a step is
a few hundred products instead of the thousands of full matrices.
"""

import math

import numpy as np
import numpy.typing as npt

from processing.motion.gravity_windows import WINDOW_S
from sensor.compiled import compiled
from sensor.compiled.arrays import copy_matrix, copy_row, highest
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray

SIZE = 12
SPEEDS = 5
"""Windows from which gravity is first taken after a gap, and over which the knee's speed is judged.

In half a second a walking leg is fast once; in less, a foot on the floor passes for rest.
"""
SETTLED_RAD = math.radians(0.15)
"""A gap is over when it adds less than this to the standard deviation of the angle.

A third of the half degree that a gap may cost: walking legs err more than the model says. Less would cost
reps: a curl in which a gap ends settles in one to two seconds already.
"""
ROUGH_RAD = math.radians(2.0)
"""After a gap the angle is known roughly when the gap adds less than this.

Reps are counted by hysteresis of 5° and more.
"""
SETTLED, ROUGH, UNKNOWN = 0, 1, 2
"""The state of the angle after a gap: known, known well enough to count reps, or unknown."""
IS_SETTLING, SPEEDS_SEEN, BEGINS = 0, 1, 2
"""Places in ``counts`` (3,): what the last gap leaves (0 where it makes no difference any more); how many
speeds were seen; whether the next step is the first after a gap."""
_UP, _SPEED, _ARM, _BIAS = 0, 3, 6, 9
_ARM_WALK_M = 0.002
"""Change of the lever arm, m per root second: 1.5 cm in a minute, by soft tissue and by knees that do not
rest."""
_BIAS_WALK_RADPS = math.radians(0.01)
"""Change of the gyro offset per root second: 0.6 °/s in an hour, as for the ankle."""
_WALK_RAD = math.radians(0.1)
"""Error that the integral of the gyro gathers at rest, rad per root second."""
_SCALE = 0.004
"""Error that it gathers in movement, per rad/s: scale and alignment of a gyro."""
_SPEED_WALK = 0.02
"""Error that the integral of the accelerometer gathers, m/s per root second: its noise."""
_LAG_S = 0.25
"""The knee's velocity is alike for so long. A step takes half a second."""
_TURN_S = 0.1
"""The knee is presumed as fast as its acceleration makes it in this time, though it seems at rest."""
_PER_RATE = 0.2
"""Acceleration of the knee that is presumed where a shin turns, m/s² per rad/s."""
_REST_MPS2 = 0.015
"""Acceleration of the knee at rest: what an accelerometer's noise leaves in the mean of a window."""
_SIZE_MPS2 = 0.15
"""A reading whose size differs by more from that before the gap is not gravity alone.

Less may be the accelerometer's offset, which counts in another pose another way.
"""


@compiled("f8(f8[::1], f8[::1], f8, f8)")
def presumed_speed(force: FloatArray, up: FloatArray, size: float, rate: float) -> float:
    """Return the speed of the knee, m/s, that goes with its ``force`` (3,) m/s².

    Parameters
    ----------
    force, up
        (3,) m/s², mean reading without the turning about the knee, and gravity's reaction.
    size
        Size of gravity's reaction before the last gap, m/s².
    rate
        Rate of rotation, rad/s.
    """
    off, square = 0.0, 0.0
    for i in range(3):
        off += (force[i] - up[i]) * (force[i] - up[i])
        square += force[i] * force[i]
    differs = max(0.0, abs(math.sqrt(square) - size) - _SIZE_MPS2)
    turns = _PER_RATE * rate
    return _TURN_S * math.sqrt(off + differs * differs + turns * turns + _REST_MPS2 * _REST_MPS2)


@compiled("void(f8, f8[::1])")
def added_variances(rate: float, out: FloatArray) -> None:
    """Fill ``out`` (12,) with what a window at ``rate`` rad/s adds to the variances of the state."""
    turn = _WALK_RAD * _WALK_RAD + (_SCALE * rate) * (_SCALE * rate)
    for i in range(3):
        out[_UP + i] = STANDARD_GRAVITY_MPS2 * STANDARD_GRAVITY_MPS2 * turn * WINDOW_S
        out[_SPEED + i] = _SPEED_WALK * _SPEED_WALK * WINDOW_S
        out[_ARM + i] = _ARM_WALK_M * _ARM_WALK_M * WINDOW_S
        out[_BIAS + i] = _BIAS_WALK_RADPS * _BIAS_WALK_RADPS * WINDOW_S


@compiled("void(f8[:, ::1], f8[:, ::1], f8[::1], f8[:, ::1], f8[:, ::1])")
def _predict(
    p: FloatArray, transition: FloatArray, added: FloatArray, work: FloatArray, out: FloatArray
) -> None:
    """Fill ``out`` (12, 12) with the covariance ``p`` after ``transition`` and ``added`` (12,) noise."""
    # Rows first: work = transition p, then its columns. Only the rows of gravity and velocity change.
    for i in range(SIZE):
        for j in range(SIZE):
            work[i, j] = p[i, j]
    for i in range(3):
        for k in range(3):
            drift, swing = transition[_UP + i, _BIAS + k], transition[_SPEED + i, _ARM + k]
            for j in range(SIZE):
                work[_UP + i, j] += drift * p[_BIAS + k, j]
                work[_SPEED + i, j] += swing * p[_ARM + k, j]
        for j in range(SIZE):
            work[_SPEED + i, j] -= WINDOW_S * p[_UP + i, j]
    for i in range(SIZE):
        for j in range(3):
            up, speed = work[i, _UP + j], work[i, _SPEED + j] - WINDOW_S * work[i, _UP + j]
            for k in range(3):
                up += transition[_UP + j, _BIAS + k] * work[i, _BIAS + k]
                speed += transition[_SPEED + j, _ARM + k] * work[i, _ARM + k]
            out[i, _UP + j], out[i, _SPEED + j] = up, speed
            out[i, _ARM + j], out[i, _BIAS + j] = work[i, _ARM + j], work[i, _BIAS + j]
    for i in range(SIZE):
        out[i, i] += added[i]
        for j in range(i):
            out[i, j] = out[j, i]


@compiled("void(f8[:, ::1], f8, f8[::1])")
def _take_for_rest(p: FloatArray, noise: float, x: FloatArray) -> None:
    """Correct the covariance ``p`` and the state ``x`` (12,) by velocities of zero but for ``noise``."""
    column = np.empty(SIZE)
    for axis in range(_SPEED, _SPEED + 3):
        share = 1.0 / (p[axis, axis] + noise)
        for i in range(SIZE):
            column[i] = p[i, axis]
        off = x[axis] * share
        for i in range(SIZE):
            x[i] -= off * column[i]
            gain = share * column[i]
            # Both halves get the same bits: rounding would slowly take its symmetry from it.
            for j in range(i, SIZE):
                p[i, j] -= gain * column[j]
                p[j, i] = p[i, j]


@compiled("f8(f8[:, ::1], f8[::1], f8[:, ::1], f8[:, ::1])")
def cost_of_gap(
    across: FloatArray, x: FloatArray, gapped: FloatArray, ungapped: FloatArray
) -> float:
    """Return what a gap adds to the standard deviation of the angle, rad.

    Parameters
    ----------
    across
        (2, 3) the axes of the plane of the angle, in the frame that stands still.
    x
        (12,) the state.
    gapped, ungapped
        (12, 12) covariances with the gap, and as if there had been none.
    """
    a = across[0, 0] * x[0] + across[0, 1] * x[1] + across[0, 2] * x[2]
    b = across[1, 0] * x[0] + across[1, 1] * x[1] + across[1, 2] * x[2]
    # With the axis along gravity nothing is left across it, and the slope would be infinite.
    size = max(a * a + b * b, 1e-9)
    total = 0.0
    for i in range(3):
        own = (a * across[1, i] - b * across[0, i]) / size
        for j in range(3):
            other = (a * across[1, j] - b * across[0, j]) / size
            total += own * (gapped[i, j] - ungapped[i, j]) * other
    return math.sqrt(max(0.0, total))


@compiled("void(f8[::1], f8[:, ::1], f8[:, ::1], f8[:, ::1])")
def _transition(x: FloatArray, swing: FloatArray, drift: FloatArray, out: FloatArray) -> None:
    """Fill ``out`` (12, 12) with the transition from state ``x`` (12,) through a window."""
    out[:] = 0.0
    for i in range(SIZE):
        out[i, i] = 1.0
    for j in range(3):
        a, b, c = drift[0, j], drift[1, j], drift[2, j]
        # Minus the cross product of gravity with each column.
        out[_UP, _BIAS + j] = x[2] * b - x[1] * c
        out[_UP + 1, _BIAS + j] = x[0] * c - x[2] * a
        out[_UP + 2, _BIAS + j] = x[1] * a - x[0] * b
        out[_SPEED + j, _UP + j] = -WINDOW_S
        for i in range(3):
            out[_SPEED + i, _ARM + j] = -swing[i, j]


@compiled(
    "void(i8[::1], f8[::1], f8[:, ::1], f8[:, ::1], f8[::1], f8, i8,"
    " f8[:, ::1], f8[:, :, ::1], f8[:, :, ::1], f8[::1], f8[:, :, ::1],"
    " f8[:, ::1], f8[:, ::1], i8[::1],"
    " f8[:, :, ::1], f8[:, :, :, ::1], f8[:, :, :, ::1])"
)
def advance_through(
    counts: npt.NDArray[np.int64],
    x: FloatArray,
    p: FloatArray,
    ungapped: FloatArray,
    speeds: FloatArray,
    size: float,
    judged_from: int,
    change: FloatArray,
    swing: FloatArray,
    drift: FloatArray,
    rate: FloatArray,
    across: FloatArray,
    states: FloatArray,
    predictions: FloatArray,
    settling: npt.NDArray[np.int64],
    transitions: FloatArray,
    covariances: FloatArray,
    gapless: FloatArray,
) -> None:
    """Take m windows one after the other.

    Parameters
    ----------
    counts
        (3,) see :data:`IS_SETTLING`; changed.
    x, p, ungapped
        (12,), (12, 12), (12, 12): the state, its covariance, and that as if there had been no gap; changed.
    speeds
        (5,) m/s of the knee in the last windows; changed.
    size
        Size of gravity's reaction before the last gap, m/s².
    judged_from
        Number of the first window after which it is judged whether a gap is over.
    change, swing, drift, rate
        m windows, as in :class:`.GravityWindows`.
    across
        (m, 2, 3) the axes of the plane of the angle after each, in the frame that stands still.
    states, predictions, settling, transitions, covariances, gapless
        (m, 12), (m, 12), (m,), (m, 12, 12), (m, 2, 12, 12), (m, 2, 12, 12), filled with what each step
        leaves: the state, that expected before the correction, what the last gap left before it, the
        transition from the state before, the covariance before and after the correction, and that as if
        there had been no gap.
    """
    added, work, unused = np.empty(SIZE), np.empty((SIZE, SIZE)), np.zeros(SIZE)
    force = np.empty(3)
    for m in range(len(rate)):
        transition, predicted = transitions[m], predictions[m]
        _transition(x, swing[m], drift[m], transition)
        copy_row(predicted, x)
        square = 0.0
        for i in range(3):
            turned = 0.0
            for k in range(3):
                predicted[_UP + i] += transition[_UP + i, _BIAS + k] * x[_BIAS + k]
                turned += swing[m, i, k] * x[_ARM + k]
            force[i] = (change[m, i] - turned) / WINDOW_S
            predicted[_SPEED + i] += change[m, i] - turned - WINDOW_S * x[_UP + i]
            square += predicted[_SPEED + i] * predicted[_SPEED + i]
        speed = max(presumed_speed(force, x[:3], size, rate[m]), math.sqrt(square))
        speeds[counts[SPEEDS_SEEN] % SPEEDS] = speed
        counts[SPEEDS_SEEN] += 1
        fastest = highest(speeds)
        # Neighbouring windows err alike, so each counts for less than if it stood alone.
        noise = fastest * fastest * 2.0 * _LAG_S / WINDOW_S
        added_variances(rate[m], added)
        copy_row(x, predicted)
        _predict(p, transition, added, work, covariances[m, 0])
        copy_matrix(p, covariances[m, 0])
        _take_for_rest(p, noise, x)
        copy_matrix(covariances[m, 1], p)
        if counts[IS_SETTLING]:
            _predict(ungapped, transition, added, work, gapless[m, 0])
            copy_matrix(ungapped, gapless[m, 0])
            _take_for_rest(ungapped, noise, unused)
            copy_matrix(gapless[m, 1], ungapped)
        settling[m] = counts[IS_SETTLING]
        copy_row(states[m], x)
        if counts[BEGINS]:
            # Nothing of the gravity and the velocity before a gap goes into those after it.
            transition[:, :_ARM] = 0.0
            counts[BEGINS] = 0
        if m >= judged_from and counts[IS_SETTLING] != SETTLED:
            cost = cost_of_gap(across[m], x, p, ungapped)
            if cost < SETTLED_RAD:
                counts[IS_SETTLING] = SETTLED
            elif cost < ROUGH_RAD:
                counts[IS_SETTLING] = ROUGH
