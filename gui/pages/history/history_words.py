"""The history in words: sentences about a trend, and about one session in it."""

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from gui.translations.decimals import decimal
from gui.translations.set_words import kind_words
from processing.library import LibrarySession
from processing.library.history import Change, Trend
from processing.review.session_numbers import CHANGE_SESSIONS


def trend_words(trend: Trend, unit: str) -> str:
    """Return whether the newest session differs from those before it by more than chance."""
    name = kind_words(trend.name)
    if trend.verdict is Change.NONE and not any(trend.values):
        return QCoreApplication.translate("history", "{name}: none so far").format(name=name)
    count = len(trend.values)
    return change_words(name, trend.verdict, trend.change, trend.least, unit, count)


def change_words(
    name: str,
    verdict: Change,
    change: float | None,
    least: float | None,
    unit: str,
    count: int,
    *,
    weekly: bool = False,
) -> str:
    """Return whether a number differs from those before it by more than chance.

    Parameters
    ----------
    name
        The number.
    verdict, change, least
        The newest value against those before it, as :func:`processing.library.history.change_of`
        returns them.
    unit
        The unit of the number.
    count
        How many values there are.
    weekly
        Whether they are values of weeks and not of sessions.
    """
    if verdict is Change.TOO_EARLY or change is None or least is None:
        text = (
            QCoreApplication.translate(
                "history", "{name}: too early to tell, {count} of {needed} weeks"
            )
            if weekly
            else QCoreApplication.translate(
                "history", "{name}: too early to tell, {count} of {needed} sessions"
            )
        )
        return text.format(name=name, count=count, needed=CHANGE_SESSIONS + 1)
    if verdict is Change.NONE:
        text = QCoreApplication.translate(
            "history", "{name}: no real change; chance alone makes ± {least} {unit}"
        )
    elif verdict is Change.INCREASE:
        text = QCoreApplication.translate(
            "history",
            "{name}: {change} {unit} more than before; chance alone makes ± {least} {unit}",
        )
    else:
        text = QCoreApplication.translate(
            "history",
            "{name}: {change} {unit} less than before; chance alone makes ± {least} {unit}",
        )
    # Of degrees a tenth is told: the smallest real change of a range is 4.7°, and not 5°.
    smallest = decimal(least) if unit == "°" else _rounded(least)
    words = text.format(name=name, change=_rounded(abs(change)), least=smallest, unit=unit)
    # Degrees stand close to their number.
    return words.replace(" °", "°")


def _rounded(value: float) -> str:
    """Return ``value`` with a decimal where without one it would be nothing."""
    return decimal(value, 0 if value >= 0.5 else 1)


def point_words(session: LibrarySession, value: float, unit: str) -> str:
    """Return when and how much, and whether it is simulated or from an older version."""
    simulated = QCoreApplication.translate("history", "simulated")
    when = session.when
    day = QLocale().toString(QDate(when.year, when.month, when.day), "ddd d MMM")
    older = QCoreApplication.translate("history", "computed by an older version")
    parts = [
        day,
        f"{value:.0f} {unit}",
        simulated if session.simulated else "",
        older if session.older_engine else "",
    ]
    return " · ".join(filter(None, parts))
