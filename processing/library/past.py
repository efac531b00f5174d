"""The training history of a person who is about to train."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from processing.coach.protocol import RATIO_TEST, Protocol, SetType
from processing.coach.supramaximal import weeks_of
from processing.library.records import LibrarySession, LibrarySet
from processing.review.session_numbers import load_ratio, tested_ratio


@dataclass(frozen=True, slots=True)
class Past:
    """The earlier training of a person by one protocol."""

    weeks_trained: float = 0.0
    """Weeks since the first session."""
    hours_since_last: float | None = None
    """Hours since the last session; None if there was none."""
    ratio: float | None = None
    """Toes-pointed load over toes-up load; None where neither waves nor a test day show it."""
    ratio_waves: int = 0
    """Waves that the ratio comes from; 0 where it is that of the two 1RM of a test day."""
    sessions_done: int = 0
    """Number of sessions."""
    b_weeks: int = 0
    """Weeks with a set of B, whatever the protocol."""


def past_of(sessions: Sequence[LibrarySession], protocol: Protocol, now: datetime) -> Past:
    """Return the earlier training of a person; simulated sessions do not count.

    Parameters
    ----------
    sessions
        All sessions of the person, in any order.
    protocol
        The protocol to train by; sessions with a set of one of its types count.
    now
        The time of the new session, with its time zone.
    """
    kinds = {plan.type for plan in protocol.sets}
    own = sorted(
        (s for s in sessions if not s.simulated and s.when <= now and _has_any(s, kinds)),
        key=lambda s: s.when,
    )
    b_weeks = weeks_of(times_of(sessions, SetType.B, now))
    if not own:
        return Past(b_weeks=b_weeks)
    ratio, waves = _ratio(own)
    return Past(
        weeks_trained=(now - own[0].when).total_seconds() / (7.0 * 86400.0),
        hours_since_last=(now - own[-1].when).total_seconds() / 3600.0,
        ratio=ratio,
        ratio_waves=waves,
        sessions_done=len(own),
        b_weeks=b_weeks,
    )


def times_of(sessions: Sequence[LibrarySession], kind: SetType, now: datetime) -> list[datetime]:
    """Return the times of the sessions until ``now`` with a set of ``kind``; simulated ones do not count."""
    return [s.when for s in sessions if not s.simulated and s.when <= now and _has_any(s, {kind})]


def _ratio(own: Sequence[LibrarySession]) -> tuple[float | None, int]:
    """Return the ratio and its waves from the sessions since the newest test, else from the test."""
    tested: float | None = None
    waves: list[LibrarySet] = []
    for session in own:
        if session.plan != RATIO_TEST:
            waves += session.sets
        elif (ratio := tested_ratio(session.sets)) is not None:
            # A test day replaces what was learned before it, and later waves replace the test.
            tested, waves = ratio, []
    found = load_ratio(waves)
    if found is None:
        return tested, 0
    kinds = (SetType.DF, SetType.PF)
    return found, sum((a.type, b.type) == kinds for a, b in pairwise(waves))


def _has_any(session: LibrarySession, kinds: set[SetType]) -> bool:
    return any(one.type in kinds and one.metrics.reps for one in session.sets)
