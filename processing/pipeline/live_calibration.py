"""The calibration of a session from its marked movements.

The marks come as events, whether a guide, a script or a person with a table sets them, so that a
replay calibrates from the same samples.
"""

import math
from collections.abc import Mapping

import numpy as np

from processing.calibration.calibration_steps import CalibrationStep, completing_step
from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.calibration.fit import calibrate, rezero
from processing.calibration.grade import Remark, grade, slipped, turned_round, wrong_side
from processing.exercises.exercise import Exercise
from processing.motion.calibrated import Calibration, CalibrationError, CalibrationFault
from processing.pipeline.revised_times import with_revised_times
from processing.types import Dropout, PairedBlock, join_blocks, slice_block
from sensor.types import JsonValue

MAX_NEUTRAL_DEG = 60.0
"""No ankle is held further from neutral than this: active plantarflexion ends near 50°."""
MEMORY_S = 300.0
"""A calibration spans at most this long; its samples are kept for so long.

A bench pose is as old at most, because a gyro's offset changes with its temperature.
"""


def checked_neutral(value: JsonValue) -> float:
    """Return ``value``, the stated ankle angle of a pose, °.

    Raises
    ------
    CalibrationError
        If it cannot be the angle of an ankle.
    """
    if isinstance(value, int | float) and abs(value) <= MAX_NEUTRAL_DEG:
        return float(value)
    raise CalibrationError(
        CalibrationFault.FORMAT,
        "neutral_deg",
        f"{value!r} must be a number of degrees from {-MAX_NEUTRAL_DEG:g} to "
        f"{MAX_NEUTRAL_DEG:g}, toes up positive",
    )


class LiveCalibration:
    """The calibration in force, made when its movements are complete.

    Parameters
    ----------
    calibration
        The one to begin with, None if there is none.
    fixed
        Whether that one stays, whatever movements are marked; a new zero still counts.
    own_neutral
        Whether the ankle angle is zero in the still pose, whatever angle was stated for it.
    exercise
        The exercise, which says what movements complete a calibration.

    Attributes
    ----------
    calibration
        The one in force, None until there is one.
    exercise
        The exercise in hand.
    """

    def __init__(
        self,
        calibration: Calibration | None,
        *,
        fixed: bool = False,
        own_neutral: bool = False,
        exercise: Exercise,
    ) -> None:
        self.calibration, self.exercise = calibration, exercise
        self._fixed = fixed
        self._own_neutral = own_neutral
        self._measured = calibration
        self._movements = _Movements()

    def remember(self, paired: PairedBlock) -> None:
        """Keep the samples ``paired`` while a calibration is under way."""
        self._movements.remember(paired)

    def remember_late(self, loss: Dropout) -> None:
        """Keep a ``loss`` that was noticed late, while a calibration is under way."""
        self._movements.late.append(loss)

    def since_start(self) -> PairedBlock:
        """Return all samples since the calibration began, at the times that are known by now."""
        return self._movements.since_start()

    def begin(self, step: str, t: float, data: Mapping[str, JsonValue]) -> None:
        """Begin the movement ``step`` at ``t`` s; ``data`` are the fields of its event."""
        self._movements.start(step, t, data)

    def end(
        self, step: str, t: float, data: Mapping[str, JsonValue]
    ) -> Calibrated | CalibrationFailed | None:
        """End the movement ``step`` at ``t`` s; return the calibration that it completes.

        Where the exercise asks for curls, pumps alone complete none: the shin hardly moves in them, so
        its axis may point either way. Once the last movement is done, each one that is repeated
        calibrates again.
        """
        self._movements.end(step, t, data)
        try:
            made = self._rezeroed() if step == CalibrationStep.REZERO else self._from_movements()
        except CalibrationError as error:
            return CalibrationFailed(t, error)
        if made is None:
            return None
        remarks = self._remarks(made, step)
        self.calibration = made
        # A new zero is compared with what was measured, see :meth:`_remarks`.
        if step != CalibrationStep.REZERO:
            self._measured = made
        return Calibrated(t, made, remarks, whole=step != CalibrationStep.REZERO)

    def _from_movements(self) -> Calibration | None:
        still, pumps, curls, hinges = (
            self._movements.block(step)
            for step in (
                CalibrationStep.STILL,
                CalibrationStep.PUMPS,
                CalibrationStep.CURLS,
                CalibrationStep.HINGES,
            )
        )
        done = {
            CalibrationStep.CURLS: curls,
            CalibrationStep.PUMPS: pumps or curls,
            CalibrationStep.HINGES: hinges if pumps or curls else None,
        }
        last = done.get(completing_step(self.exercise))
        if still is None or last is None or (self._fixed and self.calibration is not None):
            return None
        return calibrate(
            still,
            pumps,
            curls,
            neutral_angle=self._neutral_angle(CalibrationStep.STILL),
            bench=self._movements.bench,
            whole=None if curls is not None else self._movements.whole(),
            hinges=hinges,
        )

    def _rezeroed(self) -> Calibration | None:
        pose = self._movements.block(CalibrationStep.REZERO)
        if self.calibration is None or pose is None:
            return None
        # A new zero may be set with a goniometer again.
        angle = self._neutral_angle(CalibrationStep.REZERO)
        return rezero(self.calibration, pose, neutral_angle=angle)

    def _neutral_angle(self, step: str) -> float:
        return 0.0 if self._own_neutral else self._movements.neutral_angle(step)

    def _remarks(self, made: Calibration, step: str) -> tuple[Remark, ...]:
        """Return the remarks on ``made``, also in comparison with the one measured before.

        A new zero is compared with the last measured calibration, not with the last zero, so that
        several small slips add up.
        """
        found = [*grade(made), *wrong_side(made, self._movements.side)]
        if self._measured is not None:
            compare = slipped if step == CalibrationStep.REZERO else turned_round
            found += compare(made, self._measured)
        return tuple(found)


