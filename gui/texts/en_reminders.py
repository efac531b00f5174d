"""Reminders on Home in English: calm, and never late."""

from datetime import date
from typing import assert_never

from processing.library.reminders import NextDay, SetStreak, WeekStreak

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def streak(found: WeekStreak | SetStreak) -> str:
    """Return how long the plan has been kept, or sets have been good."""
    match found:
        case WeekStreak(weeks=weeks):
            return f"{weeks} weeks in a row as planned"
        case SetStreak(sets=sets):
            return f"{sets} good sets in a row"
        case _:
            assert_never(found)


def next_day(found: NextDay, today: date) -> str:
    """Return when the next session is due by the plan."""
    planned = f"{found.a_week} a week planned"
    if found.day <= today:
        return f"a session fits today · {planned}"
    day = _DAYS[found.day.weekday()]
    if (found.day - today).days >= 7:
        day = f"{day}, {found.day.day} {_MONTHS[found.day.month - 1]}"
    if found.week_done:
        return f"this week is done · next: {day}"
    return f"next: {day} · {planned}"


def easy_week() -> str:
    """Return the offer of a week with less load."""
    return "An easier week, with half the sets?"
