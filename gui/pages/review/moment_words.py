"""A moment of a replay in words: its angle, what that angle is, and the phase."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from gui.models.review import Moment
from processing.exercises.exercise import Exercise
from processing.types import Phase


@dataclass(frozen=True, slots=True)
class MomentWords:
    """The words of a moment; each is empty where nothing is known."""

    angle: str
    """The angle without a sign."""
    way: str
    """The side on which the toes are, or the name of the driving angle where nothing is asked of them."""
    phase: str
    """The phase, as the exercise calls it."""


def moment_words(exercise: Exercise, moment: Moment) -> MomentWords:
    """Return the words of a moment of a set of ``exercise``."""
    own = exercise.words_in(QLocale().name()[:2])
    phase = {
        Phase.CONCENTRIC: own.lift,
        Phase.TOP: own.top,
        Phase.ECCENTRIC: own.lower,
        Phase.BOTTOM: own.bottom,
    }.get(moment.phase, "")
    shown = moment.ankle_deg if exercise.asks_toes else moment.driving_deg
    if shown is None:
        return MomentWords("", "", phase)
    way = own.angle
    if exercise.asks_toes:
        way = (
            QCoreApplication.translate("moment", "toes up")
            if shown > 0
            else QCoreApplication.translate("moment", "pointed")
        )
    return MomentWords(f"{abs(shown):.0f}°", way, phase)
