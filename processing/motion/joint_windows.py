"""Means over short windows of what both links measure of the joint between them.

The centre of the ankle belongs to both links, so both sensors must agree on its acceleration once
their lever arms are taken into account (Seel, Raisch & Schauer, Sensors 14:6891, 2014; Weygers &
Kok, IEEE Sensors J. 20:7969, 2020). Gravity is only the largest part of it, so the comparison
holds while the leg moves. Across the joint axis a vector is a complex number, and a turn of the
joint multiplies it by exp(-i angle).
"""

import math
from dataclasses import dataclass, fields

import numpy as np

from sensor.compiled import compiled
from sensor.compiled.arrays import copy_row
from sensor.types import BoolArray, FloatArray

SHIN, FOOT = slice(0, 2), slice(2, 4)
COLUMNS = 18
_TERMS = 36
"""Sums over a window, see :func:`_add_terms`."""


@dataclass(frozen=True, slots=True)
class JointWindows:
    """Means over m windows."""

    forces: FloatArray
    """(m, 4, 18): the forces at the joint's centre, as a linear function of the filter's state.

    The rows are x and y of the shin's force across the axis, turned by the joint's integral into
    the foot's plane, and x and y of the foot's. The first column is the force as measured, m/s².
    The others are subtracted from it, per unit of both accelerometers' offsets (m/s²), both lever
    arms (m), the tilts of both axes towards x and y of their frames (rad) and the foot's delay (s).
    """
    rates: FloatArray
    """(m, 4, 5) rad/s: the same of the rates across the axis, which depend on the tilts alone."""
    turns: FloatArray
    """(m, 4) rad: turn of shin and foot about x and y; times a tilt, what the integral lacks."""
    shin_acc: FloatArray
    """(m, 3) m/s², plain mean in the sensor's frame."""
    foot_acc: FloatArray
    """(m, 3) m/s², plain mean in the sensor's frame."""
    share: FloatArray
    """(m,) share of the samples that were used."""


@dataclass(frozen=True, slots=True)
class JointSamples:
    """Samples of both sensors and their derivatives, as rows in each sensor's frame."""

    turn: FloatArray
    """(n,) rad, running integral of the joint's rate."""
    shin_acc: FloatArray
    """(3, n) m/s²."""
    shin_gyr: FloatArray
    """(3, n) rad/s, offset removed."""
    shin_change: FloatArray
    """(3, n) rad/s², derivative of ``shin_gyr``."""
    foot_acc: FloatArray
    """(3, n) m/s²."""
    foot_gyr: FloatArray
    """(3, n) rad/s, offset removed."""
    foot_change: FloatArray
    """(3, n) rad/s², derivative of ``foot_gyr``."""
    foot_jerk: FloatArray
    """(3, n) m/s³, derivative of the force at the joint's centre."""
    used: BoolArray
    """(n,) False where a sample is missing or clipped."""


def window_means(
    samples: JointSamples,
    shin_frame: FloatArray,
    foot_frame: FloatArray,
    length: int,
    step_s: float,
) -> JointWindows:
    """Return the means over m windows of ``length`` samples each.

    Parameters
    ----------
    samples
        n = m * length samples.
    shin_frame, foot_frame
        (3, 3), see :func:`.joint_frame`: the joint's axis in the sensor's frame is the third row.
    length
        Samples in a window.
    step_s
        Time between samples.
    """
    count = len(samples.turn) // length
    out = JointWindows(
        forces=np.zeros((count, 4, COLUMNS)),
        rates=np.zeros((count, 4, 5)),
        turns=np.empty((count, 4)),
        shin_acc=np.empty((count, 3)),
        foot_acc=np.empty((count, 3)),
        share=np.empty(count),
    )
    _fill(
        samples.turn, samples.shin_acc, samples.shin_gyr, samples.shin_change,
        samples.foot_acc, samples.foot_gyr, samples.foot_change, samples.foot_jerk, samples.used,
        shin_frame, foot_frame, length, step_s,
        out.forces, out.rates, out.turns, out.shin_acc, out.foot_acc, out.share,
    )  # fmt: skip
    return out


def part_of(windows: JointWindows, part: slice) -> JointWindows:
    """Return some of the windows, as a copy if they are not in memory."""
    return JointWindows(
        *(
            np.require(getattr(windows, f.name)[part], requirements="W")
            for f in fields(JointWindows)
        )
    )


