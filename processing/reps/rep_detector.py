"""Reps and phases live: each boundary is dated back to where it was once it is known."""

import math
from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from processing.exercises.rep_limits import LEG_CURL_LIMITS, RepLimits
from processing.reps import rep_limits as limits
from processing.reps.boundaries import (
    ankle_median,
    find_boundaries,
    gap_in,
    is_partial,
    rest_low,
    rested_from,
    tilts_shin,
    withheld_by,
)
from processing.reps.detected_angle import DetectedAngle
from processing.reps.detector_steps import (
    GAP,
    JUDGED_T,
    LAST_T,
    NOTHING,
    SPACING,
    SPEED,
    UNJUDGED,
    VALUES,
    watch,
)
from processing.reps.gaps import find_gaps, is_gap
from processing.reps.held_shin import HeldShin
from processing.reps.lowering_first import change_named, rep_named
from processing.reps.net_speed import NetSpeed
from processing.reps.pending_reps import PendingReps
from processing.reps.state_machine import RepMachine
from processing.reps.trace import Trace, rows_of
from processing.reps.transitions import Arming, State, Trigger
from processing.types import AngleBlock, Dropout, Ending, Lift, Phase, PhaseChange, Rep
from sensor.types import Event, EventKind

Output: TypeAlias = list[PhaseChange | Rep]

_PHASE_OF = {
    State.IDLE: Phase.IDLE,
    State.ARMED: Phase.BOTTOM,
    State.CON: Phase.CONCENTRIC,
    State.TOP: Phase.TOP,
    State.ECC: Phase.ECCENTRIC,
    State.BOT: Phase.BOTTOM,
    State.LOST: Phase.BOTTOM,
    State.END: Phase.IDLE,
}
_ARMING_OF = {
    EventKind.SET_START: Arming.MARKED,
    EventKind.SET_END: Arming.STILL,
    EventKind.CALIBRATION_START: Arming.OFF,
}
_ENDING_OF = {
    EventKind.SET_START: Ending.MARKED,
    EventKind.SET_END: Ending.MARKED,
    EventKind.CALIBRATION_START: Ending.CALIBRATION,
    EventKind.CALIBRATION_END: Ending.CALIBRATION,
}
_CLOSING_KEYS = ("space", "n", "c")
"""The keys by which a person ends a set, or the rest after it (``processing/coach/plan_events.py``)."""


