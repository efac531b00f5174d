"""What earlier sessions say of a person who is about to train."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from processing.coach.protocol import RATIO_TEST, Protocol, SetType
from processing.library.records import LibrarySession
from processing.review.session_numbers import LoggedSet, load_ratio, tested_ratio


@dataclass(frozen=True, slots=True)
class Past:
    """How long, when and how often a person has trained by a protocol, and what the sets have taught.

    ``weeks_trained`` since the first session, ``hours_since_last`` None if there was none;
    ``ratio`` is that of the toes-pointed to the toes-up load, from ``ratio_waves`` waves; from none
    where a test day alone tells it, of the two estimated 1RM.
    """

    weeks_trained: float = 0.0
    hours_since_last: float | None = None
    ratio: float | None = None
    ratio_waves: int = 0
    sessions_done: int = 0


def past_of(sessions: Sequence[LibrarySession], protocol: Protocol, now: datetime) -> Past:
    """Return the past of a person whose ``sessions`` these are; simulated ones are nobody's."""
    kinds = {plan.type for plan in protocol.sets}
    own = sorted(
        (s for s in sessions if not s.simulated and s.when <= now and _has_any(s, kinds)),
        key=lambda s: s.when,
    )
    if not own:
        return Past()
    ratio, waves = _ratio(own)
    return Past(
        weeks_trained=(now - own[0].when).total_seconds() / (7.0 * 86400.0),
        hours_since_last=(now - own[-1].when).total_seconds() / 3600.0,
        ratio=ratio,
        ratio_waves=waves,
        sessions_done=len(own),
    )


def _ratio(own: Sequence[LibrarySession]) -> tuple[float | None, int]:
    """Return the ratio and its waves: of the sessions since the newest test, else of the test."""
    tested: float | None = None
    waves: list[LoggedSet] = []
    for session in own:
        logged = [LoggedSet(each.type, each.metrics, each.load_kg) for each in session.sets]
        if session.plan != RATIO_TEST:
            waves += logged
        elif (ratio := tested_ratio(logged)) is not None:
            tested, waves = ratio, []
    found = load_ratio(waves)
    if found is None:
        return tested, 0
    kinds = (SetType.DF, SetType.PF)
    return found, sum((a.type, b.type) == kinds for a, b in pairwise(waves))


def _has_any(session: LibrarySession, kinds: set[SetType]) -> bool:
    return any(one.type in kinds and one.metrics.reps for one in session.sets)
