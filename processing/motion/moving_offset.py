"""The offset of a gyro that never was still.

The gyro offset estimate of VQF without a magnetometer (Laidig & Seel 2023, Information Fusion 91, sections
3.2 and 3.5): the turn that corrects the direction of gravity shows the offset about the horizontal axes while
the sensor moves, and the smoothed gyro shows all of it in a rest. A Kalman filter with the offset as its
state goes through the samples forward and back.
"""

import math

import numpy as np

from processing.motion.attitude import matrix_of, turn_on
from processing.motion.low_pass import butterworth
from sensor.compiled import compiled
from sensor.types import BoolArray, FloatArray

_GRAVITY_S = 3.0
"""Time constant of gravity's direction. This and the constants below are those of the publication, unless
they say otherwise."""
_REST_FILTER_S = 0.5
"""Time constant of the means from which the samples hardly differ in a rest."""
_REST_MIN_S = 1.5
"""Time after which a rest is one."""
_REST_GYR_RAD_S = math.radians(2.0)
_REST_ACC_MPS2 = 0.5
"""Distances from the means that no sample of a rest reaches."""
_MOST_RAD_S = math.radians(2.0)
"""Largest offset, and largest error of it in one sample."""
_FIRST_RAD_S = math.radians(0.5)
"""Standard deviation of the offset before the first sample."""
_FORGET_S = 100.0
"""Time in which the offset's standard deviation grows from 0 to 0.1 °/s."""
_GROWTH_RAD_S = math.radians(0.1)
_MOTION_RAD_S = math.radians(0.1)
"""Standard deviation of the offset to which it settles in movement."""
_REST_RAD_S = math.radians(0.03)
"""The same in a rest."""
_VERTICAL_SHARE = 1e-4
"""Weight of the assumption that the offset about the vertical, which gravity does not show, is zero."""
_HALF_TURN = 1e-6
"""Cosine of half an angle, below which gravity counts as upside down."""


def moving_offset(gyr: FloatArray, acc: FloatArray, valid: BoolArray, rate_hz: float) -> FloatArray:
    """Return the offset (3,) rad/s of a gyro that never was still.

    Over a long time a leg turns as far back as forth; gravity shows the rest.

    Parameters
    ----------
    gyr, acc
        (n, 3) rad/s and m/s² in the sensor's frame.
    valid
        (n,) where there are samples.
    rate_hz
        Rate of the grid.
    """
    mean = gyr[valid].mean(axis=0)
    rest = smoothed_offsets(gyr[valid] - mean, acc[valid], rate_hz)
    offset: FloatArray = mean + np.median(rest, axis=0)
    return offset


def smoothed_offsets(gyr: FloatArray, acc: FloatArray, rate_hz: float) -> FloatArray:
    """Return the offsets (n, 3) rad/s of a gyro after each sample, from the samples on both sides.

    Parameters
    ----------
    gyr, acc
        (n, 3) rad/s and m/s² in the sensor's frame.
    rate_hz
        Rate of the samples.
    """
    before, unsure_before = _offsets(gyr, acc, rate_hz)
    # Back in time everything turns the other way.
    after, unsure_after = (x[::-1] for x in _offsets(-gyr[::-1], acc[::-1], rate_hz))
    # The mean of both, each by the inverse of its covariance.
    share = np.linalg.solve(unsure_before + unsure_after, (-after - before)[..., None])
    out: FloatArray = before + (unsure_before @ share)[..., 0]
    return out


def _offsets(gyr: FloatArray, acc: FloatArray, rate_hz: float) -> tuple[FloatArray, FloatArray]:
    """Return the offset (n, 3) rad/s after each sample, and its covariance (n, 3, 3)."""
    offsets, covariances = np.empty((len(gyr), 3)), np.empty((len(gyr), 3, 3))
    _advance(
        np.ascontiguousarray(gyr), np.ascontiguousarray(acc), 1.0 / rate_hz,
        _low_pass(_GRAVITY_S, rate_hz), _low_pass(_REST_FILTER_S, rate_hz), offsets, covariances,
    )  # fmt: skip
    return offsets, covariances


def _low_pass(time_s: float, rate_hz: float) -> FloatArray:
    """Return the low pass of second order with a time constant, as `_smooth` takes it."""
    section = butterworth(2, math.sqrt(0.5) / (math.pi * time_s), rate_hz)
    return np.array([*section, *section.settled, math.ceil(time_s * rate_hz)])


