"""Playing a recording or a simulation through the live path, with its outputs printed."""

from pathlib import Path

from gui.console.endings import run_until_ended
from gui.console.updates import UpdatePrinter, source_of
from gui.models.playback import calibration_ahead
from processing.exercises.exercise import Exercise
from processing.motion.calibrated import Calibration
from processing.pipeline.pipeline import PipelineConfig
from processing.session import CoachOf, Session
from sensor.sources import open_source

FAST_BATCH_S = 10.0
"""Nobody reads along when a source is played as fast as possible; larger batches cost less."""


def play(
    source: str,
    speed: float | None,
    output: Path | None,
    coach: CoachOf | None = None,
    exercise: Exercise | None = None,
) -> bool:
    """Play a source and print what happens.

    Parameters
    ----------
    source
        A path of a recording, or the text of a source.
    speed
        1 is real time; None: as fast as possible.
    output
        The recording to write; None: none.
    coach
        Makes the coach of the session; None: without one.
    exercise
        What is trained, whatever the source says; None: what it says.

    Returns
    -------
    bool
        Whether the recording is whole and angles were measured.

    Raises
    ------
    ToepointError
        If the source cannot be opened or read.
    """
    text = source_of(source)
    opened = open_source(text, speed=speed)
    # Played samples cannot be calibrated from a movement that comes later, so it is found first.
    calibration, whole = _look_ahead(text, exercise)
    printer = UpdatePrinter()
    session = Session(
        opened,
        printer.show,
        recording=output,
        config=PipelineConfig(exercise=exercise),
        calibration=calibration,
        coach=coach,
        exercise=exercise,
        batch_s=FAST_BATCH_S if speed is None else 0.0,
    )
    printer.close(run_until_ended(session.run()))
    return whole and printer.measured


def _look_ahead(source: str, exercise: Exercise | None) -> tuple[Calibration | None, bool]:
    """Return the calibration for playing ``source``, and whether nothing is wrong with it.

    It prints the origin of the calibration, and what is wrong.
    """
    calibration, notes = calibration_ahead(source, exercise)
    if calibration is not None:
        print(f"calibration: {calibration.origin}")
    for note in notes:
        print(f"note: {note}")
    return calibration, not notes
