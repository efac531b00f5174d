"""The calibration that a recording needs before it is played."""

from pathlib import Path

from processing.exercises.exercise import Exercise
from processing.motion.calibrated import Calibration
from processing.pipeline.pipeline import PipelineConfig
from processing.review.self_calibration import own_calibration
from sensor.recording import open_recording


def calibration_ahead(
    source: str, exercise: Exercise | None = None
) -> tuple[Calibration | None, tuple[str, ...]]:
    """Return the calibration for playing ``source``, and what is wrong with the recording.

    A recording without usable calibration movements is calibrated from its own movement, which
    takes a while for a long one. A source other than a file needs no calibration. ``exercise`` is what is
    trained, whatever the recording says.

    Raises
    ------
    RecordingError
        If the recording cannot be read.
    """
    scheme, _, path = source.partition(":")
    if scheme != "file":
        return None, ()
    recording = open_recording(Path(path))
    calibration, problems = own_calibration(recording, PipelineConfig(exercise=exercise))
    health = recording.health
    return calibration, (*problems, *(() if health.complete else (health.summary,)))
