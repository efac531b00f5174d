"""Measure how long Review takes to open a session of an hour: the first set, all of it, and again.

It runs in a separate process without a window; the modules that a window has loaded by then are loaded
first.
"""

import importlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

from gui.cli.main import ONE_THREAD
from gui.models.review import first_look, open_events, whole_session
from processing.library import KeptAnalyses
from tests.benchmarks.sessions import recorded
from tests.benchmarks.window import HOUR

T = TypeVar("T")


def main() -> None:
    """Print the times."""
    name, value = ONE_THREAD
    code = "from tests.benchmarks.opening import measure; measure()"
    subprocess.run([sys.executable, "-c", code], env={**os.environ, name: value}, check=True)


def measure() -> None:
    """Print the times in this process."""
    path = Path(recorded(HOUR))
    for module in ("scipy.signal", "scipy.optimize"):
        importlib.import_module(module)
    kept = KeptAnalyses(Path(mkdtemp(prefix="toepoint-bench-")))
    opened = open_events(path)
    print(f"{opened.recording.duration_s / 60:.0f} minutes, {path.stat().st_size / 1e6:.0f} MB")
    first = _timed("new: the first set", lambda: first_look(open_events(path)))
    assert first is not None
    _timed("new: all of it", lambda: whole_session(open_events(path), kept))
    again = _timed("opened before", lambda: whole_session(open_events(path), kept))
    print(f"{len(first.sets)} of {len(again.sets)} sets are there first")


def _timed(what: str, work: Callable[[], T]) -> T:
    wall, used = time.perf_counter(), time.process_time()
    result = work()
    wall, used = time.perf_counter() - wall, time.process_time() - used
    print(f"{what}: {wall:.2f} s, {used:.2f} s of a processor")
    return result


if __name__ == "__main__":
    main()
