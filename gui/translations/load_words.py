"""A load in words: of exercises that lift the own body it is what is added."""

from PySide6.QtCore import QCoreApplication

from gui.translations.decimals import plain
from processing.exercises.exercise import Exercise


def load_words(load: float | None, unit: str, exercise: Exercise) -> str:
    """Return ``load`` with the word of its unit; empty where it is not known.

    Parameters
    ----------
    load
        In the unit; None if not known.
    unit
        The word of the unit, as ``kg``.
    exercise
        The exercise of the set.
    """
    if load is None:
        return ""
    if not exercise.lifts_body:
        return f"{plain(load)} {unit}"
    return f"+{plain(load)} {unit}" if load else QCoreApplication.translate("load", "bodyweight")
