"""Measured ranges over the weeks."""

from collections.abc import Callable, Iterable, Sequence

from processing.library.history import Trend, trend
from processing.library.records import LibrarySession
from processing.ranges.measures import Knee, Measure, RangeKind
from processing.ranges.results import LEAST_CHANGE_DEG, RangeResult, last_of_each


def range_of(session: LibrarySession, kind: RangeKind) -> RangeResult | None:
    """Return the last result of ``kind`` in a session; None if it was not measured."""
    return last_of_each(session.ranges).get(kind)


def last_range(sessions: Iterable[LibrarySession], kind: RangeKind) -> RangeResult | None:
    """Return the newest result of ``kind`` in any of ``sessions``; None if there is none."""
    newest_first = sorted(sessions, key=lambda s: s.created_utc, reverse=True)
    return next((found for s in newest_first if (found := range_of(s, kind)) is not None), None)


def range_kinds(sessions: Iterable[LibrarySession]) -> tuple[RangeKind, ...]:
    """Return every kind that was measured, in the order of the measures, knees and sides."""
    found = {kind for s in sessions for kind in last_of_each(s.ranges)}
    measures, knees = list(Measure), list(Knee)
    return tuple(
        sorted(found, key=lambda k: (measures.index(k.measure), knees.index(k.knee), k.side))
    )


def range_trends(
    sessions: Sequence[LibrarySession],
    kinds: Iterable[RangeKind],
    name: Callable[[RangeKind], str],
) -> tuple[Trend, ...]:
    """Return the mean of each kind over ``sessions``, in °.

    No change below the smallest one that can be told is reported, however little they scatter.
    """

    def mean_of(kind: RangeKind) -> Callable[[LibrarySession], float | None]:
        def mean_deg(session: LibrarySession) -> float | None:
            found = range_of(session, kind)
            return None if found is None else found.mean_deg

        return mean_deg

    return tuple(trend(name(kind), sessions, mean_of(kind), LEAST_CHANGE_DEG) for kind in kinds)
