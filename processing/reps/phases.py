"""Reps and phases while they happen: causal, with boundaries dated back to where they were."""

import math
from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from processing.reps.boundaries import (
    ROUNDING_S,
    ankle_median,
    find_boundaries,
    gap_reason,
    is_partial,
)
from processing.reps.config import RepConfig
from processing.reps.machine import Arming, RepMachine, State, Trigger
from processing.types import AngleBlock, Dropout, Ending, Phase, PhaseChange, Rep
from sensor.types import Event, EventKind, FloatArray

Output: TypeAlias = list[PhaseChange | Rep]

_PHASE_OF = {
    State.IDLE: Phase.IDLE,
    State.ARMED: Phase.BOTTOM,
    State.CON: Phase.CONCENTRIC,
    State.TOP: Phase.TOP,
    State.ECC: Phase.ECCENTRIC,
    State.BOT: Phase.BOTTOM,
    State.END: Phase.IDLE,
}
_ARMING_OF = {
    EventKind.SET_START: Arming.MARKED,
    EventKind.SET_END: Arming.OFF,
    EventKind.CALIBRATION_START: Arming.OFF,
}
_ENDING_OF = {
    EventKind.SET_START: Ending.MARKED,
    EventKind.SET_END: Ending.MARKED,
    EventKind.CALIBRATION_START: Ending.CALIBRATION,
    EventKind.CALIBRATION_END: Ending.CALIBRATION,
}
_KEPT_SAMPLES = 2000
"""How much of a rest is kept for dating back: a lift is noticed long before this."""


