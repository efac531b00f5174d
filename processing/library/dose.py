"""The eccentric dose of the weeks beside the soreness that was reported after it, and its jumps.

Both are shown side by side. Nothing here says that one causes the other.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from processing.library.history import Change, change_of, monday_of
from processing.library.records import LibrarySession

SORE = 5.0
"""From this soreness of 10 on, a jump of the dose is worth a warning."""
JUMP_PERCENT = 30.0
"""A larger dose than the mean of the weeks before by more than this is a jump."""
WEEKS_BEFORE = 4
"""The dose is compared with the mean of so many weeks."""
LEAST_WEEKS = 2
"""With fewer weeks before it, it is too early to tell what is usual."""
NEXT_DAYS = 7.0
"""Soreness at the next session belongs to a session at most this long before it."""
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class DoseWeek:
    """The dose of one week, and the soreness after it."""

    monday: date
    """Its first day."""
    dose: float
    """Load times the time of all lowerings, kg·s; their time alone, s, if no load is known."""
    soreness: float | None
    """The highest soreness that was reported at the session after one of this week; None: none was."""
    over: bool
    """Whether the week is over."""


@dataclass(frozen=True, slots=True)
class DoseWeeks:
    """The doses of the weeks."""

    weeks: tuple[DoseWeek, ...]
    """The weeks, oldest first, also those without training."""
    in_seconds: bool
    """Whether no load is known, so that the dose is the time of the lowerings alone."""
    without_load: int
    """Number of sets that are missing in the dose because their load is not known."""
    verdict: Change
    """The dose of the last week that is over, compared with those before it."""
    change: float | None = None
    """That dose less the mean of those before it; None while it is too early to tell."""
    least: float | None = None
    """The smallest change that is more than chance; None while it is too early to tell."""

    @property
    def weeks_over(self) -> int:
        """Number of weeks that are over."""
        return sum(week.over for week in self.weeks)


@dataclass(frozen=True, slots=True)
class DoseJump:
    """A dose of seven days that is much larger than usual, after soreness."""

    when: datetime
    """The end of the seven days."""
    soreness: float
    """The highest soreness that was reported in them, 0 to 10."""
    dose: float
    """The dose of the seven days, in the unit of ``mean``."""
    mean: float
    """The mean of the weeks before."""
    weeks: int
    """Number of the weeks before."""
    planned: bool
    """Whether a session that is only planned is in the dose."""

    @property
    def percent(self) -> float | None:
        """Increase of the dose, %; None if there was none before."""
        return 100.0 * (self.dose / self.mean - 1.0) if self.mean > 0.0 else None


def dose_weeks(sessions: Sequence[LibrarySession], now: datetime, per_kg: float = 1.0) -> DoseWeeks:
    """Return every week from the first session to the present one.

    Parameters
    ----------
    sessions
        The sessions of the person, in any order.
    now
        The present time, with its time zone.
    per_kg
        How many of the unit of the loads are 1 kg.
    """
    trained = _trained(sessions, now)
    in_seconds = _in_seconds(trained)
    factor = 1.0 if in_seconds else per_kg
    if not trained:
        return DoseWeeks((), in_seconds, 0, Change.TOO_EARLY)
    sore = _soreness_after(sessions, now)
    doses: dict[date, list[float]] = {}
    reports: dict[date, list[float]] = {}
    for session in trained:
        when = session.when
        doses.setdefault(monday_of(when), []).append(_dose(session, in_seconds=in_seconds))
        report = sore.get(when)
        if report is not None:
            reports.setdefault(monday_of(when), []).append(report)
    running, first = monday_of(now.astimezone()), min(doses)
    mondays = [first + n * _WEEK for n in range((running - first).days // 7 + 1)]
    weeks = [
        DoseWeek(
            monday,
            factor * math.fsum(doses.get(monday, [])),
            max(reports.get(monday, []), default=None),
            over=monday < running,
        )
        for monday in mondays
    ]
    return DoseWeeks(
        tuple(weeks),
        in_seconds,
        0 if in_seconds else sum(s.load_kg is None for one in trained for s in one.sets),
        *change_of([w.dose for w in weeks if w.over]),
    )


def dose_jump(
    sessions: Sequence[LibrarySession],
    now: datetime,
    *,
    soreness: float | None = None,
    planned_kgs: float = 0.0,
    planned_s: float = 0.0,
) -> DoseJump | None:
    """Return the jump of the dose of the seven days that end with ``now``; None if there is none.

    Parameters
    ----------
    sessions
        The sessions of the person, in any order; later ones than ``now`` do not count.
    now
        The end of the seven days, with its time zone.
    soreness
        The soreness that the person reports now; None: not reported.
    planned_kgs, planned_s
        The dose of a session that is about to begin, as load times lowering time and as lowering time.
    """
    trained = _trained(sessions, now)
    if not trained:
        return None
    today, first = now.astimezone().date(), trained[0].when.date()
    # Days and not hours: a person who comes at another hour each Monday trains no more for that.
    since = today - 6 * _DAY
    # Also of sessions without a set: a person who was too sore may have gone home.
    reports = [
        s.self_reports.soreness for s in sessions if s.when.date() >= since and s.when <= now
    ]
    sore = max((r for r in (*reports, soreness) if r is not None), default=0.0)
    weeks = min((since - first) // _WEEK, WEEKS_BEFORE)
    if sore < SORE or weeks < LEAST_WEEKS:
        return None
    in_seconds = _in_seconds(trained)
    doses = [(s.when.date(), _dose(s, in_seconds=in_seconds)) for s in trained]
    planned = planned_s if in_seconds else planned_kgs
    dose = math.fsum(d for day, d in doses if day >= since) + planned
    earliest = since - weeks * _WEEK
    mean = math.fsum(d for day, d in doses if earliest <= day < since) / weeks
    if dose <= mean * (1.0 + 0.01 * JUMP_PERCENT):
        return None
    return DoseJump(now, sore, dose, mean, weeks, planned=planned > 0.0)


def last_jump(sessions: Sequence[LibrarySession], now: datetime) -> DoseJump | None:
    """Return the newest jump at a session of the last seven days; None without any."""
    trained = _trained(sessions, now)
    recent = [s for s in trained if s.when.date() > (now - _WEEK).astimezone().date()]
    jumps = (dose_jump(sessions, s.when) for s in reversed(recent))
    return next((jump for jump in jumps if jump is not None), None)


def _trained(sessions: Sequence[LibrarySession], now: datetime) -> list[LibrarySession]:
    """Return the sessions until ``now`` with sets, oldest first."""
    return sorted((s for s in sessions if s.sets and s.when <= now), key=lambda s: s.when)


def _in_seconds(sessions: Sequence[LibrarySession]) -> bool:
    return all(one.load_kg is None for session in sessions for one in session.sets)


def _dose(session: LibrarySession, *, in_seconds: bool) -> float:
    return session.eccentric_s if in_seconds else session.eccentric_dose_kgs


def _soreness_after(
    sessions: Sequence[LibrarySession], now: datetime
) -> dict[datetime, float | None]:
    """Return the soreness that the next session reported, by the time of the session before it."""
    # The next session may have no set: a person who was too sore may have gone home.
    days = sorted((s for s in sessions if s.when <= now), key=lambda s: s.when)
    return {
        one.when: following.self_reports.soreness
        for one, following in pairwise(days)
        if following.when - one.when <= timedelta(days=NEXT_DAYS)
    }
