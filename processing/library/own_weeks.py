"""The person's own last weeks and best week of each kind of set, as values to aim at."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from processing.coach.protocol import SetType
from processing.exercises.exercise import LEG_CURL
from processing.library.history import Change, change_of, monday_of, one_rep_percent
from processing.library.records import EXERCISE_PATTERN, LibrarySession, LibrarySet

RECENT_WEEKS = 3
"""The last weeks: long enough for a median of several sessions, short enough to be today's form."""
LEAST_JUDGED = 8
"""A week with fewer judged reps cannot be the best one: its share of good reps would be chance."""
LOWERING_STEP_S = 0.5
"""An aim of the lowering is rounded to this, which can still be counted."""
LEAST_LOWERING_S, MOST_LOWERING_S = 1.0, 8.0
"""Aims of the lowering. Longer ones are noted as slower than needed, so that nobody aims at them."""
QUALITY_STEP_PERCENT = 5.0
"""An aim of the quality is rounded to this: finer ones mean nothing in a set of some eight reps."""

ExerciseKey: TypeAlias = Annotated[
    str, Meta(pattern=EXERCISE_PATTERN, description='an exercise key such as "leg_curl"')
]
Side: TypeAlias = Literal["L", "R", "BOTH", ""]
Percent: TypeAlias = Annotated[float, Meta(ge=0.0, le=100.0)]
Degrees: TypeAlias = Annotated[float, Meta(ge=0.0, le=360.0)]
LoweringS: TypeAlias = Annotated[float, Meta(ge=LEAST_LOWERING_S, le=MOST_LOWERING_S)]


@dataclass(frozen=True, slots=True, order=True)
class SetKind:
    """A kind of sets that are compared with each other alone."""

    exercise: ExerciseKey = LEG_CURL
    """Key of the exercise."""
    type: SetType = SetType.B
    """Kind of the set."""
    side: Side = ""
    """L, R or BOTH; empty if not known."""


@dataclass(frozen=True, slots=True)
class Aim:
    """The person's own values to aim at in a kind of set; None where there is none."""

    kind: SetKind
    """The sets for which it holds."""
    lowering_s: LoweringS | None = None
    """Duration of a lowering, s; it replaces that of the plan."""
    range_deg: Degrees | None = None
    """Range of the driving angle, °."""
    quality_percent: Percent | None = None
    """Share of good reps, %."""


class Quantity(StrEnum):
    """A number of a kind of set that can be aimed at."""

    LOWERING = "lowering"
    """Mean duration of a lowering, s."""
    RANGE = "range"
    """Mean range of the driving angle, °: of a heel raise its height."""
    QUALITY = "quality"
    """Share of good reps, %."""


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """One number of a kind of set over the weeks."""

    quantity: Quantity
    """The number."""
    recent: float | None
    """Median of the sessions of the last weeks; None without any."""
    best: float | None
    """Its value in the week with the largest share of good reps; None without such a week."""
    sessions: int
    """Number of sessions that have the number."""
    verdict: Change
    """The newest session compared with those before it."""
    change: float | None = None
    """The newest session less the mean of those before it; None while it is too early to tell."""
    least: float | None = None
    """The smallest change that is more than chance; None while it is too early to tell."""


@dataclass(frozen=True, slots=True)
class OwnWeeks:
    """The last weeks and the best week of one kind of set."""

    kind: SetKind
    """The kind of set."""
    recent_sessions: int
    """Number of sessions in the last weeks."""
    best_week: date | None
    """Monday of the week with the largest share of good reps; None without a week of enough reps."""
    numbers: tuple[OwnNumber, ...]
    """One for each :class:`Quantity`."""

    def number(self, quantity: Quantity) -> OwnNumber:
        """Return the number of a quantity."""
        return next(one for one in self.numbers if one.quantity is quantity)

    def aim(self, *, best: bool) -> Aim | None:
        """Return the aim of the ``best`` week, else of the last weeks; None without such weeks."""
        values = {n.quantity: n.best if best else n.recent for n in self.numbers}
        if all(value is None for value in values.values()):
            return None
        lowering_s = values[Quantity.LOWERING]
        if lowering_s is not None:
            lowering_s = min(
                max(_to_step(lowering_s, LOWERING_STEP_S), LEAST_LOWERING_S), MOST_LOWERING_S
            )
        range_deg, quality = values[Quantity.RANGE], values[Quantity.QUALITY]
        return Aim(
            self.kind,
            lowering_s,
            None if range_deg is None else _to_step(range_deg, 1.0),
            None if quality is None else _to_step(quality, QUALITY_STEP_PERCENT),
        )