@compiled("UniTuple(f8, 3)(f8[:, ::1], i8, f8[:, :], f8[:, :], i8)")
def _lever_row(
    frame: FloatArray, row: int, rate: FloatArray, change: FloatArray, at: int
) -> tuple[float, float, float]:
    """Return a row of :func:`.lever_rows` at one sample."""
    x, y, z = frame[row, 0], frame[row, 1], frame[row, 2]
    a, b, c = rate[0, at], rate[1, at], rate[2, at]
    turn, square = x * a + y * b + z * c, a * a + b * b + c * c
    return (
        y * change[2, at] - z * change[1, at] + turn * a - square * x,
        z * change[0, at] - x * change[2, at] + turn * b - square * y,
        x * change[1, at] - y * change[0, at] + turn * c - square * z,
    )


@compiled("f8(f8[:, ::1], i8, f8[:, :], i8)")
def _along(frame: FloatArray, row: int, vectors: FloatArray, at: int) -> float:
    """Return the component of a column of ``vectors`` (3, n) along a row of ``frame``."""
    out = 0.0
    for k in range(3):
        out += frame[row, k] * vectors[k, at]
    return out


@compiled(
    "void(f8, f8[:, :], f8[:, :], f8[:, :], f8[:, :], f8[:, :], f8[:, :], f8[:, :], i8,"
    " f8[:, ::1], f8[:, ::1], f8[::1])"
)
def _add_terms(
    turn: float,
    shin_acc: FloatArray,
    shin_gyr: FloatArray,
    shin_change: FloatArray,
    foot_acc: FloatArray,
    foot_gyr: FloatArray,
    foot_change: FloatArray,
    foot_jerk: FloatArray,
    at: int,
    shin_frame: FloatArray,
    foot_frame: FloatArray,
    total: FloatArray,
) -> None:
    """Add a sample to the sums ``total`` (36,) of a window; parameters as of :class:`JointSamples`.

    ====== ==========================================================
    0:2    the shin's force across the axis, turned into the foot's plane
    2:8    its change per metre of lever arm, x and y
    8:14   the same of the foot
    14:16  cosine and sine of the turn
    16:22  both accelerometers' readings
    22:24  the shin's force along the axis, turned
    24     number of samples
    25:29  changes per second of delay: of the turned force, of the foot's
    29:33  rates across the axis: the shin's, turned, and the foot's
    33:36  rates along it: the shin's, turned, and the foot's
    ====== ==========================================================
    """
    cos, sin = math.cos(turn), math.sin(turn)
    arm_x = _lever_row(shin_frame, 0, shin_gyr, shin_change, at)
    arm_y = _lever_row(shin_frame, 1, shin_gyr, shin_change, at)
    foot_x = _lever_row(foot_frame, 0, foot_gyr, foot_change, at)
    foot_y = _lever_row(foot_frame, 1, foot_gyr, foot_change, at)
    x, y, z = (
        _along(shin_frame, 0, shin_acc, at),
        _along(shin_frame, 1, shin_acc, at),
        _along(shin_frame, 2, shin_acc, at),
    )
    rate_x, rate_y, rate_z = (
        _along(shin_frame, 0, shin_gyr, at),
        _along(shin_frame, 1, shin_gyr, at),
        _along(shin_frame, 2, shin_gyr, at),
    )
    turned_x, turned_y = cos * x + sin * y, cos * y - sin * x
    foot_rate = _along(foot_frame, 2, foot_gyr, at)
    total[0] += turned_x
    total[1] += turned_y
    for k in range(3):
        total[2 + k] += cos * arm_x[k] + sin * arm_y[k]
        total[5 + k] += cos * arm_y[k] - sin * arm_x[k]
        total[8 + k] += foot_x[k]
        total[11 + k] += foot_y[k]
        total[16 + k] += shin_acc[k, at]
        total[19 + k] += foot_acc[k, at]
    total[14] += cos
    total[15] += sin
    total[22] += cos * z
    total[23] -= sin * z
    total[24] += 1.0
    total[25] -= foot_rate * turned_y
    total[26] += foot_rate * turned_x
    total[27] -= _along(foot_frame, 0, foot_jerk, at)
    total[28] -= _along(foot_frame, 1, foot_jerk, at)
    total[29] += cos * rate_x + sin * rate_y
    total[30] += cos * rate_y - sin * rate_x
    total[31] += _along(foot_frame, 0, foot_gyr, at)
    total[32] += _along(foot_frame, 1, foot_gyr, at)
    total[33] += cos * rate_z
    total[34] -= sin * rate_z
    total[35] += foot_rate


