"""The coach's own record of each set in the recording: replay, review and history read nothing else.

However a set begins (mark, key, or lying still and lifting), ``set.begun`` says what it asks and
``set.over`` why it ended. A set that goes on after its end has both again, under the same number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from processing.coach.loads import Suggestion, planned_reps
from processing.coach.plan_reasons import PlanCause
from processing.coach.protocol import PROTOCOL_OF, Protocol
from processing.coach.protocol_file import built_in
from processing.coach.set_fields import read_number, read_type, recorded_prescription, stop_fields
from processing.exercises.exercise import LEG_CURL
from processing.exercises.session_exercises import KEY
from processing.pipeline.marks import MarkedSpan, PlanEventKind
from sensor.types import Event, EventKind, JsonValue

_LONGEST_S = 1e6
"""No session is longer, s."""


@dataclass(frozen=True, slots=True)
class SetRecord:
    """The beginning or the end of a set."""

    number: int
    """From 1, as the session counts its sets; one that was none leaves its number to the next."""
    t: float
    """Time of the beginning or of the end, s."""
    noticed_t: float
    """When that was known, s."""
    marked: bool
    """Whether a person marked the start."""
    asked: Mapping[str, JsonValue] = field(default_factory=dict)
    """The demands of the set; empty in the record of an end."""
    over: bool = False
    """Whether this is the record of its end."""
    why: str = ""
    """Why it ended, empty where that goes without saying."""
    kept: bool = True
    """Whether it counts as a set: False if nothing was lifted."""
    reps: int = 0
    """The whole reps that were counted until its end."""

    def to_event(self, start_ns: int) -> Event:
        """Return it as an event of a session from ``start_ns``."""
        t_ns = start_ns + round(self.noticed_t * 1e9)
        data: dict[str, JsonValue] = {"set": self.number, "t_s": round(self.t, 6)}
        if not self.over:
            return Event(t_ns, EventKind.SET_BEGUN, {**self.asked, **data, "marked": self.marked})
        data |= {"why": self.why, "kept": self.kept, "reps": self.reps}
        return Event(t_ns, EventKind.SET_OVER, data)


def asked_fields(
    protocol: Protocol,
    following: Suggestion,
    entered: Mapping[str, JsonValue],
    exercise: str = LEG_CURL,
) -> Mapping[str, JsonValue]:
    """Return everything that a set asks, as the fields of its record.

    Parameters
    ----------
    protocol
        The protocol in force.
    following
        The set as the plan suggests it.
    entered
        The person's choices, which go before the plan.
    exercise
        The key of the exercise.
    """
    asked = recorded_prescription(protocol, following.prescription, entered)
    planned = read_number(entered.get("planned_reps"))
    load_kg = read_number(entered.get("load_kg"))
    if load_kg is None and asked.type is following.prescription.type:
        load_kg = following.load_kg
    # Without a plan there is no last rep to announce.
    if planned is None and protocol.planned_sets is not None:
        planned = planned_reps(asked) or None
    known: dict[str, JsonValue] = {
        "set_type": asked.type.value,
        "load_kg": load_kg,
        "planned_reps": None if planned is None else round(planned),
        "tempo": None if asked.tempo is None else asked.tempo.notation,
        "bands": protocol.bands_of(entered.get("bands")),
        **stop_fields(asked.stop),
    }
    # A set that names none is one of leg curls, as in every recording before there were others.
    if exercise != LEG_CURL or KEY in entered:
        known[KEY] = exercise
    return {**entered, **{key: value for key, value in known.items() if value is not None}}


def recorded_sets(events: Sequence[Event], t_last: float) -> list[MarkedSpan] | None:
    """Return the sets as the coach recorded them; None if no coach did.

    A set whose end is missing lasts until ``t_last`` s. Reserve and load that are given after a set
    belong to it.
    """
    spans: dict[int, MarkedSpan] = {}
    last: int | None = None
    # The coach notices an end a moment after it, so its record may stand behind later answers.
    for event in sorted(events, key=lambda event: event.t_ns):
        number = event.data.get("set")
        t = read_number(event.data.get("t_s"), _LONGEST_S)
        if event.kind == PlanEventKind.LOAD and isinstance(number, int) and number in spans:
            spans[number] = _with(spans[number], event)
        elif event.kind in (PlanEventKind.RESERVE, PlanEventKind.LOAD) and last in spans:
            spans[last] = _with(spans[last], event)
        if not isinstance(number, int) or t is None:
            continue
        if event.kind == EventKind.SET_BEGUN:
            marked = event.data.get("marked") is not False
            spans[number] = MarkedSpan(t, max(t, t_last), event.data, marked=marked)
            last = None
        elif event.kind == EventKind.SET_OVER and number in spans:
            last = number
            cramp = event.data.get("why") == PlanCause.CRAMP
            spans[number] = replace(spans[number], t_end=max(t, spans[number].t_start), cramp=cramp)
            if event.data.get("kept") is False:
                del spans[number]
    if not any(event.kind == EventKind.SET_BEGUN for event in events):
        return None
    return sorted(spans.values(), key=lambda span: span.t_start)


def protocol_of_sets(events: Iterable[Event]) -> Protocol | None:
    """Return the built-in protocol of the first set whose type the events name, None if none does."""
    starts = (EventKind.SET_START, EventKind.SET_BEGUN)
    named = (read_type(e.data.get("set_type")) for e in events if e.kind in starts)
    kind = next((each for each in named if each is not None), None)
    return None if kind is None else built_in(PROTOCOL_OF[kind])


def _with(span: MarkedSpan, event: Event) -> MarkedSpan:
    """Return the set with the load or the reserve that the person gave."""
    given = {key: value for key, value in event.data.items() if key != "set"}
    return replace(span, data={**span.data, **given})