def kind_of(one: LibrarySet) -> SetKind:
    """Return the kind of a set."""
    return SetKind(one.exercise, one.type, _side(one.side))


def own_weeks(sessions: Sequence[LibrarySession], now: datetime) -> tuple[OwnWeeks, ...]:
    """Return the own weeks of every kind of set with reps, the one that was done last first.

    Parameters
    ----------
    sessions
        The sessions of the person, in any order.
    now
        The end of the last weeks, with its time zone.
    """
    oldest_first = sorted((s for s in sessions if s.when <= now), key=lambda s: s.when)
    by_kind: dict[SetKind, list[tuple[datetime, list[LibrarySet]]]] = {}
    for session in oldest_first:
        done: dict[SetKind, list[LibrarySet]] = {}
        for one in session.sets:
            if one.metrics.reps:
                done.setdefault(kind_of(one), []).append(one)
        for kind, sets in done.items():
            by_kind.setdefault(kind, []).append((session.when, sets))
    found = [_own_weeks(kind, days, now) for kind, days in by_kind.items()]
    newest = {kind: days[-1][0] for kind, days in by_kind.items()}
    return tuple(sorted(found, key=lambda w: newest[w.kind], reverse=True))


def lowering_s(sets: Sequence[LibrarySet]) -> float | None:
    """Return the mean duration of the lowerings of ``sets``, s; None without reps."""
    reps = sum(s.metrics.reps for s in sets)
    return math.fsum(s.metrics.eccentric_s for s in sets) / reps if reps else None


def range_deg(sets: Sequence[LibrarySet]) -> float | None:
    """Return the mean range of the reps of ``sets``, °; None without reps."""
    known = [(s.metrics.reps, s.metrics.rom_mean) for s in sets]
    ranges = [(reps, rom) for reps, rom in known if rom is not None and reps]
    reps = sum(n for n, _ in ranges)
    return math.degrees(math.fsum(n * rom for n, rom in ranges) / reps) if reps else None


def quality_percent(sets: Sequence[LibrarySet]) -> float | None:
    """Return the share of good reps among the judged ones of ``sets``, %; None if none was judged."""
    judged = sum(s.metrics.judged for s in sets)
    return 100.0 * sum(s.metrics.good for s in sets) / judged if judged else None


VALUES: dict[Quantity, Callable[[Sequence[LibrarySet]], float | None]] = {
    Quantity.LOWERING: lowering_s,
    Quantity.RANGE: range_deg,
    Quantity.QUALITY: quality_percent,
}
"""The function that reads each quantity from the sets of one kind of a session or a week."""
_FINEST = {Quantity.LOWERING: 0.1, Quantity.RANGE: 2.0}
"""Smaller differences, in s and °, are those of the measurement: see the figures in docs/."""


def _own_weeks(
    kind: SetKind, days: Sequence[tuple[datetime, list[LibrarySet]]], now: datetime
) -> OwnWeeks:
    """Return the own weeks of one kind from its sets by session, oldest first."""
    since = now - timedelta(weeks=RECENT_WEEKS)
    recent = [sets for when, sets in days if when > since]
    weeks: dict[date, list[LibrarySet]] = {}
    for when, sets in days:
        weeks.setdefault(monday_of(when), []).extend(sets)
    best_week = _best_week(weeks)
    finest = {**_FINEST, Quantity.QUALITY: one_rep_percent([sets for _, sets in days])}
    numbers = []
    for quantity, value in VALUES.items():
        all_values = [v for _, sets in days if (v := value(sets)) is not None]
        last = [v for sets in recent if (v := value(sets)) is not None]
        numbers.append(
            OwnNumber(
                quantity,
                median(last) if last else None,
                None if best_week is None else value(weeks[best_week]),
                len(all_values),
                *change_of(all_values, finest[quantity]),
            )
        )
    return OwnWeeks(kind, len(recent), best_week, tuple(numbers))


def _best_week(weeks: dict[date, list[LibrarySet]]) -> date | None:
    """Return the week with the largest share of good reps, of equal ones the newest."""
    enough = {
        monday: quality
        for monday, sets in weeks.items()
        if sum(s.metrics.judged for s in sets) >= LEAST_JUDGED
        and (quality := quality_percent(sets)) is not None
    }
    return max(enough, key=lambda monday: (enough[monday], monday), default=None)


def _to_step(value: float, step: float) -> float:
    return round(value / step) * step


def _side(text: str) -> Side:
    match text:
        case "L" | "R" | "BOTH":
            return text
        case _:
            return ""
