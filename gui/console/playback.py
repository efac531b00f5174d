"""What the command line finds out about a recording before it plays it."""

from gui.models.playback import calibration_ahead
from processing.motion.calibrated import Calibration


def look_ahead(source: str) -> tuple[Calibration | None, bool]:
    """Return the calibration that playing ``source`` needs, and whether all is well with it.

    Prints where the calibration comes from, and what is wrong.

    Raises
    ------
    RecordingError
        If the recording cannot be read.
    """
    calibration, notes = calibration_ahead(source)
    if calibration is not None:
        print(f"calibration: {calibration.origin}")
    for note in notes:
        print(f"note: {note}")
    return calibration, not notes
