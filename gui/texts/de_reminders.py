"""Reminders on Home in German: calm, and never late."""

from datetime import date
from typing import assert_never

from processing.library.reminders import NextDay, SetStreak, WeekStreak

_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


def streak(found: WeekStreak | SetStreak) -> str:
    """Return how long the plan has been kept, or sets have been good."""
    match found:
        case WeekStreak(weeks=weeks):
            return f"{weeks} Wochen nacheinander wie geplant"
        case SetStreak(sets=sets):
            return f"{sets} gute Sätze nacheinander"
        case _:
            assert_never(found)


def next_day(found: NextDay, today: date) -> str:
    """Return when the next session is due by the plan."""
    planned = f"{found.a_week} pro Woche geplant"
    if found.day <= today:
        return f"heute passt eine Sitzung · {planned}"
    day = _DAYS[found.day.weekday()]
    if (found.day - today).days >= 7:
        day = f"{day}, {found.day.day}.{found.day.month}."
    if found.week_done:
        return f"diese Woche ist geschafft · nächste: {day}"
    return f"nächste: {day} · {planned}"


def easy_week() -> str:
    """Return the offer of a week with less load."""
    return "Eine leichtere Woche mit halb so vielen Sätzen?"
