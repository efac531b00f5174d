"""The inputs of the person beside the sets: answers, marks, loads and the new zero. No Qt."""

from gui.models.notices import Notice, Notices, Taken
from gui.models.questions import Questions
from gui.models.rezero import Rezero, RezeroStep
from gui.models.running_calibration import RunningCalibration
from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.coach.set_fields import read_number
from processing.types import SessionEvent
from sensor.types import EventKind


class TakenInputs:
    """The inputs of a session, each shown for a moment when it was taken.

    A ``wall_s`` is a time of the monotonic clock in s.

    Attributes
    ----------
    questions
        The questions and their answers.
    notices
        The newest input, as long as it is shown.
    rezero
        The wish for a new zero.
    calibration
        The movements of a calibration.
    """

    def __init__(self, *, asks: bool) -> None:
        self.questions = Questions(asks=asks)
        self.notices = Notices()
        self.rezero = Rezero()
        self.calibration = RunningCalibration()

    def take_event(self, event: SessionEvent, wall_s: float) -> None:
        """Take an event of the session."""
        self.calibration.take(event)
        question = self.questions.take(event)
        if question is not None:
            value = read_number(event.data.get(question.key))
            self.notices.show(Notice(Taken.ANSWER, value, question), wall_s)
        elif event.kind == EventKind.MARK:
            self.notices.show(Notice(Taken.MARK, event.t), wall_s)

    def take_calibration(self, change: Calibrated | CalibrationFailed, wall_s: float) -> None:
        """Take a calibration or a new zero, or that it failed."""
        if self.calibration.finish():
            kept = isinstance(change, CalibrationFailed)
            self.notices.show(Notice(Taken.ZERO_KEPT if kept else Taken.REZEROED), wall_s)

    def end_guide(self) -> None:
        """Take that the guide of a calibration has ended."""
        self.rezero.end()
        self.calibration.end_guide()

    def press_rezero(self, wall_s: float, *, in_set: bool) -> RezeroStep:
        """Take the key of a new zero; return what to do now."""
        step = self.rezero.press(in_set=in_set)
        if step is RezeroStep.WAIT:
            self.notices.show(Notice(Taken.REZERO_WAITS), wall_s)
        elif step is RezeroStep.CANCEL:
            self.notices.show(Notice(Taken.REZERO_CANCELLED), wall_s)
        return step
