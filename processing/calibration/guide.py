"""Leads a person through the calibration: watches the movement and says when a step is done.

No clock, no screen, no file: blocks of samples in, what to show out. Nothing is timed by a
countdown; each step begins and ends with the movement itself. ``StepStarted`` and ``StepEnded``
become the events of the recording, so that a replay calibrates from the same samples.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from processing.calibration.fit import (
    Calibration,
    CalibrationConfig,
    CalibrationError,
    calibrate,
    rezero,
)
from processing.calibration.grade import Finding, GradingConfig, grade, slipped, worst
from processing.calibration.ranges import turning_points
from processing.calibration.steps import (
    FULL,
    Finished,
    GuideUpdate,
    Step,
    StepEnded,
    StepProgress,
    StepStarted,
)
from processing.calibration.swapped_sensors import TurnedAlone, turned_alone
from processing.motion.axes import principal_axis
from processing.motion.stillness import StillnessConfig, spread
from processing.types import PairedBlock, join_blocks, slice_block
from sensor.types import FloatArray, Segment


@dataclass(frozen=True, slots=True)
class GuideConfig:
    """When a step is done.

    ``hold_s`` and ``rezero_s`` are how long a pose is held, ``bench_s`` how long the sensors lie; after
    that each must have turned by ``handled_deg`` to count as strapped on. ``rest_s`` of rest end a movement that
    is complete, ``give_up_s`` or ``patience_s`` in all one that is not. A shin that turns slower
    than ``begin_dps`` counts as held. Without ``calibrates`` it leads only: who listens makes the
    calibration from the steps.
    """

    calibration: CalibrationConfig = field(default_factory=CalibrationConfig)
    grading: GradingConfig = field(default_factory=GradingConfig)
    stillness: StillnessConfig = field(default_factory=StillnessConfig)
    lying: StillnessConfig = field(default_factory=lambda: StillnessConfig(0.5, 1.0, 0.15))
    tick_s: float = 0.1
    grid_hz: float = 100.0
    hold_s: float = 2.0
    rezero_s: float = 1.5
    bench_s: float = 3.0
    handled_deg: float = 45.0
    rest_s: float = 0.8
    give_up_s: float = 4.0
    begin_dps: float = 20.0
    pumps: int = 3
    curls: int = 2
    patience_s: float = 40.0
    calibrates: bool = True


class CalibrationGuide:
    """One run through ``steps``. Feed it what the pairing makes; show what it returns.

    Parameters
    ----------
    steps
        :data:`FULL` or :data:`WITH_BENCH`, or ``(Step.REZERO,)`` to set the zero of ``calibration`` anew.
    calibration
        The one in force; only needed for a new zero.
    """

    def __init__(
        self,
        config: GuideConfig | None = None,
        steps: Sequence[Step] = FULL,
        calibration: Calibration | None = None,
    ) -> None:
        if Step.REZERO in steps and calibration is None:
            message = "a new zero needs a calibration"
            raise ValueError(message)
        self.config = config or GuideConfig()
        self.steps = tuple(steps)
        self.calibration = calibration
        self._accepted: dict[Step, PairedBlock] = {}
        self._tick = max(1, round(self.config.tick_s * self.config.grid_hz))
        self._window = max(2, round(self.config.stillness.window_s * self.config.grid_hz))
        self._waiting: list[PairedBlock] = []
        self._handled_deg = np.zeros(2)
        self._begin()

    @property
    def step(self) -> Step | None:
        """What is to be done now, None when all is done."""
        return next((step for step in self.steps if step not in self._accepted), None)

    def redo(self, step: Step) -> None:
        """Do ``step`` once more; the others are kept."""
        self._accepted.pop(step, None)
        self._begin()

    def feed(self, block: PairedBlock) -> list[GuideUpdate]:
        """Take the next samples; return what happened, in order of time."""
        if not len(block.t):
            return []
        whole = join_blocks([*self._waiting, block])
        updates: list[GuideUpdate] = []
        at = 0
        while at + self._tick <= len(whole.t):
            updates += self._advance(slice_block(whole, at, at + self._tick))
            at += self._tick
        self._waiting = [slice_block(whole, at, len(whole.t))] if at < len(whole.t) else []
        return updates

    def _begin(self) -> None:
        """Start the current step from nothing."""
        self._seen: list[PairedBlock] = []
        self._moved = False
        self._held_s = 0.0
        self._announced = False

    def _advance(self, tick: PairedBlock) -> list[GuideUpdate]:
        step = self.step
        if step is None:
            return []
        self._seen.append(tick)
        t = float(tick.t[-1])
        worn = [("shin", tick.shin_valid), ("foot", tick.foot_valid)]
        if tick.thigh is not None:
            worn.append(("thigh", tick.thigh.valid))
        silent = [name for name, valid in worn if not valid.any()]
        if silent:
            return self._interrupt(
                step, t, f"{silent[0]} sensor sends nothing; wait or reconnect it"
            )
        if step is Step.STILL and not self._is_strapped_on(tick):
            self._begin()
            return [StepProgress(step, t, 0.0, 0.0, "")]
        if step in (Step.BENCH, Step.STILL, Step.REZERO):
            return self._hold(step, t)
        return self._move(step, t)

    def _is_strapped_on(self, tick: PairedBlock) -> bool:
        """Return whether both sensors have been in a hand since they lay on the bench."""
        bench = self._accepted.get(Step.BENCH)
        if bench is None:
            return True
        for i, (gyr, lain) in enumerate(
            ((tick.shin_gyr, bench.shin_gyr), (tick.foot_gyr, bench.foot_gyr))
        ):
            dps = np.degrees(np.linalg.norm(gyr - lain.mean(axis=0), axis=1))
            self._handled_deg[i] += dps[dps > self.config.begin_dps].sum() / self.config.grid_hz
        return bool((self._handled_deg >= self.config.handled_deg).all())

    def _interrupt(self, step: Step, t: float, trouble: str) -> list[GuideUpdate]:
        updates: list[GuideUpdate] = []
        if self._announced:
            updates.append(StepEnded(step, t, accepted=False, value=0.0, unit="", remark=trouble))
        self._begin()
        return [*updates, StepProgress(step, t, 0.0, 0.0, "", trouble)]

    def _recent(self) -> PairedBlock:
        """Return the last window of stillness, or less at the start of a step."""
        count = -(-self._window // self._tick)
        return join_blocks(self._seen[-count:])

    def _hold(self, step: Step, t: float) -> list[GuideUpdate]:
        recent = self._recent()
        if len(recent.t) < self._window:
            return []
        on_bench = step is Step.BENCH
        moving, value = _who_moves(recent, self.config.lying if on_bench else self.config.stillness)
        if moving:
            trouble = f"{moving} sensor moves; hold still"
            if on_bench:
                trouble = f"{moving} sensor moved; leave both on the bench"
            updates: list[GuideUpdate] = []
            if self._announced:
                updates.append(StepEnded(step, t, False, value, "°/s", trouble))
            self._begin()
            return [*updates, StepProgress(step, t, 0.0, value, "°/s", trouble)]
        updates = []
        if not self._announced:
            self._announced = True
            self._seen = [recent]
            self._held_s = len(recent.t) / self.config.grid_hz
            updates.append(StepStarted(step, float(recent.t[0]) - 1.0 / self.config.grid_hz))
        else:
            self._held_s += self.config.tick_s
        need = {Step.REZERO: self.config.rezero_s, Step.BENCH: self.config.bench_s}.get(
            step, self.config.hold_s
        )
        updates.append(StepProgress(step, t, min(self._held_s / need, 1.0), value, "°/s"))
        if self._held_s >= need - 1e-9:
            updates += self._accept(step, t, value, "°/s")
        return updates

    def _move(self, step: Step, t: float) -> list[GuideUpdate]:
        updates: list[GuideUpdate] = []
        if not self._announced:
            self._announced = True
            start = float(self._seen[0].t[0]) - 1.0 / self.config.grid_hz
            updates.append(StepStarted(step, start))
        block = join_blocks(self._seen)
        self._seen = [block]
        config = self.config
        turned = self._turned(block, step)
        count, wanted = self._count(turned), config.pumps if step is Step.PUMPS else config.curls
        span = float(np.degrees(np.ptp(turned)))
        self._moved = self._moved or self._path_deg(block).max() > config.calibration.min_turn_deg
        self._held_s = self._held_s + config.tick_s if self._resting() and self._moved else 0.0
        alone = self._alone(block)
        if step is Step.PUMPS and alone.looks_swapped(config.calibration.swap):
            self._begin()
            remark = f"{Finding.SWAPPED}: {alone.detail}"
            return [
                *updates,
                StepEnded(step, t, accepted=False, value=alone.shin_deg, unit="°", remark=remark),
            ]
        updates.append(StepProgress(step, t, min(count / wanted, 1.0), span, "°"))
        done = count >= wanted and self._held_s >= config.rest_s
        stopped = self._held_s >= config.give_up_s
        if done or stopped or len(block.t) > config.patience_s * config.grid_hz:
            updates += self._judge(step, t, span, count, wanted)
        return updates

    def _resting(self) -> bool:
        block = self._seen[0]
        recent = slice_block(block, max(0, len(block.t) - self._window), len(block.t))
        limit = 3.0 * self.config.stillness.gyr_dps
        return max(_spread_dps(recent.shin_gyr), _spread_dps(recent.foot_gyr)) < limit

    def _gyr(self, block: PairedBlock) -> tuple[FloatArray, FloatArray]:
        """Return the rates of shin and foot, (n, 3) rad/s, without the still pose's offset."""
        still = self._accepted.get(Step.STILL)
        if still is None:
            return block.shin_gyr, block.foot_gyr
        return (
            block.shin_gyr - still.shin_gyr.mean(axis=0),
            block.foot_gyr - still.foot_gyr.mean(axis=0),
        )

    def _thigh_gyr(self, block: PairedBlock) -> FloatArray | None:
        still = self._accepted.get(Step.STILL)
        if block.thigh is None or still is None or still.thigh is None:
            return None
        rate: FloatArray = block.thigh.gyr - still.thigh.gyr.mean(axis=0)
        return rate

    def _turned(self, block: PairedBlock, step: Step) -> FloatArray:
        """Return how far the sensor that ``step`` moves has turned about its main axis, (n,) rad.

        While the knee is being bent for the pumps the foot moves with the shin; that is left out.
        """
        shin, foot = self._gyr(block)
        if step is Step.PUMPS:
            quiet = np.linalg.norm(shin, axis=1) < np.radians(self.config.begin_dps)
            moving = foot * quiet[:, None]
        else:
            moving = shin
            thigh = self._thigh_gyr(block)
            # Where the shin is held, as in a glute-ham raise, the knee bends by the thigh's turn.
            if thigh is not None and np.abs(thigh).sum() > np.abs(shin).sum():
                moving = thigh
        turned: FloatArray = np.cumsum(moving @ principal_axis(moving).axis) / self.config.grid_hz
        return turned

    def _alone(self, block: PairedBlock) -> TurnedAlone:
        """Return how far each sensor has turned while the other one rested."""
        both = block.shin_valid & block.foot_valid
        shin, foot = self._gyr(block)
        config = self.config
        return turned_alone(shin[both], foot[both], config.grid_hz, config.calibration.swap)

    def _path_deg(self, block: PairedBlock) -> FloatArray:
        """Return how far each sensor has turned there and back in all."""
        gyrs = [gyr for gyr in (*self._gyr(block), self._thigh_gyr(block)) if gyr is not None]
        paths = [np.linalg.norm(gyr, axis=1).sum() for gyr in gyrs]
        out: FloatArray = np.degrees(paths) / self.config.grid_hz
        return out

    def _count(self, turned: FloatArray) -> int:
        """Return how many movements there and back are in ``turned``."""
        if np.degrees(np.ptp(turned)) < self.config.calibration.min_turn_deg:
            return 0
        low, high = turning_points(turned)
        return max(len(low), len(high))

    def _judge(
        self, step: Step, t: float, span: float, count: int, wanted: int
    ) -> list[GuideUpdate]:
        """Accept the movement that the leg now rests from, or say what was wrong with it."""
        if count >= wanted:
            return self._accept(step, t, span, "°")
        text = f"{count} of {wanted} movements seen; do all of them, then rest"
        self._begin()
        return [StepEnded(step, t, False, span, "°", text)]

    def _accept(self, step: Step, t: float, value: float, unit: str) -> list[GuideUpdate]:
        self._accepted[step] = join_blocks(self._seen)
        if step is Step.BENCH:
            self._handled_deg = np.zeros(2)
        self._begin()
        updates: list[GuideUpdate] = [StepEnded(step, t, True, value, unit)]
        if self.step is None and self.config.calibrates:
            updates += self._finish(step, t)
        return updates

    def _finish(self, last: Step, t: float) -> list[GuideUpdate]:
        config = self.config
        try:
            if last is Step.REZERO and self.calibration is not None:
                earlier = self.calibration
                self.calibration = rezero(earlier, self._accepted[last], config.calibration)
                remarks = slipped(self.calibration, earlier, config.grading)
            else:
                self.calibration = calibrate(
                    self._accepted[Step.STILL],
                    self._accepted.get(Step.PUMPS),
                    self._accepted.get(Step.CURLS),
                    config.calibration,
                    bench=self._accepted.get(Step.BENCH),
                )
                remarks = grade(self.calibration, config.grading)
        except CalibrationError as error:
            # The last movement is the one that is at hand to be repeated.
            self.redo(last)
            return [StepEnded(last, t, False, error.value or 0.0, error.unit, str(error))]
        return [Finished(t, self.calibration, worst(remarks), tuple(remarks))]


def _who_moves(recent: PairedBlock, limit: StillnessConfig) -> tuple[str, float]:
    """Return the sensor that moves, empty if none does, and the larger movement in °/s.

    Lost samples are left out: they say nothing of a movement.
    """
    who, most = "", 0.0
    for name, acc, gyr, valid in (
        (Segment.FOOT, recent.foot_acc, recent.foot_gyr, recent.foot_valid),
        (Segment.SHIN, recent.shin_acc, recent.shin_gyr, recent.shin_valid),
    ):
        dps = _spread_dps(gyr[valid])
        most = max(most, dps)
        swayed = float(spread(acc[valid], int(valid.sum()))[0])
        if not who and (dps > limit.gyr_dps or swayed > limit.acc_mps2):
            who = name
    return who, most


def _spread_dps(gyr: FloatArray) -> float:
    return float(np.degrees(spread(gyr, len(gyr))[0]))
