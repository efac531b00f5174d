"""Trends of sessions over the weeks, and whether a change is more than chance."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

import numpy as np

from processing.coach.protocol import SetType
from processing.library.records import LibrarySession, LibrarySet
from processing.review.session_numbers import (
    CHANGE_SESSIONS,
    load_ratio,
    minimal_real_change,
    rolling_median,
)


class Change(StrEnum):
    """The newest session compared with those before it."""

    TOO_EARLY = "too early to tell"
    """Fewer sessions than a spread can be computed from."""
    NONE = "no real change"
    INCREASE = "a real increase"
    DECREASE = "a real decrease"


@dataclass(frozen=True, slots=True)
class Trend:
    """One number, session by session, oldest first."""

    name: str
    """The protocol or the type of set that it belongs to."""
    sessions: tuple[LibrarySession, ...]
    """The sessions that have the number."""
    values: tuple[float, ...]
    """The number of each session, in its own unit."""
    verdict: Change
    """The newest value compared with those before it."""
    change: float | None = None
    """The newest value less the mean of those before it; None while it is too early to tell."""
    least: float | None = None
    """The smallest change that is more than chance; None while it is too early to tell."""

    @property
    def medians(self) -> list[float]:
        """The median of each session and the five before it, which one odd session does not move."""
        return rolling_median(self.values)

    @property
    def missing(self) -> int:
        """Number of further sessions that are needed to tell a change from chance."""
        return max(CHANGE_SESSIONS + 1 - len(self.values), 0)


@dataclass(frozen=True, slots=True)
class Week:
    """The training of one week."""

    monday: date
    """Its first day."""
    sets: Mapping[str, int]
    """Number of sets by protocol."""
    pointed_eccentric_s: float
    """Time under tension with pointed toes while lowering, s."""


@dataclass(frozen=True, slots=True)
class RecentWeeks:
    """The sums of the last weeks."""

    sessions: int
    """Number of sessions."""
    sets: Mapping[SetType, int]
    """Number of sets by type."""
    pointed_eccentric_s: float
    """Time under tension with pointed toes while lowering, s."""
    quality_percent: float | None
    """Median of the sessions' shares of good reps, %; None where no rep was judged."""
    ratio: float | None
    """Load with pointed toes over load with toes up; None where no wave shows it."""
    best_work_deg: float | None = None
    """Height times reps of the best set of heel raises, °; None without one."""
    best_height_deg: float | None = None
    """Largest height of a heel raise, °; None without one."""


Value = Callable[[LibrarySession], float | None]
"""Reads one number from a session, None where it has none."""


def trend(
    name: str, sessions: Sequence[LibrarySession], value: Value, finest: float = 0.0
) -> Trend:
    """Return the trend of ``value`` over ``sessions``; sessions without it are left out.

    No change of ``finest`` or less is reported, however little the sessions scatter.
    """
    found = [(s, v) for s in _oldest_first(sessions) if (v := value(s)) is not None]
    values = tuple(v for _, v in found)
    kept = tuple(s for s, _ in found)
    return Trend(name, kept, values, *change_of(values, finest))


def change_of(
    values: Sequence[float], finest: float = 0.0
) -> tuple[Change, float | None, float | None]:
    """Compare the newest of ``values``, oldest first, with those before it.

    Parameters
    ----------
    values
        The values, in one unit.
    finest
        The smallest difference that they can show: a smaller change is none, however little they
        scatter.

    Returns
    -------
    tuple
        Whether it differs by more than chance, the difference, and the smallest one that is more than
        chance; the last two are None while it is too early to tell.
    """
    # Without the newest: what is compared must not widen the spread it is compared with.
    least = minimal_real_change(values[:-1])
    if least is None:
        return Change.TOO_EARLY, None, None
    least = max(least, finest)
    change = values[-1] - float(np.mean(values[:-1]))
    # Equal sessions have no spread; without this margin rounding would be a change.
    if abs(change) <= max(least, 1e-9 * abs(values[-1])):
        return Change.NONE, change, least
    return (Change.INCREASE if change > 0 else Change.DECREASE), change, least


