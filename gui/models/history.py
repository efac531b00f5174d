"""Which sessions the history shows. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from processing.library import LibrarySession

RANGES_WEEKS = (8, 26, None)
"""How far back one can look; None: to the first session."""
RECENT_WEEKS = 4


@dataclass(frozen=True, slots=True)
class HistoryChoice:
    """What a person wants to see: ``protocol`` None for all of them.

    ``simulated`` None shows sessions of a simulated leg as long as there are no others.
    """

    weeks: int | None = RANGES_WEEKS[0]
    protocol: str | None = None
    simulated: bool | None = None


def chosen(
    sessions: Sequence[LibrarySession], choice: HistoryChoice, now: datetime
) -> tuple[LibrarySession, ...]:
    """Return the sessions with sets that ``choice`` asks for, in their order."""
    simulated = with_simulated(sessions, choice)
    return tuple(
        s
        for s in sessions
        if s.sets
        and (simulated or not s.simulated)
        and choice.protocol in (None, s.protocol)
        and (choice.weeks is None or s.when >= now - timedelta(weeks=choice.weeks))
    )


def protocols(sessions: Sequence[LibrarySession]) -> tuple[str, ...]:
    """Return the protocols that there are sessions of."""
    return tuple(sorted({s.protocol for s in sessions if s.sets}))


def with_simulated(sessions: Sequence[LibrarySession], choice: HistoryChoice) -> bool:
    """Return whether sessions of a simulated leg are shown."""
    if choice.simulated is not None:
        return choice.simulated
    return all(s.simulated for s in sessions if s.sets)
