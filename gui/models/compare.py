"""Two sets side by side: which ones, and their numbers. No Qt."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

import numpy as np

from gui.models.job import Job
from gui.models.review import ReviewedSession, open_events, whole_session
from gui.models.worker import Worker
from processing.judge.checks import Grade
from processing.judge.verdict import Verdict
from processing.library import KeptAnalyses, LibrarySession, LibrarySet
from processing.review.judged_sets import JudgedSet
from sensor.errors import ToepointError

SEEN_SESSIONS = 4
"""Sessions whose analysis is kept, to go back and forth without waiting."""
LEAST_REPS = 3
"""Of fewer reps nobody knows how much they vary."""
_STANDARD_ERRORS = 2.0
"""A difference of means beyond this many standard errors is rarer than 1 in 20 by chance."""
_OTHER_LEG = {"L": "R", "R": "L"}


@dataclass(frozen=True, slots=True)
class SetPlace:
    """A set of a recording."""

    path: Path
    """The recording."""
    index: int
    """The set among those of the recording, from 0."""


class Partner(Enum):
    """A set to compare with that is found by what it is."""

    BEFORE = auto()
    """The set before it in the session."""
    OTHER_LEG = auto()
    """The nearest set of the other leg, in the session or before it."""
    LAST_TIME = auto()
    """The set of that place in the last session with such sets."""
    BEST = auto()
    """The best earlier set of its kind: the most good reps, then the most load."""


class Measure(Enum):
    """A row of the table."""

    LOAD = auto()
    REPS = auto()
    GOOD = auto()
    LOWERING = auto()
    LIFT = auto()
    TOES_LIFTING = auto()
    TOES_LOWERING = auto()
    RANGE = auto()
    POINTED = auto()
    CONTROL_LOSS = auto()


@dataclass(frozen=True, slots=True)
class Compared:
    """A measure of both sets."""

    measure: Measure
    """Its name."""
    first: float | None
    """In kg, reps, %, s or degrees; None where it is not known or does not apply."""
    second: float | None
    """The same of the other set."""
    within_chance: bool | None = None
    """Whether the difference of means is smaller than twice its standard error; None where that cannot be told."""


def compare_sets(first: JudgedSet, second: JudgedSet) -> tuple[Compared, ...]:
    """Return the rows of the table of two sets; a row that neither set has is left out."""
    rows = [
        Compared(Measure.LOAD, first.load_kg, second.load_kg),
        Compared(Measure.REPS, first.metrics.reps, second.metrics.reps),
        Compared(Measure.GOOD, first.metrics.quality_percent, second.metrics.quality_percent),
        _of_reps(Measure.LOWERING, first, second, lambda v: v.measures.eccentric_s),
        _of_reps(Measure.LIFT, first, second, lambda v: v.measures.concentric_s),
        _of_reps(Measure.RANGE, first, second, lambda v: math.degrees(v.measures.rom)),
    ]
    if all(one.source.exercise.asks_toes for one in (first, second)):
        rows += [
            _of_reps(
                Measure.TOES_LIFTING, first, second, lambda v: _degrees(v.measures.lift_ankle)
            ),
            _of_reps(
                Measure.TOES_LOWERING, first, second, lambda v: _degrees(v.measures.ankle_ecc)
            ),
            Compared(
                Measure.POINTED,
                first.metrics.pointed_eccentric_s,
                second.metrics.pointed_eccentric_s,
            ),
        ]
    rows.append(
        Compared(
            Measure.CONTROL_LOSS,
            first.metrics.control_loss_percent,
            second.metrics.control_loss_percent,
        )
    )
    return tuple(row for row in rows if row.first is not None or row.second is not None)


def partners(
    sessions: Sequence[LibrarySession], place: SetPlace
) -> tuple[tuple[Partner, SetPlace], ...]:
    """Return the sets to compare the set at ``place`` with, at most one of each kind.

    Parameters
    ----------
    sessions
        Those of the folder, newest first.
    place
        The set; none is found for one of another folder.
    """
    session = next((s for s in sessions if s.path == place.path), None)
    if session is None or place.index >= len(session.sets):
        return ()
    this = session.sets[place.index]
    earlier = [s for s in sessions if s.created_utc < session.created_utc]
    earlier = [s for s in earlier if s.simulated == session.simulated]
    other = _OTHER_LEG.get(this.side, "")
    found = {
        Partner.BEFORE: SetPlace(place.path, place.index - 1) if place.index else None,
        Partner.OTHER_LEG: _nearest(session, earlier, place.index, this, other),
        Partner.LAST_TIME: _last_time(earlier, place.index, this),
        Partner.BEST: _best(earlier, this),
    }
    return tuple((kind, at) for kind, at in found.items() if at is not None)


class CompareModel:
    """The two sets of the page, read in the background.

    Parameters
    ----------
    worker
        Runs the jobs.
    kept
        The analyses of earlier runs.

    Attributes
    ----------
    places
        The two sets; None: not chosen yet.
    trouble
        The error of the last job; empty for none.
    """

    def __init__(self, worker: Worker, kept: KeptAnalyses) -> None:
        self._worker, self._kept = worker, kept
        self._seen: dict[Path, ReviewedSession] = {}
        self._job: tuple[Path, Job[ReviewedSession]] | None = None
        self.places: list[SetPlace | None] = [None, None]
        self.trouble = ""

    def begin(self, session: ReviewedSession, index: int) -> None:
        """Take a set of a session that has been read as the first one; the second one is not chosen yet."""
        self._keep(session)
        self.places = [SetPlace(session.recording.path, index), None]
        self.trouble = ""

    def clear(self) -> None:
        """Forget both sets: another athlete trains."""
        self.places = [None, None]
        self._seen.clear()
        self.trouble = ""

    def choose(self, side: int, place: SetPlace) -> None:
        """Choose the first (0) or the second (1) set."""
        self.places[side] = place
        self.trouble = ""

    def swap(self) -> None:
        """Exchange the two sets."""
        self.places.reverse()

    def session(self, side: int) -> ReviewedSession | None:
        """Return the session of the first (0) or second (1) set; None while it is not read."""
        place = self.places[side]
        return None if place is None else self._seen.get(place.path)

    def judged(self, side: int) -> JudgedSet | None:
        """Return the first (0) or second (1) set; None while it is not read, and if there is none."""
        place, session = self.places[side], self.session(side)
        if place is None or session is None or place.index >= len(session.sets):
            return None
        return session.sets[place.index]

    @property
    def reading(self) -> Path | None:
        """The recording that is being read."""
        return None if self._job is None else self._job[0]

    def poll(self, *, may_read: bool) -> None:
        """Take what has been read, and read what is missing unless sensors stream."""
        if self._job is not None:
            path, job = self._job
            if not job.done:
                return
            self._job = None
            try:
                session = job.result()
            except ToepointError as error:
                self.trouble = str(error)
                self.places = [p if p is None or p.path != path else None for p in self.places]
            else:
                if session is not None:
                    self._keep(session)
        missing = [p.path for p in self.places if p is not None and p.path not in self._seen]
        if missing and may_read:
            path = missing[0]
            self._job = (
                path,
                Job(self._worker, lambda tell: whole_session(open_events(path), self._kept, tell)),
            )

    def _keep(self, session: ReviewedSession) -> None:
        path = session.recording.path
        self._seen.pop(path, None)
        self._seen[path] = session
        needed = {p.path for p in self.places if p is not None}
        for old in [p for p in self._seen if p not in needed][
            : max(len(self._seen) - SEEN_SESSIONS, 0)
        ]:
            del self._seen[old]


def _of_reps(
    measure: Measure, first: JudgedSet, second: JudgedSet, of: Callable[[Verdict], float]
) -> Compared:
    """Compare the means of a measure of whole reps."""
    values = [np.array([of(v) for v in _measured(one)]) for one in (first, second)]
    means = [float(one.mean()) if one.size else None for one in values]
    chance = None
    if all(one.size >= LEAST_REPS for one in values):
        # Welch's: the two sets may vary by different amounts.
        error = math.sqrt(sum(float(one.var(ddof=1)) / one.size for one in values))
        chance = abs(float(values[0].mean() - values[1].mean())) <= _STANDARD_ERRORS * error
    return Compared(measure, means[0], means[1], chance)


def _measured(judged: JudgedSet) -> list[Verdict]:
    """Return the whole reps whose data are sound."""
    whole = [v for v in judged.verdicts if not v.rep.partial]
    sound = [v for v in whole if v.grade is not Grade.NOT_JUDGED]
    # A set of free movement is judged by nothing, and measured all the same.
    return sound or whole


def _degrees(angle: float) -> float:
    return math.degrees(angle)


def _alike(one: LibrarySet, this: LibrarySet, side: str) -> bool:
    return (one.exercise, one.type, one.side) == (this.exercise, this.type, side)


def _nearest(
    session: LibrarySession,
    earlier: Sequence[LibrarySession],
    index: int,
    this: LibrarySet,
    side: str,
) -> SetPlace | None:
    if not side:
        return None
    inside = [n for n, one in enumerate(session.sets) if _alike(one, this, side)]
    if inside:
        return SetPlace(session.path, min(inside, key=lambda n: abs(n - index)))
    return next(
        (
            SetPlace(one.path, n)
            for one in earlier
            for n, each in reversed(list(enumerate(one.sets)))
            if _alike(each, this, side)
        ),
        None,
    )


def _last_time(earlier: Sequence[LibrarySession], index: int, this: LibrarySet) -> SetPlace | None:
    for one in earlier:
        same = [n for n, each in enumerate(one.sets) if _alike(each, this, this.side)]
        if same:
            return SetPlace(one.path, min(same, key=lambda n: abs(n - index)))
    return None


def _best(earlier: Sequence[LibrarySession], this: LibrarySet) -> SetPlace | None:
    found = [
        (each.metrics.good, each.load_kg or 0.0, one.created_utc, SetPlace(one.path, n))
        for one in earlier
        for n, each in enumerate(one.sets)
        if _alike(each, this, this.side) and each.metrics.good
    ]
    return max(found, key=lambda one: one[:3])[3] if found else None
