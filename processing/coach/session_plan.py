"""The session as a state machine: planned sets, rests, loads, and a stop for cramp.

It is driven by recorded events (keys among them) and by what the pipeline sees, and by nothing
else; so the replay of a recording goes through the same states at the same times.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from processing.coach.cues import Cue
from processing.coach.facts import Facts
from processing.coach.loads import (
    SCALE_END,
    Athlete,
    RepsAtLoad,
    Suggestion,
    guarded,
    learned_ratio,
    neutral,
    planned_reps,
    refusal,
    suggest_load,
    within,
)
from processing.coach.plan_events import KEYS, PLAN, PlanTrigger, SessionState
from processing.coach.plan_reasons import PlanCause, PlanReason, ProtocolWarning, ShortRest
from processing.coach.protocol import Prescription, Protocol, SetType
from processing.coach.rest_cues import RestCues
from processing.coach.set_fields import read_number, read_type, recorded_prescription
from processing.pipeline.marks import DoubleClick, PlanEventKind
from processing.types import AngleBlock, Ending, Phase, PhaseChange, Rep, SessionEvent
from sensor.types import Event, EventKind, JsonValue

LEAST_REST_S = 60.0
"""A set that begins after less rest is marked: a minute is the least the protocols advise."""
_NEUTRAL: Facts = (("set", "neutral"),)
"""The reason for the load of a neutral set: nothing is asked of the foot."""

_S = SessionState


@dataclass(frozen=True, slots=True)
class PlanChange:
    """The entry of a session into a state."""

    t: float
    """When, s."""
    state: SessionState
    """The new state."""
    next_set: Suggestion | None = None
    """The set to do next; None in a set and when all is done."""
    rest_s: float | None = None
    """The planned rest, s; None outside a rest."""
    why: PlanReason | None = None
    """Why, None where it goes without saying."""

    def to_event(self, start_ns: int) -> Event | None:
        """Return the event that records the end of a set that nobody marked as ended."""
        if self.why is not PlanCause.LAY_STILL:
            return None
        return Event(start_ns + round(self.t * 1e9), EventKind.SET_OVER)


Output: TypeAlias = list[PlanChange | Cue]


class SessionPlan:
    """The walk of one session through the sets of a protocol.

    Parameters
    ----------
    protocol
        The protocol; its ramp-in is applied.
    athlete
        The person.
    """

    def __init__(self, protocol: Protocol, athlete: Athlete) -> None:
        self.protocol = guarded(protocol, athlete)
        self.athlete = athlete
        self.state = SessionState.BEFORE
        self.done: list[RepsAtLoad] = []
        rule = protocol.ratio
        self.ratio = None if rule is None else within(rule, athlete.ratio or rule.start)
        self.ratio_waves = athlete.ratio_waves
        self._t = 0.0
        self._marked = False
        self._clicks = DoubleClick()
        self._set: Mapping[str, JsonValue] = {}
        self._reps = self._lifts = 0
        self._neutral = False
        self._rest = RestCues(0.0, 0.0)

    def begin(self, t: float = 0.0) -> Output:
        """Start the session, or say why today is no day for it (``resume`` starts all the same)."""
        self._t = t
        why_not = refusal(self.protocol, self.athlete)
        if why_not is not None:
            return self._go(PlanTrigger.REFUSE, why_not)
        warning = self.protocol.warning
        return self._go(PlanTrigger.BEGIN, ProtocolWarning(warning) if warning else None)

    def next_set(self) -> Suggestion:
        """Return the set that comes next, with its load: a neutral one after a cramp, and while sore."""
        index = len(self.done)
        asked = self.protocol.prescription(index)
        asked = neutral(asked) if self._neutral else asked
        load, why = suggest_load(asked, self.athlete, self.done, self.ratio)
        why = _NEUTRAL if self._neutral else why
        return Suggestion(index, asked, load, why, self.ratio, self.ratio_waves)

    def present_prescription(self) -> Prescription:
        """Return the prescription of the present set: as planned, unless its start changed it."""
        return recorded_prescription(self.protocol, self.next_set().prescription, self._set)

    def announced(self, key: str) -> JsonValue:
        """Return the value of ``key`` at the start of the present set, None if there is none."""
        return self._set.get(key)

    def feed(self, item: AngleBlock | PhaseChange | Rep | SessionEvent) -> Output:
        """Take the next item; return the changes of the plan and the cues."""
        if isinstance(item, AngleBlock):
            return self._clock(float(item.t[-1])) if item.t.size else []
        if isinstance(item, PhaseChange):
            return self._phase(item)
        if isinstance(item, Rep):
            self._lifts += 1
            self._reps += not item.partial
            return []
        return self._event(item)

    def _event(self, event: SessionEvent) -> Output:
        out = self._clock(event.t)
        # Before the marks of sets, since the second click for a cramp is one of them.
        if self._clicks.is_second(event.t, event.kind):
            out += self._clicked_twice()
        elif event.kind == EventKind.SET_START:
            out += self._start_set(event.data, marked=True)
        elif event.kind == EventKind.SET_END:
            out += self._end_set(PlanCause.MARKED)
        elif event.kind == EventKind.KEY:
            out += self._key(str(event.data.get("key", "")))
        elif event.kind == PlanEventKind.RESERVE and self.done:
            self.done[-1] = replace(self.done[-1], reserve=read_number(event.data.get("reserve")))
        elif event.kind == PlanEventKind.LOAD:
            self._load(read_number(event.data.get("load_kg")))
        elif event.kind == PlanEventKind.SORENESS:
            out += self._sore(read_number(event.data.get("soreness"), SCALE_END))
        return out

    def _key(self, key: str) -> Output:
        trigger = KEYS.get((self.state, key))
        if trigger is PlanTrigger.END_SET:
            return self._end_set(PlanCause.KEY)
        if trigger is PlanTrigger.START_SET:
            return self._start_set({}, marked=True)
        if trigger is PlanTrigger.STOP:
            return self._cramp()
        if trigger is PlanTrigger.RESUME:
            self._neutral = False
        return [] if trigger is None else self._go(trigger)

    def _clicked_twice(self) -> Output:
        """Stop for a cramp; the first click may just have ended a set in which nothing was lifted."""
        if self.state is not _S.SET and self.done and not self._lifts:
            self.done.pop()
        return self._cramp()

    def _cramp(self) -> Output:
        """Stop; what was lifted so far is a set, and where nothing was there is none."""
        if self.state is _S.SET and self._lifts:
            self._log()
        self._neutral = True
        return self._go(PlanTrigger.STOP, PlanCause.CRAMP)

    def _sore(self, soreness: float | None) -> Output:
        """Take how sore the person is; before the first set it may be no day for the protocol."""
        self.athlete = replace(self.athlete, soreness=soreness)
        if self.done:
            return []
        # Only before the first set is it decided whether to train today; later the answer is kept.
        why_not = refusal(self.protocol, self.athlete)
        if why_not is not None and self.state is _S.READY:
            return self._go(PlanTrigger.REFUSE, why_not)
        if why_not is None and self.state is _S.REFUSED:
            return self._go(PlanTrigger.BEGIN)
        return []

    def _phase(self, change: PhaseChange) -> Output:
        """Let the movement itself start and end sets where nobody marks them.

        A marked set ends by lying still as well: in a lying curl a person may reach no key.
        """
        self._t = max(self._t, change.noticed_t)
        # After a cramp or a refusal a lift starts nothing: there a set must be started on purpose.
        if change.phase is Phase.CONCENTRIC and self.state in (_S.READY, _S.REST):
            return self._start_set({}, marked=False)
        if change.phase is Phase.IDLE and self.state is _S.SET:
            if self._marked:
                return self._end_set(PlanCause.LAY_STILL) if change.ending is Ending.RESTED else []
            return self._end_set(change.ending)
        return []

    def _start_set(self, data: Mapping[str, JsonValue], *, marked: bool) -> Output:
        rested = self._t - self._rest.start_t
        early = self.state is _S.REST and rested < LEAST_REST_S
        out = self._go(PlanTrigger.START_SET, ShortRest(rested) if early else None)
        if out:
            self._set, self._marked = data, marked
            self._reps = self._lifts = 0
        return out

    def _end_set(self, why: PlanReason | None) -> Output:
        if self.state is not _S.SET:
            return []
        # A mark is believed without a rep; a movement without a whole rep was no set.
        if self._reps == 0 and not self._marked:
            return self._go(PlanTrigger.CANCEL_SET, PlanCause.NOTHING_LIFTED)
        self._log()
        planned = self.protocol.planned_sets
        is_last = planned is not None and len(self.done) >= planned
        return self._go(PlanTrigger.END_LAST_SET if is_last else PlanTrigger.END_SET, why)

    def _log(self) -> None:
        """Keep the result of the set, and learn the ratio of the loads from a wave."""
        # Until it is logged, the set itself is the next one of the plan.
        following = self.next_set()
        planned = read_number(self._set.get("planned_reps"))
        # What the start of a set records goes before the plan: a person may change it there.
        entered_kg = read_number(self._set.get("load_kg"))
        result = RepsAtLoad(
            type=read_type(self._set.get("set_type")) or following.prescription.type,
            reps=self._reps,
            planned_reps=planned_reps(following.prescription)
            if planned is None
            else round(planned),
            load_kg=following.load_kg if entered_kg is None else entered_kg,
        )
        self.done.append(result)
        rule = self.protocol.ratio
        # A wave ends with its pointed set, and the reps of that set show whether the ratio fits.
        if rule is not None and self.ratio is not None and result.type is SetType.PF:
            self.ratio = learned_ratio(self.ratio, rule, result.reps, result.planned_reps)
            self.ratio_waves += 1

    def _load(self, load_kg: float | None) -> None:
        if load_kg is None:
            return
        if self.done:
            self.done[-1] = replace(self.done[-1], load_kg=load_kg)
        else:
            kind = self.protocol.prescription(0).type
            loads = {**self.athlete.loads_kg, kind: load_kg}
            self.athlete = replace(self.athlete, loads_kg=loads)

    def _go(self, trigger: PlanTrigger, why: PlanReason | None = None) -> Output:
        """Change the state. This is the only place where it changes."""
        target = PLAN.get((self.state, trigger))
        if target is None:
            return []
        if trigger in (PlanTrigger.REFUSE, PlanTrigger.BEGIN):
            self._neutral = trigger is PlanTrigger.REFUSE
        rest_s: float | None = None
        if target is _S.REST:
            rest_s = self._rest_s()
            self._rest = RestCues(self._t, rest_s)
        self.state = target
        following = self.next_set() if target not in (_S.SET, _S.DONE) else None
        return [PlanChange(self._t, target, following, rest_s, why)]

    def _rest_s(self) -> float:
        """Return how long to rest after the set that was done last."""
        return self.protocol.prescription(max(len(self.done) - 1, 0)).rest_s

    def _clock(self, t: float) -> Output:
        """Let time pass until ``t`` s: rests are announced, and end.

        Each falls at its own time, however long the step was; what comes too late to be heard is
        left to its deadline.
        """
        self._t = max(self._t, t)
        if self.state is not _S.REST:
            return []
        end = self._rest.end_t
        out: Output = list(self._rest.until(self._t, self.next_set))
        if self._t >= end:
            # The rest ended when it was due, not at the step that noticed it.
            now, self._t = self._t, end
            out += self._go(PlanTrigger.REST_OVER, PlanCause.RESTED)
            self._t = now
        return out
