"""What a person may like to be reminded of: weeks as planned, the next day, an easier week.

Each is a plain value or None; nothing here urges anybody. A session that is late is never called so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile

from processing.library.adherence import adherence
from processing.library.dose import DoseJump, last_jump
from processing.library.history import monday_of
from processing.library.records import LibrarySession, LibrarySet

STREAK_WEEKS = 104
"""Longer streaks are not counted on."""
GOOD_PERCENT = 80.0
"""Quality of a set from which it counts as a good one, as the coach offers less feedback."""
_WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class WeekStreak:
    """Weeks in a row with all planned sessions."""

    weeks: int
    """Their number, the running week included once it is complete."""


@dataclass(frozen=True, slots=True)
class SetStreak:
    """Sets in a row that were good, where no sessions a week are planned."""

    sets: int
    """Their number."""


@dataclass(frozen=True, slots=True)
class NextDay:
    """The day of the next session by the plan."""

    day: date
    """Today or later."""
    a_week: int
    """Planned sessions a week."""
    week_done: bool
    """Whether all planned sessions of the running week are done."""


@dataclass(frozen=True, slots=True)
class Reminders:
    """All reminders of a person; each is None where there is nothing to say."""

    streak: WeekStreak | SetStreak | None = None
    """Two or more in a row."""
    following: NextDay | None = None
    """The next day; None where no sessions a week are planned."""
    easy_week: DoseJump | None = None
    """The jump of the dose after soreness for which an easier week is offered."""


def reminders(sessions: Sequence[LibrarySession], now: datetime, a_week: int | None) -> Reminders:
    """Return the reminders after ``sessions``.

    Parameters
    ----------
    sessions
        The sessions of the person with the exercise in hand, in any order; no simulated ones.
    now
        The present time, with its time zone.
    a_week
        Planned sessions a week; None: not planned.
    """
    done = sorted((s for s in sessions if _trained(s) and s.when <= now), key=lambda s: s.when)
    return Reminders(
        _sets_in_a_row(done) if a_week is None else _weeks_in_a_row(done, now, a_week),
        None if a_week is None or not done else _next_day(done, now, a_week),
        last_jump(sessions, now),
    )


def _weeks_in_a_row(
    done: Sequence[LibrarySession], now: datetime, a_week: int
) -> WeekStreak | None:
    weeks = list(adherence(done, now, a_week, STREAK_WEEKS).weeks)
    # The running week counts when it is complete, and breaks nothing before that.
    if weeks and not weeks[-1].over and weeks[-1].sessions < a_week:
        weeks.pop()
    count = sum(1 for _ in takewhile(lambda week: week.sessions >= a_week, reversed(weeks)))
    return WeekStreak(count) if count > 1 else None


def _sets_in_a_row(done: Sequence[LibrarySession]) -> SetStreak | None:
    sets = [one for session in done for one in session.sets if one.metrics.reps]
    count = sum(1 for _ in takewhile(_is_good, reversed(sets)))
    return SetStreak(count) if count > 1 else None


def _is_good(one: LibrarySet) -> bool:
    judged = one.metrics.judged
    return judged > 0 and 100.0 * one.metrics.good >= GOOD_PERCENT * judged


def _next_day(done: Sequence[LibrarySession], now: datetime, a_week: int) -> NextDay:
    today = now.date()
    days = {s.when.astimezone(now.tzinfo).date() for s in done}
    monday = monday_of(now)
    this_week = sum(day >= monday for day in days)
    # Evenly over the week: two sessions are three or four days apart.
    gap = max(round(_WEEK_DAYS / a_week), 1)
    due = max(max(days) + timedelta(days=gap), today)
    week_done = this_week >= a_week
    if week_done:
        due = max(due, monday + timedelta(days=_WEEK_DAYS))
    return NextDay(due, a_week, week_done)


def _trained(session: LibrarySession) -> bool:
    return any(one.metrics.reps for one in session.sets)
