"""A change in the course of a session: another set to do, a rest, a set that begins or ends."""

from dataclasses import dataclass

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
