"""The values of Home: the next session, the last one, and the goal. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gui.models import wall_clock
from gui.models.chosen_coach import planned_protocol
from gui.models.chosen_exercise import exercise_of
from gui.models.plan_steps import minutes_of
from gui.models.settings import Settings
from gui.models.train_plan import TrainPlan
from processing.exercises.exercise import Exercise
from processing.library import LibrarySession, past_of
from processing.library.goal_file import Goals
from processing.library.goals import GoalProgress, goal_progress
from processing.library.records import of_exercise
from processing.library.reminders import Reminders, reminders

DAYS_A_WEEK = 7.0


@dataclass(frozen=True, slots=True)
class NextSession:
    """The session that is offered: the plan with the person's loads and aims."""

    exercise: Exercise
    """Its exercise."""
    protocol: str
    """Name of its protocol."""
    title: str
    """Title of its protocol, in English."""
    number: int
    """Counts the sessions with this exercise from 1."""
    week: int
    """Counts the weeks since the first of them from 1."""
    of_weeks: int | None
    """Advised weeks; None if the protocol advises none."""
    sets: int | None
    """Planned sets; None if the plan is open."""
    reps: tuple[int, int]
    """Planned reps: the least and the most of its sets."""
    load: float | None
    """Load of the first set, in the unit of the settings; None if not known."""
    tempo: str
    """Asked tempo of the first set; empty for none."""
    rest_s: float
    """Rest after the first set, s."""
    minutes: float | None
    """About how long it takes; None if the plan is open."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """All that Home shows of the person's training."""

    following: NextSession
    """The next session."""
    last: LibrarySession | None
    """The last session with a set; None if there is none."""
    reminders: Reminders
    """Weeks, next day and easier week, of which Home reminds the person."""
    goal: GoalProgress | None
    """The goal of the chosen exercise, or else the first one; None if none is set."""


def home_view(
    settings: Settings,
    sessions: Sequence[LibrarySession],
    goals: Goals,
    now: datetime,
) -> HomeView:
    """Return what Home shows.

    Parameters
    ----------
    settings
        Name exercise, protocol and load.
    sessions
        All sessions of the folder; simulated ones do not count.
    goals
        The goals of the person.
    now
        The time, with its time zone.

    Raises
    ------
    DocumentError
        If there is no such exercise or protocol.
    """
    real = sorted((s for s in sessions if not s.simulated), key=lambda s: s.when)
    done = [s for s in real if s.sets]
    own = [s for s in of_exercise(done, settings.exercise) if s.sets]
    measures = exercise_of(settings).measures
    if measures:
        # Trials are no sets.
        own = [s for s in real if any(one.kind.measure in measures for one in s.ranges)]
    a_week = goals.sessions_a_week or planned_protocol(settings).per_week
    chosen = [g for g in goals.goals if g.kind.exercise == settings.exercise]
    goal = next(iter((*chosen, *goals.goals)), None)
    return HomeView(
        _next(settings, own, goals, now),
        next((s for s in reversed(real) if s.sets or s.ranges), None),
        reminders([s for s in own if s.sets], now, a_week),
        None if goal is None else goal_progress(goal, done, now),
    )


def plan_after(
    sessions: Sequence[LibrarySession], settings: Settings, goals: Goals, now: datetime
) -> TrainPlan:
    """Return the plan of the session after ``sessions``, with the person's loads, aims and limits.

    Raises
    ------
    DocumentError
        If there is no such exercise or protocol.
    """
    past = past_of(sessions, TrainPlan(settings, goals=goals).protocol, now)
    # The loads of sets by a ratio follow from the person's own sets.
    return TrainPlan(settings, past, goals)


def days_since(when: datetime, now: datetime) -> int:
    """Return the number of midnights between two times, in the time zone of ``now``."""
    return (now.date() - when.astimezone(now.tzinfo).date()).days


def days_ago(seen_utc: str, now: datetime | None = None) -> int | None:
    """Return the days since a time in a file, which may hold any text; None for no time."""
    try:
        seen = datetime.fromisoformat(seen_utc)
    except ValueError:
        return None
    now = wall_clock.now() if now is None else now
    return days_since(seen, now) if seen.tzinfo is not None else None


def _next(
    settings: Settings, own: Sequence[LibrarySession], goals: Goals, now: datetime
) -> NextSession:
    plan = plan_after(own, settings, goals, now)
    first, count = plan.planned(1), plan.protocol.planned_sets
    planned = [plan.planned(number) for number in range(1, (count or 0) + 1)]
    sets = [one.prescription for one in planned]
    reps = [one.reps for one in planned or (first,)]
    weeks = 0.0 if not own else (now - own[0].when).total_seconds() / 86400.0 / DAYS_A_WEEK
    return NextSession(
        exercise=plan.exercise,
        protocol=plan.protocol.name,
        title=plan.protocol.title,
        number=len(own) + 1,
        week=int(max(weeks, 0.0)) + 1,
        of_weeks=plan.protocol.weeks,
        sets=count,
        reps=(min(reps), max(reps)),
        load=first.load,
        tempo=first.tempo,
        rest_s=first.prescription.rest_s,
        minutes=minutes_of(sets) if sets else None,
    )
