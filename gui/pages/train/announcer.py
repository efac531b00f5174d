"""The news of a session in words, for screen readers: counts, verdicts, rests, alarms and inputs."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from gui.models.questions import Question
from gui.models.train_view import Alarm, Face, Trouble
from gui.pages.train.train_frame import TrainFrame

REST_LEFT_S = (60, 30, 10)
"""The times before the end of a rest that are said, as the voice says them."""
_SAID = frozenset(
    {
        Face.NOT_CALIBRATED,
        Face.CALIBRATING,
        Face.SETTING_UP,
        Face.READY,
        Face.STOPPED,
        Face.REFUSED,
        Face.DONE,
        Face.IN_TRIALS,
    }
)
"""Faces whose word is news by itself; those of a set change with every rep."""


@dataclass(frozen=True, slots=True)
class News:
    """A piece of news."""

    text: str
    """In words."""
    urgent: bool = False
    """Whether it may interrupt what is being read."""


class Announcer(QObject):
    """Compares each frame with the one before, and says what is new in it."""

    def __init__(self) -> None:
        super().__init__()
        self._reps = (0, 0)
        self._face: tuple[Face, str] | None = None
        self._trouble: Trouble | None = None
        self._notice = ""
        self._rest_s: float | None = None
        self._question: Question | None = None

    def news(self, frame: TrainFrame, unit: str, asked: str) -> list[News]:
        """Return what is new in ``frame``.

        Parameters
        ----------
        frame
            The frame.
        unit
            That of the loads.
        asked
            The words of the question that is asked; empty for none.
        """
        alarm, notice = self._new_alarm(frame), self._new_notice(frame, unit)
        said = [*self._new_reps(frame), *self._new_face(frame), *self._new_rest(frame)]
        question = frame.model.question
        if question is not self._question:
            self._question = question
            said.append(News(asked if question is not None else ""))
        return [one for one in (alarm, notice, *said) if one.text]

    def _new_alarm(self, frame: TrainFrame) -> News:
        trouble, before = frame.glance.trouble, self._trouble
        self._trouble = trouble
        lost = trouble is not None and trouble.alarm is Alarm.LOST
        was_lost = before is not None and before.alarm is Alarm.LOST
        if trouble is None or trouble == before:
            return News(self.tr("Nothing is lost any more.") if was_lost and not lost else "")
        # A sensor that answers again is still without an angle for a moment: that is no news.
        known = (
            lost and was_lost and set(trouble.segments) <= set(before.segments if before else ())
        )
        return News("" if known else frame.alarm()[0], urgent=True)

    def _new_notice(self, frame: TrainFrame, unit: str) -> News:
        text, before = frame.notice_words(unit), self._notice
        self._notice = text
        return News(text if text != before else "")

    def _new_reps(self, frame: TrainFrame) -> list[News]:
        """Return the newest rep; of several that came while nobody looked, only the last counts."""
        done = [rep for rep in frame.set_view.reps if rep.grade is not None]
        now, before = (frame.set_view.number, len(done)), self._reps
        self._reps = now
        if not frame.model.in_set or not done or now <= before:
            return []
        return [News(frame.text.spoken(done[-1]))]

    def _new_face(self, frame: TrainFrame) -> list[News]:
        glance = frame.glance
        face, before = (glance.face, glance.movement), self._face
        self._face = face
        if face == before or glance.face not in _SAID:
            return []
        words = frame.words()
        return [News(f"{words.word.capitalize()}: {words.instruction}")]

    def _new_rest(self, frame: TrainFrame) -> list[News]:
        rest, before_s = frame.model.rest(), self._rest_s
        # After the last set there is nothing to wait for.
        left_s = None if rest is None or frame.face is Face.DONE else rest.left_s
        self._rest_s = left_s
        if left_s is None:
            return []
        if before_s is None:
            words = frame.rest_words
            return [News(f"{words.result(words.current)} {words.advice()}".strip())]
        if before_s > 0.0 >= left_s:
            return [News(frame.text.until(frame.model.number, over=True))]
        passed = [mark for mark in REST_LEFT_S if before_s > mark >= left_s]
        text = self.tr("{seconds} seconds of rest left")
        return [News(text.format(seconds=passed[-1]))] if passed else []
