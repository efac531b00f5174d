"""The state of a calibration: its steps, measurements and quality. No Qt.

It follows the events of the session, so that a live calibration, a simulated one and a replayed one
look the same. A guide, where there is one, adds the progress of a step and what disturbs it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from processing.calibration.calibration_steps import (
    FULL,
    WITH_BENCH,
    CalibrationStep,
    StepEnded,
    StepProgress,
    StepStarted,
    steps_for,
)
from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.calibration.grade import CalibrationGrade, Remark, worst
from processing.calibration.troubles import StepTrouble
from processing.coach.count_watch import CannotCount
from processing.coach.cues import Cue
from processing.coach.plan_change import PlanChange
from processing.coach.stop_rule import StopReached
from processing.exercises.exercise import Exercise
from processing.judge.recount import FinishedSet
from processing.judge.verdict import RestJudged, Verdict
from processing.motion.calibrated import Calibration, CalibrationError
from processing.pipeline.guided_calibration import GuideEnded
from processing.pipeline.shin_ahead import ShinAhead
from processing.session import SessionOutput
from processing.types import (
    AngleBlock,
    Dropout,
    PhaseChange,
    Rep,
    RevisedAngles,
    SensorSilent,
    SensorStatus,
    SessionEvent,
)
from sensor.recording import RecordingMoved
from sensor.types import EventKind


class StepState(StrEnum):
    """The state of a calibration step."""

    TO_DO = "to do"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


USUAL_S = {
    CalibrationStep.BENCH: 3.0,
    CalibrationStep.STILL: 3.0,
    CalibrationStep.PUMPS: 8.0,
    CalibrationStep.CURLS: 9.0,
    CalibrationStep.HINGES: 12.0,
    CalibrationStep.REZERO: 1.5,
}
"""Usual time of a step, to show the progress of a step without a guide."""


@dataclass(frozen=True, slots=True)
class StepNumber:
    """A number of the quality of a step."""

    what: str
    """The key of the quantity, for which the page has the words."""
    value: float
    """In ``unit``."""
    unit: str
    """The unit as shown after the value."""


def _to_do(steps: Sequence[CalibrationStep] = FULL) -> dict[CalibrationStep, StepState]:
    return dict.fromkeys(steps, StepState.TO_DO)


@dataclass(slots=True)
class CalibrationModel:
    """The steps and the result of the calibration of the running session."""

    steps: tuple[CalibrationStep, ...] = FULL
    """The movements that the exercise needs."""
    states: dict[CalibrationStep, StepState] = field(default_factory=_to_do)
    """The steps of this calibration and their states, in order."""
    started: dict[CalibrationStep, float] = field(default_factory=dict)
    """When each step began, s of the session."""
    measured: dict[CalibrationStep, StepNumber] = field(default_factory=dict)
    """The number that the guide measured in each step."""
    refused: dict[CalibrationStep, StepTrouble] = field(default_factory=dict)
    """Why the guide refused a step; without those that it accepted since."""
    now: float = 0.0
    """Time of the newest angle, s of the session."""
    guided: StepProgress | None = None
    """Progress of the step that the guide asks for; None without a guide."""
    leading: bool = False
    """Whether a guide asks for the steps."""
    calibration: Calibration | None = None
    """The newest calibration of the session; None before it."""
    remarks: list[Remark] = field(default_factory=list)
    """Remarks on the calibration."""
    error: CalibrationError | None = None
    """Why no calibration could be made."""

    def clear(self) -> None:
        """Forget everything: another session begins."""
        fresh = CalibrationModel()
        # In place: the pages hold this object.
        for name in self.__slots__:
            setattr(self, name, getattr(fresh, name))

    def use(self, exercise: Exercise) -> None:
        """Ask for the movements of ``exercise``; those that were begun for another one stay."""
        steps = steps_for(exercise)
        if steps != self.steps:
            self.steps = steps
            if all(state is StepState.TO_DO for state in self.states.values()):
                self.states = _to_do(steps)

    @property
    def with_bench(self) -> tuple[CalibrationStep, ...]:
        """The movements with the sensors on the bench first."""
        return (CalibrationStep.BENCH, *self.steps)

    def take(self, update: SessionOutput) -> None:
        """Update the model by the next output of the session."""
        match update:
            case AngleBlock():
                if len(update.t):
                    self.now = float(update.t[-1])
            case SessionEvent():
                self._take_event(update)
            case StepProgress():
                self.guided, self.leading = update, True
                # The guide began on the bench, which the usual list does not have.
                if (
                    update.step is CalibrationStep.BENCH
                    and CalibrationStep.BENCH not in self.states
                ):
                    self.states = _to_do(self.with_bench)
            case GuideEnded():
                self.guided, self.leading = None, False
            case StepEnded():
                self._take_end(update)
            case Calibrated():
                self.calibration, self.error = update.calibration, None
                self.remarks = list(update.remarks)
            case CalibrationFailed():
                self.error = update.error
                failed = set(failed_steps(update.error)) & set(self.states)
                self.states |= dict.fromkeys(failed, StepState.FAILED)
            case (
                PhaseChange()
                | Rep()
                | Dropout()
                | RevisedAngles()
                | SensorSilent()
                | SensorStatus()
                | Verdict()
                | RestJudged()
                | FinishedSet()
                | CannotCount()
                | StopReached()
                | PlanChange()
                | Cue()
                | StepStarted()
                | RecordingMoved()
                | ShinAhead()
            ):
                pass
            case _:
                assert_never(update)

    @property
    def running(self) -> CalibrationStep | None:
        """The step that is being captured; None for none."""
        return next((s for s, state in self.states.items() if state is StepState.RUNNING), None)

    @property
    def next(self) -> CalibrationStep | None:
        """The first step that is not done; None if all are."""
        return next((s for s, state in self.states.items() if state is not StepState.DONE), None)

    @property
    def progress(self) -> float:
        """The share of the running step that is done, from 0 to 1."""
        step = self.running
        if step is None:
            return 0.0
        if self.guided is not None and self.guided.step is step:
            return self.guided.progress
        # Without a guide only the usual time of a step is known.
        return min((self.now - self.started[step]) / USUAL_S[step], 1.0)

    @property
    def trouble(self) -> StepTrouble | None:
        """The trouble of the current step; None if there is none."""
        if self.guided is not None and self.guided.trouble is not None:
            return self.guided.trouble
        step = self.running or self.next
        return self.refused.get(step) if step is not None else None

    @property
    def grade(self) -> CalibrationGrade | None:
        """The grade of the calibration; None if there is none."""
        return None if self.calibration is None else worst(self.remarks)

    def numbers(self, step: CalibrationStep) -> tuple[StepNumber, ...]:
        """Return the numbers of a step that is done: the guide's, then those of the calibration."""
        # A step that is repeated must not show its old numbers.
        if self.states[step] is not StepState.DONE:
            return ()
        made = self.calibration
        if made is None or step in (CalibrationStep.BENCH, CalibrationStep.HINGES):
            return (self.measured[step],) if step in self.measured else ()
        if step is CalibrationStep.STILL:
            return (StepNumber("movement", made.quality.still_dps, "°/s"),)
        if step is CalibrationStep.PUMPS:
            found = [StepNumber("axis", made.quality.axis_fit_deg, "°")]
            if made.dorsiflexion_max is not None and made.plantarflexion_max is not None:
                found.append(StepNumber("up", math.degrees(made.dorsiflexion_max), "°"))
                found.append(StepNumber("pointed", math.degrees(made.plantarflexion_max), "°"))
            return tuple(found)
        if made.reference_rom is None:
            return ()
        return (StepNumber("range", math.degrees(made.reference_rom), "°"),)

    def _take_event(self, event: SessionEvent) -> None:
        if event.kind == EventKind.STRAPPED_ON:
            self.states, self.calibration, self.error = _to_do(self.steps), None, None
            self.remarks = []
            return
        if event.kind not in (EventKind.CALIBRATION_START, EventKind.CALIBRATION_END):
            return
        name = str(event.data.get("step", ""))
        if name not in set(self.with_bench):
            return
        step = CalibrationStep(name)
        if event.kind == EventKind.CALIBRATION_START:
            if step in (CalibrationStep.BENCH, CalibrationStep.STILL):
                # A still pose begins a new calibration; a step on the bench before belongs to it.
                benched = (
                    step is CalibrationStep.BENCH
                    or self.states.get(CalibrationStep.BENCH) is StepState.DONE
                )
                self.states = _to_do(self.with_bench if benched else self.steps)
                if benched:
                    self.states[CalibrationStep.BENCH] = StepState.DONE
                self.calibration, self.error = None, None
            self.states[step] = StepState.RUNNING
            self.started[step] = event.t
        elif self.states[step] is StepState.RUNNING:
            accepted = bool(event.data.get("accepted", True))
            self.states[step] = StepState.DONE if accepted else StepState.TO_DO

    def _take_end(self, ended: StepEnded) -> None:
        self.guided = None
        if ended.accepted:
            what = "movement" if ended.unit == "°/s" else "turn"
            self.measured[ended.step] = StepNumber(what, ended.value, ended.unit)
            self.refused.pop(ended.step, None)
            if ended.step in self.states:
                # The calibration that its event triggers takes seconds; the step is done now.
                self.states[ended.step] = StepState.DONE
        elif ended.trouble is not None:
            self.refused[ended.step] = ended.trouble


def failed_steps(error: CalibrationError) -> tuple[CalibrationStep, ...]:
    """Return the steps that ``error`` asks to repeat: all steps if it names none."""
    steps = (*WITH_BENCH, CalibrationStep.HINGES)
    named = tuple(step for step in steps if step.value in error.where)
    return named or FULL
