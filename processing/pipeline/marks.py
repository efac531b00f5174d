"""The marked sets and calibration movements of a session, from its events.

A recording may hold the marks in any order, and a person may press twice.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from processing.calibration.calibration_steps import CalibrationStep
from sensor.types import Event, EventKind, JsonValue, SessionHeader


class PlanEventKind(StrEnum):
    """A kind of event that the plan reads, beside those of every session."""

    RESERVE = "plan.reserve"
    """``reserve``: reps in reserve of the last set."""
    LOAD = "plan.load"
    """``load_kg`` of the last set, or of the next one before the first."""
    SORENESS = "plan.soreness"
    """``soreness`` of hamstrings and calves before the first set, 0 to 10; null: not answered."""
    NEXT = "plan.next"
    """The person's choices for the next set, with the fields of ``set.start``: it may start by itself."""
    SETS = "plan.sets"
    """``waves`` and ``set`` as in a protocol: they replace the sets of the session from now on."""
    EXERTION = "plan.exertion"
    """``exertion``: self-reported effort of the whole session, 0 to 10; null: not answered."""


DOUBLE_CLICK_S = 1.0
"""Two marks of a set this close together are a clicker pressed twice: a cramp.

No set is shorter, and a double click takes half as long.
"""
CRAMP_KEY = "c"
"""The key that stops a set for a cramp."""
MEASURE_KEY = "measure"
"""The key of a range in the data of the event that begins its trials. No clicker sends it."""
_SET_MARKS = EventKind.SET_START, EventKind.SET_END
_MOVEMENT = EventKind.CALIBRATION_START, (EventKind.CALIBRATION_END,)


class DoubleClick:
    """Distinguishes a clicker that was pressed twice from two marks of sets."""

    def __init__(self) -> None:
        self._last_t = -math.inf

    def is_second(self, t: float, kind: str) -> bool:
        """Return whether the event at ``t`` s is the second of two marks."""
        if kind not in _SET_MARKS:
            return False
        last_t, self._last_t = self._last_t, t
        return t - last_t <= DOUBLE_CLICK_S


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A marked set or calibration movement."""

    t_start: float
    """Start, s."""
    t_end: float
    """End, s."""
    data: Mapping[str, JsonValue]
    """The fields of its events: of a set, its prescription."""
    cramp: bool = False
    """Whether it ended with a cramp."""
    marked: bool = True
    """Whether a person marked its start; else the first lift began it."""

    def holds(self, t: float) -> bool:
        """Return whether ``t`` s lies in it."""
        return self.t_start <= t <= self.t_end


def movements(
    header: SessionHeader, events: Sequence[Event], t_last: float = math.inf
) -> list[MarkedSpan]:
    """Return the marked movements of a calibration; an open one ends at ``t_last`` s."""
    start, ends = _MOVEMENT
    spans: list[MarkedSpan] = []
    begun: MarkedSpan | None = None
    for event in events:
        t = (event.t_ns - header.start_ns) / 1e9
        if event.kind in ends and begun is not None:
            spans.append(replace(begun, t_end=t))
            begun = None
        if event.kind == start:
            begun = MarkedSpan(t, t_last, event.data)
    return spans if begun is None else [*spans, begun]


def marked_sets(header: SessionHeader, events: Sequence[Event], t_last: float) -> list[MarkedSpan]:
    """Return the marked sets; an open one ends at ``t_last`` s.

    If the leg lay still and so ended a set before its mark, the mark decides. A reserve that is
    given after a set belongs to it. Of two clicks at once the second marks no set, and neither does
    the first if it began one.
    """
    spans: list[MarkedSpan] = []
    begun: MarkedSpan | None = None
    over_t = t_last
    clicks = DoubleClick()
    for event in events:
        t = (event.t_ns - header.start_ns) / 1e9
        if clicks.is_second(t, event.kind) and MEASURE_KEY not in event.data:
            if begun is None and spans:
                spans[-1] = replace(spans[-1], cramp=True)
            begun = None
            continue
        if event.kind == EventKind.SET_OVER:
            over_t = min(over_t, t)
        elif event.kind == PlanEventKind.RESERVE and spans and begun is None:
            spans[-1] = replace(spans[-1], data={**spans[-1].data, **event.data})
        elif event.kind == EventKind.KEY and event.data.get("key") == CRAMP_KEY and begun:
            begun = replace(begun, cramp=True)
        elif event.kind in _SET_MARKS and begun is not None:
            # A new set without an end of the last: that one ended when the leg lay still.
            end_t = min(over_t, t) if event.kind == EventKind.SET_START else t
            spans.append(replace(begun, t_end=end_t))
            begun = None
        if event.kind == EventKind.SET_START:
            begun, over_t = MarkedSpan(t, t, event.data), t_last
    return spans if begun is None else [*spans, replace(begun, t_end=over_t)]


def cramps(header: SessionHeader, events: Sequence[Event]) -> list[float]:
    """Return the times (s) at which the person stopped for a cramp."""
    clicks = DoubleClick()
    found: list[float] = []
    for event in events:
        t = (event.t_ns - header.start_ns) / 1e9
        key = event.kind == EventKind.KEY and event.data.get("key") == CRAMP_KEY
        second = clicks.is_second(t, event.kind) and MEASURE_KEY not in event.data
        if second or key:
            found.append(t)
    return found


def is_strapping(kind: str, data: Mapping[str, JsonValue]) -> bool:
    """Return whether an event says that the sensors were strapped on again, or are off the leg."""
    benched = kind == EventKind.CALIBRATION_START and data.get("step") == CalibrationStep.BENCH
    return benched or kind == EventKind.STRAPPED_ON


def strappings(header: SessionHeader, events: Sequence[Event]) -> tuple[float, ...]:
    """Return the times (s) at which the sensors were strapped on again."""
    return tuple((e.t_ns - header.start_ns) / 1e9 for e in events if is_strapping(e.kind, e.data))


def marks_calibrate(events: Sequence[Event], last: CalibrationStep = CalibrationStep.CURLS) -> bool:
    """Return whether the marked movements are enough for a calibration: a pose, then ``last``."""
    done = [
        event.data.get("step")
        for event in events
        if event.kind == EventKind.CALIBRATION_END and event.data.get("accepted", True) is True
    ]
    return CalibrationStep.STILL in done and last in done[done.index(CalibrationStep.STILL) :]
