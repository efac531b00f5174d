"""A load in words: of exercises that lift the own body it is what is added."""

from PySide6.QtCore import QCoreApplication

from gui.models.goals import loads_in
from gui.translations.decimals import plain
from processing.exercises.exercise import Exercise

_DIGITS = {"kg": 2}
"""Digits of the smallest plates, 1.25 kg a pair; in another unit one is enough."""


def shown_load(load_kg: float, unit: str) -> tuple[float, str]:
    """Return a load in the unit in which kept loads are shown, rounded, and the word of that unit.

    Parameters
    ----------
    load_kg
        In kg.
    unit
        The unit of the settings.
    """
    per_kg, word = loads_in(unit)
    return round(load_kg * per_kg, _DIGITS.get(word, 1)), word


def weight_words(load_kg: float, unit: str) -> str:
    """Return a load in kg with its unit, in that of the settings."""
    load, word = shown_load(load_kg, unit)
    return f"{plain(load)} {word}"


def kept_load_words(load_kg: float | None, unit: str, exercise: Exercise) -> str:
    """Return the load of a set of ``exercise`` in the unit of the settings; empty where it is not known."""
    if load_kg is None:
        return ""
    return load_words(*shown_load(load_kg, unit), exercise)


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