@compiled("void(f8[::1], i8, f8[:, ::1], f8[::1])")
def _smooth(low_pass: FloatArray, number: int, state: FloatArray, values: FloatArray) -> None:
    """Replace ``values`` (k,) by their low-passed ones.

    Parameters
    ----------
    low_pass
        (8,) its section, its settled state, and after how many samples it settles.
    number
        So many samples came before.
    state
        (k, 2) of the filter, changed: zero at first.
    values
        The sample.
    """
    first = int(low_pass[7])
    for k in range(len(values)):
        x = values[k]
        if number < first:
            # The mean of few samples is better than a filter that has not settled.
            state[k, 0] += x
            values[k] = mean = state[k, 0] / (number + 1)
            if number == first - 1:
                state[k, 0], state[k, 1] = low_pass[5] * mean, low_pass[6] * mean
        else:
            values[k] = y = low_pass[0] * x + state[k, 0]
            state[k, 0] = low_pass[1] * x - low_pass[3] * y + state[k, 1]
            state[k, 1] = low_pass[2] * x - low_pass[4] * y


@compiled("void(f8[:, ::1], f8[::1], f8[::1])")
def _turned(matrix: FloatArray, vector: FloatArray, out: FloatArray) -> None:
    """Fill ``out`` (3,) with the product of a ``matrix`` (3, 3) and a ``vector`` (3,)."""
    for i in range(3):
        out[i] = matrix[i, 0] * vector[0] + matrix[i, 1] * vector[1] + matrix[i, 2] * vector[2]


@compiled("void(f8[:, ::1], f8[::1])")
def _level(tilt: FloatArray, up: FloatArray) -> None:
    """Turn ``tilt`` (4, 1) on by the shortest turn that brings ``up`` (3,) to the third axis.

    ``up`` gets the length of one, unless it is zero.
    """
    size = math.sqrt(up[0] * up[0] + up[1] * up[1] + up[2] * up[2])
    if not size:
        return
    for k in range(3):
        up[k] /= size
    w = math.sqrt(0.5 * (1.0 + up[2]))
    x, y = 1.0, 0.0
    if w > _HALF_TURN:
        x, y = 0.5 * up[1] / w, -0.5 * up[0] / w
    else:
        w = 0.0
    a, b, c, d = tilt[0, 0], tilt[1, 0], tilt[2, 0], tilt[3, 0]
    tilt[0, 0] = w * a - x * b - y * c
    tilt[1, 0] = w * b + x * a + y * d
    tilt[2, 0] = w * c + y * a - x * d
    tilt[3, 0] = w * d + x * c - y * b


@compiled("f8(f8[::1], f8[::1], f8[::1], f8, f8)")
def _rested_s(
    gyr: FloatArray, acc: FloatArray, calm: FloatArray, before_s: float, step_s: float
) -> float:
    """Return for how long the sensor has rested, s.

    Parameters
    ----------
    gyr, acc
        (3,) a sample, rad/s and m/s².
    calm
        (6,) the same, low-passed.
    before_s
        For how long it had rested before.
    step_s
        Time between samples.
    """
    turns = forces = fastest = 0.0
    for k in range(3):
        turns += (gyr[k] - calm[k]) * (gyr[k] - calm[k])
        forces += (acc[k] - calm[3 + k]) * (acc[k] - calm[3 + k])
        fastest = max(fastest, abs(calm[k]))
    if forces >= _REST_ACC_MPS2 * _REST_ACC_MPS2:
        return 0.0
    if turns >= _REST_GYR_RAD_S * _REST_GYR_RAD_S or fastest > _MOST_RAD_S:
        # The last sample that turns is the first of the rest.
        return step_s
    return before_s + step_s


@compiled("void(f8[:, ::1], f8[:, ::1], f8[::1], f8[::1])")
def _attitude(levelling: FloatArray, turn: FloatArray, offset: FloatArray, out: FloatArray) -> None:
    """Fill ``out`` (11,) with the product of two turns (3, 3), and its first two rows times ``offset``."""
    for k in range(3):
        for m in range(3):
            out[3 * k + m] = (
                levelling[k, 0] * turn[0, m]
                + levelling[k, 1] * turn[1, m]
                + levelling[k, 2] * turn[2, m]
            )
    for k in range(2):
        out[9 + k] = (
            out[3 * k] * offset[0] + out[3 * k + 1] * offset[1] + out[3 * k + 2] * offset[2]
        )