def trends_by_protocol(sessions: Sequence[LibrarySession], value: Value) -> tuple[Trend, ...]:
    """Return a trend for each protocol: protocols differ in what they ask, so they are kept apart."""
    return tuple(
        trend(name, [s for s in sessions if s.protocol == name], value)
        for name in sorted({s.protocol for s in sessions if s.sets})
    )


def quality_trends(sessions: Sequence[LibrarySession]) -> tuple[Trend, ...]:
    """Return the trend of the share of good reps of each protocol; one rep more or less is no change."""
    by_protocol: dict[str, list[LibrarySession]] = {}
    for session in sessions:
        if session.sets:
            by_protocol.setdefault(session.protocol, []).append(session)
    return tuple(
        trend(name, own, lambda s: s.quality_percent, one_rep_percent([x.sets for x in own]))
        for name, own in sorted(by_protocol.items())
    )


def one_rep_percent(days: Sequence[Sequence[LibrarySet]]) -> float:
    """Return one rep as a share of those that are judged in a session, %, from the sets of each session."""
    judged = [n for sets in days if (n := sum(s.metrics.judged for s in sets))]
    return 100.0 / float(np.mean(judged)) if judged else 0.0


def load_trends(sessions: Sequence[LibrarySession], per_kg: float = 1.0) -> tuple[Trend, ...]:
    """Return the trend of the heaviest load of each type of set, in a unit of which ``per_kg`` are 1 kg."""
    found = (trend(kind.value, sessions, _heaviest(kind, per_kg)) for kind in SetType)
    return tuple(t for t in found if t.values)


def weeks(sessions: Sequence[LibrarySession]) -> tuple[Week, ...]:
    """Return every week from the first session to the last, also those without training."""
    by_week: dict[date, list[LibrarySession]] = {}
    for session in sessions:
        by_week.setdefault(monday_of(session.when), []).append(session)
    if not by_week:
        return ()
    first, last = min(by_week), max(by_week)
    mondays = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]
    return tuple(_week(monday, by_week.get(monday, [])) for monday in mondays)


def recent(sessions: Sequence[LibrarySession]) -> RecentWeeks:
    """Return the sums of ``sessions``."""
    qualities = [s.quality_percent for s in sessions if s.quality_percent is not None]
    sets = [each for session in _oldest_first(sessions) for each in session.sets]
    return RecentWeeks(
        sessions=len(sessions),
        sets=Counter(each.type for each in sets),
        pointed_eccentric_s=math.fsum(s.pointed_eccentric_s for s in sessions),
        quality_percent=float(np.median(qualities)) if qualities else None,
        ratio=load_ratio(sets),
        best_work_deg=_largest(s.best_work_deg for s in sessions),
        best_height_deg=_largest(s.best_height_deg for s in sessions),
    )


def _largest(values: Iterable[float | None]) -> float | None:
    return max((value for value in values if value is not None), default=None)


def monday_of(moment: datetime) -> date:
    """Return the Monday of the week of ``moment``."""
    return moment.date() - timedelta(days=moment.weekday())


def _week(monday: date, sessions: Sequence[LibrarySession]) -> Week:
    sets: Counter[str] = Counter()
    for session in sessions:
        sets[session.protocol] += len(session.sets)
    return Week(monday, sets, math.fsum(s.pointed_eccentric_s for s in sessions))


def _heaviest(kind: SetType, per_kg: float) -> Value:
    def heaviest(session: LibrarySession) -> float | None:
        loads = [
            per_kg * s.load_kg for s in session.sets if s.type is kind and s.load_kg is not None
        ]
        return max(loads, default=None)

    return heaviest


def _oldest_first(sessions: Sequence[LibrarySession]) -> list[LibrarySession]:
    return sorted(sessions, key=lambda s: s.when)
