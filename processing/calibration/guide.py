"""Leads a person through the calibration: watches the movement and decides when a step is done.

No clock, no screen, no file: blocks of samples in, updates to show out. Nothing is timed by a
countdown; each step begins and ends with the movement itself. ``StepStarted`` and ``StepEnded``
become events of the recording, so that a replay calibrates from the same samples.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from processing.calibration.calibration_steps import (
    FULL,
    CalibrationStep,
    GuideUpdate,
    StepEnded,
    StepProgress,
    StepStarted,
)
from processing.calibration.first_axes import MIN_TURN_DEG
from processing.calibration.ranges import turning_points
from processing.calibration.start_rest import from_start_pose
from processing.calibration.swapped_sensors import (
    RESTING_DPS,
    TurnedAlone,
    move_as_one,
    thigh_swapped,
    turned_alone,
)
from processing.calibration.troubles import (
    FewMovements,
    LookSwapped,
    SendsNothing,
    SensorMoves,
    StepTrouble,
    ThighLooksSwapped,
)
from processing.calibration.worn_links import spread_dps, worn_links
from processing.motion.axes import principal_axis
from processing.motion.grid import GRID_HZ
from processing.motion.stillness import LYING, WINDOW_S, WORN, StillLimits, spread
from processing.types import PairedBlock, join_blocks, slice_block
from sensor.types import FloatArray, Segment

# The times are tested on simulated people (tests/processing/calibration); they are choices of what
# a person can bear, not measurements.
TICK_S = 0.1
"""Time between two looks of the guide at the samples: short enough to seem immediate."""
HOLD_S = 2.0
"""Time for which the still pose is held: its mean then has a quarter of the noise of one window."""
REZERO_S = 1.5
"""Time for which the pose of a new zero is held: only its direction of gravity counts."""
BENCH_S = 3.0
"""Time for which the sensors lie on the bench: nobody has to hold still for it."""
HANDLED_DEG = 45.0
"""After the bench each sensor must have turned this far to count as strapped on."""
REST_S = 0.8
"""A rest of this length ends a movement that is complete."""
GIVE_UP_S = 4.0
"""A rest of this length ends a movement that is not complete."""
PATIENCE_S = 40.0
"""No movement takes longer."""
HELD_SHIN_DPS = 20.0
"""A shin that turns slower is held: while the knee is bent for the pumps, the foot moves with it."""
RESTING_FACTOR = 3.0
"""After a movement a leg rests while its gyros scatter less than this times the still limit.

