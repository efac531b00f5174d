"""Self-reported soreness and exertion of a session."""

from collections.abc import Sequence
from dataclasses import dataclass

from processing.coach.beginning import recorded_beginning
from processing.coach.loads import SCALE_END
from processing.coach.set_fields import read_number
from processing.pipeline.marks import PlanEventKind
from sensor.errors import DocumentError
from sensor.types import Event, SessionHeader


@dataclass(frozen=True, slots=True)
class SelfReports:
    """The answers of the person, on scales from 0 to 10."""

    soreness: float | None = None
    """Soreness of hamstrings and calves before the first set; None: not reported."""
    exertion: float | None = None
    """Exertion of the session; None: not reported."""


def read_self_reports(header: SessionHeader, events: Sequence[Event]) -> SelfReports:
    """Return the last answers in a session."""
    try:
        begun = recorded_beginning(header)
    except DocumentError:
        # The analysis lists it among its problems.
        begun = None
    # Soreness may be known before the session, exertion only after it.
    soreness, exertion = None if begun is None else begun.athlete.soreness, None
    for event in events:
        if event.kind == PlanEventKind.SORENESS:
            soreness = read_number(event.data.get("soreness"), SCALE_END)
        elif event.kind == PlanEventKind.EXERTION:
            exertion = read_number(event.data.get("exertion"), SCALE_END)
    return SelfReports(soreness, exertion)
