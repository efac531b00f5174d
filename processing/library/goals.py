"""Goals of the person, how far they are, and what limits them now."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, TypeAlias

from msgspec import Meta

from processing.coach.set_fields import LARGEST
from processing.judge.reasons import Fault
from processing.judge.thresholds import Thresholds
from processing.library.history import Change, change_of, one_rep_percent
from processing.library.own_weeks import SetKind, kind_of, lowering_s, quality_percent
from processing.library.records import LibrarySession, LibrarySet

GOAL_WEEKS = 8
"""Older sessions say little about today's form."""
LAST_SESSIONS = 3
"""The numbers of a goal come from so many sessions near its load: one alone is chance."""
NEAR_SHARE = 0.9
"""From this share of the goal's load on, a set is near it: execution at half the load says nothing."""
LEAST_JUDGED = 5
"""A session with fewer judged reps at the load does not reach a goal."""
_SAME_LOAD = 1e-6
"""Loads in pounds come back from kg with rounding errors, as a share."""
_UNDER_S = Thresholds().eccentric_under_s
"""A lowering may be shorter than its goal by this, as a good rep may against its target, s."""

GoalLoad: TypeAlias = Annotated[float, Meta(gt=0.0, le=LARGEST)]
GoalPercent: TypeAlias = Annotated[float, Meta(ge=1.0, le=100.0)]
GoalLowering: TypeAlias = Annotated[float, Meta(ge=0.5, le=30.0)]


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal, such as 80 % good reps at 45 kg, lowered in 4 s."""

    kind: SetKind = field(default_factory=SetKind)
    """The sets that count; an empty side means either leg."""
    quality_percent: GoalPercent = 80.0
    """Least share of good reps, %."""
    load_kg: GoalLoad | None = None
    """Least load, kg; None: any, as for an exercise with the body's own weight."""
    lowering_s: GoalLowering | None = None
    """Least mean duration of a lowering, s; None: any."""


class GoalPart(StrEnum):
    """A part of a goal."""

    LOAD = "load"
    QUALITY = "quality"
    LOWERING = "lowering"


@dataclass(frozen=True, slots=True)
class PartProgress:
    """The progress of one part of a goal."""

    part: GoalPart
    """The part."""
    value: float | None
    """Its value now; None while there is none."""
    goal: float
    """The value that the goal asks for, in the same unit."""

    @property
    def share(self) -> float:
        """Share that is reached, from 0 to 1."""
        return min((self.value or 0.0) / self.goal, 1.0)


@dataclass(frozen=True, slots=True)
class NothingYet:
    """No such set was done in the last weeks."""

    weeks: int = GOAL_WEEKS
    """The weeks that were looked at."""


@dataclass(frozen=True, slots=True)
class LoadBelow:
    """No set was near the load of the goal yet."""

    load_kg: float | None
    """The heaviest load of the last weeks; None if none is known."""
    goal_kg: float
    """The load of the goal."""


@dataclass(frozen=True, slots=True)
class CommonFault:
    """The commonest reason of the reps near the load that were not good."""

    fault: Fault
    """The fault."""
    reps: int
    """Reps that had it."""
    of: int
    """Reps that were not good, with a known reason."""

    @property
    def percent(self) -> float:
        """Share of the reps that were not good, %."""
        return 100.0 * self.reps / self.of


@dataclass(frozen=True, slots=True)
class ReasonsUnknown:
    """Reps near the load were not good, and an older version kept no reasons."""

    reps: int
    """Reps that were not good."""


@dataclass(frozen=True, slots=True)
class NothingJudged:
    """No rep near the load could be judged."""


@dataclass(frozen=True, slots=True)
class LoweringShort:
    """Enough reps are good by their own targets, and the goal asks for longer lowerings."""

    seconds: float
    """Mean lowering near the load, s."""
    goal_s: float
    """The lowering of the goal, s."""


@dataclass(frozen=True, slots=True)
class LoadMissing:
    """Near the load all is well; the load itself is missing."""

    load_kg: float
    """The heaviest load of the last sessions."""
    goal_kg: float
    """The load of the goal."""


@dataclass(frozen=True, slots=True)
class FewReps:
    """All is well, in sessions with too few judged reps at the load to call the goal reached."""

    least: int = LEAST_JUDGED
    """Judged reps that one session needs."""


GoalLimit: TypeAlias = (
    NothingYet
    | LoadBelow
    | CommonFault
    | ReasonsUnknown
    | NothingJudged
    | LoweringShort
    | LoadMissing
    | FewReps
)
"""A reason for which a goal is not reached yet."""


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """The progress of a goal in the last weeks."""

    goal: Goal
    """The goal."""
    parts: tuple[PartProgress, ...]
    """Its parts; those of the execution come from the last sessions near the load."""
    sessions: int
    """Number of those sessions."""
    reached: int
    """Number of sessions of the last weeks that reached the whole goal."""
    limit: GoalLimit | None
    """The reason for which it is not reached; None if the last sessions reach it."""
    verdict: Change
    """The share of good reps near the load in the newest session compared with those before it."""
    known: int
    """Number of sessions of the last weeks near the load that are compared."""


