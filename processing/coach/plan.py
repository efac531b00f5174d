"""The session as a state machine: planned sets, rests, loads, and a stop for cramp.

It is driven by recorded events (keys among them) and by what the pipeline sees, and by nothing
else; so the replay of a recording goes through the same states at the same times.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from processing.coach.cues import Cue
from processing.coach.loads import (
    Athlete,
    NextSet,
    SetResult,
    guarded,
    learned_ratio,
    planned_reps,
    refusal,
    suggest_load,
)
from processing.coach.protocol import ZONES_OF, Protocol, SetPlan, SetType
from processing.coach.rests import RestCues
from processing.coach.tempo import TempoError, parse_tempo
from processing.types import AngleBlock, Happened, Phase, PhaseChange, Rep
from sensor.types import Event, EventKind, JsonValue

LEAST_REST_S = 60.0
DOUBLE_CLICK_S = 1.0
"""A set that is started so soon after one was ended is a clicker pressed twice: a cramp."""
CRAMP = "cramp: relax the foot to neutral"
LAY_STILL = "lay still"
"""Why a marked set ended that nobody marked as ended."""
MOST = 10000.0
"""No load in kg and no count that an event may say is larger."""


class SessionState(StrEnum):
    """Where in a session the person is."""

    BEFORE = "before"
    READY = "ready"
    SET = "set"
    REST = "rest"
    REFUSED = "refused"
    """Today is no day for this protocol; a key starts it all the same."""
    STOPPED = "stopped"
    """For a cramp. A set that is started on purpose goes on."""
    DONE = "done"
    """All is done that was planned. One more set may be."""


class PlanTrigger(StrEnum):
    """What moves a session on."""

    BEGIN = "begin"
    REFUSE = "refuse"
    START_SET = "start set"
    END_SET = "end set"
    CANCEL_SET = "cancel set"
    END_LAST_SET = "end last set"
    REST_OVER = "rest over"
    STOP = "stop"
    RESUME = "resume"
    FINISH = "finish"


_S, _T = SessionState, PlanTrigger

PLAN: Mapping[tuple[SessionState, PlanTrigger], SessionState] = {
    (_S.BEFORE, _T.BEGIN): _S.READY,
    (_S.BEFORE, _T.REFUSE): _S.REFUSED,
    (_S.REFUSED, _T.RESUME): _S.READY,
    (_S.REFUSED, _T.FINISH): _S.DONE,
    (_S.READY, _T.START_SET): _S.SET,
    (_S.READY, _T.STOP): _S.STOPPED,
    (_S.READY, _T.FINISH): _S.DONE,
    (_S.SET, _T.END_SET): _S.REST,
    (_S.SET, _T.END_LAST_SET): _S.DONE,
    (_S.SET, _T.CANCEL_SET): _S.READY,
    (_S.SET, _T.STOP): _S.STOPPED,
    (_S.REST, _T.START_SET): _S.SET,
    (_S.REST, _T.REST_OVER): _S.READY,
    (_S.REST, _T.STOP): _S.STOPPED,
    (_S.REST, _T.FINISH): _S.DONE,
    (_S.STOPPED, _T.RESUME): _S.READY,
    (_S.STOPPED, _T.START_SET): _S.SET,
    (_S.STOPPED, _T.FINISH): _S.DONE,
    (_S.DONE, _T.START_SET): _S.SET,
    (_S.DONE, _T.STOP): _S.STOPPED,
}
"""All that can happen. What is not here changes nothing."""

KEYS: Mapping[tuple[SessionState, str], PlanTrigger] = {
    (_S.READY, "space"): _T.START_SET,
    (_S.REST, "space"): _T.START_SET,
    (_S.SET, "space"): _T.END_SET,
    (_S.READY, "c"): _T.STOP,
    (_S.SET, "c"): _T.STOP,
    (_S.REST, "c"): _T.STOP,
    (_S.REST, "n"): _T.REST_OVER,
    (_S.REFUSED, "r"): _T.RESUME,
    (_S.STOPPED, "r"): _T.RESUME,
    (_S.STOPPED, "space"): _T.START_SET,
    (_S.DONE, "space"): _T.START_SET,
    (_S.REFUSED, "q"): _T.FINISH,
    (_S.READY, "q"): _T.FINISH,
    (_S.REST, "q"): _T.FINISH,
    (_S.STOPPED, "q"): _T.FINISH,
}
"""What a key means in each state: c stops for a cramp, n is for next, r resumes, q finishes."""


class PlanEventKind(StrEnum):
    """Events that the plan reads beside those of every session."""

    RESERVE = "plan.reserve"
    """``reserve``: repetitions in reserve of the last set."""
    LOAD = "plan.load"
    """``load_kg`` of the last set, or of the next one while none was done."""


@dataclass(frozen=True, slots=True)
class PlanChange:
    """The session came into ``state`` at ``t`` s; ``next_set`` is what to do then."""

    t: float
    state: SessionState
    next_set: NextSet | None = None
    rest_s: float | None = None
    why: str = ""

    def to_event(self, start_ns: int) -> Event | None:
        """Return the event that records the end of a set that nobody marked as ended."""
        if self.why != LAY_STILL:
            return None
        return Event(start_ns + round(self.t * 1e9), EventKind.SET_OVER)


Output: TypeAlias = list[PlanChange | Cue]


class SessionPlan:
    """Goes through the sets of a protocol.

    Parameters
    ----------
    protocol
        What is trained; its ramp-in is applied.
    athlete
        What is known of the person.
    """

    def __init__(self, protocol: Protocol, athlete: Athlete) -> None:
        self.protocol = guarded(protocol, athlete)
        self.athlete = athlete
        self.state = SessionState.BEFORE
        self.done: list[SetResult] = []
        rule = protocol.ratio
        self.ratio = None if rule is None else athlete.ratio or rule.start
        self.ratio_waves = athlete.ratio_waves
        self._t = 0.0
        self._marked = False
        self._ended_t = -math.inf
        self._set: Mapping[str, JsonValue] = {}
        self._reps = 0
        self._rest = RestCues(0.0, 0.0)

    def begin(self, t: float = 0.0) -> Output:
        """Start the session, or say why today is no day for it (``resume`` starts all the same)."""
        self._t = t
        why_not = refusal(self.protocol, self.athlete)
        trigger = PlanTrigger.REFUSE if why_not else PlanTrigger.BEGIN
        return self._go(trigger, why_not or self.protocol.warning)

    def next_set(self) -> NextSet:
        """Return the set that comes next, with its load."""
        index = len(self.done)
        plan = self.protocol.set_plan(index)
        load, why = suggest_load(plan, self.athlete, self.done, self.ratio)
        return NextSet(index, plan, load, why)

    def present_set(self) -> SetPlan:
        """Return what the set in hand shall be: as planned, unless its start said otherwise."""
        planned = self.protocol.set_plan(len(self.done))
        return set_as_said(self.protocol, planned, self._set)

    def said_of_set(self, key: str) -> float | None:
        """Return a number that the start of the present set said, None if it did not."""
        return _number(self._set.get(key))

    def feed(self, item: AngleBlock | PhaseChange | Rep | Happened) -> Output:
        """Take what happened next; return what it changes and what is said of it."""
        if isinstance(item, AngleBlock):
            return self._clock(float(item.t[-1])) if item.t.size else []
        if isinstance(item, PhaseChange):
            return self._phase(item)
        if isinstance(item, Rep):
            self._reps += not item.partial
            return []
        return self._event(item)

    def _event(self, event: Happened) -> Output:
        out = self._clock(event.t)
        if event.kind == EventKind.SET_START:
            out += self._start_set(event.data, marked=True)
        elif event.kind == EventKind.SET_END:
            out += self._end_set("marked")
        elif event.kind == EventKind.KEY:
            out += self._key(str(event.data.get("key", "")))
        elif event.kind == PlanEventKind.RESERVE and self.done:
            self.done[-1] = replace(self.done[-1], reserve=_number(event.data.get("reserve")))
        elif event.kind == PlanEventKind.LOAD:
            self._load(_number(event.data.get("load_kg")))
        return out

    def _key(self, key: str) -> Output:
        trigger = KEYS.get((self.state, key))
        if trigger is PlanTrigger.END_SET:
            return self._end_set("key")
        if trigger is PlanTrigger.START_SET:
            return self._start_set({}, marked=True)
        if trigger is None:
            return []
        if trigger is not PlanTrigger.STOP:
            return self._go(trigger)
        if self.state is _S.SET and self._reps:
            self._log()
        return self._go(trigger, CRAMP)

    def _phase(self, change: PhaseChange) -> Output:
        """Where nobody marks sets, the movement itself starts and ends them.

        A marked set ends by lying still as well: whoever lies face down may reach no key.
        """
        self._t = max(self._t, change.noticed_t)
        if change.phase is Phase.CONCENTRIC and self.state in (_S.READY, _S.REST):
            return self._start_set({}, marked=False)
        if change.phase is Phase.IDLE and self.state is _S.SET:
            if not self._marked:
                return self._end_set("no movement")
            if change.rested:
                return self._end_set(LAY_STILL)
        return []

    def _start_set(self, data: Mapping[str, JsonValue], *, marked: bool) -> Output:
        if marked and self.state is not _S.SET and self._t - self._ended_t <= DOUBLE_CLICK_S:
            return self._go(PlanTrigger.STOP, CRAMP)
        rested = self._t - self._rest.start_t
        early = self.state is _S.REST and rested < LEAST_REST_S
        out = self._go(PlanTrigger.START_SET, f"rested {rested:.0f} s only" if early else "")
        if out:
            self._set, self._reps, self._marked = data, 0, marked
        return out

    def _end_set(self, why: str) -> Output:
        if self.state is not _S.SET:
            return []
        if self._reps == 0 and not self._marked:
            return self._go(PlanTrigger.CANCEL_SET, "nothing was lifted")
        self._ended_t = self._t
        self._log()
        planned = self.protocol.planned_sets
        is_last = planned is not None and len(self.done) >= planned
        return self._go(PlanTrigger.END_LAST_SET if is_last else PlanTrigger.END_SET, why)

    def _log(self) -> None:
        """Keep the result of the set, and learn the ratio of the loads from a wave."""
        following = self.next_set()
        planned = _number(self._set.get("planned_reps"))
        said = _number(self._set.get("load_kg"))
        result = SetResult(
            type=_type(self._set.get("set_type"), following.plan),
            reps=self._reps,
            planned_reps=planned_reps(following.plan) if planned is None else round(planned),
            load_kg=following.load_kg if said is None else said,
        )
        self.done.append(result)
        rule = self.protocol.ratio
        if rule is not None and self.ratio is not None and result.type is SetType.PF:
            self.ratio = learned_ratio(self.ratio, rule, result.reps, result.planned_reps)
            self.ratio_waves += 1

    def _load(self, load_kg: float | None) -> None:
        if load_kg is None:
            return
        if self.done:
            self.done[-1] = replace(self.done[-1], load_kg=load_kg)
        else:
            kind = self.protocol.set_plan(0).type
            loads = (*self.athlete.loads_kg, (kind, load_kg))
            self.athlete = replace(self.athlete, loads_kg=loads)

    def _go(self, trigger: PlanTrigger, why: str = "") -> Output:
        """Change the state. This is the only place where it changes."""
        target = PLAN.get((self.state, trigger))
        if target is None:
            return []
        rest_s: float | None = None
        if target is _S.REST:
            rest_s = self._rest_s()
            self._rest = RestCues(self._t, rest_s)
        self.state = target
        has_next = target in (_S.READY, _S.REST)
        following = self.next_set() if has_next else None
        return [PlanChange(self._t, target, following, rest_s, why)]

    def _rest_s(self) -> float:
        """Return how long to rest after the set that was done last."""
        return self.protocol.set_plan(max(len(self.done) - 1, 0)).rest_s

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
            now, self._t = self._t, end
            out += self._go(PlanTrigger.REST_OVER, "rested")
            self._t = now
        return out


def set_as_said(protocol: Protocol, planned: SetPlan, data: Mapping[str, JsonValue]) -> SetPlan:
    """Return the plan of a set whose start said its type or its tempo, as far as it makes sense."""
    kind = _type(data.get("set_type"), planned)
    plan = planned
    if kind is not planned.type:
        lift, lower = ZONES_OF[kind]
        stranger = replace(planned, type=kind, lift=lift, lower=lower)
        plan = next((each for each in protocol.sets if each.type is kind), stranger)
    said = data.get("tempo")
    try:
        return replace(plan, tempo=parse_tempo(said)) if isinstance(said, str) and said else plan
    except TempoError:
        # A recording may say anything; the protocol's own tempo then stands.
        return plan


def _number(value: JsonValue) -> float | None:
    """Return what an event said, if it is a number that a load or a count can be."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0.0 <= value <= MOST else None


def _type(value: JsonValue, plan: SetPlan) -> SetType:
    try:
        return SetType(str(value))
    except ValueError:
        return plan.type
