"""What the command line finds out about a recording before it plays it."""

from pathlib import Path

from processing.analysis import own_calibration
from processing.motion.calibration_data import Calibration
from sensor.recording import open_recording


def look_ahead(source: str) -> tuple[Calibration | None, bool]:
    """Return the calibration that playing ``source`` needs, and whether all is well with it.

    A recording whose marked movements make no calibration is calibrated from its own movement.
    Prints what is wrong.

    Raises
    ------
    RecordingError
        If the recording cannot be read.
    """
    scheme, _, path = source.partition(":")
    if scheme != "file":
        return None, True
    recording = open_recording(Path(path))
    calibration, problems = own_calibration(recording)
    if calibration is not None:
        print(f"calibration: {calibration.origin}")
    notes = [*problems, *([] if recording.health.complete else [recording.health.summary])]
    for note in notes:
        print(f"note: {note}")
    return calibration, not notes