def goal_progress(goal: Goal, sessions: Sequence[LibrarySession], now: datetime) -> GoalProgress:
    """Return the progress of ``goal``.

    Parameters
    ----------
    goal
        The goal.
    sessions
        The sessions of the person, in any order.
    now
        The end of the last weeks, with its time zone.
    """
    since = now - timedelta(weeks=GOAL_WEEKS)
    recent = sorted((s for s in sessions if since < s.when <= now), key=lambda s: s.when)
    counted = [sets for s in recent if (sets := [x for x in s.sets if _counts(x, goal)])]
    near = [near for sets in counted if (near := [s for s in sets if _is_near(s, goal)])]
    last = [one for sets in near[-LAST_SESSIONS:] for one in sets]
    heaviest = max((s.load_kg for sets in counted for s in sets if s.load_kg), default=None)
    parts = [PartProgress(GoalPart.QUALITY, quality_percent(last), goal.quality_percent)]
    if goal.load_kg is not None:
        parts.insert(0, PartProgress(GoalPart.LOAD, heaviest, goal.load_kg))
    if goal.lowering_s is not None:
        parts.append(PartProgress(GoalPart.LOWERING, lowering_s(last), goal.lowering_s))
    qualities = [q for sets in near if (q := quality_percent(sets)) is not None]
    return GoalProgress(
        goal,
        tuple(parts),
        len(near[-LAST_SESSIONS:]),
        sum(_reaches([s for s in sets if _is_at(s, goal)], goal) for sets in counted),
        _limit(goal, bool(counted), last, heaviest, _ends_reached(near, goal)),
        change_of(qualities, one_rep_percent(near))[0],
        len(qualities),
    )


def _counts(one: LibrarySet, goal: Goal) -> bool:
    kind = kind_of(one)
    same = (kind.exercise, kind.type) == (goal.kind.exercise, goal.kind.type)
    return same and goal.kind.side in ("", kind.side) and one.metrics.reps > 0


def _is_near(one: LibrarySet, goal: Goal) -> bool:
    return _carries(one, NEAR_SHARE, goal)


def _is_at(one: LibrarySet, goal: Goal) -> bool:
    return _carries(one, 1.0, goal)


def _carries(one: LibrarySet, share: float, goal: Goal) -> bool:
    """Return whether a set has at least this share of the goal's load."""
    if goal.load_kg is None:
        return True
    return one.load_kg is not None and one.load_kg >= share * goal.load_kg * (1.0 - _SAME_LOAD)


def _reaches(sets: Sequence[LibrarySet], goal: Goal) -> bool:
    """Return whether these sets of one session, at the load, reach the goal."""
    quality = quality_percent(sets)
    if quality is None or sum(s.metrics.judged for s in sets) < LEAST_JUDGED:
        return False
    return quality >= goal.quality_percent and not _is_short(sets, goal)


def _ends_reached(near: Sequence[Sequence[LibrarySet]], goal: Goal) -> bool:
    """Return whether the newest session near the load reaches the goal."""
    return bool(near) and _reaches([s for s in near[-1] if _is_at(s, goal)], goal)


def _is_short(sets: Sequence[LibrarySet], goal: Goal) -> bool:
    mean = lowering_s(sets)
    return goal.lowering_s is not None and mean is not None and mean < goal.lowering_s - _UNDER_S


def _limit(
    goal: Goal,
    any_set: bool,
    last: Sequence[LibrarySet],
    heaviest: float | None,
    reached: bool,
) -> GoalLimit | None:
    """Return what limits a goal, from the sets of the last sessions near its load."""
    if reached:
        return None
    if not any_set:
        return NothingYet()
    # Only a goal with a load has sets that are not near it.
    return _limit_near(last, goal) if last else LoadBelow(heaviest, goal.load_kg or 0.0)


def _limit_near(last: Sequence[LibrarySet], goal: Goal) -> GoalLimit:
    """Return what limits a goal in sets near its load."""
    quality = quality_percent(last)
    if quality is None:
        return NothingJudged()
    if quality < goal.quality_percent:
        return _commonest(last)
    if _is_short(last, goal):
        return LoweringShort(lowering_s(last) or 0.0, goal.lowering_s or 0.0)
    loads = [s.load_kg for s in last if s.load_kg is not None]
    if goal.load_kg is not None and not any(_is_at(s, goal) for s in last):
        return LoadMissing(max(loads), goal.load_kg)
    return FewReps()


def _commonest(sets: Sequence[LibrarySet]) -> GoalLimit:
    faults: Counter[Fault] = Counter()
    for one in sets:
        faults.update(one.faults)
    if not faults:
        return ReasonsUnknown(sum(s.metrics.judged - s.metrics.good for s in sets))
    # Of equal ones the first in the order of the faults, which is that of the checks.
    order = list(Fault)
    fault = max(faults, key=lambda f: (faults[f], -order.index(f)))
    return CommonFault(fault, faults[fault], faults.total())
