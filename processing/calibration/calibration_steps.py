"""The steps of a guided calibration, and the updates of the guide about them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from processing.calibration.troubles import StepTrouble
from processing.exercises.exercise import Exercise


class CalibrationStep(StrEnum):
    """A movement or pose that the person is asked for."""

    BENCH = "bench"
    """Both sensors lie on a bench, before they are strapped on."""
    STILL = "still"
    """Sit, foot flat, shin upright; hold still."""
    PUMPS = "pumps"
    """Toes up, toes down, three times, the knee bent as in training."""
    CURLS = "curls"
    """Two unloaded curls with the ankle held."""
    HINGES = "hinges"
    """Two unloaded bends at the hips, with the knees nearly straight."""
    REZERO = "rezero"
    """Hold the neutral pose once more."""


FULL: tuple[CalibrationStep, ...] = (
    CalibrationStep.STILL,
    CalibrationStep.PUMPS,
    CalibrationStep.CURLS,
)
"""A whole calibration of worn sensors."""
WITH_BENCH: tuple[CalibrationStep, ...] = (CalibrationStep.BENCH, *FULL)
"""A whole calibration that begins with both sensors on a bench."""


def steps_for(exercise: Exercise, *, bench: bool = False) -> tuple[CalibrationStep, ...]:
    """Return the steps of a whole calibration for ``exercise``; ``bench``: with the sensors' own first."""
    steps = tuple(CalibrationStep(step) for step in exercise.calibration)
    return (CalibrationStep.BENCH, *steps) if bench else steps


def completing_step(exercise: Exercise) -> CalibrationStep:
    """Return the movement without which there is no calibration for ``exercise``."""
    # Curls show which way the knee bends, hinges the hip; where nobody asks for it, the pumps are enough.
    asked = (CalibrationStep.CURLS, CalibrationStep.HINGES)
    return next((one for one in asked if one in exercise.calibration), CalibrationStep.PUMPS)


@dataclass(frozen=True, slots=True)
class StepStarted:
    """The start of a step: its samples count from then on."""

    step: CalibrationStep
    """The step."""
    t: float
    """Its start, s."""


@dataclass(frozen=True, slots=True)
class StepProgress:
    """The progress of a step."""

    step: CalibrationStep
    """The step."""
    t: float
    """Time, s."""
    progress: float
    """Share that is done, from 0 to 1."""
    value: float
    """The value measured just now."""
    unit: str
    """Its unit."""
    trouble: StepTrouble | None = None
    """The sensor's trouble, None if there is none."""


@dataclass(frozen=True, slots=True)
class StepEnded:
    """The end of a step."""

    step: CalibrationStep
    """The step."""
    t: float
    """Its end, s."""
    accepted: bool
    """Whether it can be used; if not, it must be done again."""
    value: float
    """The value that was measured."""
    unit: str
    """Its unit."""
    trouble: StepTrouble | None = None
    """Why it was not accepted, None if it was."""


GuideUpdate: TypeAlias = StepStarted | StepProgress | StepEnded
