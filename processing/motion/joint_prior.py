"""The prior of the filter's state from a calibration, and the angle that follows from a state."""

import math
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from processing.motion.calibrated import Calibration, SensorCalibration, Vector
from processing.motion.geometry import joint_frame, unit
from processing.motion.joint_corrections import SIZE
from processing.motion.joint_filter import (
    DELAY,
    DRIFT,
    FOOT_BIAS,
    FOOT_LEVER,
    FOOT_TILT,
    OFFSET,
    SHIN_BIAS,
    SHIN_LEVER,
    SHIN_TILT,
    TILTS,
    JointFilterConfig,
)
from sensor.compiled import compiled
from sensor.types import FloatArray

_OBLIQUE = math.cos(math.radians(10.0))
"""Cosine of a usual ankle axis to the knee's: 7° against the shin's plane and 6° in it (Inman, *The
Joints of the Ankle*, 1976). A hinge about that axis keeps its own turn."""
_LEAST_SHARE = 0.8
"""Least share: no ankle turns about an axis that is more oblique (37°), but a strap slips."""


@dataclass(frozen=True, slots=True)
class SagittalShare:
    """The share of the joint's turn that bends the ankle, for any tilt of the joint's axis.

    Where the foot turns in or out in step with the ankle, both sensors show one hinge about an
    oblique axis, which turns further than the ankle bends. The ankle's angle is the part about the
    knee's axis (Grood & Suntay, J. Biomech. Eng. 105:136, 1983), which calibrated curls show.
    """

    knee: tuple[float, float, float] | None
    """The knee's axis along x, y and axis of the joint's frame at the shin; None if not known."""

    @classmethod
    def of(cls, calibration: Calibration) -> Self:
        """Return the share by the curls of ``calibration``; 1 without them."""
        if calibration.reference_rom is None:
            return cls(None)
        frame = joint_frame(np.array(calibration.shin.joint_axis))
        x, y, z = (frame @ np.array(calibration.curl_axis)).tolist()
        return cls((x, y, z))

    def at(self, tilt_x: float, tilt_y: float) -> float:
        """Return the share with the shin's axis tilted towards x and y of its frame, rad."""
        return bending_share(self.axis, tilt_x, tilt_y)

    @property
    def axis(self) -> FloatArray:
        """The knee's axis (3,), or (0,) if it is not known."""
        return np.array(self.knee or (), dtype=np.float64)


@compiled("f8(f8[::1], f8, f8)")
def bending_share(knee: FloatArray, tilt_x: float, tilt_y: float) -> float:
    """Return the share for a tilt; ``knee`` is :attr:`SagittalShare.axis`, see :meth:`SagittalShare.at`."""
    if len(knee) == 0:
        return 1.0
    size = math.sqrt(tilt_x * tilt_x + tilt_y * tilt_y + 1.0)
    cosine = abs(tilt_x * knee[0] + tilt_y * knee[1] + knee[2]) / size
    return float(min(max(cosine / _OBLIQUE, _LEAST_SHARE), 1.0))


def sagittal_share(calibration: Calibration) -> float:
    """Return the share of the joint's turn that bends the ankle, about the calibrated axis."""
    return SagittalShare.of(calibration).at(0.0, 0.0)


def filter_prior(
    calibration: Calibration, config: JointFilterConfig, about: Calibration
) -> tuple[FloatArray, FloatArray]:
    """Return mean and standard deviation (19,) of the filter's state before the first window.

    Parameters
    ----------
    calibration
        What is known of the joint.
    config
        Deviations that are not known of a calibration.
    about
        Has the axes from which the filter's tilts are counted, the same or another calibration.
    """
    shin, foot, quality = calibration.shin, calibration.foot, calibration.quality
    mean, deviation = np.zeros(SIZE), np.zeros(SIZE)
    mean[SHIN_BIAS], mean[FOOT_BIAS] = shin.acc_offset, foot.acc_offset
    mean[SHIN_LEVER], mean[FOOT_LEVER] = shin.lever_arm, foot.lever_arm
    mean[SHIN_TILT] = _tilt(about.shin, shin.joint_axis)
    mean[FOOT_TILT] = _tilt(about.foot, foot.joint_axis)
    deviation[DRIFT] = np.radians(config.drift_dps)
    deviation[SHIN_BIAS] = deviation[FOOT_BIAS] = quality.acc_offset_mps2
    deviation[SHIN_LEVER] = deviation[FOOT_LEVER] = quality.lever_arm_m
    by_fit_deg = config.axis_share * quality.axis_deg
    deviation[TILTS] = np.radians(
        min(math.hypot(config.axis_deg, by_fit_deg), config.most_axis_deg)
    )
    deviation[DELAY] = config.delay_s
    return mean, deviation


def with_tilts(calibration: Calibration, tilts: FloatArray) -> Calibration:
    """Return ``calibration`` with its axes turned by ``tilts`` (4,) of the filter's state, rad."""
    shin, foot = calibration.shin, calibration.foot
    return replace(
        calibration,
        shin=replace(shin, joint_axis=_turned(shin, tilts[:2])),
        foot=replace(foot, joint_axis=_turned(foot, tilts[2:])),
    )


def _turned(sensor: SensorCalibration, tilt: FloatArray) -> Vector:
    frame = joint_frame(np.array(sensor.joint_axis))
    x, y, z = unit(frame[2] + tilt @ frame[:2]).tolist()
    return (x, y, z)


def _tilt(sensor: SensorCalibration, axis: Vector) -> FloatArray:
    """Return the tilt (2,) rad, to first order, that turns the axis of ``sensor`` into ``axis``."""
    out: FloatArray = joint_frame(np.array(sensor.joint_axis))[:2] @ np.array(axis)
    return out


def ankle_of_state(calibration: Calibration) -> tuple[float, FloatArray]:
    """Return constant and slope (19,) of the correction as a linear function of the filter's state.

    The neutral pose was measured with the same accelerometer offsets that the filter estimates, so
    its angle changes with them.
    """
    slope = np.zeros(SIZE)
    slope[OFFSET] = 1.0
    constant = calibration.neutral_angle
    for sensor, bias, tilt, sign in (
        (calibration.shin, SHIN_BIAS, SHIN_TILT, -1.0),
        (calibration.foot, FOOT_BIAS, FOOT_TILT, 1.0),
    ):
        frame, offset = joint_frame(np.array(sensor.joint_axis)), np.array(sensor.acc_offset)
        x, y, z = (frame @ (np.array(sensor.neutral_acc) - offset)).tolist()
        # With the axis along gravity nothing is left across it, and the slope would be infinite.
        square = max(x * x + y * y, 1e-9)
        slope[bias] = sign * (y * frame[0] - x * frame[1]) / square
        slope[tilt] = sign * z * y / square, -sign * z * x / square
        constant += sign * math.atan2(y, x) - float(slope[bias] @ offset)
    return constant, slope
