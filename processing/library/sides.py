"""Left against right: how far the two legs are apart, and whether that is more than chance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from statistics import fmean, median

from processing.exercises.exercise import HEEL_RAISE
from processing.library.records import LibrarySession, LibrarySet
from processing.review.session_numbers import asymmetry_percent, minimal_real_change

NEAR_DAYS = 7.0
"""Sessions of the two legs further apart are not compared: the person may have changed between."""
Value = Callable[[LibrarySet], float | None]


class LegMeasure(StrEnum):
    """A number that is compared between the legs."""

    ROM = "range"
    ECCENTRIC = "lowering"
    QUALITY = "good reps"
    LOAD = "load"
    BREAK_POINT = "break point"
    WORK = "work"
    """Of heel raises: height times reps."""


class LegDifference(StrEnum):
    """The two legs compared."""

    TOO_EARLY = "too early to tell"
    NONE = "no real difference"
    LEFT = "more on the left"
    RIGHT = "more on the right"


def _break_point(one: LibrarySet) -> float | None:
    """Return the median break point of a set, rad; 0 if control was held in every rep of it."""
    points = one.metrics.break_points
    return (points.median or 0.0) if points.known else None


def _work(one: LibrarySet) -> float | None:
    """Return height times reps of a set, rad; None of an exercise without a height."""
    return one.metrics.work_index if one.exercise == HEEL_RAISE else None


VALUES: dict[LegMeasure, Value] = {
    LegMeasure.WORK: _work,
    LegMeasure.ROM: lambda s: s.metrics.rom_mean,
    LegMeasure.ECCENTRIC: lambda s: s.metrics.eccentric_mean_s,
    LegMeasure.QUALITY: lambda s: s.metrics.quality_percent,
    LegMeasure.LOAD: lambda s: s.load_kg,
    LegMeasure.BREAK_POINT: _break_point,
}
"""The function that reads each measure from a set."""


@dataclass(frozen=True, slots=True)
class Sides:
    """One measure compared between the legs, pair by pair."""

    protocol: str
    """The protocol of the sets."""
    measure: LegMeasure
    """The number that is compared."""
    values: tuple[float, ...]
    """100 (L - R) / max(L, R) of each pair in %, oldest first."""
    middle: float
    """Median of the values, %."""
    left: float
    """Median of the left leg over the pairs, in the unit of the measure in a set."""
    right: float
    """The same of the right leg."""
    verdict: LegDifference
    """Whether the legs differ."""
    least: float | None = None
    """The smallest median that is more than chance at 95 %; None with too few pairs to tell."""


def sides(sessions: Sequence[LibrarySession]) -> tuple[Sides, ...]:
    """Return every measure of every protocol with comparable sets of both legs.

    Sets are comparable if they have the same type and target, in one session or in two sessions
    that follow each other within a week; each session counts once.
    """
    found: list[Sides] = []
    key = _protocol
    for protocol, own in groupby(sorted(sessions, key=lambda s: (key(s), s.when)), key):
        pairs = _pairs(list(own))
        for measure, value in VALUES.items():
            means = [_means(pair, value) for pair in pairs]
            # Two legs without any are not compared.
            known = [both for both in means if both is not None and max(both) > 0.0]
            if known:
                found.append(_judged(protocol, measure, known))
    return tuple(found)


_Pair = tuple[Sequence[LibrarySet], Sequence[LibrarySet]]


def _protocol(session: LibrarySession) -> str:
    return session.protocol


def _pairs(sessions: Sequence[LibrarySession]) -> list[_Pair]:
    pairs: list[_Pair] = []
    waiting: LibrarySession | None = None
    for session in sessions:
        left, right = _of("L", session), _of("R", session)
        if left and right:
            pairs.append((left, right))
        elif left or right:
            # A session of one leg waits for one of the other leg, so that each counts once.
            other = waiting
            if other is not None and (session.when - other.when).days < NEAR_DAYS:
                both = _of("L", other) or left, _of("R", other) or right
                if all(both):
                    pairs.append(both)
                    waiting = None
                    continue
            waiting = session
    return pairs


def _of(side: str, session: LibrarySession) -> list[LibrarySet]:
    return [s for s in session.sets if s.side == side and s.metrics.reps]


def _means(pair: _Pair, value: Value) -> tuple[float, float] | None:
    """Return the means of both legs over the sets that both did: of the same type and target."""
    left, right = ({(s.type, s.target_s) for s in one} for one in pair)
    alike = left & right
    means = []
    for one in pair:
        known = [v for s in one if (s.type, s.target_s) in alike and (v := value(s)) is not None]
        if not known:
            return None
        means.append(fmean(known))
    return means[0], means[1]


def _judged(protocol: str, measure: LegMeasure, means: Sequence[tuple[float, float]]) -> Sides:
    values = tuple(v for both in means if (v := asymmetry_percent(*both)) is not None)
    middle, least = median(values), minimal_real_change(values)
    if least is None:
        verdict = LegDifference.TOO_EARLY
    # Equal pairs have no spread; without this margin rounding would be a difference.
    elif abs(middle) <= max(least, 1e-9):
        verdict = LegDifference.NONE
    else:
        verdict = LegDifference.LEFT if middle > 0.0 else LegDifference.RIGHT
    left, right = (median(side) for side in zip(*means, strict=True))
    return Sides(protocol, measure, values, middle, left, right, verdict, least)
