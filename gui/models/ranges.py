"""The ranges of the running session, for the page that measures them. No Qt."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from processing.calibration.changes import Calibrated
from processing.exercises.exercise import Exercise
from processing.exercises.exercise_file import built_in
from processing.library import LibrarySession
from processing.library.range_history import last_range
from processing.motion.calibrated import Calibration
from processing.ranges.measures import (
    TRIALS,
    Knee,
    Measure,
    RangeKind,
    kind_data,
    measured,
    still_turn,
)
from processing.ranges.results import Difference, LiveRanges, RangeResult, last_of_each
from processing.session import SessionOutput
from processing.types import AngleBlock, SessionEvent
from sensor.types import JsonValue

CHOICES: tuple[tuple[Measure, Knee], ...] = (
    (Measure.DORSIFLEXION, Knee.BENT),
    (Measure.DORSIFLEXION, Knee.STRAIGHT),
    (Measure.PLANTARFLEXION, Knee.BENT),
    (Measure.PLANTARFLEXION, Knee.STRAIGHT),
    (Measure.INCLINATION, Knee.BENT),
)
"""The measures that a person can choose."""


@dataclass(frozen=True, slots=True)
class RangeChange:
    """A result beside the one before it."""

    before_deg: float
    """The mean of last time, °."""
    difference: Difference
    """The mean of this time less that."""


class RangesModel:
    """The ranges of a session, trial by trial as they come."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget the session: another one begins."""
        self._live = LiveRanges()
        self._calibration: Calibration | None = None
        self._last: AngleBlock | None = None

    def take(self, updates: Iterable[SessionOutput]) -> None:
        """Take outputs of the session, oldest first."""
        for update in updates:
            if isinstance(update, Calibrated):
                self._calibration = update.calibration
            if isinstance(update, AngleBlock) and len(update.t):
                self._last = update
            if isinstance(update, AngleBlock | SessionEvent | Calibrated):
                self._live.feed(update)

    @property
    def running(self) -> RangeKind | None:
        """The measure that is being taken; None for none."""
        return None if self._live.running is None else self._live.running.kind

    @property
    def complete(self) -> bool:
        """Whether the measure that is being taken has its trials."""
        run = self._live.running
        return run is not None and not run.in_trial and len(run.result(0.0).counted) >= TRIALS

    @property
    def results(self) -> tuple[RangeResult, ...]:
        """The last result of each kind in this session."""
        return tuple(last_of_each(self._live.done).values())

    def result(self, kind: RangeKind) -> RangeResult | None:
        """Return the trials of ``kind``: those that are being done, or the last result."""
        run = self._live.running
        if run is not None and run.kind == kind:
            return run.result(run.t_start)
        return next((one for one in reversed(self._live.done) if one.kind == kind), None)

    def angle_deg(self, measure: Measure) -> float | None:
        """Return the angle of ``measure`` now, °; None while it is not known."""
        if self._last is None:
            return None
        value, known = measured(self._last, measure, still_turn(self._calibration))
        return math.degrees(value[-1]) if known[-1] else None

    def compared(
        self, kind: RangeKind, sessions: Sequence[LibrarySession], *, simulated: bool
    ) -> RangeChange | None:
        """Compare ``kind`` with the newest of earlier ``sessions``; None if one of both is missing.

        A person is not compared with a simulated leg.
        """
        now = self.result(kind)
        before = last_range((s for s in sessions if s.simulated == simulated), kind)
        if now is None or before is None or now.mean_deg is None or before.mean_deg is None:
            return None
        return RangeChange(before.mean_deg, Difference(now.mean_deg - before.mean_deg))


def kinds_of(exercise: Exercise) -> tuple[RangeKind, ...]:
    """Return what is measured in ``exercise``; nothing if it is none of ranges."""
    return tuple(RangeKind(one, knee) for one, knee in CHOICES if one in exercise.measures)


def exercise_for(measure: Measure) -> Exercise:
    """Return the exercise in which ``measure`` is taken."""
    return built_in("lunge_range" if measure is Measure.INCLINATION else "ankle_range")


def start_data(kind: RangeKind) -> dict[str, JsonValue]:
    """Return the fields of the event that begins ``kind``."""
    return {"exercise": exercise_for(kind.measure).key, "set_type": "FREE", **kind_data(kind)}
