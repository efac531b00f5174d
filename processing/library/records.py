"""The records of sessions in a library: their numbers, without opening the recordings."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from processing.coach.beginning import recorded_beginning
from processing.coach.loads import guarded
from processing.coach.protocol import Protocol, SetType
from processing.coach.set_fields import read_number
from processing.coach.supramaximal import admitted
from processing.exercises.exercise import HEEL_RAISE, LEG_CURL
from processing.judge.checks import Grade
from processing.judge.reasons import Fault
from processing.judge.set_metrics import SetMetrics
from processing.judge.verdict import Verdict
from processing.ranges.results import RangeResult
from processing.review.judged_sets import JudgedSet, plan_name, protocol_name
from processing.review.self_reports import SelfReports
from processing.review.session_numbers import session_load
from sensor.errors import DocumentError, ToepointError
from sensor.recording import Recording
from sensor.types import JsonValue, SessionHeader

EXERCISE_PATTERN = r"\A[a-z][a-z0-9_]{0,39}\Z"
"""The form of an exercise key."""
_MOST_REPS = 1000.0
"""No set is planned with more."""


class LibraryError(ToepointError):
    """A folder of sessions whose index cannot be used.

    Attributes
    ----------
    path
        The index.
    """

    def __init__(self, path: Path, detail: str) -> None:
        self.path = path
        super().__init__(f"{path}: {detail}")


@dataclass(frozen=True, slots=True)
class LibrarySet:
    """The numbers of one set."""

    number: int
    """Counts the sets of the session from 1."""
    type: SetType
    """Kind of the set."""
    side: str
    """L, R or BOTH; empty if not known."""
    load_kg: float | None
    """Load in kg; None if not known."""
    target_s: float | None
    """Prescribed duration of the lowering, s; None without a tempo."""
    metrics: SetMetrics
    """Everything that was measured."""
    exercise: str = LEG_CURL
    """Key of the exercise."""
    planned_reps: int | None = None
    """Prescribed reps; None if none were."""
    faults: Mapping[Fault, int] = field(default_factory=dict)
    """Number of whole reps that were not good, by the fault of their reason; unjudged ones have none."""


@dataclass(frozen=True, slots=True)
class LibrarySession:
    """One recording of a library."""

    path: Path
    """The recording."""
    created_utc: str
    """When it began, ISO 8601."""
    duration_s: float
    """Its duration, s."""
    simulated: bool
    """Whether it comes from a simulated leg."""
    complete: bool
    """Whether all of it is there."""
    health: str
    """The recovered part of an incomplete recording, and problems of its edits."""
    sets: tuple[LibrarySet, ...]
    """Sets in order of time."""
    problem: str = ""
    """Why it cannot be opened; empty if it can."""
    self_reports: SelfReports = field(default_factory=SelfReports)
    """Self-reported soreness and exertion."""
    plan: str = ""
    """Name of the protocol that it was coached by; empty if it was not coached."""
    planned_sets: int | None = None
    """Number of sets that its plan asked of this person; None if it had no plan or an open one."""
    per_week: int | None = None
    """Sessions a week that its protocol advises; None if it advises none."""
    ranges: tuple[RangeResult, ...] = ()
    """The ranges that were measured in it, in order of time."""
    older_engine: bool = False
    """Whether an older version of the program computed its numbers; they are computed again soon."""

    @property
    def when(self) -> datetime:
        """When it began, in the time zone of this computer."""
        return datetime.fromisoformat(self.created_utc).astimezone()

    @property
    def protocol(self) -> str:
        """The protocol that its sets belong to by their types; empty without sets."""
        return protocol_name([s.type for s in self.sets])

    @property
    def reps(self) -> int:
        """Whole reps of all sets."""
        return sum(s.metrics.reps for s in self.sets)

    @property
    def quality_percent(self) -> float | None:
        """Share of the judged reps that are good, %; None if none was judged."""
        judged = sum(s.metrics.judged for s in self.sets)
        return 100.0 * sum(s.metrics.good for s in self.sets) / judged if judged else None

    @property
    def pointed_eccentric_s(self) -> float:
        """Time under tension with pointed toes while lowering, of all sets, s."""
        return math.fsum(s.metrics.pointed_eccentric_s for s in self.sets)

    @property
    def best_work_deg(self) -> float | None:
        """Height times reps of the best set of heel raises, °; None without one."""
        found = [s.metrics.work_index for s in self.sets if s.exercise == HEEL_RAISE]
        return max((math.degrees(work) for work in found if work is not None), default=None)

    @property
    def best_height_deg(self) -> float | None:
        """Largest height of a heel raise, °; None without one."""
        raised = [s.metrics for s in self.sets if s.exercise == HEEL_RAISE]
        # Numbers of an older version have the mean alone, which is reached for sure.
        found = [m.rom_best or m.rom_mean for m in raised]
        return max((math.degrees(angle) for angle in found if angle is not None), default=None)

    @property
    def eccentric_s(self) -> float:
        """Time of the lowerings of all sets, s."""
        return math.fsum(s.metrics.eccentric_s for s in self.sets)

    @property
    def eccentric_dose_kgs(self) -> float:
        """Load times the time of the lowerings, of all sets with a known load, kg·s."""
        return math.fsum(s.metrics.eccentric_volume_kgs or 0.0 for s in self.sets)

    @property
    def session_load(self) -> float | None:
        """Perceived exertion times minutes, in arbitrary units; None if it was not reported."""
        exertion = self.self_reports.exertion
        return None if exertion is None else session_load(exertion, self.duration_s)

    @property
    def load_kg(self) -> float | None:
        """The heaviest load of its sets in kg; None where none is known."""
        return max((s.load_kg for s in self.sets if s.load_kg is not None), default=None)


def session_of(
    recording: Recording,
    sets: Sequence[JudgedSet],
    reports: SelfReports,
    trouble: str = "",
    ranges: Sequence[RangeResult] = (),
) -> LibrarySession:
    """Make the record of a recording.

    Parameters
    ----------
    recording
        The opened recording.
    sets
        Its judged sets.
    reports
        Self-reported soreness and exertion.
    trouble
        The trouble with the edits beside it; empty if there is none.
    ranges
        Its measured ranges.
    """
    health = recording.health
    words = [] if health.complete else [health.summary]
    protocol = _protocol_of(recording.header)
    return LibrarySession(
        path=recording.path,
        created_utc=_moment(recording.header.created_utc, recording.path),
        duration_s=recording.duration_s,
        simulated=recording.header.simulated,
        complete=health.complete,
        health="; ".join([*words, trouble] if trouble else words),
        sets=tuple(
            LibrarySet(
                s.number,
                s.type,
                s.side,
                s.load_kg,
                s.target.tempo.eccentric_s if s.target.tempo is not None else None,
                s.metrics,
                s.source.exercise.key,
                _planned_reps(s.source.prescription),
                fault_counts(s.verdicts),
            )
            for s in sets
        ),
        self_reports=reports,
        plan=plan_name(recording.header),
        planned_sets=None if protocol is None else protocol.planned_sets,
        per_week=None if protocol is None else protocol.per_week,
        ranges=tuple(ranges),
    )


def of_exercise(
    sessions: Sequence[LibrarySession], exercise: str | None
) -> tuple[LibrarySession, ...]:
    """Return the sessions with the sets of ``exercise`` alone; None: as they are.

    Sessions without such a set stay, since what the person reported in them counts all the same.
    """
    if exercise is None:
        return tuple(sessions)
    found = []
    for session in sessions:
        sets = tuple(s for s in session.sets if s.exercise == exercise)
        # A plan counts the sets of all exercises.
        same = len(sets) == len(session.sets)
        found.append(session if same else replace(session, sets=sets, planned_sets=None))
    return tuple(found)


def fault_counts(verdicts: Sequence[Verdict]) -> Mapping[Fault, int]:
    """Return the number of whole reps that were not good, by the fault of their reason."""
    found = (
        v.reason.fault
        for v in verdicts
        if v.grade in (Grade.NEAR, Grade.MISS) and not v.rep.partial and v.reason is not None
    )
    return dict(Counter(fault for fault in found if fault is not None))


def unreadable(path: Path, problem: str) -> LibrarySession:
    """Make the record of a file that cannot be opened because of ``problem``."""
    return LibrarySession(path, _changed_utc(path), 0.0, False, False, "", (), problem)


def _planned_reps(asked: Mapping[str, JsonValue]) -> int | None:
    planned = read_number(asked.get("planned_reps"), _MOST_REPS)
    return None if planned is None else round(planned)


def _protocol_of(header: SessionHeader) -> Protocol | None:
    """Return the protocol that a session was coached by, as it was planned for this person."""
    try:
        begun = recorded_beginning(header)
    except DocumentError:
        # The analysis lists it among its problems.
        return None
    return (
        None if begun is None else guarded(admitted(begun.protocol, begun.athlete), begun.athlete)
    )


def _moment(created_utc: str, path: Path) -> str:
    """Return the time in a head, or that of the file: a head may hold any text."""
    try:
        moment = datetime.fromisoformat(created_utc)
    except ValueError:
        return _changed_utc(path)
    # A time without a zone cannot be compared with the others.
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def _changed_utc(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat()
