"""The steps of a calibration in words: what to do now."""

from PySide6.QtCore import QObject

from gui.models.live import LiveModel
from processing.calibration.calibration_steps import CalibrationStep
from processing.exercises.exercise import Driving, Exercise
from sensor.types import Segment


class StepWords(QObject):
    """Says what a person does in each step, in the exercise in hand."""

    def instruction(
        self,
        step: CalibrationStep | None,
        exercise: Exercise,
        live: LiveModel,
        *,
        running: bool,
        own: bool,
    ) -> tuple[str, str]:
        """Return a heading and what to do now.

        Parameters
        ----------
        step
            The step that runs or comes next; None if there is none.
        exercise
            The exercise in hand.
        live
            The newest values of the session.
        running
            Whether there is a session.
        own
            Whether a person makes the movements.
        """
        if not running:
            return self.tr("Connect the sensors first"), self.tr(
                "Shin sensor: on the flat front of the mid-shin, above the pad. Foot sensor: on "
                "the laces. Both tight, off the muscle. Which way round does not matter."
            )
        if step is None and live.calibration.calibration is None:
            return self.tr("One moment"), self.tr("The axes of your joints are being computed.")
        if step is None:
            return self.tr("This is your leg now"), self.tr(
                "Move your foot: the picture must follow. If a strap is touched, calibrate again."
            )
        texts = {
            CalibrationStep.BENCH: (
                self.tr("Sensors on the bench"),
                self.tr(
                    "Lay all sensors on something that does not move, and let go of them. "
                    "Then strap them on."
                ),
            ),
            CalibrationStep.STILL: (
                self.tr("Hold still"),
                self.tr("Stand upright with the foot flat on the floor. Do not move.")
                if exercise.start.pose == "standing"
                else self.tr(
                    "Sit with the foot flat on the floor and the shin upright. Do not move."
                ),
            ),
            CalibrationStep.PUMPS: (
                self.tr("Three ankle pumps"),
                self.tr(
                    "Lift the foot a little. Toes up as far as they go, then point them: three times."
                ),
            ),
            CalibrationStep.HINGES: (
                self.tr("Two bends at the hips"),
                self.tr(
                    "Stand upright and still. Without weight: bend forward at the hips with the knees "
                    "nearly straight, and come up again: twice, slowly."
                ),
            ),
            CalibrationStep.CURLS: (
                self.curls_title(exercise),
                self._unloaded_curls(exercise),
            ),
        }
        heading, words = texts[step]
        if step is CalibrationStep.STILL and Segment.THIGH in live.sensors:
            words += " " + self.tr("The thigh's sensor: on its front or outer side, as tight.")
        # A recording or simulation makes the movements itself.
        if not own:
            words = self.tr("This session brings its own calibration: just watch.")
        return heading, words

    def curls_title(self, exercise: Exercise) -> str:
        """Return the name of the step in which the knee is bent."""
        if exercise.driving is Driving.KNEE:
            return self.tr("Two bends of the knees")
        return self.tr("Two curls without load")

    def _unloaded_curls(self, exercise: Exercise) -> str:
        """Return how the knee is bent without a load in ``exercise``."""
        if exercise.reps.lowers_first:
            return self.tr(
                "Kneel upright and rest a moment. Then sit back towards your heels and come up again: "
                "twice, slowly."
            )
        if exercise.driving is Driving.KNEE:
            return self.tr(
                "On the bench, with the knees straight, rest a moment. Then bend the knees as far as you "
                "easily can and go back: twice, slowly."
            )
        return self.tr("On the machine, without weight: begin with the knee straight, curl twice.")
