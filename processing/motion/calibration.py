"""What the calibration movements told: sensor offsets, joint axes, neutral pose and range."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calibration:
    """The result of a calibration."""
