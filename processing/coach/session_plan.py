"""The session as a state machine: planned sets, rests, loads, and a stop for cramp.

It is driven by recorded events (keys among them) and by what the pipeline sees, and by nothing
else; so the replay of a recording goes through the same states at the same times.
"""

from collections.abc import Mapping
from dataclasses import replace
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
from processing.coach.plan_change import PlanChange, with_record
from processing.coach.plan_events import KEYS, PLAN, PlanTrigger, SessionState
from processing.coach.plan_reasons import PlanCause, PlanReason, ShortRest
from processing.coach.plan_sets import after_change, changed_sets, rest_after
from processing.coach.protocol import Prescription, Protocol, SetType
from processing.coach.rest_cues import RestCues
from processing.coach.running_set import RunningSet
from processing.coach.set_fields import read_number, read_type, recorded_prescription
from processing.coach.set_record import asked_fields
from processing.coach.supramaximal import admitted, admitted_fields, notice_of
from processing.exercises.exercise import LEG_CURL
from processing.pipeline.marks import DoubleClick, PlanEventKind
from processing.reps.set_life import START_POSE_S, UNMARKED_REPS
from processing.types import AngleBlock, Ending, Lift, Phase, PhaseChange, Rep, SessionEvent
from sensor.types import EventKind, JsonValue

LEAST_REST_S = 60.0
"""A set that begins after less rest is marked: a minute is the least the protocols advise."""
_NEUTRAL: Facts = (("set", "neutral"),)
"""The reason for the load of a neutral set: nothing is asked of the foot."""

_S = SessionState

Output: TypeAlias = list[PlanChange | Cue]


