"""The kinds of updates that the pipeline hands to its listeners."""

from typing import TypeAlias

from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.types import (
    AngleBlock,
    Dropout,
    PhaseChange,
    Rep,
    RevisedAngles,
    SensorSilent,
    SensorStatus,
    SessionEvent,
)

Update: TypeAlias = (
    AngleBlock
    | RevisedAngles
    | PhaseChange
    | Rep
    | SensorSilent
    | Dropout
    | Calibrated
    | CalibrationFailed
    | SessionEvent
    | SensorStatus
)
"""An output of the pipeline; a list of them is in order of time."""
