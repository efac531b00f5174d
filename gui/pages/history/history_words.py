"""The history in words: sentences about a trend, and about one session in it."""

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from gui.translations.decimals import decimal
from processing.library import LibrarySession
from processing.library.history import Change, Trend


def kind_words(kind: str) -> str:
    """Return how a protocol or a kind of set is called."""
    words = {
        "DF": QCoreApplication.translate("history", "toes up"),
        "PF": QCoreApplication.translate("history", "pointed"),
        "FREE": QCoreApplication.translate("history", "free"),
    }
    return words.get(kind.upper(), kind)


def trend_words(trend: Trend, unit: str) -> str:
    """Return whether the newest session differs from those before it by more than chance."""
    change, least = trend.change, trend.least
    if trend.verdict is Change.TOO_EARLY or change is None or least is None:
        text = QCoreApplication.translate(
            "history", "{name}: too early to tell, {count} of {needed} sessions"
        )
        count = len(trend.values)
        return text.format(name=kind_words(trend.name), count=count, needed=count + trend.missing)
    if trend.verdict is Change.NONE and not any(trend.values):
        text = QCoreApplication.translate("history", "{name}: none so far")
    elif trend.verdict is Change.NONE:
        text = QCoreApplication.translate(
            "history", "{name}: no real change; chance alone makes ± {least} {unit}"
        )
    elif trend.verdict is Change.INCREASE:
        text = QCoreApplication.translate(
            "history", "{name}: {change} {unit} more than before; chance alone makes ± {least}"
        )
    else:
        text = QCoreApplication.translate(
            "history", "{name}: {change} {unit} less than before; chance alone makes ± {least}"
        )
    return text.format(
        name=kind_words(trend.name), change=_rounded(abs(change)), least=_rounded(least), unit=unit
    )


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
