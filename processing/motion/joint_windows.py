"""Means over short windows of what shin and foot say of the joint between them.

The centre of the ankle belongs to both links, so both sensors must agree on its acceleration once
their lever arms are taken into account (Seel, Raisch & Schauer, Sensors 14:6891, 2014; Weygers &
Kok, IEEE Sensors J. 20:7969, 2020). Gravity is only the largest part of it: the comparison stays
true while the leg is being moved. Across the joint axis a vector is a complex number, and a turn
of the joint multiplies it by exp(-i angle).
"""

from dataclasses import dataclass

import numpy as np

from processing.motion.geometry import along, lever_rows, seen_from
from sensor.types import BoolArray, FloatArray

SHIN, FOOT = slice(0, 2), slice(2, 4)
FORCE, SHIN_OFFSET, FOOT_OFFSET = 0, slice(1, 4), slice(4, 7)
SHIN_ARM, FOOT_ARM = slice(7, 10), slice(10, 13)
SHIN_TILT, FOOT_TILT = slice(13, 15), slice(15, 17)
DELAY = 17
COLUMNS = 18


@dataclass(frozen=True, slots=True)
class JointWindows:
    """Means over m windows.

    ``forces`` (m, 4, 18): what the accelerometers say of the joint's centre. Its rows are the
    shin's force across the axis (x and y, turned by the joint's integral into the foot's plane)
    and the foot's. The first column is the force as measured, m/s²; the others are what is to be
    taken off it per unit of both accelerometers' offsets, both lever arms, the tilts of both axes
    towards x and y of their frames, rad, and the foot's delay, s. ``rates`` (m, 4, 5) rad/s is the
    same for the rates of rotation across the axis, which depend on the four tilts alone.
    ``turns`` (m, 4) rad is how far shin and foot turned about those x and y: what a tilt makes of
    that, the joint's integral lacks. ``shin_acc`` and ``foot_acc`` (m, 3) m/s² are the plain means
    in each sensor's frame, ``share`` (m,) that of the samples used.
    """

    forces: FloatArray
    rates: FloatArray
    turns: FloatArray
    shin_acc: FloatArray
    foot_acc: FloatArray
    share: FloatArray


@dataclass(frozen=True, slots=True)
class JointSamples:
    """Samples of both sensors with what depends on their neighbours already known.

    ``turn`` (n,) rad is the running integral of the joint's rate; ``*_acc``, ``*_gyr`` and
    ``*_change`` (rad/s²) are rows (3, n); so is ``foot_jerk`` (m/s³), how fast the force at the
    joint's centre changes as the foot's sensor has it. ``used`` (n,) is False where a sample is
    missing or clipped.
    """

    turn: FloatArray
    shin_acc: FloatArray
    shin_gyr: FloatArray
    shin_change: FloatArray
    foot_acc: FloatArray
    foot_gyr: FloatArray
    foot_change: FloatArray
    foot_jerk: FloatArray
    used: BoolArray