class RepDetector:
    """Finds phases and reps in a stream of angles.

    A rep is handed over when its lowering ends, so its ``t_end`` is still its ``t_bottom``; the
    final segmentation knows how long the leg then rested. Reps that count are numbered from 1 in
    each set; a partial rep carries the number of the last one that counted. The same input gives
    the same output bit for bit, however it is cut into blocks.

    Parameters
    ----------
    config
        The thresholds.
    """

    def __init__(self, config: RepConfig | None = None) -> None:
        self.config = config or RepConfig()
        self._machine = RepMachine(self.config)
        self._tellers: Mapping[Trigger, Callable[[State], Output]] = {
            Trigger.LOWER: self._lower,
            Trigger.BOUNCE: self._bounce,
            Trigger.LAND: self._land,
            Trigger.TURN: self._turn,
        }
        self.reset()

    def reset(self) -> None:
        """Forget everything the input changed."""
        self._machine.reset()
        self._trace: list[tuple[float, float, float, float]] = []
        self._speed: float | None = None
        self._spacing = math.inf
        """Of the samples, the shortest that was seen: the grid is even where none are missing."""
        self._last_t = -math.inf
        self._changed_t = -math.inf
        self._gaps: list[tuple[float, float]] = []
        self._dropouts: list[Dropout] = []
        self._before_calibration = Arming.STILL
        self._low = 0.0
        self._new_set()

    def feed(self, item: AngleBlock | Event | Dropout) -> Output:
        """Take the next angles, event or report of lost samples; return what they showed.

        Events take effect between the samples that came before and after them. ``set.start`` and
        ``set.end`` mark a set; from the first mark on, lying still no longer starts one, but for
        ``end_s`` at the bottom it still ends one.
        """
        if isinstance(item, AngleBlock):
            return self._samples(item)
        if isinstance(item, Dropout):
            self._dropouts.append(item)
            return []
        return self._event(item)

    def _event(self, event: Event) -> Output:
        if event.kind == EventKind.CALIBRATION_END:
            arming = self._before_calibration
        elif event.kind in _ARMING_OF:
            arming = _ARMING_OF[EventKind(event.kind)]
        else:
            return []
        if event.kind == EventKind.CALIBRATION_START and self._machine.arming is not Arming.OFF:
            self._before_calibration = self._machine.arming
        elif event.kind in (EventKind.SET_START, EventKind.SET_END):
            self._before_calibration = arming
        state = self._machine.state
        complete = state is State.ECC and self._machine.lowered_enough()
        out = self._abandon(complete=complete) if state in _IN_REP else []
        was_idle = _PHASE_OF[state] is Phase.IDLE
        self._machine.arm(arming)
        self._new_set()
        if not was_idle:
            out.append(self._change(Phase.IDLE, self._last_t, _ENDING_OF[EventKind(event.kind)]))
        return out

    def _samples(self, block: AngleBlock) -> Output:
        out: Output = []
        config, machine, trace = self.config, self._machine, self._trace
        smoothing, step = config.smoothing_s, machine.step
        last_t, speed, spacing = self._last_t, self._speed, self._spacing
        too_long = config.gap_s + ROUNDING_S
        for t, curl, rate, ankle, valid in zip(
            block.t.tolist(),
            block.curl.tolist(),
            block.curl_rate.tolist(),
            block.ankle.tolist(),
            block.valid.tolist(),
            strict=True,
        ):
            if not valid:
                continue
            elapsed = t - last_t
            spacing = min(spacing, elapsed)
            if speed is None or elapsed - spacing > too_long:
                speed = rate
                if trace:
                    self._gaps.append((last_t + spacing, t))
                machine.resume(t)
            else:
                # One-pole low-pass by the backward difference: exact in order, whatever the rate.
                speed += elapsed / (elapsed + smoothing) * (rate - speed)
            trace.append((t, curl, speed, ankle))
            last_t = self._last_t = t
            before = machine.state
            trigger = step(t, curl, speed)
            if trigger is not None:
                out += self._on(before, trigger, t)
        self._speed, self._spacing = speed, spacing
        if len(trace) > 2 * _KEPT_SAMPLES and machine.state not in _IN_REP:
            del trace[:-_KEPT_SAMPLES]
        return out

    def _on(self, before: State, trigger: Trigger, t: float) -> Output:
        """Return what a transition out of the state ``before`` is told as."""
        if before in _RESTING and trigger is Trigger.LIFT:
            return self._lift(before)
        if trigger in self._tellers:
            return self._tellers[trigger](before)
        if trigger in _ENDS_SET:
            return self._leave(before, t, _ENDS_SET[trigger])
        return [self._change(_PHASE_OF[self._machine.state], t - self.config.smoothing_s)]

    def _lift(self, before: State) -> Output:
        """Start a rep's trace at the last slow sample before the lift, or at the lowest."""
        if before is State.END and self._machine.arming is Arming.STILL and not self._is_over:
            self._new_set()
        trace, low = self._trace, self._machine.low
        slow = math.radians(self.config.hold_speed_dps)
        known = self.config.hold_fraction * (self._machine.reference or 0.0)
        band = low + max(known, math.radians(self.config.still_deg))
        lowest = index = len(trace) - 1
        oldest = max(0, len(trace) - _KEPT_SAMPLES)
        while index > oldest and (abs(trace[index][2]) >= slow or trace[index][1] > band):
            index -= 1
            if trace[index][1] < trace[lowest][1]:
                lowest = index
        del trace[: index if index > oldest else lowest]
        self._low = low
        start = trace[0][0]
        self._gaps = [gap for gap in self._gaps if gap[1] > start]
        return [self._change(Phase.CONCENTRIC, start - self.config.smoothing_s)]

    def _lower(self, before: State) -> Output:
        """Tell of the lowering; of the hold as well, where it was too low to be sure of before."""
        reached, left = self._hold_times()
        top = [] if before is State.TOP else [self._change(Phase.TOP, reached)]
        return [*top, self._change(Phase.ECCENTRIC, left)]

    def _bounce(self, _before: State) -> Output:
        return [self._change(Phase.CONCENTRIC, self._machine.valley_t)]

    def _land(self, _before: State) -> Output:
        bottom = self._change(Phase.BOTTOM, self._last_t - self.config.smoothing_s)
        rep = self._close(self._landing())
        self._forget_before(self._machine.valley_t)
        return [bottom, rep]

    def _turn(self, _before: State) -> Output:
        machine = self._machine
        bottom = self._change(Phase.BOTTOM, machine.valley_t)
        rep = self._close(machine.low)
        self._forget_before(machine.valley_t)
        self._low = machine.low
        return [bottom, rep, self._change(Phase.CONCENTRIC, machine.valley_t)]

    def _leave(self, before: State, t: float, ending: Ending) -> Output:
        rested = ending is Ending.RESTED
        out = self._abandon(complete=False) if before in _IN_REP else []
        machine = self._machine
        if machine.arming is Arming.MARKED and rested:
            # Whoever reaches no key ends a marked set by lying still. From the same pose it may go
            # on, but now as carefully as without a mark; once that is left, it is over for good.
            machine.arming = self._before_calibration = Arming.STILL
            self._is_over = True
        elif self._is_over and not rested:
            machine.arm(Arming.OFF)
            self._before_calibration = Arming.OFF
            self._new_set()
        elif machine.arming is Arming.STILL and not self._is_over:
            self._new_set()
        return [*out, self._change(Phase.IDLE, t, ending)]

    def _change(self, phase: Phase, t: float, ending: Ending | None = None) -> PhaseChange:
        """Return the change, never dated back beyond the one before it."""
        self._changed_t = max(t, self._changed_t)
        noticed_t = max(self._last_t, self._changed_t)
        return PhaseChange(self._changed_t, phase, noticed_t, ending)

    def _forget_before(self, t: float) -> None:
        keep = next(i for i, sample in enumerate(self._trace) if sample[0] >= t)
        del self._trace[:keep]

    def _hold_times(self) -> tuple[float, float]:
        """Return when the leg reached and left the top: its slow samples within the hold's range."""
        machine, slow = self._machine, math.radians(self.config.hold_speed_dps)
        floor = machine.peak - self.config.hold_fraction * (machine.peak - self._low)
        held = [
            t
            for t, curl, speed, _ in self._trace
            if t > self._changed_t and abs(speed) < slow and curl >= floor
        ]
        if not held:
            return machine.peak_t, machine.peak_t
        return held[0] - self.config.smoothing_s, held[-1] - self.config.smoothing_s

    def _landing(self) -> float:
        """Return the bottom that the leg is about to reach: the last one, if it comes near it."""
        valley = self._machine.valley
        band = self.config.hold_fraction * (self._machine.peak - self._low)
        return min(valley, self._low) if valley - self._low <= band else valley

    def _abandon(self, *, complete: bool) -> Output:
        """Close the rep that is under way; it counts only if ``complete``."""
        low = min(self._trace[-1][1], self._machine.valley) if complete else self._low
        return [self._close(low, unfinished=not complete)]

    def _close(self, low_after: float, *, unfinished: bool = False) -> Rep:
        """Return the rep that the trace holds, and learn the reference range from it."""
        config, machine = self.config, self._machine
        t, curl, speed, ankle = _columns(self._trace)
        bounds = find_boundaries(t, curl, speed, (self._low, low_after), config)
        delay = config.smoothing_s
        t_start, t_top = bounds.t_start - delay, bounds.t_top - delay
        t_ecc, t_bottom = bounds.t_ecc - delay, bounds.t_bottom - delay
        duration = t_bottom - t_start
        partial = unfinished or is_partial(duration, bounds.rom, machine.reference, config)
        if not partial:
            self._count += 1
            self._learn(bounds.rom)
        reason = gap_reason(bounds, self._gaps, self._dropouts)
        self._gaps.clear()
        self._dropouts = [d for d in self._dropouts if d.t_end > t_bottom]
        return Rep(
            number=self._count,
            t_start=t_start,
            t_top=t_top,
            t_ecc=t_ecc,
            t_bottom=t_bottom,
            t_end=t_bottom,
            rom=bounds.rom,
            ankle_con=ankle_median(t, ankle, t_start, t_top),
            ankle_ecc=ankle_median(t, ankle, t_ecc, t_bottom),
            partial=partial,
            judged=not reason,
            reason=reason,
            noticed_t=self._last_t,
        )

    def _learn(self, rom: float) -> None:
        self._first_roms.append(rom)
        if len(self._first_roms) == 2:
            self._machine.use_reference(sum(self._first_roms) / 2.0)

    def _new_set(self) -> None:
        self._count = 0
        self._is_over = False
        self._first_roms: list[float] = []
        self._machine.use_reference(self.config.reference_rom)


_IN_REP = (State.CON, State.TOP, State.ECC)
_RESTING = (State.ARMED, State.BOT, State.END)
_ENDS_SET = {
    Trigger.EXPIRE: Ending.EXPIRED,
    Trigger.REST: Ending.RESTED,
    Trigger.LEAVE: Ending.LEFT,
}


def _columns(trace: list[tuple[float, float, float, float]]) -> tuple[FloatArray, ...]:
    return tuple(np.array(column, dtype=np.float64) for column in zip(*trace, strict=True))
