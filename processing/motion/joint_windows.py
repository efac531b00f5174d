"""Means over short windows of what both links measure of the joint between them.

The centre of the ankle belongs to both links, so both sensors must agree on its acceleration once
their lever arms are taken into account (Seel, Raisch & Schauer, Sensors 14:6891, 2014; Weygers &
Kok, IEEE Sensors J. 20:7969, 2020). Gravity is only the largest part of it, so the comparison
holds while the leg moves. Across the joint axis a vector is a complex number, and a turn of the
joint multiplies it by exp(-i angle).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from processing.motion.geometry import along, lever_rows, seen_from
from sensor.types import BoolArray, FloatArray

SHIN, FOOT = slice(0, 2), slice(2, 4)
FORCE, SHIN_OFFSET, FOOT_OFFSET = 0, slice(1, 4), slice(4, 7)
SHIN_ARM, FOOT_ARM = slice(7, 10), slice(10, 13)
SHIN_TILT, FOOT_TILT = slice(13, 15), slice(15, 17)
DELAY = 17
COLUMNS = 18
_TERMS = 36
"""Rows of the table of terms in :func:`window_means`."""


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
    # Unused samples add nothing to the sums, and the count of used ones is a sum as well.
    terms *= samples.used
    # All samples count here: the joint turned in the unused ones too.
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


def join_windows(parts: Sequence[JointWindows]) -> JointWindows:
    """Return the windows of all ``parts`` in one value."""
    return JointWindows(
        *(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(JointWindows))
    )


def part_of(windows: JointWindows, part: slice) -> JointWindows:
    """Return some of the windows, as a copy if they are not in memory."""
    return JointWindows(
        *(
            np.require(getattr(windows, f.name)[part], requirements="W")
            for f in fields(JointWindows)
        )
    )


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