def window_means(
    samples: JointSamples,
    shin_frame: FloatArray,
    foot_frame: FloatArray,
    length: int,
    step_s: float,
) -> JointWindows:
    """Return the means over m windows of ``length`` samples, ``step_s`` apart; n is m * length."""
    n = len(samples.turn)
    cos, sin = np.cos(samples.turn), np.sin(samples.turn)
    shin_arm = lever_rows(shin_frame, samples.shin_gyr, samples.shin_change)
    foot_arm = lever_rows(foot_frame, samples.foot_gyr, samples.foot_change)
    shin_x, shin_y, shin_z = seen_from(shin_frame, samples.shin_acc)
    terms = np.empty((_TERMS, n))
    terms[0], terms[1] = cos * shin_x + sin * shin_y, cos * shin_y - sin * shin_x
    terms[2:5] = cos * shin_arm[0] + sin * shin_arm[1]
    terms[5:8] = cos * shin_arm[1] - sin * shin_arm[0]
    terms[8:11], terms[11:14] = foot_arm[0], foot_arm[1]
    terms[14], terms[15] = cos, sin
    terms[16:19], terms[19:22] = samples.shin_acc, samples.foot_acc
    terms[22], terms[23] = cos * shin_z, -sin * shin_z
    terms[24] = 1.0
    shin_rate = seen_from(shin_frame, samples.shin_gyr)
    foot_rate = seen_from(foot_frame, samples.foot_gyr)
    terms[25], terms[26] = -foot_rate[2] * terms[1], foot_rate[2] * terms[0]
    terms[27:29] = -seen_from(foot_frame[:2], samples.foot_jerk)
    terms[29] = cos * shin_rate[0] + sin * shin_rate[1]
    terms[30] = cos * shin_rate[1] - sin * shin_rate[0]
    terms[31:33] = foot_rate[:2]
    terms[33], terms[34], terms[35] = cos * shin_rate[2], -sin * shin_rate[2], foot_rate[2]
    terms *= samples.used
    turns = np.concatenate([-shin_rate[:2], foot_rate[:2]])
    total = _sums(terms, length)
    used = total[24].copy()
    mean = np.ascontiguousarray((total / np.maximum(used, 1.0)).T)
    return JointWindows(
        _forces(mean, shin_frame, foot_frame),
        _rates(mean),
        np.ascontiguousarray(_sums(turns, length).T) * step_s,
        mean[:, 16:19].copy(),
        mean[:, 19:22].copy(),
        used / length,
    )


_TERMS = 36


def _forces(mean: FloatArray, shin_frame: FloatArray, foot_frame: FloatArray) -> FloatArray:
    """Lay the means (m, 36) out as :attr:`JointWindows.forces`."""
    out = np.zeros((len(mean), 4, COLUMNS))
    foot_acc = mean[:, 19:22].T
    cos, sin = mean[:, 14, None], mean[:, 15, None]
    out[:, 0, FORCE], out[:, 1, FORCE] = mean[:, 0], mean[:, 1]
    out[:, 0, SHIN_OFFSET] = cos * shin_frame[0] + sin * shin_frame[1]
    out[:, 1, SHIN_OFFSET] = cos * shin_frame[1] - sin * shin_frame[0]
    out[:, 0, SHIN_ARM], out[:, 1, SHIN_ARM] = mean[:, 2:5], mean[:, 5:8]
    out[:, 2, FORCE], out[:, 3, FORCE] = (along(axis, foot_acc) for axis in foot_frame[:2])
    out[:, 2:, FOOT_OFFSET] = foot_frame[:2]
    out[:, 2, FOOT_ARM], out[:, 3, FOOT_ARM] = mean[:, 8:11], mean[:, 11:14]
    along_shin, along_foot = mean[:, 22:24], along(foot_frame[2], foot_acc)
    out[:, 0, SHIN_TILT] = along_shin * (1.0, -1.0)
    out[:, 1, SHIN_TILT] = along_shin[:, ::-1]
    out[:, 2, FOOT_TILT.start] = out[:, 3, FOOT_TILT.start + 1] = along_foot
    out[:, :, DELAY] = mean[:, 25:29]
    return out


def _rates(mean: FloatArray) -> FloatArray:
    """Lay the means (m, 36) out as :attr:`JointWindows.rates`."""
    out = np.zeros((len(mean), 4, 5))
    out[:, :, 0] = mean[:, 29:33]
    out[:, 0, 1], out[:, 1, 1] = mean[:, 33], mean[:, 34]
    out[:, 0, 2], out[:, 1, 2] = -mean[:, 34], mean[:, 33]
    out[:, 2, 3] = out[:, 3, 4] = mean[:, 35]
    return out


def _sums(terms: FloatArray, length: int) -> FloatArray:
    """Return the sums (k, m) of ``terms`` (k, m * length), added in order.

    ``np.sum`` may add in another order for another shape, and then give other bits.
    """
    parts = terms.reshape(len(terms), -1, length)
    total = parts[:, :, 0].copy()
    for i in range(1, length):
        total += parts[:, :, i]
    return total
