"""Recordings for the benchmarks, made once per run."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from sensor.recording import RecordingWriter
from sensor.simulation.simulated_session import simulate
from sensor.simulation.simulation_text import parse_simulation


@cache
def recorded(text: str) -> Path:
    """Return a recording of the simulated session ``text`` (``sim:…``)."""
    path = Path(mkdtemp(prefix="toepoint-bench-")) / "session.mcap"
    session = simulate(parse_simulation(text))
    with RecordingWriter(path, session.header) as writer:
        for item in session.items:
            writer.write(item)
    return path
