"""The window at 60 frames a second beside a window of pyqtgraph alone.

Both are on a virtual display (Xvfb), or offscreen without one. The session runs in the same process, as
in the program: decoding, angles and the coach are part of the share.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import numpy as np

from tests.benchmarks.performance.children import environment
from tests.benchmarks.performance.figures import Figure
from tests.benchmarks.sessions import recorded
from tests.benchmarks.waiting import let_pass

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

SESSION = "sim:protocol=B,sets=1,reps=8,seed=3,faults=fast+late"
SIZES = {"1440 × 900": (1440, 900), "3840 × 2160": (3840, 2160)}
CALIBRATED_S = 28.0
FRAMES_S = 12.0
FRAME_MS, FRAMES_A_SECOND = 16, 60
SHOWN = 2000
"""Samples in each curve of the bare window: 20 s at 100 Hz."""


def measure() -> Iterator[Figure]:
    """Yield the share of a core of both windows, and their ratio."""
    for name, size in SIZES.items():
        own, bare = (_child(what, *size) for what in ("window", "bare"))
        yield Figure(
            work=f"window at 60 frames/s, {name}",
            value=own,
            unit="% of a core",
            others=f"pyqtgraph with two curves {bare:.0f} %",
        )
        yield Figure(
            work=f"window / pyqtgraph alone, {name}", value=own / bare, unit="times", reach=1.5
        )


def show(width: int, height: int) -> float:
    """Replay a session in real time in Train; return the share of a core in %."""
    from gui.models.settings import Settings
    from gui.pages.page_name import PageName
    from gui.shell.app import make_application, make_window

    make_application()
    window = make_window(Settings(first_run_done=True))
    window.resize(width, height)
    window.show_page(PageName.TRAIN)
    window.show()
    state = window.state
    state.start(f"file:{recorded(SESSION)}", record=False)
    while state.live.now < CALIBRATED_S and state.session is not None:
        let_pass(0.05)
    share = _share(state.frame)
    window.close()
    return share


def show_bare(width: int, height: int) -> float:
    """Show two moving curves with the settings of pyqtgraph; return the share of a core in %."""
    import pyqtgraph as pg
    from PySide6.QtCore import QTimer

    pg.mkQApp()
    window = pg.GraphicsLayoutWidget(size=(width, height))
    x = np.linspace(-20.0, 0.0, SHOWN)
    curves = []
    for row in range(2):
        plot = window.addPlot(row=row, col=0)
        plot.setRange(xRange=(-20.0, 0.0), yRange=(-1.1, 1.1), padding=0)
        curves.append(plot.plot(pen=pg.mkPen("w", width=1)))
    timer = QTimer()

    def move() -> None:
        values = np.sin(x + time.monotonic())
        for curve in curves:
            curve.setData(x, values)

    timer.timeout.connect(move)
    timer.start(FRAME_MS)
    window.show()
    let_pass(1.0)
    share = _share(timer.timeout)
    timer.stop()
    window.close()
    return share


def _share(frame: "SignalInstance") -> float:
    """Return the processor time of 60 frames in % of a second.

    A busy computer shows fewer frames in a second.
    """
    frames: list[float] = []
    frame.connect(lambda: frames.append(time.process_time()))
    let_pass(FRAMES_S)
    return 100.0 * FRAMES_A_SECOND * (frames[-1] - frames[0]) / (len(frames) - 1)


SHOWS: dict[str, Callable[[int, int], float]] = {"window": show, "bare": show_bare}


def _child(what: str, width: int, height: int) -> float:
    folders = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA")
    own = {**environment(), **dict.fromkeys(folders, mkdtemp(prefix="toepoint-bench-"))}
    command = [sys.executable, "-m", "tests.benchmarks.performance.frames"]
    command += [what, str(width), str(height)]
    if shutil.which("xvfb-run"):
        own["QT_QPA_PLATFORM"] = "xcb"
        screen = f"-screen 0 {width}x{height}x24"
        command = ["xvfb-run", "--auto-servernum", "--server-args", screen, *command]
    else:
        own["QT_QPA_PLATFORM"] = "offscreen"
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=own)
    return float(done.stdout.split()[-1])


if __name__ == "__main__":
    print(SHOWS[sys.argv[1]](int(sys.argv[2]), int(sys.argv[3])))
    sys.stdout.flush()
    # Qt may take long to end.
    os._exit(0)
