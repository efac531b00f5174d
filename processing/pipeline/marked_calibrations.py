"""The calibrations of a finished recording, from its marked movements and its final samples."""

from collections.abc import Sequence

import numpy as np

from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.exercises.session_exercises import SessionExercises
from processing.motion.calibrated import Calibration
from processing.motion.long_block import release
from processing.pipeline.live_calibration import LiveCalibration
from processing.types import PairedBlock, slice_block
from sensor.types import Event, EventKind


def calibrations_of(
    paired: PairedBlock,
    events: Sequence[Event],
    start_ns: int,
    calibration: Calibration | None,
    *,
    fixed: bool = False,
    own_neutral: bool = False,
    exercises: SessionExercises,
) -> list[Calibrated | CalibrationFailed]:
    """Return what the marked movements give, in order of time.

    Parameters
    ----------
    paired
        All samples.
    events
        All events, in order of time.
    start_ns
        Zero of the session's time.
    calibration, fixed, own_neutral
        As in :class:`.LiveCalibration`.
    exercises
        Those of the session: they say what movements complete a calibration.
    """
    measured = LiveCalibration(
        calibration, fixed=fixed, own_neutral=own_neutral, exercise=exercises.first
    )
    made: list[Calibrated | CalibrationFailed | None] = []
    at = 0
    for event in events:
        t = (event.t_ns - start_ns) / 1e9
        # An event belongs behind the last sample of its time.
        upto = int(np.searchsorted(paired.t, t, side="right"))
        if upto > at:
            measured.remember(slice_block(paired, at, upto))
            at = upto
        measured.exercise = exercises.after(event.kind, event.data, measured.exercise)
        step = str(event.data.get("step", ""))
        if event.kind == EventKind.CALIBRATION_START:
            measured.begin(step, t, event.data)
        elif event.kind == EventKind.CALIBRATION_END and event.data.get("accepted", True):
            made.append(measured.end(step, t, event.data))
    release(paired)
    return [one for one in made if one is not None]
