"""Means over short windows of what shin and foot say of the joint between them.

The centre of the ankle belongs to both links, so both sensors must agree on its acceleration once
their lever arms are taken into account (Seel, Raisch & Schauer, Sensors 14:6891, 2014; Weygers &
Kok, IEEE Sensors J. 20:7969, 2020). Gravity is only the largest part of it: the comparison stays
true while the leg is being moved. Across the joint axis a vector is a complex number, and a turn
of the joint multiplies it by exp(-i angle).
"""

from dataclasses import dataclass

import numpy as np

from processing.motion.geometry import along, lever_rows
from sensor.types import BoolArray, FloatArray

ROWS = 32
"""Rows of :attr:`JointWindows.means`; see the slices below."""
SHIN, SHIN_UNIT, SHIN_ARM = slice(0, 2), slice(2, 4), slice(4, 10)
FOOT, FOOT_ARM = slice(10, 12), slice(12, 18)
ALONG, SHIN_ARM_ALONG, FOOT_ARM_ALONG = 18, slice(19, 22), slice(22, 25)
SHIN_ACC, FOOT_ACC = slice(25, 28), slice(28, 31)
WEIGHT = 31


@dataclass(frozen=True, slots=True)
class JointSamples:
    """Samples of both sensors with what depends on their neighbours already known.

    ``turn`` (n,) rad is the running integral of the joint's rate; ``*_acc``, ``*_gyr`` and
    ``*_change`` (rad/s²) are rows (3, n); ``used`` (n,) False where a sample is missing or clipped.
    """

    turn: FloatArray
    shin_acc: FloatArray
    shin_gyr: FloatArray
    shin_change: FloatArray
    foot_acc: FloatArray
    foot_gyr: FloatArray
    foot_change: FloatArray
    used: BoolArray


def window_means(
    samples: JointSamples, shin_frame: FloatArray, foot_frame: FloatArray, length: int
) -> FloatArray:
    """Return the means (m, ROWS) over m windows of ``length`` samples; n must be m * length.

    The shin's rows are turned by the joint's integral into the foot's plane, so that within a
    window only the unknown, slowly varying offset of the joint angle is left between the two.
    Rows: the shin's force across the axis, the turned unit (what an accelerometer offset is
    multiplied by), and its three lever rows, each as real and imaginary part; the foot's force and
    lever rows likewise; the difference of the forces along the axis with its lever rows; the raw
    mean of both accelerometers; the share of samples used.
    """
    n = len(samples.turn)
    cos, sin = np.cos(samples.turn), np.sin(samples.turn)
    shin_arm = lever_rows(shin_frame, samples.shin_gyr, samples.shin_change)
    foot_arm = lever_rows(foot_frame, samples.foot_gyr, samples.foot_change)
    shin_x, shin_y = (along(axis, samples.shin_acc) for axis in shin_frame[:2])
    terms = np.empty((ROWS, n))
    terms[0] = cos * shin_x + sin * shin_y
    terms[1] = cos * shin_y - sin * shin_x
    terms[2] = cos
    terms[3] = -sin
    terms[4:7] = cos * shin_arm[0] + sin * shin_arm[1]
    terms[7:10] = cos * shin_arm[1] - sin * shin_arm[0]
    terms[10] = along(foot_frame[0], samples.foot_acc)
    terms[11] = along(foot_frame[1], samples.foot_acc)
    terms[12:15] = foot_arm[0]
    terms[15:18] = foot_arm[1]
    terms[ALONG] = along(shin_frame[2], samples.shin_acc) - along(foot_frame[2], samples.foot_acc)
    terms[SHIN_ARM_ALONG] = shin_arm[2]
    terms[FOOT_ARM_ALONG] = foot_arm[2]
    terms[SHIN_ACC] = samples.shin_acc
    terms[FOOT_ACC] = samples.foot_acc
    terms[WEIGHT] = 1.0
    terms *= samples.used
    parts = terms.reshape(ROWS, -1, length)
    total = parts[:, :, 0].copy()
    for i in range(1, length):  # in order: np.sum may add in another one for another shape
        total += parts[:, :, i]
    used = total[WEIGHT].copy()
    total[:WEIGHT] /= np.maximum(used, 1.0)
    total[WEIGHT] = used / length
    return np.ascontiguousarray(total.T)
