"""The person's own best height of earlier sessions."""

from collections.abc import Sequence
from datetime import datetime

from processing.library.records import LibrarySession


def own_best(
    sessions: Sequence[LibrarySession],
    exercise: str,
    side: str,
    before: datetime,
    *,
    simulated: bool = False,
) -> float | None:
    """Return the largest range of a whole rep in earlier sets of an exercise and side, rad.

    Parameters
    ----------
    sessions
        The sessions of the person, in any order.
    exercise, side
        The key of the exercise, and ``L``, ``R``, ``BOTH`` or empty.
    before
        Only sessions that began before this time count.
    simulated
        Whether simulated sessions count, and then they alone.
    """
    # Of older numbers, which do not have the largest range, the mean is known to be reached.
    found = [
        best
        for session in sessions
        if session.simulated is simulated and session.created_utc and session.when < before
        for one in session.sets
        if one.exercise == exercise
        and one.side == side
        and (best := one.metrics.rom_best or one.metrics.rom_mean) is not None
    ]
    return max(found, default=None)
