"""What a person said of how they feel: sore before a session, and how hard it was."""

from collections.abc import Sequence
from dataclasses import dataclass

from processing.coach.beginning import recorded_beginning
from processing.coach.loads import MOST_FELT
from processing.coach.set_fields import number_said
from processing.pipeline.marks import PlanEventKind
from sensor.errors import DocumentError
from sensor.types import Event, SessionHeader


@dataclass(frozen=True, slots=True)
class Felt:
    """``soreness`` before the first set and ``exertion`` of the session, 0 to 10; None: not said."""

    soreness: float | None = None
    exertion: float | None = None


def felt(header: SessionHeader, events: Sequence[Event]) -> Felt:
    """Return what was said last in a session."""
    try:
        begun = recorded_beginning(header)
    except DocumentError:
        # The analysis tells of it.
        begun = None
    soreness, exertion = None if begun is None else begun.athlete.soreness, None
    for event in events:
        if event.kind == PlanEventKind.SORENESS:
            soreness = number_said(event.data.get("soreness"), MOST_FELT)
        elif event.kind == PlanEventKind.EXERTION:
            exertion = number_said(event.data.get("exertion"), MOST_FELT)
    return Felt(soreness, exertion)
