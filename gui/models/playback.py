"""What is found out about a recording before it is played, by the window and the command line."""

from pathlib import Path

from processing.motion.calibrated import Calibration
from processing.review.self_calibration import own_calibration
from sensor.recording import open_recording


def calibration_ahead(source: str) -> tuple[Calibration | None, tuple[str, ...]]:
    """Return the calibration that playing ``source`` needs, and what is wrong with the recording.

    A recording whose marked movements make no calibration is calibrated from its own movement.
    Takes a while for a long one; whatever is no recording needs none.

    Raises
    ------
    RecordingError
        If the recording cannot be read.
    """
    scheme, _, path = source.partition(":")
    if scheme != "file":
        return None, ()
    recording = open_recording(Path(path))
    calibration, problems = own_calibration(recording)
    health = recording.health
    return calibration, (*problems, *(() if health.complete else (health.summary,)))
