"""Self-calibration: a calibration from a recording's own movement, without marked movements."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from processing.calibration.calibration_steps import CalibrationStep, completing_step
from processing.calibration.fit import self_calibrate
from processing.exercises.exercise import Exercise
from processing.exercises.session_exercises import session_exercises
from processing.motion.calibrated import Calibration, CalibrationError
from processing.pipeline.live_calibration import checked_neutral
from processing.pipeline.marks import MarkedSpan, marks_calibrate, movements
from processing.pipeline.pipeline import PipelineConfig
from processing.review.read_recording import assembled, settled_samples
from processing.types import PairedBlock, slice_block
from sensor.recording import Recording


def own_calibration(
    rec: Recording, config: PipelineConfig | None = None
) -> tuple[Calibration | None, tuple[str, ...]]:
    """Return the self-calibration that a replay of ``rec`` needs, and the problems found.

    It is None if marked movements give a calibration, or if the movement gives none.

    Raises
    ------
    RecordingError
        If the recording cannot be read.
    """
    config = config or PipelineConfig()
    exercise = session_exercises(rec.header, config.exercise).first
    # The marks of an hour are read in a moment, its samples are not.
    if marks_calibrate(list(rec.events()), completing_step(exercise)):
        return None, ()
    read = assembled(rec, math.inf, lambda _: None)
    problems: list[str] = []
    found = calibration_of(
        settled_samples(read).paired,
        config,
        problems,
        movements(rec.header, read.events),
        exercise=exercise,
    )
    return found, tuple(problems)


def calibration_of(
    paired: PairedBlock,
    config: PipelineConfig,
    problems: list[str],
    moved: Sequence[MarkedSpan] = (),
    *,
    exercise: Exercise,
) -> Calibration | None:
    """Return the self-calibration of ``paired``, or None.

    Parameters
    ----------
    paired
        All samples of the recording.
    config
        The person's choices.
    problems
        The reasons why a marked pose or the movement could not be used are appended to it.
    moved
        The marked movements. The last still pose among them is the zero, or has the ankle angle
        that was stated for it.
    exercise
        The exercise, which says whether the movement is one of the knee.
    """
    curls = CalibrationStep.CURLS in exercise.calibration
    poses = [m for m in moved if m.data.get("step") == CalibrationStep.STILL]
    edges = np.searchsorted(paired.t, [(m.t_start, m.t_end) for m in poses[-1:]], side="right")
    stills = [slice_block(paired, first, last) for first, last in edges.tolist() if last > first]
    # If the marked pose cannot be used, the movement alone still gives a calibration.
    for still in [*stills, None]:
        try:
            made = self_calibrate(paired, still=still, curls=curls)
            if still is None or config.own_neutral:
                return made
            neutral_deg = checked_neutral(poses[-1].data.get("neutral_deg", 0.0))
            return replace(made, neutral_angle=math.radians(neutral_deg))
        except CalibrationError as error:
            problems.append(str(error))
    return None
