"""Measure the window at 60 frames a second, and over an hour.

It is painted offscreen by the processor. The session runs in the same process, as in the program, so the
share of a core includes the decoding, the angles and the coach.
"""

import gc
import itertools
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import numpy as np

from processing.pipeline.pipeline import Pipeline
from processing.session import SessionOutput
from sensor.assembler import Assembler
from sensor.recording import open_recording
from sensor.types import Event, ImuBlock
from tests.benchmarks.sessions import recorded
from tests.benchmarks.waiting import let_pass

if TYPE_CHECKING:
    from gui.shell.window import MainWindow

SESSION = "sim:protocol=B,sets=1,reps=8,seed=3,faults=fast+late"
HOUR = "sim:protocol=B,sets=43,reps=8,rest_s=30,seed=4,faults=fast+late"
CALIBRATED_S = 28.0
FRAMES_S = 20.0
ITEMS_A_LOOK = 100
"""About half a second of both sensors."""


def main() -> None:
    """Print both measurements."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    home = mkdtemp(prefix="toepoint-bench-")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
        os.environ[name] = home
    _print_frames()
    _print_hour()


def _window() -> "MainWindow":
    from gui.models.settings import Settings
    from gui.pages.page_name import PageName
    from gui.shell.app import make_application, make_window

    make_application()
    window = make_window(Settings(first_run_done=True))
    window.resize(1440, 900)
    window.show_page(PageName.TRAIN)
    window.show()
    return window


def _painted(poll: Callable[[], None]) -> float:
    """Return the time of a poll and of the painting that it causes, in s."""
    from PySide6.QtCore import QCoreApplication

    started = time.perf_counter()
    poll()
    QCoreApplication.processEvents()
    return time.perf_counter() - started


def _print_frames() -> None:
    """Replay in real time at 1440 x 900; measure the frames with both plots, and the whole process."""
    window = _window()
    state = window.state
    took: list[float] = []
    starts: list[float] = []

    timer = state._timer

    def timed() -> None:
        starts.append(time.perf_counter())
        took.append(_painted(state.poll))

    timer.timeout.disconnect()
    timer.timeout.connect(timed)
    state.start(f"file:{recorded(SESSION)}", record=False)
    while state.live.now < CALIBRATED_S and state.session is not None:
        let_pass(0.05)
    took.clear()
    starts.clear()
    wall, cpu = time.perf_counter(), time.process_time()
    while time.perf_counter() - wall < FRAMES_S and state.session is not None:
        let_pass(0.05)
    elapsed, used = time.perf_counter() - wall, time.process_time() - cpu
    window.close()
    frame, gap = np.array(took) * 1e3, np.diff(starts) * 1e3
    for what, values in (("frame", frame), ("from frame to frame", gap)):
        middle, late = np.percentile(values, [50, 99])
        print(f"{what}: {middle:.1f} ms median, {late:.1f} ms p99")
    print(f"{len(frame) / elapsed:.0f} frames/s with {100 * used / elapsed:.0f} % of one core")


def _print_hour() -> None:
    """Show an hour with two frames a second; compare its parts."""
    window = _window()
    state = window.state
    state._timer.stop()
    state.train.begin(time.monotonic())
    took: list[float] = []
    memory: list[tuple[float, float]] = []
    for outputs in _an_hour(Path(recorded(HOUR))):

        def poll(batch: list[SessionOutput] = outputs) -> None:
            state.live.take(batch)
            state.train.take(batch, time.monotonic())
            state.frame.emit()

        took.append(_painted(poll))
        if len(took) % 300 == 1:
            gc.collect()
            memory.append((state.live.now / 60.0, _resident_mb()))
    minutes = state.live.now / 60.0
    window.close()
    sixths = ", ".join(f"{1e3 * np.median(part):.1f}" for part in np.array_split(took[1:], 6))
    print(f"{minutes:.0f} minutes: a frame takes {sixths} ms in each sixth of it (medians)")
    print("memory: " + ", ".join(f"{mb:.0f} MB at {at:.0f} min" for at, mb in memory))


def _an_hour(path: Path) -> Iterator[list[SessionOutput]]:
    """Yield the output of a session of an hour, half a second at a time."""
    from gui.models.chosen_coach import coach_of
    from gui.models.settings import Settings

    recording = open_recording(path)
    assembler = Assembler(recording.header.sensors, recording.header.start_ns)
    pipeline = Pipeline(recording.header)
    coach = coach_of(Settings())
    yield [*coach.begin()]
    items = iter(recording.items())
    while batch := list(itertools.islice(items, ITEMS_A_LOOK)):
        fed: list[ImuBlock | Event] = []
        for item in batch:
            fed += assembler.feed(item)
            if isinstance(item, Event):
                fed.append(item)
        outputs: list[SessionOutput] = []
        for update in pipeline.feed(fed):
            outputs += [update, *coach.feed(update)]
        yield outputs


def _resident_mb() -> float:
    """Return the memory of this process in MB; nan where the system does not tell it."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return float("nan")
    return int(statm.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
