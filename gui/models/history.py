"""The choice of the sessions on History. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from processing.library import LibrarySession

RANGES_WEEKS = (8, 26, None)
"""Time spans to choose from; None: from the first session."""
RECENT_WEEKS = 4
"""The weeks of the numbers at the top."""


@dataclass(frozen=True, slots=True)
class HistoryChoice:
    """The choice of a person."""

    weeks: int | None = RANGES_WEEKS[0]
    """One of :data:`RANGES_WEEKS`."""
    protocol: str | None = None
    """None: all protocols."""
    simulated: bool | None = None
    """Whether simulated sessions are shown; None: only while there are no others."""


def chosen_sessions(
    sessions: Sequence[LibrarySession], choice: HistoryChoice, now: datetime
) -> tuple[LibrarySession, ...]:
    """Return the sessions with sets that fit ``choice``, in their order."""
    simulated = shows_simulated(sessions, choice)
    return tuple(
        s
        for s in sessions
        if s.sets
        and (simulated or not s.simulated)
        and choice.protocol in (None, s.protocol)
        and (choice.weeks is None or s.when >= now - timedelta(weeks=choice.weeks))
    )


def protocols(sessions: Sequence[LibrarySession]) -> tuple[str, ...]:
    """Return the names of the protocols of the sessions, sorted."""
    return tuple(sorted({s.protocol for s in sessions if s.sets}))


def shows_simulated(sessions: Sequence[LibrarySession], choice: HistoryChoice) -> bool:
    """Return whether simulated sessions are shown."""
    if choice.simulated is not None:
        return choice.simulated
    # A person who has only tried the simulation sees it, until there is a real session.
    return all(s.simulated for s in sessions if s.sets)
