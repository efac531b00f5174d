"""The history in words: what is said of a trend, and of one session in it."""

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from processing.library import LibrarySession
from processing.library.history import Change, Trend

CONTEXT = "history"


def trend_words(trend: Trend, unit: str) -> str:
    """Return whether the newest session differs from those before it by more than chance."""
    change, least = trend.change, trend.least
    if trend.verdict is Change.TOO_EARLY or change is None or least is None:
        text = _tr("{name}: too early to tell, {count} of {needed} sessions")
        count = len(trend.values)
        return text.format(name=trend.name, count=count, needed=count + trend.missing)
    if trend.verdict is Change.NONE:
        text = _tr("{name}: no real change; chance alone makes ± {least} {unit}")
    elif trend.verdict is Change.INCREASE:
        text = _tr("{name}: {change} {unit} more than before; chance alone makes ± {least}")
    else:
        text = _tr("{name}: {change} {unit} less than before; chance alone makes ± {least}")
    return text.format(
        name=trend.name, change=f"{abs(change):.0f}", least=f"{least:.0f}", unit=unit
    )


def point_words(session: LibrarySession, value: float, unit: str) -> str:
    """Return when and how much."""
    when = session.when
    day = QLocale().toString(QDate(when.year, when.month, when.day), "ddd d MMM")
    simulated = f" · {_tr('simulated')}" if session.simulated else ""
    return f"{day} · {value:.0f} {unit}{simulated}"


def _tr(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)
