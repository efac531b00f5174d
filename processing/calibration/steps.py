"""The steps of a guided calibration, and what the guide says of them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from processing.calibration.grade import Grade, Remark
from processing.motion.calibrated import Calibration


class Step(StrEnum):
    """What the person is asked to do."""

    BENCH = "bench"
    """Both sensors lie on a bench, before they are strapped on."""
    STILL = "still"
    """Sit, foot flat, shin upright; hold still."""
    PUMPS = "pumps"
    """Toes up, toes down, three times, the knee bent as in training."""
    CURLS = "curls"
    """Two unloaded curls with the ankle held."""
    REZERO = "rezero"
    """Hold the neutral pose once more."""


FULL: tuple[Step, ...] = (Step.STILL, Step.PUMPS, Step.CURLS)
WITH_BENCH: tuple[Step, ...] = (Step.BENCH, *FULL)


@dataclass(frozen=True, slots=True)
class StepStarted:
    """``step`` begins at ``t`` s: from here on its samples count."""

    step: Step
    t: float


@dataclass(frozen=True, slots=True)
class StepProgress:
    """How far ``step`` is, from 0 to 1; ``value`` ``unit`` is what is measured just now.

    ``trouble`` says which sensor does what it should not, empty if none.
    """

    step: Step
    t: float
    progress: float
    value: float
    unit: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class StepEnded:
    """``step`` ended at ``t`` s. If it was not ``accepted``, ``remark`` says why; do it again."""

    step: Step
    t: float
    accepted: bool
    value: float
    unit: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """All steps are done: the calibration, its grade, and what keeps it from being better."""

    t: float
    calibration: Calibration
    grade: Grade
    remarks: tuple[Remark, ...]


GuideUpdate: TypeAlias = StepStarted | StepProgress | StepEnded | Finished
