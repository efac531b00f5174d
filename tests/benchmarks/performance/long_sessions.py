"""Sessions of hours: memory of the analysis, and what a replay costs before its first angle."""

import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from gui.models.playback import calibration_ahead
from processing.session import Session, SessionOutput
from processing.types import AngleBlock
from sensor.recording import RecordingWriter, compact_recording, open_recording
from sensor.sources import open_source
from sensor.types import Event, EventKind
from tests.benchmarks.performance.analysis import ANALYSE, HOUR
from tests.benchmarks.performance.children import spent
from tests.benchmarks.performance.figures import Figure
from tests.benchmarks.sessions import made, recorded

ANALYSED_H = (1, 3, 10)
REPLAYED_H = (1, 3)
_CALIBRATION = (EventKind.CALIBRATION_START, EventKind.CALIBRATION_END)


def measure() -> Iterator[Figure]:
    """Analyse sessions of several lengths, each in a process of its own; begin to replay them."""
    for hours in REPLAYED_H:
        yield Figure(
            work=f"replay: first angle of {hours} h",
            value=first_angle_s(repeated(hours)),
            unit="s",
            reach=0.5,
        )
    for hours in ANALYSED_H:
        used = spent([sys.executable, "-c", ANALYSE, str(repeated(hours))])
        yield Figure(
            work=f"memory of the analysis of {hours} h", value=used.peak_mb, unit="MB", reach=250
        )
        yield Figure(
            work=f"analysis of {hours} h, an hour of it", value=used.cpu_s / hours, unit="s"
        )


@cache
def repeated(hours: int) -> Path:
    """Return a recording in which a simulated hour comes ``hours`` times, calibrated once."""
    return made(f"{HOUR} {hours} times", lambda path: _repeat(hours, path))


def _repeat(hours: int, path: Path) -> None:
    recording = open_recording(recorded(HOUR))
    items = list(recording.items())
    # A grid step more than the hour, so that no sample is older than the one before it.
    hour_ns = items[-1].t_ns - items[0].t_ns + 10_000_000
    with RecordingWriter(path, recording.header) as writer:
        for count in range(hours):
            for item in items:
                if count == 0 or not (isinstance(item, Event) and item.kind in _CALIBRATION):
                    writer.write(replace(item, t_ns=item.t_ns + count * hour_ns))
    compact_recording(path)


def first_angle_s(path: Path) -> float:
    """Return the processor time from the start of a replay to its first angle, s."""
    return asyncio.run(_first_angle_s(f"file:{path}"))


async def _first_angle_s(source: str) -> float:
    shown = asyncio.Event()

    def listen(outputs: Sequence[SessionOutput]) -> None:
        if any(isinstance(one, AngleBlock) for one in outputs):
            shown.set()

    started = time.process_time()
    calibration, _ = calibration_ahead(source)
    session = Session(open_source(source), listen, calibration=calibration)
    running = asyncio.create_task(session.run())
    await shown.wait()
    used_s = time.process_time() - started
    running.cancel()
    await asyncio.wait({running})
    return used_s
