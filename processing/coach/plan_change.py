"""A change in the course of a session: another set to do, a rest, a set that begins or ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from processing.coach.cues import Cue
from processing.coach.loads import Suggestion
from processing.coach.plan_events import SessionState
from processing.coach.plan_reasons import PlanReason
from processing.coach.set_record import SetRecord
from sensor.types import Event


@dataclass(frozen=True, slots=True)
class PlanChange:
    """The entry of a session into a state."""

    t: float
    """Time of the change, s."""
    state: SessionState
    """The new state."""
    next_set: Suggestion | None = None
    """The set to do next; None in a set and when all is done."""
    rest_s: float | None = None
    """The planned rest, s; None outside a rest."""
    why: PlanReason | None = None
    """The reason; None if there is nothing to explain."""
    goes_on: bool = False
    """Whether the set is the last one, which was not over yet."""
    record: SetRecord | None = None
    """The beginning or the end of the set that changed the state, None for other changes."""

    def to_event(self, start_ns: int) -> Event | None:
        """Return the event that records the beginning or the end of a set."""
        return None if self.record is None else self.record.to_event(start_ns)


def with_record(
    out: Sequence[PlanChange | Cue], record: SetRecord, *, goes_on: bool = False
) -> list[PlanChange | Cue]:
    """Return ``out`` with the record of the set that its changes of state begin or end."""
    return [
        replace(one, record=record, goes_on=goes_on) if isinstance(one, PlanChange) else one
        for one in out
    ]