class _Movements:
    """The samples since a calibration began, and the span of each movement in them."""

    def __init__(self) -> None:
        self.late: list[Dropout] = []
        """The losses among the samples that were noticed late."""
        self._blocks: list[PairedBlock] = []
        self._spans: dict[str, tuple[float, float]] = {}
        self._open: dict[str, float] = {}
        self._data: dict[str, dict[str, JsonValue]] = {}
        self._start: float | None = None
        self._bench: PairedBlock | None = None

    def start(self, step: str, t: float, data: Mapping[str, JsonValue]) -> None:
        """Begin ``step`` at ``t`` s; a new still pose begins a new calibration.

        A bench pose before it belongs to it, unless it is older than :data:`MEMORY_S`.
        """
        if step == CalibrationStep.STILL and self._bench is not None:
            self._bench = self._bench if t - self._bench.t[-1] <= MEMORY_S else None
        if step in (CalibrationStep.BENCH, CalibrationStep.STILL) or self._start is None:
            self._blocks, self._spans, self._open, self.late = [], {}, {}, []
            self._start = t
        self._open[step] = t
        self._data[step] = dict(data)

    def end(self, step: str, t: float, data: Mapping[str, JsonValue]) -> None:
        """End ``step`` at ``t`` s."""
        if step in self._open:
            self._spans[step] = (self._open.pop(step), t)
            self._data[step].update(data)
        if step == CalibrationStep.BENCH:
            self._bench = self.block(step)

    def remember(self, paired: PairedBlock) -> None:
        """Keep the samples ``paired`` while a calibration is under way."""
        if self._start is None:
            self.late = []
            return
        if paired.t.item(-1) - self._start > MEMORY_S:
            self._start, self._blocks = None, []
        else:
            self._blocks.append(paired)

    def block(self, step: str) -> PairedBlock | None:
        """Return the samples of ``step``, or None if it has not been done."""
        span = self._spans.get(step)
        if span is None or not self._blocks:
            return None
        return _between(self.since_start(), *span)

    def whole(self) -> PairedBlock | None:
        """Return the samples from the still pose to the end of the last movement, or None."""
        spans = [
            self._spans[step]
            for step in (CalibrationStep.STILL, CalibrationStep.PUMPS)
            if step in self._spans
        ]
        if not spans or not self._blocks:
            return None
        return _between(self.since_start(), min(spans)[0], max(stop for _, stop in spans))

    def since_start(self) -> PairedBlock:
        """Return all samples since the bench or the still pose began, at their revised times."""
        # Joined once and kept: a second movement would join them all again.
        self._blocks = [join_blocks(self._blocks)]
        return with_revised_times(self._blocks[0], self.late)

    @property
    def bench(self) -> PairedBlock | None:
        """The samples of the sensors on the bench before this calibration, None if there were none."""
        return self._bench

    @property
    def side(self) -> str:
        """The chosen leg, as one of the steps states it; empty if none does."""
        return next((str(data["side"]) for data in self._data.values() if "side" in data), "")

    def neutral_angle(self, step: str) -> float:
        """Return the ankle angle (rad) that was stated for the pose of ``step``, zero if none was.

        Raises
        ------
        CalibrationError
            If the stated value cannot be the angle of an ankle.
        """
        return math.radians(checked_neutral(self._data.get(step, {}).get("neutral_deg", 0.0)))


def _between(paired: PairedBlock, t_start: float, t_end: float) -> PairedBlock | None:
    """Return the samples after ``t_start`` until ``t_end`` (s), None if there are none."""
    # A sample covers the time before it, so the one at the start is left out.
    first = int(np.searchsorted(paired.t, t_start, side="right"))
    last = int(np.searchsorted(paired.t, t_end, side="right"))
    return slice_block(paired, first, last) if last > first else None
