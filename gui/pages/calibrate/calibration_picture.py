"""What to do in a step of the calibration, shown by the leg itself."""

import math

from gui.widgets.leg import Exercise, LegPose, LegWidget
from gui.widgets.theme import Theme
from processing.calibration.steps import Step

PUMP_S = 3.0
CURL_S = 5.0
SITTING_CURL = 90
"""The shin upright, in degrees."""


class CalibrationPicture(LegWidget):
    """The leg does what the person shall do, or what the person does."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._own, self._mirror = Exercise.LYING, False

    def use(self, exercise: Exercise, *, mirrored: bool) -> None:
        """Show curls as in ``exercise``."""
        self._own, self._mirror = exercise, mirrored

    def show_step(self, step: Step, seconds: float) -> None:
        """Show the movement of ``step``, ``seconds`` after it began."""
        sitting = step is not Step.CURLS
        if sitting:
            curls = SITTING_CURL, SITTING_CURL
            self.show_exercise(Exercise.SEATED, mirrored=self._mirror, curls=curls)
        else:
            self.show_exercise(self._own, mirrored=self._mirror)
        ankle_deg = curl_deg = 0.0
        if step is Step.PUMPS:
            ankle_deg = -12.5 + 27.5 * math.sin(2.0 * math.pi * seconds / PUMP_S)
        if step is Step.CURLS:
            curl_deg = 50.0 - 50.0 * math.cos(2.0 * math.pi * seconds / CURL_S)
        self.show_pose(
            LegPose(ankle_deg, float(SITTING_CURL) if sitting else curl_deg, sensors=True)
        )

    def show_angles(self, ankle_deg: float | None, curl_deg: float | None) -> None:
        """Show the leg as it was measured."""
        self.show_exercise(self._own, mirrored=self._mirror)
        self.show_pose(LegPose(ankle_deg, curl_deg, sensors=True))
