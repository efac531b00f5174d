"""Weeks on a horizontal axis in seconds since 1970."""

from datetime import UTC, date, datetime, time

from PySide6.QtCore import QDate, QLocale

WEEK_S = 7 * 86400.0
MOST_DATES = 6
"""More dates would overlap at 200 % text size."""


def day_words(day: date) -> str:
    """Return a day as ``22 Nov``."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM")


def middle_s(monday: date) -> float:
    """Return the middle of the week of ``monday``, s."""
    return datetime.combine(monday, time(), UTC).timestamp() + 0.5 * WEEK_S