@compiled("void(f8[::1], f8[:, ::1], f8[:, ::1], f8[::1], f8[::1])")
def _correct(
    offset: FloatArray,
    covariance: FloatArray,
    directions: FloatArray,
    errors: FloatArray,
    noises: FloatArray,
) -> None:
    """Correct the ``offset`` (3,) and its ``covariance`` (3, 3) by three independent measurements.

    Parameters
    ----------
    offset, covariance
        The state of the filter, changed.
    directions
        (3, 3): each row is the direction in which an error is measured.
    errors
        (3,) measured less expected offset in each direction, rad/s.
    noises
        (3,) their variances.
    """
    spread, added = np.empty(3), np.zeros(3)
    # One after the other is the same as all at once, and needs no inverse.
    for i in range(3):
        _turned(covariance, directions[i], spread)
        error = min(max(errors[i], -_MOST_RAD_S), _MOST_RAD_S)
        variance = noises[i]
        for k in range(3):
            variance += directions[i, k] * spread[k]
            error -= directions[i, k] * added[k]
        for k in range(3):
            added[k] += spread[k] / variance * error
            for m in range(3):
                covariance[k, m] -= spread[k] * spread[m] / variance
    for k in range(3):
        offset[k] = min(max(offset[k] + added[k], -_MOST_RAD_S), _MOST_RAD_S)


@compiled("void(f8[:, ::1], f8[:, ::1], f8, f8[::1], f8[::1], f8[:, ::1], f8[:, :, ::1])")
def _advance(
    gyr: FloatArray,
    acc: FloatArray,
    step_s: float,
    gravity_pass: FloatArray,
    rest_pass: FloatArray,
    offsets: FloatArray,
    covariances: FloatArray,
) -> None:
    """Fill the offsets (n, 3) rad/s after each sample and their covariances (n, 3, 3).

    ``gyr`` and ``acc`` as of :func:`smoothed_offsets`, the low passes as of `_smooth`.
    """
    first, growth = _FIRST_RAD_S * _FIRST_RAD_S, _GROWTH_RAD_S * _GROWTH_RAD_S * step_s / _FORGET_S
    motion, rest = _MOTION_RAD_S * _MOTION_RAD_S, _REST_RAD_S * _REST_RAD_S
    # In the steady state of the filter these variances give the uncertainties above.
    motion_noise, rest_noise = motion * motion / growth + motion, rest * rest / growth + rest
    motion_noises, rest_noises = np.empty(3), np.empty(3)
    offset, covariance = np.zeros(3), np.zeros((3, 3))
    for k in range(3):
        motion_noises[k], rest_noises[k] = motion_noise, rest_noise
        covariance[k, k] = _FIRST_RAD_S * _FIRST_RAD_S
    motion_noises[2] /= _VERTICAL_SHARE
    # The attitude by the gyro alone, and the turn of its frame that makes gravity vertical.
    attitude, tilt = np.zeros((4, 1)), np.zeros((4, 1))
    attitude[0, 0] = tilt[0, 0] = 1.0
    calm_state, force_state, known_state = np.zeros((6, 2)), np.zeros((3, 2)), np.zeros((11, 2))
    calm, force, up, known, errors = (
        np.empty(6),
        np.empty(3),
        np.empty(3),
        np.empty(11),
        np.empty(3),
    )
    turn, levelling, directions = np.empty((3, 3)), np.empty((3, 3)), np.empty((3, 3))
    rested_s, half = 0.0, 0.5 * step_s
    for i in range(len(gyr)):
        for k in range(3):
            calm[k], calm[3 + k] = gyr[i, k], acc[i, k]
        _smooth(rest_pass, i, calm_state, calm)
        rested_s = _rested_s(gyr[i], acc[i], calm, rested_s, step_s)
        x, y, z = gyr[i, 0] - offset[0], gyr[i, 1] - offset[1], gyr[i, 2] - offset[2]
        turn_on(attitude[:, 0].copy(), x * half, y * half, z * half, 1.0, attitude, 0)
        matrix_of(attitude, 0, turn)
        _turned(turn, acc[i], force)
        _smooth(gravity_pass, i, force_state, force)
        matrix_of(tilt, 0, levelling)
        _turned(levelling, force, up)
        _level(tilt, up)
        matrix_of(tilt, 0, levelling)
        _attitude(levelling, turn, offset, known)
        _smooth(gravity_pass, i, known_state, known)
        resting = rested_s >= _REST_MIN_S
        for k in range(3):
            covariance[k, k] += growth if covariance[k, k] < first else 0.0
            for m in range(3):
                directions[k, m] = (1.0 if k == m else 0.0) if resting else known[3 * k + m]
        _turned(directions, offset, errors)
        for k in range(3):
            errors[k] = -errors[k]
            if resting:
                errors[k] += calm[k]
        if not resting:
            # The correction of gravity's direction shows what is left of the offset.
            errors[0] += known[9] - up[1] / step_s
            errors[1] += known[10] + up[0] / step_s
        _correct(offset, covariance, directions, errors, rest_noises if resting else motion_noises)
        for k in range(3):
            offsets[i, k] = offset[k]
            for m in range(3):
                covariances[i, k, m] = covariance[k, m]
