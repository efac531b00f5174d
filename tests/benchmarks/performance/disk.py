"""The recording of an hour on the disk: its size, and the time to make it compact and to read it."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from sensor.recording import compact_recording, open_recording
from tests.benchmarks.performance.analysis import HOUR
from tests.benchmarks.performance.figures import Figure
from tests.benchmarks.sessions import recorded

T = TypeVar("T")


def measure() -> Iterator[Figure]:
    """Make a copy of the recording compact, after a check that nothing of it is lost."""
    live = recorded(HOUR)
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(live, folder))
        compact_s, done = _spent(lambda: compact_recording(path))
        open_s, recording = _spent(lambda: open_recording(path))
        read_s, items = _spent(lambda: list(recording.items()))
        live_open_s, before = _spent(lambda: open_recording(live))
        live_read_s, live_items = _spent(lambda: list(before.items()))
    if items != live_items:
        raise AssertionError("the compact recording has other items")
    hours = recording.duration_s / 3600.0
    yield Figure(
        work="an hour on the disk, once closed",
        value=done.after_bytes / hours / 1e6,
        unit="MB",
        reach=5,
        others=f"while it is written {done.before_bytes / hours / 1e6:.1f} MB",
    )
    yield Figure(work="making an hour compact", value=compact_s / hours, unit="s")
    yield Figure(
        work="opening the recording of an hour",
        value=1e3 * open_s / hours,
        unit="ms",
        others=f"before it is compact {1e3 * live_open_s / hours:.0f} ms",
    )
    yield Figure(
        work="reading the items of an hour",
        value=read_s / hours,
        unit="s",
        others=f"before it is compact {live_read_s / hours:.2f} s",
    )


def _spent(work: Callable[[], T]) -> tuple[float, T]:
    started = time.process_time()
    result = work()
    return time.process_time() - started, result
