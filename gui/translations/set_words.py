"""Exercises, kinds of sets and legs in words."""

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication, QLocale

from gui.models.ranges import exercise_for
from processing.exercises.exercise import LEG_CURL
from processing.exercises.exercise_file import exercise_named
from processing.judge.exercise_target import judges_toes
from processing.library.own_weeks import SetKind
from processing.ranges.results import RangeResult
from sensor.errors import ToepointError


def kind_words(kind: str) -> str:
    """Return how a protocol or a kind of set is called."""
    words = {
        "DF": QCoreApplication.translate("history", "toes up"),
        "PF": QCoreApplication.translate("history", "pointed"),
        "FREE": QCoreApplication.translate("history", "free"),
    }
    return words.get(kind.upper(), kind)


def exercise_words(key: str) -> str:
    """Return how the exercise of this key is called; the key itself if it is not known here."""
    try:
        return exercise_named(key).words_in(QLocale().name()[:2]).name
    except ToepointError:
        return key


def ranges_words(ranges: Collection[RangeResult]) -> str:
    """Return what was measured, and how many ranges; empty without any."""
    if not ranges:
        return ""
    keys = dict.fromkeys(exercise_for(one.kind.measure).key for one in ranges)
    count = QCoreApplication.translate("history", "1 range")
    if len(ranges) > 1:
        count = QCoreApplication.translate("history", "{count} ranges").format(count=len(ranges))
    return " · ".join((*map(exercise_words, keys), count))


def angle_words(key: str) -> str:
    """Return what the driving angle of an exercise is called; empty for the leg curl and if not known."""
    try:
        return "" if key == LEG_CURL else exercise_named(key).words_in(QLocale().name()[:2]).angle
    except ToepointError:
        return ""


def asks_toes(key: str) -> bool:
    """Return whether the exercise of this key asks for toes up or pointed; False if it is not known here."""
    try:
        return judges_toes(exercise_named(key))
    except ToepointError:
        return False


def side_words(side: str) -> str:
    """Return which leg a set was done with; empty if that is not known."""
    words = {
        "L": QCoreApplication.translate("history", "left"),
        "R": QCoreApplication.translate("history", "right"),
        "BOTH": QCoreApplication.translate("history", "both legs"),
    }
    return words.get(side, "")


def set_kind_words(kind: SetKind) -> str:
    """Return exercise, kind of set and leg."""
    parts = (exercise_words(kind.exercise), kind_words(kind.type.value), side_words(kind.side))
    return " · ".join(part for part in parts if part)
