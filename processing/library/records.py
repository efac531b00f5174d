"""What a library knows of a session without opening it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from processing.coach.protocol import SetType
from processing.judge.set_metrics import SetMetrics
from processing.review.judged_sets import JudgedSet, plan_name, protocol_name
from processing.review.self_reports import Felt
from processing.review.session_numbers import session_load
from sensor.errors import ToepointError
from sensor.recording import Recording


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
    """The numbers of one set. Loads in kg, ``target_s`` that of the lowering, in s."""

    number: int
    type: SetType
    side: str
    load_kg: float | None
    target_s: float | None
    metrics: SetMetrics


@dataclass(frozen=True, slots=True)
class LibrarySession:
    """One recording: when it was, how sound it is, and its sets.

    ``health`` says what was recovered of a recording that is not ``complete``, and what is wrong
    with the edits beside it; ``problem`` why it cannot be opened at all, else it is empty. ``created_utc`` is an ISO 8601 time.
    """

    path: Path
    created_utc: str
    duration_s: float
    simulated: bool
    complete: bool
    health: str
    sets: tuple[LibrarySet, ...]
    problem: str = ""
    felt: Felt = field(default_factory=Felt)
    plan: str = ""
    """The name of the protocol that it was coached by; empty if nobody coached it."""

    @property
    def when(self) -> datetime:
        """When it was recorded, in the time zone of this computer."""
        return datetime.fromisoformat(self.created_utc).astimezone()

    @property
    def protocol(self) -> str:
        """The protocol that its sets belong to; empty without sets."""
        return protocol_name([s.type for s in self.sets])

    @property
    def reps(self) -> int:
        """Whole reps of all sets."""
        return sum(s.metrics.reps for s in self.sets)

    @property
    def quality_percent(self) -> float | None:
        """Good reps of judged reps; None if none was judged."""
        judged = sum(s.metrics.judged for s in self.sets)
        return 100.0 * sum(s.metrics.good for s in self.sets) / judged if judged else None

    @property
    def pointed_eccentric_s(self) -> float:
        """Time under tension with pointed toes while lowering, of all sets."""
        return math.fsum(s.metrics.pointed_eccentric_s for s in self.sets)

    @property
    def session_load(self) -> float | None:
        """Perceived exertion times minutes, in arbitrary units; None if nobody said how hard it was."""
        exertion = self.felt.exertion
        return None if exertion is None else session_load(exertion, self.duration_s)

    @property
    def load_kg(self) -> float | None:
        """The heaviest load of its sets; None where none is known."""
        return max((s.load_kg for s in self.sets if s.load_kg is not None), default=None)


def session_of(
    recording: Recording, sets: Sequence[JudgedSet], said: Felt, trouble: str = ""
) -> LibrarySession:
    """Return what the library keeps of an opened recording and its judged sets.

    ``said`` is how the person felt, ``trouble`` what is wrong with the edits beside it.
    """
    health = recording.health
    words = [] if health.complete else [health.summary]
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
            )
            for s in sets
        ),
        felt=said,
        plan=plan_name(recording.header),
    )


def unreadable(path: Path, problem: str) -> LibrarySession:
    """Return what the library keeps of a file that cannot be opened."""
    return LibrarySession(path, _changed_utc(path), 0.0, False, False, "", (), problem)


def _moment(created_utc: str, path: Path) -> str:
    """Return a time that can be read; a recording is not bound to hold one."""
    try:
        moment = datetime.fromisoformat(created_utc)
    except ValueError:
        return _changed_utc(path)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def _changed_utc(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat()
