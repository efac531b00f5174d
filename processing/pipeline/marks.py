"""What the marks of a session say: when each set and each movement of a calibration was.

A recording may hold them in any order, and a person may press twice.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from processing.calibration.steps import Step
from sensor.types import Event, EventKind, JsonValue, SessionHeader


class PlanEventKind(StrEnum):
    """Events that the plan reads beside those of every session."""

    RESERVE = "plan.reserve"
    """``reserve``: repetitions in reserve of the last set."""
    LOAD = "plan.load"
    """``load_kg`` of the last set, or of the next one while none was done."""
    SORENESS = "plan.soreness"
    """``soreness`` of hamstrings and calves before the first set, 0 to 10; null: not answered."""
    EXERTION = "plan.exertion"
    """``exertion`` of the whole session as the person felt it, 0 to 10; null: not answered."""


DOUBLE_CLICK_S = 1.0
"""Two marks of a set so close together are a clicker pressed twice: a cramp."""
CRAMP_KEY = "c"
_SET_MARKS = EventKind.SET_START, EventKind.SET_END
_MOVEMENT = EventKind.CALIBRATION_START, (EventKind.CALIBRATION_END,)


class DoubleClick:
    """Tells a clicker that was pressed twice from two sets that were marked."""

    def __init__(self) -> None:
        self._last_t = -math.inf

    def is_second(self, t: float, kind: str) -> bool:
        """Return whether the event at ``t`` s is the second of two marks."""
        if kind not in _SET_MARKS:
            return False
        last_t, self._last_t = self._last_t, t
        return t - last_t <= DOUBLE_CLICK_S


@dataclass(frozen=True, slots=True)
class Span:
    """Something that was marked: its times in s and what was said of it.

    ``cramp`` says that it ended for one.
    """

    t_start: float
    t_end: float
    plan: Mapping[str, JsonValue]
    cramp: bool = False

    def holds(self, t: float) -> bool:
        """Return whether ``t`` s lies in it."""
        return self.t_start <= t <= self.t_end


def movements(
    header: SessionHeader, events: Sequence[Event], t_last: float = math.inf
) -> list[Span]:
    """Return the marked movements of a calibration; one that is open ends at ``t_last`` s."""
    start, ends = _MOVEMENT
    spans: list[Span] = []
    begun: Span | None = None
    for event in events:
        t = (event.t_ns - header.start_ns) / 1e9
        if event.kind in ends and begun is not None:
            spans.append(replace(begun, t_end=t))
            begun = None
        if event.kind == start:
            begun = Span(t, t_last, event.data)
    return spans if begun is None else [*spans, begun]


def marked_sets(header: SessionHeader, events: Sequence[Event], t_last: float) -> list[Span]:
    """Return the marked sets; one that is open ends at ``t_last`` s.

    Where a set was over before its mark, for the leg lay still, the mark has the last word. What
    was said of a set after it belongs to its plan. Of two clicks at once the second marks no set,
    and neither does the first if it began one.
    """
    spans: list[Span] = []
    begun: Span | None = None
    over_t = t_last
    clicks = DoubleClick()
    for event in events:
        t = (event.t_ns - header.start_ns) / 1e9
        if clicks.is_second(t, event.kind):
            if begun is None and spans:
                spans[-1] = replace(spans[-1], cramp=True)
            begun = None
            continue
        if event.kind == EventKind.SET_OVER:
            over_t = min(over_t, t)
        elif event.kind == PlanEventKind.RESERVE and spans and begun is None:
            spans[-1] = replace(spans[-1], plan={**spans[-1].plan, **event.data})
        elif event.kind == EventKind.KEY and event.data.get("key") == CRAMP_KEY and begun:
            begun = replace(begun, cramp=True)
        elif event.kind in _SET_MARKS and begun is not None:
            end_t = min(over_t, t) if event.kind == EventKind.SET_START else t
            spans.append(replace(begun, t_end=end_t))
            begun = None
        if event.kind == EventKind.SET_START:
            begun, over_t = Span(t, t, event.data), t_last
    return spans if begun is None else [*spans, replace(begun, t_end=over_t)]


def cramps(header: SessionHeader, events: Sequence[Event]) -> list[float]:
    """Return when, in s, the person stopped for a cramp."""
    clicks = DoubleClick()
    found: list[float] = []
    for event in events:
        t = (event.t_ns - header.start_ns) / 1e9
        key = event.kind == EventKind.KEY and event.data.get("key") == CRAMP_KEY
        if clicks.is_second(t, event.kind) or key:
            found.append(t)
    return found


def is_strapping(kind: str, data: Mapping[str, JsonValue]) -> bool:
    """Return whether an event says that the sensors were strapped on anew, or are off the leg."""
    benched = kind == EventKind.CALIBRATION_START and data.get("step") == Step.BENCH
    return benched or kind == EventKind.STRAPPED_ON


def strappings(header: SessionHeader, events: Sequence[Event]) -> tuple[float, ...]:
    """Return when, in s, the sensors were strapped on anew."""
    return tuple((e.t_ns - header.start_ns) / 1e9 for e in events if is_strapping(e.kind, e.data))


def marks_calibrate(events: Sequence[Event]) -> bool:
    """Return whether the marked movements hold what a calibration needs: a pose, then curls."""
    done = [
        event.data.get("step")
        for event in events
        if event.kind == EventKind.CALIBRATION_END and event.data.get("accepted", True) is True
    ]
    return Step.STILL in done and Step.CURLS in done[done.index(Step.STILL) :]
