"""A short recorded session for the tests of Review, which is analysed once."""

import math
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from processing.coach.cues import Cue, CueKind, Sound
from processing.pipeline.pipeline import PipelineConfig
from processing.review.analysis import Analysis, analyse
from processing.review.read_recording import Progress
from sensor.recording import Recording, RecordingWriter
from sensor.simulation.simulated_session import simulate
from sensor.simulation.simulation_text import parse_simulation

SIMULATION = (
    "sim:protocol=B,sets=2,reps=3,seed=4,motion=even,rest_s=8,faults=late,fault_every_reps=3,"
    "bottom_s=1,created_utc=2026-02-02T10:00:00+00:00"
)
SETS, REPS = 2, 3
LATE_REP = 3
"""Number of the rep of each set in which the toes point too late."""

CUE = Cue(CueKind.COUNT, 24.0, 25.0, sound=Sound.CADENCE)
"""A cue that was played, at its session time."""


@cache
def recorded() -> bytes:
    """Return the bytes of the recording."""
    session = simulate(parse_simulation(SIMULATION))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "session.mcap"
        with RecordingWriter(path, session.header) as writer:
            cue = CUE.to_event(session.header.start_ns)
            for item in sorted((*session.items, cue), key=lambda item: item.t_ns):
                writer.write(item)
        return path.read_bytes()


@cache
def analysed() -> Analysis:
    """Return the analysis of the session."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "session.mcap"
        path.write_bytes(recorded())
        return analyse(path)


def analyse_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all windows of a test use this analysis whenever they read this session."""
    known = len(recorded())

    def cached(
        recording: Recording,
        config: PipelineConfig | None = None,
        *,
        progress: Progress | None = None,
        until_s: float = math.inf,
    ) -> Analysis:
        if recording.path.stat().st_size == known and math.isinf(until_s):
            if progress is not None:
                progress(1.0)
            return analysed()
        return analyse(recording, config, progress=progress, until_s=until_s)

    monkeypatch.setattr("gui.models.review.analyse", cached)
    monkeypatch.setattr("processing.library.kept.analyse", cached)
