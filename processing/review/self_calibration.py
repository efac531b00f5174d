"""The calibration that a recording's own movement gives, where no marked movements make one."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from processing.calibration.fit import self_calibrate
from processing.calibration.steps import Step
from processing.motion.calibrated import Calibration, CalibrationError
from processing.pipeline.live_calibration import checked_neutral
from processing.pipeline.marks import Span, marks_calibrate, movements
from processing.pipeline.pipeline import Config
from processing.review.read_recording import assembled, paired_at_once
from processing.types import PairedBlock, slice_block
from sensor.recording import Recording


def own_calibration(
    rec: Recording, config: Config | None = None
) -> tuple[Calibration | None, tuple[str, ...]]:
    """Return what a replay of ``rec`` has to be given to be calibrated, and what is wrong.

    That is the calibration from its own movement; None where marked movements make one.

    Raises
    ------
    RecordingError
        If the recording cannot be read.
    """
    config = config or Config()
    blocks, events, _ = assembled(rec, math.inf, lambda _: None)
    if marks_calibrate(events):
        return None, ()
    problems: list[str] = []
    found = calibration_of(
        paired_at_once(blocks, config.pairing, rec.header.sensors),
        config,
        problems,
        movements(rec.header, events),
    )
    return found, tuple(problems)


def calibration_of(
    paired: PairedBlock, config: Config, problems: list[str], moved: Sequence[Span] = ()
) -> Calibration | None:
    """Return the calibration that the movement itself gives, or None, with why in ``problems``.

    A still pose that was marked is its zero, or the angle that was said of it.
    """
    poses = [m for m in moved if m.plan.get("step") == Step.STILL]
    edges = np.searchsorted(paired.t, [(m.t_start, m.t_end) for m in poses[-1:]], side="right")
    stills = [slice_block(paired, first, last) for first, last in edges.tolist() if last > first]
    for still in [*stills, None]:
        try:
            made = self_calibrate(paired, config.calibrating.movements, still)
            if still is None or config.calibrating.own_neutral:
                return made
            said = checked_neutral(poses[-1].plan.get("neutral_deg", 0.0))
            return replace(made, neutral_angle=math.radians(said))
        except CalibrationError as error:
            problems.append(str(error))
    return None
