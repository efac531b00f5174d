"""A simulated session on disk: the recording, and the truth beside it."""

from pathlib import Path

from sensor.recording import RecordingWriter
from sensor.simulation.simulated_session import SimulatedSession
from sensor.simulation.truth import truth_path


def save_session(session: SimulatedSession, path: Path, *, overwrite: bool = False) -> Path:
    """Write ``session`` as a recording to ``path``; return where its truth then lies.

    Raises
    ------
    RecordingError
        If one of the two cannot be written, or the recording exists and is not to be replaced.
    """
    with RecordingWriter(path, session.header, overwrite=overwrite) as writer:
        for item in session.items:
            writer.write(item)
    beside = truth_path(path)
    session.truth.save(beside)
    return beside
