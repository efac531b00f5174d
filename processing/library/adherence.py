"""Adherence to the plan: sessions and sets that were done, of those that were planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from processing.library.history import monday_of
from processing.library.records import LibrarySession

ADHERENCE_WEEKS = 8
"""Number of weeks that are looked at, the running one included."""


@dataclass(frozen=True, slots=True)
class PlanWeek:
    """The sessions and sets of one week, done and planned."""

    monday: date
    """Its first day."""
    sessions: int
    """Sessions with at least one set."""
    planned_sessions: int | None
    """Planned sessions; None if neither the person nor the protocol says how many."""
    sets: int
    """Sets that were done."""
    planned_sets: int | None
    """Sets that the plans of its sessions asked for; None if no session had such a plan."""
    followed_sets: int
    """Planned sets that were done: more sets in one session make up for none in another."""
    over: bool
    """Whether the week is over."""


@dataclass(frozen=True, slots=True)
class Adherence:
    """The last weeks against the plan."""

    weeks: tuple[PlanWeek, ...]
    """The weeks, oldest first, also those without training; the last one still runs."""
    sessions_percent: float | None
    """Planned sessions that were done in the weeks that are over, %; None if none were planned."""
    sets_percent: float | None
    """Planned sets that were done in their sessions, %; None if none were planned."""

    @property
    def weeks_over(self) -> int:
        """Number of weeks that are over."""
        return sum(week.over for week in self.weeks)


def adherence(
    sessions: Sequence[LibrarySession],
    now: datetime,
    sessions_a_week: int | None = None,
    weeks: int = ADHERENCE_WEEKS,
) -> Adherence:
    """Compare the last weeks with the plan.

    Parameters
    ----------
    sessions
        The sessions of the person, in any order.
    now
        The present time, with its time zone.
    sessions_a_week
        The sessions a week that the person planned; None: as the newest protocol of each week advises.
    weeks
        The greatest number of weeks, the running one included.
    """
    now = now.astimezone()
    trained = sorted((s for s in sessions if _sets_of(s) and s.when <= now), key=lambda s: s.when)
    if not trained:
        return Adherence((), None, None)
    running = monday_of(now)
    first = max(monday_of(trained[0].when), running - timedelta(weeks=weeks - 1))
    mondays = [first + timedelta(weeks=n) for n in range((running - first).days // 7 + 1)]
    found = tuple(_week(monday, trained, sessions_a_week, running) for monday in mondays)
    planned = [(w, w.planned_sessions) for w in found if w.over and w.planned_sessions]
    wanted = sum(count for _, count in planned)
    asked = sum(w.planned_sets or 0 for w in found)
    return Adherence(
        found,
        100.0 * sum(min(w.sessions, n) for w, n in planned) / wanted if wanted else None,
        # A session that was begun is over, also in the running week.
        100.0 * sum(w.followed_sets for w in found) / asked if asked else None,
    )


def _week(
    monday: date, trained: Sequence[LibrarySession], own: int | None, running: date
) -> PlanWeek:
    after = monday + timedelta(weeks=1)
    until = [s for s in trained if s.when.date() < after]
    here = [s for s in until if s.when.date() >= monday]
    advised = next((s.per_week for s in reversed(until) if s.per_week is not None), None)
    planned = [(s, s.planned_sets) for s in here if s.planned_sets is not None]
    return PlanWeek(
        monday,
        len(here),
        own if own is not None else advised,
        sum(_sets_of(s) for s in here),
        sum(count for _, count in planned) if planned else None,
        sum(min(_sets_of(s), count) for s, count in planned),
        over=monday < running,
    )


def _sets_of(session: LibrarySession) -> int:
    return sum(s.metrics.reps > 0 for s in session.sets)
