"""The outcome of calibration movements: a new calibration is in force, or there is none."""

from dataclasses import dataclass

from processing.calibration.grade import Remark
from processing.motion.calibrated import Calibration, CalibrationError


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A change of the calibration."""

    t: float
    """When it took effect, s."""
    calibration: Calibration
    """The one in force from then on."""
    remarks: tuple[Remark, ...] = ()
    """The reasons why it is not good, and what else a person should know about it."""
    whole: bool = True
    """False if only its zero was taken again."""


@dataclass(frozen=True, slots=True)
class CalibrationFailed:
    """Calibration movements that gave no calibration."""

    t: float
    """When the last of them ended, s."""
    error: CalibrationError
    """The reason."""
