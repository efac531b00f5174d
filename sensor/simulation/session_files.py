"""The files of a simulated session: the recording, and the truth beside it."""

from pathlib import Path

from sensor.recording import whole_recording
from sensor.simulation.simulated_session import SimulatedSession
from sensor.simulation.truth import truth_path


def save_session(session: SimulatedSession, path: Path, *, overwrite: bool = False) -> Path:
    """Write ``session`` as a recording to ``path``, and its truth beside it.

    Returns
    -------
    Path
        The file of the truth.

    Raises
    ------
    RecordingError
        If a file cannot be written, or the recording exists and ``overwrite`` is false.
    """
    with whole_recording(path, session.header, overwrite=overwrite) as writer:
        for item in session.items:
            writer.write(item)
    # The truth is no part of the recording, so that no stage can read it.
    beside = truth_path(path)
    session.truth.save(beside)
    return beside
