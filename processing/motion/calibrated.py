"""The result of a calibration: sensor offsets, joint axes, neutral pose and range.

A :class:`Calibration` is a value: it can be saved (:mod:`processing.calibration.file`), and applied
to any recording of the same strapping. :mod:`processing.calibration.fit` finds it.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

import numpy as np

from sensor.errors import ToepointError

Vector: TypeAlias = tuple[float, float, float]


class CalibrationFault(StrEnum):
    """A kind of trouble with a calibration or its movements."""

    NO_DATA = "no data"
    """A sensor sent nothing, or too little, in a movement."""
    NOT_STILL = "not still"
    """A sensor moved in a pose that must be held."""
    NO_MOVEMENT = "no movement"
    """A movement was too small to show an axis."""
    NO_AXIS = "no axis"
    """A movement was not about one axis."""
    SWAPPED = "sensors swapped"
    """The shin's sensor is on the foot and the foot's on the shin."""
    FORMAT = "format"
    """A value that was given with a movement is not what it must be."""


class CalibrationError(ToepointError):
    """A calibration that cannot be made from these movements.

    Attributes
    ----------
    fault
        The kind of trouble.
    where
        The sensor, the step or the value that it concerns.
    detail
        The trouble in a sentence, and what to do.
    value, unit
        The measured number and its unit, None and empty where there is none.
    """

    def __init__(
        self,
        fault: CalibrationFault,
        where: str,
        detail: str,
        *,
        value: float | None = None,
        unit: str = "",
    ) -> None:
        self.fault = fault
        self.where = where
        self.detail = detail
        self.value = value
        self.unit = unit
        super().__init__(f"{where}: {detail}")


@dataclass(frozen=True, slots=True)
class SensorCalibration:
    """One sensor beside a joint; all vectors in the sensor's own frame."""

    gyr_offset: Vector
    """The reading of the gyro at rest, rad/s."""
    acc_offset: Vector
    """The error of the accelerometer's reading, m/s²."""
    joint_axis: Vector
    """Unit vector about which the lower link turns against the upper one as the angle grows.

    The angle grows with dorsiflexion of the ankle and with bending of knee and hip.
    """
    lever_arm: Vector
    """From the joint's centre to the sensor, m."""
    neutral_acc: Vector
    """The accelerometer's mean where the joint's angle is zero, offset included, m/s²."""


@dataclass(frozen=True, slots=True)
class CalibrationQuality:
    """The figures by which a calibration is graded."""

    axis_fit_deg: float
    """Turn about other axes than the joint's within a second where the joint turns, root mean square, °.

    Calibrations before engine 7 have that of the whole movement, and those before engine 4 the angle
    between the forces that the joint leaves unexplained.
    """
    axis_deg: float
    """Standard deviation of a component of the joint's axes by the fit, °.

    0 in calibrations of format 3 and older, which did not keep it.
    """
    still_dps: float
    """Standard deviation of the gyros in the still pose, °/s."""
    still_s: float
    """Length of the still pose, s."""
    acc_offset_mps2: float
    """Standard deviation of a component of the accelerometer offsets, m/s²."""
    lever_arm_m: float
    """Standard deviation of a component of the lever arms, m."""
    axis_rise_deg: float
    """Angle of the joint's axis above or below horizontal in the neutral pose, °."""
    shin_axis_deg: float
    """Standard deviation of the shin's axis about the vertical, °, by how far the shin turned; at most 81°.

    0 in calibrations of format 3 and older, which did not measure it.
    """


@dataclass(frozen=True, slots=True)
class KneeCalibration:
    """The knee between the thigh's and the shin's sensor; its angle is 0 in the start pose."""

    thigh: SensorCalibration
    """The sensor above the knee."""
    shin: SensorCalibration
    """The sensor below the knee."""


@dataclass(frozen=True, slots=True)
class HipCalibration:
    """The hip between the pelvis' and the thigh's sensor; its angle is 0 in the start pose."""

    pelvis: SensorCalibration
    """The sensor above the hip."""
    thigh: SensorCalibration
    """The sensor below the hip."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The result of a calibration."""

    shin: SensorCalibration
    """The sensor above the ankle."""
    foot: SensorCalibration
    """The sensor below the ankle."""
    curl_axis: Vector
    """Unit vector in the shin sensor's frame about which the shin turns as the knee bends."""
    start_acc: Vector
    """Mean of the shin's accelerometer in the start pose, offset included, m/s²."""
    quality: CalibrationQuality
    """The figures by which the calibration is graded."""
    neutral_angle: float = 0.0
    """Ankle angle of the neutral pose, rad; not 0 where it was measured with a goniometer."""
    dorsiflexion_max: float | None = None
    """Largest active dorsiflexion, rad, positive; None if not measured."""
    plantarflexion_max: float | None = None
    """Largest active plantarflexion, rad, positive; None if not measured."""
    reference_rom: float | None = None
    """Range of the driving angle in an unloaded curl, rad; None if not measured."""
    origin: str = ""
    """The movements that it was made from, in words."""
    created_utc: str = ""
    """When it was made, ISO 8601; empty if not known."""
    sensors: tuple[str, ...] = field(default=())
    """Family and identity of each sensor, in the order of the session's header."""
    knee: KneeCalibration | None = None
    """The knee, if a sensor was worn on the thigh."""
    hip: HipCalibration | None = None
    """The hip, if sensors were worn on thigh and pelvis."""

    @property
    def reference_rom_deg(self) -> float | None:
        """The range of an unloaded curl in °, None if not measured."""
        return None if self.reference_rom is None else float(np.degrees(self.reference_rom))