A leg in the air after the pumps trembles more than one in a chosen pose.
"""
PUMPS = 3
"""Ankle pumps: the median of three forgives one that was too small."""
_PUMPED = 2
"""After so many movements to and fro something pumps: a knee that is bent once does not."""
CURLS = 2
"""Unloaded curls: enough for an axis and a range, and short."""
_ROUNDING_S = 1e-9
"""Ticks add up to a hold only to within rounding."""


class CalibrationGuide:
    """One run through the steps of a calibration; the calibration itself is made from its events.

    Parameters
    ----------
    steps
        :data:`.calibration_steps.FULL`, :data:`.calibration_steps.WITH_BENCH`, or ``REZERO`` alone for a new zero.
    """

    def __init__(self, steps: Sequence[CalibrationStep] = FULL) -> None:
        self.steps = tuple(steps)
        self._accepted: dict[CalibrationStep, PairedBlock] = {}
        self._tick = max(1, round(TICK_S * GRID_HZ))
        self._window = max(2, round(WINDOW_S * GRID_HZ))
        self._waiting: list[PairedBlock] = []
        self._handled_deg: dict[Segment, float] = {}
        self._swapped: LookSwapped | None = None
        self._begin()

    @property
    def step(self) -> CalibrationStep | None:
        """The step to do now, None when all are done."""
        return next((step for step in self.steps if step not in self._accepted), None)

    def redo(self, step: CalibrationStep) -> None:
        """Ask for ``step`` once more; the others are kept."""
        self._accepted.pop(step, None)
        self._swapped = None
        self._begin()

    def feed(self, block: PairedBlock) -> list[GuideUpdate]:
        """Take the next samples on the grid; return the updates, in order of time."""
        if not len(block.t):
            return []
        if CalibrationStep.REZERO in self.steps:
            # The zero is the ankle's: another sensor that is lost must not keep it from being taken.
            block = replace(block, thigh=None, pelvis=None)
        whole = join_blocks([*self._waiting, block])
        updates: list[GuideUpdate] = []
        at = 0
        while at + self._tick <= len(whole.t):
            updates += self._advance(slice_block(whole, at, at + self._tick))
            at += self._tick
        self._waiting = [slice_block(whole, at, len(whole.t))] if at < len(whole.t) else []
        return updates

    def _begin(self) -> None:
        """Start the current step from the beginning."""
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
        # A sensor that is silent for a whole tick cannot be judged.
        worn = worn_links(tick)
        silent = [name for name in Segment if name in worn and not worn[name].valid.any()]
        if silent:
            return self._interrupt(step, t, SendsNothing(silent[0]))
        if step is CalibrationStep.STILL and not self._is_strapped_on(tick):
            self._begin()
            return [StepProgress(step, t, 0.0, 0.0, "")]
        if step in (CalibrationStep.BENCH, CalibrationStep.STILL, CalibrationStep.REZERO):
            return self._hold(step, t)
        return self._move(step, t)

    def _is_strapped_on(self, tick: PairedBlock) -> bool:
        """Return whether all sensors have been handled since they lay on the bench."""
        bench = self._accepted.get(CalibrationStep.BENCH)
        if bench is None:
            return True
        # The offset of a lying gyro is known from the bench, and would add up to a turn.
        lain = worn_links(bench)
        for name, link in worn_links(tick).items():
            if name not in lain:
                continue
            dps = np.degrees(np.linalg.norm(link.gyr - lain[name].gyr.mean(axis=0), axis=1))
            turned = float(dps[dps > HELD_SHIN_DPS].sum()) / GRID_HZ
            self._handled_deg[name] = self._handled_deg.get(name, 0.0) + turned
        return all(turned >= HANDLED_DEG for turned in self._handled_deg.values())

    def _interrupt(
        self, step: CalibrationStep, t: float, trouble: StepTrouble
    ) -> list[GuideUpdate]:
        """Begin ``step`` again, because of ``trouble``."""
        updates: list[GuideUpdate] = []
        # A start without an end would be an open movement in the recording.
        if self._announced:
            updates.append(StepEnded(step, t, accepted=False, value=0.0, unit="", trouble=trouble))
        self._begin()
        return [*updates, StepProgress(step, t, 0.0, 0.0, "", trouble)]

    def _recent(self) -> PairedBlock:
        """Return the last window of stillness, or less at the start of a step."""
        # Rounded up: a window needs its whole length.
        count = -(-self._window // self._tick)
        return join_blocks(self._seen[-count:])

    def _hold(self, step: CalibrationStep, t: float) -> list[GuideUpdate]:
        """Advance a pose by one tick."""
        recent = self._recent()
        if len(recent.t) < self._window:
            return []
        on_bench = step is CalibrationStep.BENCH
        moving, value = _who_moves(recent, LYING if on_bench else WORN)
        if moving is not None:
            trouble = SensorMoves(moving, on_bench)
            updates: list[GuideUpdate] = []
            if self._announced:
                updates.append(StepEnded(step, t, False, value, "°/s", trouble))
            self._begin()
            return [*updates, StepProgress(step, t, 0.0, value, "°/s", trouble)]
        updates = []
        if not self._announced:
            self._announced = True
            # The pose counts from the start of the first still window.
            self._seen = [recent]
            self._held_s = len(recent.t) / GRID_HZ
            updates.append(StepStarted(step, float(recent.t[0]) - 1.0 / GRID_HZ))
        else:
            self._held_s += TICK_S
        need = {CalibrationStep.REZERO: REZERO_S, CalibrationStep.BENCH: BENCH_S}.get(step, HOLD_S)
        updates.append(StepProgress(step, t, min(self._held_s / need, 1.0), value, "°/s"))
        if self._held_s >= need - _ROUNDING_S:
            updates += self._accept(step, t, value, "°/s")
        return updates

    def _move(self, step: CalibrationStep, t: float) -> list[GuideUpdate]:
        """Advance a movement by one tick."""
        updates: list[GuideUpdate] = []
        if not self._announced:
            self._announced = True
            start = float(self._seen[0].t[0]) - 1.0 / GRID_HZ
            updates.append(StepStarted(step, start))
        block = join_blocks(self._seen)
        self._seen = [block]
        pumps = step is CalibrationStep.PUMPS
        # The way to the machine is no curl, and a curl is one when the leg is back.
        moved = block if pumps else from_start_pose(block)
        turned = self._turned(block if moved is None else moved, step)
        count, wanted = self._count(turned), PUMPS if pumps else CURLS
        span = float(np.degrees(np.ptp(turned)))
        # A rest before the movement has begun must not end it.
        self._moved = self._moved or bool(self._path_deg(block).max() > MIN_TURN_DEG)
        self._held_s = self._held_s + TICK_S if self._resting() and self._moved else 0.0
        alone = self._alone(block)
        # At once, not after the third pump: the person pumps in vain.
        if step is CalibrationStep.PUMPS and alone.looks_swapped:
            self._begin()
            self._swapped = LookSwapped(alone.shin_deg, alone.foot_deg)
            return [*updates, StepEnded(step, t, False, alone.shin_deg, "°", self._swapped)]
        thigh = self._thigh_swapped(block, step)
        if step is CalibrationStep.PUMPS and thigh is not None:
            self._begin()
            return [*updates, StepEnded(step, t, False, thigh.thigh_deg, "°", thigh)]
        updates.append(StepProgress(step, t, min(count / wanted, 1.0), span, "°"))
        done = count >= wanted and self._held_s >= REST_S and moved is not None
        # A person who has just lain down rests before the first curl.
        stopped = self._held_s >= GIVE_UP_S and moved is not None
        if done or stopped or len(block.t) > PATIENCE_S * GRID_HZ:
            trouble: StepTrouble = FewMovements(count, wanted)
            if step is CalibrationStep.PUMPS:
                trouble = move_as_one(*self._gyr(block), GRID_HZ) or trouble
            if self._swapped is not None and alone.tends_to_swapped:
                # The rest of a movement that showed it: too short to show it once more.
                trouble = self._swapped
            found = thigh if thigh is not None else None if count >= wanted else trouble
            updates += self._judge(step, t, span, found)
        return updates

    def _resting(self) -> bool:
        """Return whether all sensors rest in the last window."""
        block = self._seen[0]
        recent = slice_block(block, max(0, len(block.t) - self._window), len(block.t))
        limit = RESTING_FACTOR * WORN.gyr_dps
        return max(spread_dps(link.gyr) for link in worn_links(recent).values()) < limit

    def _gyr(self, block: PairedBlock) -> tuple[FloatArray, FloatArray]:
        """Return the rates of shin and foot, (n, 3) rad/s, without the still pose's offset."""
        still = self._accepted.get(CalibrationStep.STILL)
        if still is None:
            return block.shin_gyr, block.foot_gyr
        return (
            block.shin_gyr - still.shin_gyr.mean(axis=0),
            block.foot_gyr - still.foot_gyr.mean(axis=0),
        )

    def _thigh_gyr(self, block: PairedBlock) -> FloatArray | None:
        """Return the thigh's rate (n, 3) rad/s without the still pose's offset, None without one."""
        return self._further_gyr(block, Segment.THIGH)

    def _further_gyr(self, block: PairedBlock, where: Segment) -> FloatArray | None:
        """Return a sensor's rate (n, 3) rad/s without the still pose's offset, None without it."""
        still = self._accepted.get(CalibrationStep.STILL)
        if still is None:
            return None
        link, before = worn_links(block).get(where), worn_links(still).get(where)
        if link is None or before is None:
            return None
        rate: FloatArray = link.gyr - before.gyr.mean(axis=0)
        return rate

    def _turned(self, block: PairedBlock, step: CalibrationStep) -> FloatArray:
        """Return the turn (n,) rad about its main axis of the sensor that ``step`` moves.

        The time in which the knee is bent for the pumps is left out.
        """
        shin, foot = self._gyr(block)
        if step is CalibrationStep.PUMPS:
            # In the pumps only the foot should move.
            quiet = np.linalg.norm(shin, axis=1) < np.radians(HELD_SHIN_DPS)
            moving = foot * quiet[:, None]
        else:
            moving = shin
            thigh = self._thigh_gyr(block)
            # In a glute-ham raise the shin is held, and the knee bends because the thigh turns.
            if thigh is not None and np.abs(thigh).sum() > np.abs(shin).sum():
                moving = thigh
            pelvis = self._further_gyr(block, Segment.PELVIS)
            if step is CalibrationStep.HINGES and pelvis is not None:
                moving = pelvis
        return _turned_about_main_axis(moving)

    def _alone(self, block: PairedBlock) -> TurnedAlone:
        """Return how far shin and foot have turned while the other sensors rested."""
        both = block.shin_valid & block.foot_valid
        shin, foot = self._gyr(block)
        thigh = self._thigh_gyr(block)
        if thigh is not None:
            # Where the thigh moves as well, it may be its sensor that changed places.
            both = both & (np.linalg.norm(thigh, axis=1) < np.radians(RESTING_DPS))
        return turned_alone(shin[both], foot[both], GRID_HZ)

    def _thigh_swapped(self, block: PairedBlock, step: CalibrationStep) -> ThighLooksSwapped | None:
        """Return the sensor with which that of the thigh looks swapped; None without one."""
        thigh = self._thigh_gyr(block)
        if thigh is None or block.thigh is None:
            return None
        shin, foot = self._gyr(block)
        seen = block.shin_valid & block.foot_valid & block.thigh.valid
        if step is CalibrationStep.PUMPS:
            # Before them a thigh may turn once, to bend the knee; only a foot goes to and fro.
            quiet = np.linalg.norm(shin, axis=1) < np.radians(HELD_SHIN_DPS)
            if self._count(_turned_about_main_axis(thigh * quiet[:, None])) < _PUMPED:
                return None
        return thigh_swapped(step, foot[seen], shin[seen], thigh[seen], GRID_HZ)

    def _path_deg(self, block: PairedBlock) -> FloatArray:
        """Return the path (k,) °, to and fro added up, of each sensor that is worn."""
        further = (self._further_gyr(block, one) for one in (Segment.THIGH, Segment.PELVIS))
        gyrs = [gyr for gyr in (*self._gyr(block), *further) if gyr is not None]
        paths = [np.linalg.norm(gyr, axis=1).sum() for gyr in gyrs]
        out: FloatArray = np.degrees(paths) / GRID_HZ
        return out

    def _count(self, turned: FloatArray) -> int:
        """Return the number of movements to and fro in ``turned`` (n,) rad."""
        if np.degrees(np.ptp(turned)) < MIN_TURN_DEG:
            return 0
        low, high = turning_points(turned)
        return max(len(low), len(high))

    def _judge(
        self, step: CalibrationStep, t: float, span: float, trouble: StepTrouble | None
    ) -> list[GuideUpdate]:
        """Accept the movement that has ended, or return the ``trouble`` for which it is not."""
        if trouble is None:
            return self._accept(step, t, span, "°")
        self._begin()
        return [StepEnded(step, t, False, span, "°", trouble)]

    def _accept(
        self, step: CalibrationStep, t: float, value: float, unit: str
    ) -> list[GuideUpdate]:
        """Keep the samples of ``step`` and go on to the next."""
        self._accepted[step] = join_blocks(self._seen)
        if step is CalibrationStep.BENCH:
            self._handled_deg = {}
        self._swapped = None
        self._begin()
        return [StepEnded(step, t, True, value, unit)]


def _turned_about_main_axis(gyr: FloatArray) -> FloatArray:
    """Return the turn (n,) rad of ``gyr`` (n, 3) rad/s about the axis of most of its movement."""
    turned: FloatArray = np.cumsum(gyr @ principal_axis(gyr).axis) / GRID_HZ
    return turned


def _who_moves(recent: PairedBlock, limit: StillLimits) -> tuple[Segment | None, float]:
    """Return the sensor that moves, None if none does, and the larger movement in °/s.

    Lost samples are left out, because they show no movement.
    """
    who: Segment | None = None
    most = 0.0
    for name, link in worn_links(recent).items():
        valid = link.valid
        dps = spread_dps(link.gyr[valid])
        most = max(most, dps)
        swayed = float(spread(link.acc[valid], int(valid.sum()))[0])
        if who is None and (dps > limit.gyr_dps or swayed > limit.acc_mps2):
            who = name
    return who, most
