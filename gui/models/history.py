"""The choice of the sessions on History. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from processing.exercises.exercise import LEG_CURL
from processing.library import LibrarySession
from processing.library.records import of_exercise

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
    exercise: str | None = None
    """Key of the exercise; None: the one that was done last."""


def chosen_sessions(
    sessions: Sequence[LibrarySession], choice: HistoryChoice, now: datetime
) -> tuple[LibrarySession, ...]:
    """Return the sessions with sets that fit ``choice``, in their order."""
    return tuple(
        s
        for s in exercise_sessions(sessions, choice)
        if s.sets
        and choice.protocol in (None, s.protocol)
        and (choice.weeks is None or s.when >= now - timedelta(weeks=choice.weeks))
    )


def exercise_sessions(
    sessions: Sequence[LibrarySession], choice: HistoryChoice
) -> tuple[LibrarySession, ...]:
    """Return all sessions, also those without sets, with the sets of the chosen exercise alone."""
    simulated = shows_simulated(sessions, choice)
    shown = [s for s in sessions if simulated or not s.simulated]
    return of_exercise(shown, shown_exercise(sessions, choice))


def exercises(sessions: Sequence[LibrarySession]) -> tuple[str, ...]:
    """Return the keys of the exercises of the sessions, sorted."""
    return tuple(sorted({each.exercise for session in sessions for each in session.sets}))


def shown_exercise(sessions: Sequence[LibrarySession], choice: HistoryChoice) -> str:
    """Return the key of the exercise that is shown: exercises are never added up."""
    if choice.exercise is not None:
        return choice.exercise
    simulated = shows_simulated(sessions, choice)
    done = [s for s in sessions if s.sets and (simulated or not s.simulated)]
    newest = max(done, key=lambda s: s.created_utc, default=None)
    return LEG_CURL if newest is None else newest.sets[-1].exercise


def protocols(sessions: Sequence[LibrarySession]) -> tuple[str, ...]:
    """Return the names of the protocols of the sessions, sorted."""
    return tuple(sorted({s.protocol for s in sessions if s.sets}))


def shows_simulated(sessions: Sequence[LibrarySession], choice: HistoryChoice) -> bool:
    """Return whether simulated sessions are shown."""
    if choice.simulated is not None:
        return choice.simulated
    # A person who has only tried the simulation sees it, until there is a real session.
    return all(s.simulated for s in sessions if s.sets or s.ranges)