class RepDetector:
    """The phases and reps in a stream of driving angles.

    A rep is handed over when the plateau at its bottom is known: :data:`.rep_limits.LANDED_S` after the
    leg came to rest, or when the next lift begins. Its ``t_end`` is still its ``t_bottom``; only
    :func:`.segmentation.segment` knows how long the leg then rested. Reps that count are numbered
    from 1 in each set; a partial rep has the number of the last one that counted. The same input
    gives the same output bit for bit, however it is cut into blocks.

    Parameters
    ----------
    reference_rom_deg
        The range of an unloaded rep, from the calibration; None if not known. The first two reps
        of a set that count replace it.
    own
        The limits of the exercise.
    mark_only
        Whether only a mark begins a set.
    """

    def __init__(
        self,
        reference_rom_deg: float | None = None,
        own: RepLimits = LEG_CURL_LIMITS,
        *,
        mark_only: bool = False,
    ) -> None:
        self._unmarked = Arming.OFF if mark_only else Arming.STILL
        self._machine = RepMachine(reference_rom_deg, own=own, unmarked=self._unmarked)
        self._outputs: Mapping[Trigger, Callable[[State], Output]] = {
            Trigger.LOWER: self._lower,
            Trigger.BOUNCE: self._bounce,
            Trigger.LAND: self._land,
            Trigger.TURN: self._turn,
        }
        self.reset()

    def reset(self) -> None:
        """Forget everything that the input changed."""
        self._machine.reset(self._unmarked)
        self._detected = DetectedAngle(self._machine.own)
        self._trace = Trace()
        self._net = NetSpeed(limits.LANDED_S)
        self._values = np.empty(VALUES)
        self._values[[SPEED, SPACING, LAST_T, JUDGED_T]] = math.nan, math.inf, -math.inf, math.nan
        self._changed_t = self._rested_t = -math.inf
        self._rest_from_t = -math.inf
        """From here on (s) samples may belong to the rest before the next lift."""
        self._landed: tuple[float, float, float, float] | None = None
        """Start of the last rep and the notice of its end, s, and the bottoms before and after it, rad."""
        self._over_t: float | None = None
        """Its end, as the rest until the present lift shows it, s."""
        self._gaps: list[tuple[float, float]] = []
        self._lost: tuple[float, float] | None = None  # the gap with which a rep begins or ends, s
        self._dropouts: list[Dropout] = []
        self._before_calibration = self._unmarked
        self._calibrates = False
        self._marks = False
        """Whether a set of this session was marked: without a mark, one movement is then no set."""
        self._poses = [0.0]
        """Start poses (rad) from which reps were done, that of the calibration first."""
        self._low = 0.0
        self._pending = PendingReps(self._machine.own.sure_lowering_s)
        self._held_shin = HeldShin()
        self._is_closed: bool
        self._new_set()

    @property
    def is_in_set(self) -> bool:
        """Whether a set is marked as running, the leg is in a rep, or a calibration runs."""
        machine = self._machine
        return machine.arming is Arming.MARKED or machine.state in _IN_REP or self._calibrates

    def feed(self, item: AngleBlock | Event | Dropout) -> Output:
        """Take the next angles, event or loss; return the phases and reps that they complete.

        Events take effect between the samples that came before and after them. ``set.start`` and
        ``set.end`` mark a set; another one may begin without a mark. Reps that nobody marked, from a
        pose that is new to the session or after a marked set, are handed over with the second whole one.
        """
        if isinstance(item, AngleBlock):
            return self._named(self._samples(self._detected.feed(item)))
        if isinstance(item, Dropout):
            self._dropouts.append(item)
            return []
        return self._named(self._event(item))

    def finish(self) -> Output:
        """Return the rep that is under way when no more samples come, if the leg was low enough for one."""
        machine = self._machine
        if machine.state is not State.ECC or not machine.lowered_enough or machine.ends_high:
            return []
        return self._named(self._abandon(complete=True))

    def _named(self, found: Output) -> Output:
        """Return what was ``found`` with the phases of the exercise."""
        if not self._machine.own.lowers_first:
            return found
        return [rep_named(one) if isinstance(one, Rep) else change_named(one) for one in found]

    def revise(self, loss: Dropout, angles: AngleBlock) -> None:
        """Take the ``angles`` since a loss again, which was noticed late: their samples had wrong times.

        What was handed over stays. Where nothing was lost is no gap, and a loss that is long is one where
        it happened.
        """
        found = self._detected.again(angles)
        lost_t, known = loss.lost_t, found.driving_valid & (found.t <= self._last_t)
        if not known.any():
            return
        before = self._trace.angle_at(loss.t_start)
        if before is not None:
            # The sample before the notice belongs where the missing time has passed.
            after = np.interp(loss.t_start + loss.missing_s, found.t[known], found.driving[known])
            self._machine.revise(lost_t, float(after) - before)
        self._trace.replace_after(lost_t, rows_of(found)[:, known])
        self._net.reset()
        self._net.feed(found.t, found.driving, found.driving_valid)
        judged = found.t[found.both_judged]
        judged_t = min(self._values.item(JUDGED_T), lost_t)
        self._gaps = [gap for gap in self._gaps if gap[1] <= lost_t]
        self._gaps += find_gaps(np.array([judged_t, *judged]), self._values.item(SPACING))
        self._values[JUDGED_T] = judged[-1] if judged.size else judged_t

    def _event(self, event: Event) -> Output:
        if event.kind == EventKind.KEY:
            # The next lift begins another set, though the leg may lie as before.
            self._is_closed = self._is_closed or event.data.get("key") in _CLOSING_KEYS
            return []
        if event.kind in (EventKind.CALIBRATION_START, EventKind.CALIBRATION_END):
            self._calibrates = event.kind == EventKind.CALIBRATION_START
        if event.kind == EventKind.CALIBRATION_END:
            arming = self._before_calibration
        elif event.kind in _ARMING_OF:
            arming = _ARMING_OF[EventKind(event.kind)]
            arming = self._unmarked if arming is Arming.STILL else arming
            self._marks = self._marks or event.kind == EventKind.SET_START
        else:
            return []
        # After the calibration a set may begin as before it.
        if event.kind == EventKind.CALIBRATION_START and self._machine.arming is not Arming.OFF:
            self._before_calibration = self._machine.arming
        elif event.kind in (EventKind.SET_START, EventKind.SET_END):
            self._before_calibration = arming
        state = self._machine.state
        complete = state is State.ECC and self._machine.lowered_enough
        out = self._abandon(complete=complete) if state in _IN_REP else []
        self._rested_t = self._rest_from_t = self._last_t
        self._lost = None
        was_idle = _PHASE_OF[state] is Phase.IDLE
        self._machine.arm(arming)
        self._new_set()
        if not was_idle:
            out.append(self._change(Phase.IDLE, self._last_t, _ENDING_OF[EventKind(event.kind)]))
        return out

    @property
    def _last_t(self) -> float:
        """The time of the last sample, s."""
        return self._values.item(LAST_T)

    def _samples(self, block: AngleBlock) -> Output:
        out: Output = []
        t, driving, known, judged = block.t, block.driving, block.driving_valid, block.both_judged
        net = self._net.feed(t, driving, known)
        trace, machine = self._trace, self._machine
        trace.make_room(len(t))
        index, resumed = 0, False
        while True:
            index, why = watch(
                t, driving, block.driving_rate, block.ankle, block.shin_turn, net, known, judged,
                index, resumed, self._values, trace.rows, trace.ends,
                machine.x, machine.marks, machine.bounds,
            )  # fmt: skip
            if why == NOTHING:
                break
            if why == UNJUDGED:
                self._gaps += self._unjudged(t.item(index))
                self._values[JUDGED_T] = t[index]
                continue
            resumed = why == GAP
            if resumed:
                self._net.reset()
                net[index:] = self._net.feed(t[index:], driving[index:], known[index:])
                out += self._resume(t.item(index), driving.item(index))
            else:
                before = machine.state
                out += self._on(before, machine.change(Trigger(why)), t.item(index))
                index += 1
        if machine.state not in _IN_REP:
            trace.cut()
        return out

    def _resume(self, t: float, driving: float) -> Output:
        """Go on after a gap with the sample at ``t`` s, whose driving angle is ``driving`` rad."""
        before = self._machine.state
        if self._machine.resume(t, driving) is None:
            return []
        gap = self._last_t + self._values.item(SPACING), t
        return self._lose(gap) if before in _IN_REP else [self._change(Phase.BOTTOM, t)]

    def _unjudged(self, t: float) -> list[tuple[float, float]]:
        """Return the gap (start and end in s) up to ``t`` s in which no rep can be judged, if it is one."""
        judged_t, spacing = self._values.item(JUDGED_T), self._values.item(SPACING)
        return [(judged_t + spacing, t)] if is_gap(t - judged_t, spacing) else []

    def _on(self, before: State, trigger: Trigger, t: float) -> Output:
        """Return the output of a transition out of the state ``before`` at ``t`` s."""
        if trigger is Trigger.MOVE_IN or (before in _LIFTED_FROM and trigger is Trigger.LIFT):
            return self._lift()
        if trigger in self._outputs:
            return self._outputs[trigger](before)
        if trigger in _ENDS_SET:
            return self._leave(before, t, _ENDS_SET[trigger])
        if trigger is Trigger.FIND:
            # The leg lies where a rep begins, so the next one is whole.
            self._lost = None
        return [self._change(_PHASE_OF[self._machine.state], t)]

    def _lose(self, gap: tuple[float, float]) -> Output:
        """Close the rep that a gap (start and end in s) cut off; the samples after it are another's."""
        self._lost = gap
        reps = self._close(self._trace.last_angle)
        self._lost = gap
        self._trace.forget()
        return [self._change(Phase.BOTTOM, self._rested_t), *reps]

    def _lift(self) -> Output:
        """Start a rep's trace in the rest before the lift, which has left the bottom's plateau."""
        lift = Lift.SAME if self._lost is not None else self._set_of_lift()
        self._over_t, self._landed = self._rested_since(), None
        self._low = self._machine.low
        self._keep_rest()
        plateau = self._low + math.radians(self._machine.own.plateau_deg)
        start = self._trace.last_at(plateau)
        self._gaps = [gap for gap in self._gaps if gap[1] >= start]
        return [self._change(Phase.CONCENTRIC, start, lift=lift)]

    def _set_of_lift(self) -> Lift:
        """Return the set that the lift belongs to; begin that set if it is a new one."""
        machine = self._machine
        if machine.arming is Arming.MARKED:
            return Lift.SAME if self._pending.count else Lift.NEW
        if machine.goes_on(self._last_t) and not self._is_closed:
            return Lift.SAME if self._pending.is_sure else Lift.UNSURE
        self._new_set()
        pose = math.radians(machine.own.pose_deg)
        known = any(abs(machine.pose_angle - one) <= pose for one in self._poses)
        # Where other movements look alike until they are over, one of them begins no set.
        alone = machine.own.most_shin_percent is None
        self._pending.is_sure = known and alone and not self._marks
        return Lift.NEW if self._pending.is_sure else Lift.UNSURE

    def _lower(self, before: State) -> Output:
        """Return the lowering; before it the hold, if that was too low to be sure of until now."""
        reached, left = self._hold_times()
        top = [] if before is State.TOP else [self._change(Phase.TOP, reached)]
        return [*top, self._change(Phase.ECCENTRIC, left)]

    def _bounce(self, _before: State) -> Output:
        return [self._change(Phase.CONCENTRIC, self._machine.valley_t)]

    def _land(self, _before: State) -> Output:
        # A rest counts, unless the movements before it began to leave the start pose already.
        high = self._pending.has_high and self._machine.ends_high
        reps = self._close(self._machine.low, high=high, landed=True)
        return [self._change(Phase.BOTTOM, self._rested_t), *reps]

    def _turn(self, _before: State) -> Output:
        machine = self._machine
        reps = self._close(machine.low, high=machine.ends_high)
        bottom = self._change(Phase.BOTTOM, self._rested_t)
        self._keep_rest()
        self._low = machine.low
        return [bottom, *reps, self._change(Phase.CONCENTRIC, machine.valley_t)]

    def _leave(self, before: State, t: float, ending: Ending) -> Output:
        machine = self._machine
        complete = ending is Ending.LEFT and machine.left_whole
        out = self._abandon(complete=complete) if before in _IN_REP else []
        self._lost = None
        if machine.arming is Arming.MARKED and ending is Ending.RESTED:
            # A person on the bench reaches no key, so lying still ends a marked set too. Another set
            # may begin from the same pose, on the stricter terms of an unmarked one.
            machine.arming = self._before_calibration = self._unmarked
        return [*out, self._change(Phase.IDLE, t, ending)]

    def _change(
        self, phase: Phase, t: float, ending: Ending | None = None, lift: Lift | None = None
    ) -> PhaseChange:
        """Return the change to ``phase`` at ``t`` s, dated back no further than the last change."""
        self._changed_t = max(t, self._changed_t)
        noticed_t = max(self._last_t, self._changed_t)
        return PhaseChange(self._changed_t, phase, noticed_t, ending, lift)

    def _rested_since(self) -> float | None:
        """Return when the last rep was over, s, as the rest until the lift that was noticed now shows it."""
        trace = self._trace
        if self._landed is None or trace.first_t > self._landed[0]:
            return None
        begun_t, landed_t, low, low_after = self._landed
        until_t = min(landed_t + limits.SETTLING_S, trace.last_t)
        t, curl, rate, ankle, _ = trace.columns(begun_t, until_t)
        lows = low, rest_low(curl, int(np.argmax(curl)), (low, low_after))
        return find_boundaries(t, curl, rate, lows, self._machine.own, ankle).t_bottom

    def _keep_rest(self) -> None:
        """Keep of the trace the rest before the lift that was noticed now, and the soft end of the lowering before."""
        trace = self._trace
        trace.forget_before(max(self._rest_from_t, trace.last_t - limits.REST_KEPT_S))
        trace.keep_descent()

    def _hold_times(self) -> tuple[float, float]:
        """Return when (s) the leg reached and left the plateau at the top, as far as it is known."""
        machine = self._machine
        plateau = machine.peak - math.radians(machine.own.plateau_deg)
        held = self._trace.above(plateau, self._changed_t)
        return held or (machine.peak_t, machine.peak_t)

    def _abandon(self, *, complete: bool) -> Output:
        """Return the rep that is under way, cut short; it counts only if ``complete``."""
        # A lowering that is cut short has no bottom yet: the lowest sample stands in.
        low = min(self._trace.last_angle, self._machine.valley) if complete else self._low
        return self._close(low, unfinished=not complete)

    def _close(
        self,
        low_after: float,
        *,
        unfinished: bool = False,
        high: bool = False,
        landed: bool = False,
    ) -> Output:
        """Hand over the rep that the trace holds, and learn the reference range from it.

        One that ended ``high`` above the start pose waits for the next one. A movement that tilts the
        shin too far for the exercise, or turns one that was held, is none. Where the leg ``landed``, the rest that
        follows shows more.
        """
        machine = self._machine
        t, curl, rate, ankle, shin = self._trace.columns()
        bounds = find_boundaries(t, curl, rate, (self._low, low_after), machine.own, ankle)
        bounds = rested_from(bounds, self._rested_t)
        duration = bounds.t_bottom - bounds.t_start
        partial = unfinished or is_partial(duration, bounds.rom, machine.reference, machine.own)
        times = bounds.t_start, bounds.t_bottom
        tilts = tilts_shin(t, curl, shin, times, machine.own)
        is_rep = not (tilts or self._held_shin.is_free(t, shin, times))
        if is_rep and not partial:
            self._held_shin.count(t, shin, times)
            self._pending.count += 1
            self._learn(bounds.rom)
            machine.count(self._last_t)
        if self._lost is None:
            gaps = [*self._gaps, *self._unjudged(self._last_t)]
            withheld = gap_in(bounds, gaps, self._dropouts)
        else:
            withheld = withheld_by(self._lost, self._dropouts)
            self._lost = None
        # A gap belongs to the rep in which it lies, and to no later one.
        self._gaps.clear()
        self._dropouts = [d for d in self._dropouts if d.t_end > bounds.t_bottom]
        self._rested_t, self._rest_from_t = bounds.t_bottom, bounds.t_ecc
        if not is_rep:
            return []
        rep = Rep(
            number=self._pending.count,
            t_start=bounds.t_start,
            t_top=bounds.t_top,
            t_ecc=bounds.t_ecc,
            t_bottom=bounds.t_bottom,
            t_end=bounds.t_bottom,
            rom=bounds.rom,
            ankle_con=ankle_median(t, ankle, bounds.t_start, bounds.t_top),
            ankle_ecc=ankle_median(t, ankle, bounds.t_ecc, bounds.t_bottom),
            partial=partial,
            withheld=withheld,
            noticed_t=self._last_t,
            rested_t=self._over_t,
        )
        self._over_t = None
        self._landed = (bounds.t_start, self._last_t, self._low, low_after) if landed else None
        was_sure = self._pending.is_sure
        certain = self._pending.add(rep, high=high, unfinished=unfinished)
        if self._pending.is_sure and not was_sure:
            self._poses.append(machine.pose_angle)
        return [*certain]

    def _learn(self, rom: float) -> None:
        self._first_roms.append(rom)
        # Two reps of this set say more about its load and machine than an unloaded curl.
        if len(self._first_roms) == 2:
            self._machine.use_reference(sum(self._first_roms) / 2.0)

    def _new_set(self) -> None:
        self._pending.new_set()
        self._held_shin.new_set()
        self._first_roms: list[float] = []
        self._is_closed = False
        self._machine.new_set()


_IN_REP = (State.CON, State.TOP, State.ECC)
_LIFTED_FROM = (State.ARMED, State.BOT, State.LOST, State.END)
_ENDS_SET = {
    Trigger.EXPIRE: Ending.EXPIRED,
    Trigger.REST: Ending.RESTED,
    Trigger.LEAVE: Ending.LEFT,
}
