"""The movement of a calibration step, shown by the leg itself."""

import math

from gui.models.body_scenes import Scene
from gui.widgets.figure import FigureWidget, LegPose
from gui.widgets.theme import Theme
from processing.calibration.calibration_steps import CalibrationStep

PUMP_S = 3.0
"""Duration of a shown ankle pump: slow enough to follow."""
CURL_S = 5.0
"""Duration of a shown curl."""
WHOLE_CURL_DEG, SITS_BACK_DEG = 100.0, 40.0
"""The bend of a shown curl, and of a knee that begins at a right angle."""
SITTING_CURL_DEG = 90
"""The curl of a person who sits with the shin upright."""


class CalibrationPicture(FigureWidget):
    """The leg in the movement of a step, or in the pose of the person."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._own, self._start_deg, self._mirror = Scene.LYING, 0.0, False

    def use(self, scene: Scene, *, start_curl_deg: float, mirrored: bool) -> None:
        """Set the scene in which curls and measured poses are shown, and the bend of the knee that curls begin at."""
        self._own, self._start_deg, self._mirror = scene, start_curl_deg, mirrored

    def show_step(self, step: CalibrationStep, seconds: float, sensors: int) -> None:
        """Show the movement of ``step``, ``seconds`` after it began, with so many ``sensors``."""
        standing = self._own in (Scene.FLOOR, Scene.STEP)
        still = step in (CalibrationStep.STILL, CalibrationStep.REZERO)
        if standing and still:
            self.show_scene(Scene.FLOOR, mirrored=self._mirror)
            self.show_pose(LegPose(0.0, 0.0, sensors=sensors))
            return
        sitting = step not in (CalibrationStep.CURLS, CalibrationStep.HINGES)
        self.show_scene(Scene.SEATED if sitting else self._own, mirrored=self._mirror)
        ankle_deg = curl_deg = 0.0
        # From 40° pointed to 15° up: less than most ankles, so that nobody strains to follow.
        if step is CalibrationStep.PUMPS:
            ankle_deg = -12.5 + 27.5 * math.sin(2.0 * math.pi * seconds / PUMP_S)
        if step is CalibrationStep.CURLS:
            # Who kneels upright can only sit back.
            half_deg = SITS_BACK_DEG if self._start_deg else WHOLE_CURL_DEG
            half_deg *= 0.5
            curl_deg = self._start_deg + half_deg * (
                1.0 - math.cos(2.0 * math.pi * seconds / CURL_S)
            )
        curl_deg = float(SITTING_CURL_DEG) if sitting else curl_deg
        hip_deg = 0.0
        if step is CalibrationStep.HINGES:
            hip_deg = 40.0 - 40.0 * math.cos(2.0 * math.pi * seconds / CURL_S)
        self.show_pose(LegPose(ankle_deg, curl_deg, sensors=sensors, hip_deg=hip_deg))

    def show_measured(self, pose: LegPose) -> None:
        """Show the measured pose."""
        self.show_scene(self._own, mirrored=self._mirror)
        self.show_pose(pose)
