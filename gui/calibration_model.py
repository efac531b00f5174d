"""Where a calibration stands: its steps, what was measured, and how good it is. No Qt.

It follows the events of the session, so that a person's own calibration, a simulated one and a
replayed one look the same.
"""

import math
from dataclasses import dataclass, field
from enum import StrEnum

from processing.motion.calibration_data import Calibration, CalibrationError
from processing.session import Told
from processing.types import AngleBlock, Calibrated, CalibrationFailed, Happened
from sensor.types import EventKind

GOOD_FIT_DEG = 3.0
USABLE_FIT_DEG = 8.0
GOOD_STILL_DPS = 1.5
LEAST_RANGE_DEG = 15.0
"""A range from toes up to toes pointed below which the bands cannot be told apart."""


class Step(StrEnum):
    """The movements of a calibration, in their order; the words are those of the events."""

    STILL = "still"
    PUMPS = "pumps"
    CURLS = "curls"


class StepState(StrEnum):
    """Where a step stands."""

    TO_DO = "to do"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Grade(StrEnum):
    """What a calibration is good for."""

    GOOD = "good"
    USABLE = "usable"
    """The bands are too narrow for it: read the angles with care."""
    NOT_USABLE = "not usable"


LENGTH_S = {Step.STILL: 3.0, Step.PUMPS: 9.0, Step.CURLS: 11.0}
"""How long a step is recorded: three ankle pumps and two curls without haste."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number of quality: what it is, its value and its unit."""

    what: str
    value: float
    unit: str


@dataclass(slots=True)
class CalibrationModel:
    """The steps of the running session's calibration."""

    states: dict[Step, StepState] = field(
        default_factory=lambda: dict.fromkeys(Step, StepState.TO_DO)
    )
    started: dict[Step, float] = field(default_factory=dict)
    now: float = 0.0
    calibration: Calibration | None = None
    made_t: float = 0.0
    error: CalibrationError | None = None

    def clear(self) -> None:
        """Forget everything: another session begins."""
        self.states = dict.fromkeys(Step, StepState.TO_DO)
        self.started = {}
        self.now = 0.0
        self.calibration, self.error = None, None

    def take(self, update: Told) -> None:
        """Take what happened next."""
        if isinstance(update, AngleBlock):
            if len(update.t):
                self.now = float(update.t[-1])
        elif isinstance(update, Happened):
            self._take_event(update)
        elif isinstance(update, Calibrated):
            self.calibration, self.made_t, self.error = update.calibration, update.t, None
        elif isinstance(update, CalibrationFailed):
            self.error = update.error
            for step in failed_steps(update.error):
                self.states[step] = StepState.FAILED

    @property
    def running(self) -> Step | None:
        """The step that is being recorded."""
        return next((s for s, state in self.states.items() if state is StepState.RUNNING), None)

    @property
    def next(self) -> Step | None:
        """The first step that is not done; None if all are."""
        return next((s for s, state in self.states.items() if state is not StepState.DONE), None)

    @property
    def progress(self) -> float:
        """How much of the running step is recorded, from 0 to 1."""
        step = self.running
        if step is None:
            return 0.0
        return min((self.now - self.started[step]) / LENGTH_S[step], 1.0)

    @property
    def grade(self) -> Grade | None:
        """What the calibration is good for; None if there is none."""
        if self.calibration is None:
            return None
        quality = self.calibration.quality
        if quality.axis_fit_deg > USABLE_FIT_DEG:
            return Grade.NOT_USABLE
        range_deg = _range_deg(self.calibration)
        good = (
            quality.axis_fit_deg <= GOOD_FIT_DEG
            and quality.still_dps <= GOOD_STILL_DPS
            and range_deg is not None
            and range_deg >= LEAST_RANGE_DEG
        )
        return Grade.GOOD if good else Grade.USABLE

    def numbers(self, step: Step) -> tuple[Number, ...]:
        """Return what was measured in ``step``; nothing before the calibration is made."""
        made = self.calibration
        if made is None or self.states[step] is not StepState.DONE:
            return ()
        if step is Step.STILL:
            return (Number("movement", made.quality.still_dps, "°/s"),)
        if step is Step.PUMPS:
            found = [Number("axis", made.quality.axis_fit_deg, "°")]
            if made.dorsiflexion_max is not None and made.plantarflexion_max is not None:
                found.append(Number("up", math.degrees(made.dorsiflexion_max), "°"))
                found.append(Number("pointed", math.degrees(made.plantarflexion_max), "°"))
            return tuple(found)
        if made.reference_rom is None:
            return ()
        return (Number("range", math.degrees(made.reference_rom), "°"),)

    def _take_event(self, happened: Happened) -> None:
        if happened.kind not in (EventKind.CALIBRATION_START, EventKind.CALIBRATION_END):
            return
        said = str(happened.data.get("step", ""))
        if said not in set(Step):
            return
        step = Step(said)
        if happened.kind == EventKind.CALIBRATION_START:
            if step is Step.STILL:
                # A new still pose begins a new calibration.
                self.states = dict.fromkeys(Step, StepState.TO_DO)
            self.states[step] = StepState.RUNNING
            self.started[step] = happened.t
        elif not happened.data.get("accepted", True):
            self.states[step] = StepState.TO_DO
        else:
            self.states[step] = StepState.DONE


def failed_steps(error: CalibrationError) -> tuple[Step, ...]:
    """Return the steps that ``error`` asks to repeat: all where it names none."""
    named = tuple(step for step in Step if step.value in error.where)
    return named or tuple(Step)


def _range_deg(calibration: Calibration) -> float | None:
    up, pointed = calibration.dorsiflexion_max, calibration.plantarflexion_max
    return None if up is None or pointed is None else math.degrees(up + pointed)