class SessionPlan:
    """The walk of one session through the sets of a protocol.

    Parameters
    ----------
    protocol
        The protocol; its ramp-in and the gate before supramaximal sets are applied.
    athlete
        The person.
    """

    def __init__(self, protocol: Protocol, athlete: Athlete) -> None:
        # Without the limits for this person.
        self._whole = protocol
        self.protocol = guarded(admitted(protocol, athlete), athlete)
        self._notice = notice_of(protocol, athlete)
        self.athlete = athlete
        self.state = SessionState.BEFORE
        self.done: list[RepsAtLoad] = []
        rule = protocol.ratio
        self.ratio = None if rule is None else within(rule, athlete.ratio or rule.start)
        self.ratio_waves = athlete.ratio_waves
        self.exercise = LEG_CURL
        """The key of the exercise in hand."""
        self._t = 0.0
        self._clicks = DoubleClick()
        self._set: RunningSet | None = None
        self._next: Mapping[str, JsonValue] = {}
        self._learned = self.ratio, self.ratio_waves
        self._unsure = False
        self._neutral = False
        self._rest = RestCues(0.0, 0.0)

    def begin(self, t: float = 0.0) -> Output:
        """Start the session, or say why today is no day for it (``resume`` starts all the same)."""
        self._t = t
        why_not = refusal(self.protocol, self.athlete)
        if why_not is not None:
            return self._go(PlanTrigger.REFUSE, why_not)
        return self._go(PlanTrigger.BEGIN, self._notice)

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
        return recorded_prescription(self.protocol, self.next_set().prescription, self._asked)

    def announced(self, key: str) -> JsonValue:
        """Return what the present set asks by ``key``, None if it says nothing about it."""
        return self._asked.get(key)

    @property
    def planned_reps(self) -> int | None:
        """The reps to aim at in the present set, None if open."""
        return None if self._set is None else self._set.planned_reps

    @property
    def _asked(self) -> Mapping[str, JsonValue]:
        return {} if self._set is None else self._set.asked

    def end_test(self, t: float) -> Output:
        """End the running set at ``t`` s, because its pace is lost."""
        self._t = max(self._t, t)
        return self._end_set(PlanCause.PACE_LOST)

    def feed(self, item: AngleBlock | PhaseChange | Rep | SessionEvent) -> Output:
        """Take the next item; return the changes of the plan and the cues."""
        if isinstance(item, AngleBlock):
            return self._angles(item)
        if isinstance(item, PhaseChange):
            return self._phase(item)
        if isinstance(item, Rep):
            return self._rep(item)
        return self._event(item)

    def _event(self, event: SessionEvent) -> Output:
        out, data = self._clock(event.t), admitted_fields(event.data, self.athlete)
        # Before the marks of sets, since the second click for a cramp is one of them.
        if self._clicks.is_second(event.t, event.kind):
            out += self._clicked_twice()
        elif event.kind == EventKind.SET_START:
            out += self._start_set(data, marked=True)
        elif event.kind == EventKind.SET_END:
            out += self._end_set(PlanCause.MARKED)
        elif event.kind == EventKind.KEY:
            out += self._key(str(event.data.get("key", "")))
        elif event.kind == PlanEventKind.RESERVE and self.done:
            self.done[-1] = replace(self.done[-1], reserve=read_number(event.data.get("reserve")))
        elif event.kind == PlanEventKind.LOAD:
            self._load(read_number(event.data.get("load_kg")), event.data.get("set"))
        elif event.kind == PlanEventKind.NEXT:
            self._next = data
        elif event.kind == PlanEventKind.SETS:
            out += self._change_sets(event.data)
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
        return self._cramp(again=self.state is not _S.SET)

    @property
    def _lifts(self) -> int:
        return 0 if self._set is None else self._set.lifts

    def _cramp(self, *, again: bool = False) -> Output:
        """Stop; without a lift there was no set. ``again``: the first of two clicks ended it before."""
        in_set = self.state is _S.SET
        if in_set and self._lifts:
            self._log()
        self._neutral = True
        out = self._go(PlanTrigger.STOP, PlanCause.CRAMP)
        if out and (in_set or again):
            return self._ended(out, PlanCause.CRAMP, kept=self._lifts > 0)
        return out

    def _change_sets(self, data: Mapping[str, JsonValue]) -> Output:
        """Take other sets, within the limits for this person; those that are done stay as they are."""
        changed = changed_sets(self._whole, data)
        if changed is None:
            return []
        self._whole = changed
        self.protocol = guarded(admitted(changed, self.athlete), self.athlete)
        planned = self.protocol.planned_sets
        trigger = after_change(self.state, to_do=planned is None or len(self.done) < planned)
        if trigger is not None:
            return self._go(trigger)
        # The present set stays as its start recorded it.
        if self.state in (_S.BEFORE, _S.SET, _S.DONE):
            return []
        if self.state is _S.REST:
            self._rest = self._rest.changed(rest_after(self.protocol, len(self.done)), self._t)
        rest_s = self._rest.end_t - self._rest.start_t if self.state is _S.REST else None
        return [PlanChange(self._t, self.state, self.next_set(), rest_s)]

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
        """Let the movement itself start and end sets where nobody marks them."""
        self._t = max(self._t, change.noticed_t)
        if change.lift is not None:
            self._unsure = change.lift is Lift.UNSURE
        if self.state is _S.SET and self._set is not None:
            self._set.follow(change)
            return self._idle(change, self._set) if change.phase is Phase.IDLE else []
        if change.lift is None:
            return []
        if self._set is not None and self._set.goes_on(change):
            return self._go_on(self._set)
        # After a cramp or a refusal a lift starts nothing: there a set must be started on purpose.
        if change.lift is Lift.UNSURE or self.state not in (_S.READY, _S.REST):
            return []
        return self._start_set({}, marked=False, t_start=change.t - START_POSE_S)

    def _idle(self, change: PhaseChange, part: RunningSet) -> Output:
        """Let the running set end, unless only time can tell whether the leg is gone."""
        if change.ending is Ending.RESTED and part.reps:
            return self._end_set(PlanCause.LAY_STILL)
        # A marked set has marks of its own; an unmarked one ends with those of another.
        if change.ending in (Ending.MARKED, Ending.CALIBRATION) and not part.marked:
            return self._end_set(change.ending)
        return []

    def _rep(self, rep: Rep) -> Output:
        out: Output = []
        if self._unsure and self.state in (_S.READY, _S.REST):
            # The second rep from a pose that is new to the session: now it is known to be a set.
            out = self._start_set({}, marked=False, t_start=rep.t_begin - START_POSE_S)
        if self.state is _S.SET and self._set is not None:
            self._set.count(rep)
        return out

    def _start_set(
        self, data: Mapping[str, JsonValue], *, marked: bool, t_start: float | None = None
    ) -> Output:
        out: Output = []
        if marked and self.state is _S.SET:
            # Two starts: the person forgot to mark the end of the set before.
            out = self._end_set(PlanCause.MARKED)
        rested = self._t - self._rest.start_t
        rests = self.state is _S.REST
        early = rests and rested < LEAST_REST_S
        entered = {**self._next, **data}
        fields = asked_fields(self.protocol, self.next_set(), entered, self.exercise)
        begun = self._go(PlanTrigger.START_SET, ShortRest(rested) if early else None)
        if not begun:
            return out
        planned = read_number(fields.get("planned_reps"))
        self._set = RunningSet(
            len(self.done) + 1,
            self._t if t_start is None else t_start,
            marked,
            fields,
            None if planned is None else round(planned),
            in_rest=rests,
        )
        return [*out, *with_record(begun, self._set.begun(self._t))]

    def _go_on(self, part: RunningSet) -> Output:
        """Go on with the last set, which is as if it had not ended."""
        before = self.state
        out = self._go(PlanTrigger.GO_ON)
        if out and part.kept:
            self.done.pop()
            self.ratio, self.ratio_waves = self._learned
        if out:
            part.reopen(in_rest=part.in_rest and before is _S.REST)
        return with_record(out, part.begun(self._t), goes_on=True)

    def _end_set(self, why: PlanReason | None) -> Output:
        part = self._set
        if self.state is not _S.SET or part is None:
            return []
        # A mark is believed without a rep; without one, a single movement was no set.
        if part.reps < UNMARKED_REPS and not part.marked:
            rests = part.in_rest and self._t < self._rest.end_t
            cancel = PlanTrigger.CANCEL_IN_REST if rests else PlanTrigger.CANCEL_SET
            out = self._go(cancel, PlanCause.NOTHING_LIFTED)
            return self._ended(out, PlanCause.NOTHING_LIFTED, kept=False)
        self._log()
        planned = self.protocol.planned_sets
        is_last = planned is not None and len(self.done) >= planned
        out = self._go(PlanTrigger.END_LAST_SET if is_last else PlanTrigger.END_SET, why)
        return self._ended(out, why, kept=True)

    def _ended(self, out: Output, why: PlanReason | None, *, kept: bool) -> Output:
        """Add the record of the set's end to the change of state."""
        return (
            out if self._set is None else with_record(out, self._set.end(self._t, why, kept=kept))
        )

    def _log(self) -> None:
        """Keep the result of the set, and learn the ratio of the loads from a wave."""
        # Until it is logged, the set itself is the next one of the plan.
        following = self.next_set()
        asked = self._asked
        planned = read_number(asked.get("planned_reps"))
        # What the start of a set records goes before the plan: a person may change it there.
        entered_kg = read_number(asked.get("load_kg"))
        result = RepsAtLoad(
            type=read_type(asked.get("set_type")) or following.prescription.type,
            reps=0 if self._set is None else self._set.reps,
            planned_reps=planned_reps(following.prescription)
            if planned is None
            else round(planned),
            load_kg=following.load_kg if entered_kg is None else entered_kg,
        )
        self._learned = self.ratio, self.ratio_waves
        self._next = {}
        self.done.append(result)
        rule = self.protocol.ratio
        # A wave ends with its pointed set, and the reps of that set show whether the ratio fits.
        if rule is not None and self.ratio is not None and result.type is SetType.PF:
            self.ratio = learned_ratio(self.ratio, rule, result.reps, result.planned_reps)
            self.ratio_waves += 1

    def _load(self, load_kg: float | None, number: JsonValue) -> None:
        """Take a load that was changed: that of set ``number``; without it the last or first one."""
        if load_kg is None:
            return
        if isinstance(number, int) and number > len(self.done):
            entered: dict[str, JsonValue] = {"load_kg": load_kg}
            if self.state is _S.SET and self._set is not None:
                self._set.asked = {**self._set.asked, **entered}
            else:
                self._next = {**self._next, **entered}
        elif self.done:
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
        cancelled = trigger is PlanTrigger.CANCEL_IN_REST
        rest_s = self._rest.end_t - self._rest.start_t if cancelled else None
        if target is _S.REST and not cancelled:
            rest_s = rest_after(self.protocol, len(self.done))
            self._rest = RestCues(self._t, rest_s)
        self.state = target
        following = self.next_set() if target not in (_S.SET, _S.DONE) else None
        return [PlanChange(self._t, target, following, rest_s, why)]

    def _angles(self, block: AngleBlock) -> Output:
        """Let time pass until the end of ``block``; the running set may be over in it."""
        if not block.t.size:
            return []
        over = self._set.over(block) if self._set is not None and self.state is _S.SET else None
        out: Output = []
        if over is not None:
            # The set was over when its rest had been too long, not at the step that noticed it.
            self._t, why = over
            out = self._end_set(why)
        return [*out, *self._clock(float(block.t[-1]))]

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