@compiled(
    "void(f8[:], f8[:, :], f8[:, :], f8[:, :], f8[:, :], f8[:, :], f8[:, :], f8[:, :],"
    " Array(b1, 1, 'A', True), f8[:, ::1], f8[:, ::1], i8, f8,"
    " f8[:, :, ::1], f8[:, :, ::1], f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[::1])"
)
def _fill(
    turn: FloatArray,
    shin_acc: FloatArray,
    shin_gyr: FloatArray,
    shin_change: FloatArray,
    foot_acc: FloatArray,
    foot_gyr: FloatArray,
    foot_change: FloatArray,
    foot_jerk: FloatArray,
    used: BoolArray,
    shin_frame: FloatArray,
    foot_frame: FloatArray,
    length: int,
    step_s: float,
    forces: FloatArray,
    rates: FloatArray,
    turns: FloatArray,
    mean_shin_acc: FloatArray,
    mean_foot_acc: FloatArray,
    share: FloatArray,
) -> None:
    """Fill the windows of samples; see :class:`JointSamples` and :class:`JointWindows`."""
    total = np.empty(_TERMS)
    for m in range(len(share)):
        total[:], turns[m] = 0.0, 0.0
        for at in range(m * length, (m + 1) * length):
            # All samples count here: the joint turned in the unused ones too.
            for k in range(2):
                turns[m, k] -= _along(shin_frame, k, shin_gyr, at)
                turns[m, 2 + k] += _along(foot_frame, k, foot_gyr, at)
            if used[at]:
                _add_terms(
                    turn[at], shin_acc, shin_gyr, shin_change, foot_acc, foot_gyr, foot_change,
                    foot_jerk, at, shin_frame, foot_frame, total,
                )  # fmt: skip
        share[m] = total[24] / length
        total /= max(total[24], 1.0)
        for k in range(4):
            turns[m, k] *= step_s
        copy_row(mean_shin_acc[m], total[16:19])
        copy_row(mean_foot_acc[m], total[19:22])
        _lay_out(total, shin_frame, foot_frame, forces[m], rates[m])


@compiled("void(f8[::1], f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[:, ::1])")
def _lay_out(
    mean: FloatArray,
    shin_frame: FloatArray,
    foot_frame: FloatArray,
    forces: FloatArray,
    rates: FloatArray,
) -> None:
    """Lay the means (36,) out as :attr:`JointWindows.forces` and :attr:`JointWindows.rates`."""
    cos, sin = mean[14], mean[15]
    foot = np.empty(3)
    for row in range(3):
        foot[row] = (
            foot_frame[row, 0] * mean[19]
            + foot_frame[row, 1] * mean[20]
            + foot_frame[row, 2] * mean[21]
        )
    forces[0, 0], forces[1, 0], forces[2, 0], forces[3, 0] = mean[0], mean[1], foot[0], foot[1]
    for k in range(3):
        forces[0, 1 + k] = cos * shin_frame[0, k] + sin * shin_frame[1, k]
        forces[1, 1 + k] = cos * shin_frame[1, k] - sin * shin_frame[0, k]
        forces[2, 4 + k], forces[3, 4 + k] = foot_frame[0, k], foot_frame[1, k]
        forces[0, 7 + k], forces[1, 7 + k] = mean[2 + k], mean[5 + k]
        forces[2, 10 + k], forces[3, 10 + k] = mean[8 + k], mean[11 + k]
    forces[0, 13], forces[0, 14] = mean[22], -mean[23]
    forces[1, 13], forces[1, 14] = mean[23], mean[22]
    forces[2, 15] = forces[3, 16] = foot[2]
    for row in range(4):
        forces[row, 17] = mean[25 + row]
        rates[row, 0] = mean[29 + row]
    rates[0, 1], rates[1, 1] = mean[33], mean[34]
    rates[0, 2], rates[1, 2] = -mean[34], mean[33]
    rates[2, 3] = rates[3, 4] = mean[35]
