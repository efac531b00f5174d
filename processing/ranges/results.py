"""The results of a range: its trials, their mean, and what can be told from a difference."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from processing.calibration.changes import Calibrated
from processing.motion.calibrated import Calibration
from processing.pipeline.marks import MarkedSpan
from processing.ranges.measures import Knee, Measure, RangeKind, measured, read_kind, still_turn
from processing.ranges.trials import Trial, TrialFinder, counted
from processing.types import AngleBlock, SessionEvent, slice_block
from sensor.types import EventKind

LEAST_CHANGE_DEG = 4.7
"""The smallest change of a mean of three trials that is more than chance, °.

Of the weight-bearing lunge, on average over its versions: 4.7° by one examiner, 4.6° by two (Powden, Hoch
and Hoch 2015, a review of its reliability, doi:10.1016/j.math.2015.01.004). It stands in for the ankle
without weight too, of which no better figure is known here.
"""


@dataclass(frozen=True, slots=True)
class RangeResult:
    """The trials of one measure."""

    kind: RangeKind
    """The measure, the knee and the side."""
    t_start: float
    """Its start, s."""
    t_end: float
    """Its end, s."""
    trials: tuple[Trial, ...]
    """All trials in order of time, also those that do not count."""

    @property
    def counted(self) -> tuple[Trial, ...]:
        """The trials that count."""
        return counted(self.trials)

    @property
    def values_deg(self) -> tuple[float, ...]:
        """The values of the trials that count, °."""
        return tuple(t.value_deg for t in self.counted if t.value_deg is not None)

    @property
    def mean_deg(self) -> float | None:
        """Their mean, °; None without any."""
        values = self.values_deg
        return float(np.mean(values)) if values else None


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of two means."""

    change_deg: float
    """The first less the second, °."""
    least_deg: float = LEAST_CHANGE_DEG
    """The smallest one that is more than chance, °."""

    @property
    def can_be_told(self) -> bool:
        """Whether it is more than chance."""
        return abs(self.change_deg) >= self.least_deg


class RangeRun:
    """A measure that is being taken.

    Parameters
    ----------
    kind
        The measure.
    t_start
        When it began, s.
    calibration
        The one in force; None if it is not known.
    """

    def __init__(
        self, kind: RangeKind, t_start: float, calibration: Calibration | None = None
    ) -> None:
        self.kind, self.t_start = kind, t_start
        self._still = still_turn(calibration)
        self.trials: list[Trial] = []
        self._finder = TrialFinder()

    @property
    def in_trial(self) -> bool:
        """Whether a trial is under way."""
        return self._finder.in_trial

    @property
    def held_s(self) -> float:
        """How long the end of the trial under way was held so far, s."""
        return self._finder.held_s

    def feed(self, angles: AngleBlock) -> list[Trial]:
        """Take the next angles; return the trials that end in them."""
        found = self._finder.feed(angles.t, *measured(angles, self.kind.measure, self._still))
        self.trials += found
        return found

    def result(self, t_end: float) -> RangeResult:
        """Return the trials so far."""
        return RangeResult(self.kind, self.t_start, t_end, tuple(self.trials))

    def finish(self, t_end: float) -> RangeResult:
        """End the measure at ``t_end`` s."""
        self.trials += self._finder.finish()
        return self.result(t_end)


class LiveRanges:
    """The ranges of a running session, from the updates of its pipeline."""

    def __init__(self) -> None:
        self._calibration: Calibration | None = None
        self.running: RangeRun | None = None
        self.done: list[RangeResult] = []

    def feed(self, update: AngleBlock | SessionEvent | Calibrated) -> list[Trial]:
        """Take the next update; return the trials that end in it."""
        if isinstance(update, AngleBlock):
            return [] if self.running is None else self.running.feed(update)
        if isinstance(update, Calibrated):
            self._calibration = update.calibration
        elif update.kind in (EventKind.SET_START, EventKind.SET_END):
            if self.running is not None:
                self.done.append(self.running.finish(update.t))
            starts = read_kind(update.data) if update.kind == EventKind.SET_START else None
            self.running = None
            if starts is not None:
                self.running = RangeRun(starts, update.t, self._calibration)
        return []


def range_results(
    spans: Iterable[MarkedSpan],
    angles: AngleBlock,
    calibrations: Sequence[Calibrated | Calibration],
) -> tuple[RangeResult, ...]:
    """Return the ranges that are measured in marked sets of a recording.

    Parameters
    ----------
    spans
        The marked sets, also those without a measure.
    angles
        The angles of the whole recording.
    calibrations
        Those of the recording in order of time; one without a time holds from the start.
    """
    found = []
    for span in spans:
        kind = read_kind(span.data)
        if kind is None:
            continue
        # An event belongs behind the last sample of its time.
        first, last = np.searchsorted(angles.t, (span.t_start, span.t_end), side="right").tolist()
        run = RangeRun(kind, span.t_start, _in_force(calibrations, span.t_start))
        run.feed(slice_block(angles, first, last))
        found.append(run.finish(span.t_end))
    return tuple(found)


def _in_force(calibrations: Sequence[Calibrated | Calibration], t: float) -> Calibration | None:
    """Return the calibration at ``t`` s; the first one reaches back to the start."""
    found: Calibration | None = None
    for one in calibrations:
        if isinstance(one, Calibration):
            found = one
        elif found is None or one.t <= t:
            found = one.calibration
    return found


def last_of_each(results: Sequence[RangeResult]) -> dict[RangeKind, RangeResult]:
    """Return the last result of each kind that has a value."""
    return {one.kind: one for one in results if one.mean_deg is not None}


def knee_difference(results: Sequence[RangeResult], side: str) -> Difference | None:
    """Return how far the toes come up with a straight knee less that with a bent one; None if unknown.

    What is lost tells of the gastrocnemius, which crosses the knee.
    """
    last = last_of_each(results)
    found = [last.get(RangeKind(Measure.DORSIFLEXION, knee, side)) for knee in Knee]
    bent, straight = (None if one is None else one.mean_deg for one in found)
    return None if bent is None or straight is None else Difference(straight - bent)
