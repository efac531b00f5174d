"""Recordings for the benchmarks, made once per run."""

import os
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from sensor.recording import RecordingWriter
from sensor.simulation.simulated_session import simulate
from sensor.simulation.simulation_text import parse_simulation

FOLDER = "TOEPOINT_BENCH_FOLDER"
"""The variable with a folder in which several processes share their recordings."""


@cache
def recorded(text: str) -> Path:
    """Return a recording of the simulated session ``text`` (``sim:…``)."""

    def write(path: Path) -> None:
        session = simulate(parse_simulation(text))
        with RecordingWriter(path, session.header) as writer:
            for item in session.items:
                writer.write(item)

    return made(text, write)


def made(key: str, write: Callable[[Path], None]) -> Path:
    """Return the recording that ``write`` makes, which ``key`` names; a shared one is made once."""
    folder = os.environ.get(FOLDER) or mkdtemp(prefix="toepoint-bench-")
    path = Path(folder) / sha256(key.encode()).hexdigest()[:16] / "session.mcap"
    if not path.exists():
        beside = path.with_name("part.mcap")
        beside.unlink(missing_ok=True)
        write(beside)
        # A run that was stopped leaves no half of a recording.
        beside.replace(path)
    return path
