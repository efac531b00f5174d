"""What the pipeline says of a calibration: a new one is in force, or the movements gave none."""

from dataclasses import dataclass

from processing.calibration.grade import Remark
from processing.motion.calibrated import Calibration, CalibrationError


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The calibration changed at ``t`` s; ``calibration`` is in force from here on.

    ``remarks`` say what keeps it from being good, and what else should be known of it. Without
    ``whole`` only its zero was taken again.
    """

    t: float
    calibration: Calibration
    remarks: tuple[Remark, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class CalibrationFailed:
    """The calibration movements that ended at ``t`` s could not be used; ``error`` says why."""

    t: float
    error: CalibrationError
