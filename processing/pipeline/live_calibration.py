"""The calibration of a running session: its marked movements in, calibrations out.

Whoever marks the movements (a guide, a script, a person with a table), they come as events, so that
a replay calibrates from the same samples.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.calibration.fit import CalibrationConfig, calibrate, rezero
from processing.calibration.grade import (
    GradingConfig,
    Remark,
    grade,
    slipped,
    turned_round,
    wrong_side,
)
from processing.calibration.steps import Step
from processing.motion.calibrated import Calibration, CalibrationError, CalibrationFault
from processing.types import PairedBlock, join_blocks, slice_block
from sensor.types import JsonValue

MAX_NEUTRAL_DEG = 60.0
"""No ankle is held further from neutral than this."""


@dataclass(frozen=True, slots=True)
class CalibratingConfig:
    """Parameters of the calibration of a session.

    ``memory_s`` bounds what a calibration may span. With ``fixed`` the one that is known already
    stays, whatever movements are marked; a new zero is still taken. With ``own_neutral`` the angles
    count from the still pose, whatever was said of it.
    """

    movements: CalibrationConfig = field(default_factory=CalibrationConfig)
    grading: GradingConfig = field(default_factory=GradingConfig)
    memory_s: float = 300.0
    fixed: bool = False
    own_neutral: bool = False


def checked_neutral(said: JsonValue) -> float:
    """Return ``said``, the ankle angle of a pose in degrees.

    Raises
    ------
    CalibrationError
        If it is no angle of an ankle.
    """
    if isinstance(said, int | float) and abs(said) <= MAX_NEUTRAL_DEG:
        return float(said)
    raise CalibrationError(
        CalibrationFault.FORMAT,
        "neutral_deg",
        f"{said!r} must be a number of degrees from {-MAX_NEUTRAL_DEG:g} to "
        f"{MAX_NEUTRAL_DEG:g}, toes up positive",
    )


class Calibrating:
    """Makes a calibration when its movements are complete.

    Parameters
    ----------
    calibration
        One that is known already.

    Attributes
    ----------
    calibration
        The one in force, None until there is one.
    """

    def __init__(self, config: CalibratingConfig, calibration: Calibration | None) -> None:
        self.config = config
        self.calibration = calibration
        self._measured = calibration
        self._movements = _Movements(config.memory_s)

    def remember(self, paired: PairedBlock) -> None:
        """Keep ``paired`` while a calibration is under way."""
        self._movements.remember(paired)

    def since_start(self) -> PairedBlock:
        """Return everything since the calibration began."""
        return self._movements.since_start()

    def begin(self, step: str, t: float, said: Mapping[str, JsonValue]) -> None:
        """Begin the movement ``step`` at ``t`` s; ``said`` is what a person told of it."""
        self._movements.start(step, t, said)

    def end(
        self, step: str, t: float, said: Mapping[str, JsonValue]
    ) -> Calibrated | CalibrationFailed | None:
        """End the movement ``step`` at ``t`` s; return the calibration that it completes.

        Pumps alone complete none: the shin hardly moves in them, so its axis may point either way.
        After the curls, a movement that was done again calibrates anew.
        """
        self._movements.end(step, t, said)
        try:
            made = self._rezeroed() if step == Step.REZERO else self._made()
        except CalibrationError as error:
            return CalibrationFailed(t, error)
        if made is None:
            return None
        remarks = self._remarks(made, step)
        self.calibration = made
        if step != Step.REZERO:
            self._measured = made
        return Calibrated(t, made, remarks, whole=step != Step.REZERO)

    def _made(self) -> Calibration | None:
        still, curls = self._movements.block(Step.STILL), self._movements.block(Step.CURLS)
        if still is None or curls is None or (self.config.fixed and self.calibration is not None):
            return None
        return calibrate(
            still,
            self._movements.block(Step.PUMPS),
            curls,
            self.config.movements,
            neutral_angle=self._neutral_angle(Step.STILL),
            bench=self._movements.bench,
        )

    def _rezeroed(self) -> Calibration | None:
        pose = self._movements.block(Step.REZERO)
        if self.calibration is None or pose is None:
            return None
        angle = self._neutral_angle(Step.REZERO)
        return rezero(self.calibration, pose, self.config.movements, neutral_angle=angle)

    def _neutral_angle(self, step: str) -> float:
        return 0.0 if self.config.own_neutral else self._movements.neutral_angle(step)

    def _remarks(self, made: Calibration, step: str) -> tuple[Remark, ...]:
        """Return what is to be said of ``made``, also against the one that was measured before.

        Several new zeros that each moved a little are so seen together.
        """
        config = self.config.grading
        found = [*grade(made, config), *wrong_side(made, self._movements.side, config)]
        if self._measured is not None:
            compare = slipped if step == Step.REZERO else turned_round
            found += compare(made, self._measured, config)
        return tuple(found)


class _Movements:
    """The samples since a calibration began, and which span of them is which movement."""

    def __init__(self, memory_s: float) -> None:
        self._memory_s = memory_s
        self._blocks: list[PairedBlock] = []
        self._spans: dict[str, tuple[float, float]] = {}
        self._open: dict[str, float] = {}
        self._said: dict[str, dict[str, JsonValue]] = {}
        self._start: float | None = None
        self._bench: PairedBlock | None = None

    def start(self, step: str, t: float, said: Mapping[str, JsonValue]) -> None:
        """Begin ``step`` at ``t`` s; a new still pose begins a new calibration.

        One on the bench before it belongs to it, unless that is long ago: offsets change with the
        temperature.
        """
        if step == Step.STILL and self._bench is not None:
            self._bench = self._bench if t - self._bench.t[-1] <= self._memory_s else None
        if step in (Step.BENCH, Step.STILL) or self._start is None:
            self._blocks, self._spans, self._open = [], {}, {}
            self._start = t
        self._open[step] = t
        self._said[step] = dict(said)

    def end(self, step: str, t: float, said: Mapping[str, JsonValue]) -> None:
        """End ``step`` at ``t`` s."""
        if step in self._open:
            self._spans[step] = (self._open.pop(step), t)
            self._said[step].update(said)
        if step == Step.BENCH:
            self._bench = self.block(step)

    def remember(self, paired: PairedBlock) -> None:
        """Keep ``paired`` while a calibration is under way."""
        if self._start is None:
            return
        if paired.t[-1] - self._start > self._memory_s:
            self._start, self._blocks = None, []
        else:
            self._blocks.append(paired)

    def block(self, step: str) -> PairedBlock | None:
        """Return the samples of ``step``, or None if it has not been done."""
        span = self._spans.get(step)
        if span is None or not self._blocks:
            return None
        return _between(self.since_start(), *span)

    def since_start(self) -> PairedBlock:
        """Return everything since the still pose began."""
        self._blocks = [join_blocks(self._blocks)]
        return self._blocks[0]

    @property
    def bench(self) -> PairedBlock | None:
        """The sensors lying on the bench, before this calibration."""
        return self._bench

    @property
    def side(self) -> str:
        """Which leg it is, as it was said with one of the steps; empty if nobody did."""
        return next((str(said["side"]) for said in self._said.values() if "side" in said), "")

    def neutral_angle(self, step: str) -> float:
        """Return the ankle angle, rad, that was said of the pose of ``step``; zero if none was.

        Raises
        ------
        CalibrationError
            If what was said is no angle of an ankle.
        """
        return math.radians(checked_neutral(self._said.get(step, {}).get("neutral_deg", 0.0)))


def _between(paired: PairedBlock, t_start: float, t_end: float) -> PairedBlock | None:
    first = int(np.searchsorted(paired.t, t_start, side="right"))
    last = int(np.searchsorted(paired.t, t_end, side="right"))
    return slice_block(paired, first, last) if last > first else None
