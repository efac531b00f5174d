"""The start of the command line and of the window, in processes of their own."""

import subprocess
import sys
from collections.abc import Iterator
from statistics import median
from tempfile import mkdtemp

from tests.benchmarks.performance.children import environment, spent, toepoint
from tests.benchmarks.performance.figures import Figure
from tests.benchmarks.sessions import recorded

TIMES = 5
MINUTE = "sim:protocol=B,sets=1,reps=5,seed=7000302"
_FIRST_PAINT = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from gui.models.settings import Settings
from gui.pages.page_name import PageName
from gui.shell.app import make_application, make_window

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            # Behind the paint that is going on.
            QTimer.singleShot(0, done)
        return False

def done():
    print(time.process_time())
    app.quit()

app = make_application()
window = make_window(Settings(first_run_done=True))
window.resize(1440, 900)
window.show_page(PageName.TRAIN)
painted = FirstPaint()
window.page.glance.words.installEventFilter(painted)
window.show()
app.exec()
window.close()
"""
_FIRST_LEG = """
import os, time
from PySide6.QtCore import QEvent, QObject
from gui.models.chosen_exercise import try_source
from gui.models.settings import Settings
from gui.pages.page_name import PageName
from gui.shell.app import make_application, make_window
from sensor.compiled import load_compiled

MOVED_DEG = 3.0

class FirstLeg(QObject):
    first = None

    def eventFilter(self, leg, event):
        pose = leg._pose
        if event.type() == QEvent.Type.Paint and pose.curl_deg is not None:
            self.first = pose.curl_deg if self.first is None else self.first
            if abs(pose.curl_deg - self.first) > MOVED_DEG:
                print(time.process_time(), flush=True)
                # Without an end: it is the start that is measured.
                os._exit(0)
        return False

app = make_application()
window = make_window(Settings(first_run_done=True))
window.resize(1440, 900)
window.show_page(PageName.TRAIN)
painted = FirstLeg()
window.page.glance.leg.installEventFilter(painted)
window.show()
window.state.worker.in_background(load_compiled)
window.state.watch(try_source(window.state.settings))
app.exec()
"""
"""As the demonstration begins: a simulated leg in the middle of its first set."""


def measure() -> Iterator[Figure]:
    """Start everything a few times; yield the medians."""
    # It compiles modules and the functions of numba's cache.
    minute_s()
    nothing_s = median(spent([sys.executable, "-c", "pass"]).cpu_s for _ in range(TIMES))
    yield Figure(
        work="`toepoint --help`",
        value=median(toepoint("--help").cpu_s for _ in range(TIMES)),
        unit="s",
        others=f"`python -c pass` {nothing_s:.3f} s",
    )
    yield Figure(
        work="`toepoint analyse` of a one-minute recording",
        value=median(minute_s() for _ in range(TIMES)),
        unit="s",
        reach=0.6,
    )
    first_paint_s = _window_s(_FIRST_PAINT)
    yield Figure(work="start to the first paint of the window", value=first_paint_s, unit="s")
    yield Figure(
        work="start to the first moving leg",
        value=_window_s(_FIRST_LEG),
        unit="s",
        reach=1.5,
    )


def minute_s() -> float:
    """Return the processor time of the command ``analyse`` with a one-minute recording."""
    path = recorded(MINUTE)
    return toepoint("analyse", str(path)).cpu_s


def _window_s(script: str) -> float:
    """Return the median processor time that a script of the window prints, offscreen."""
    home = mkdtemp(prefix="toepoint-bench-")
    folders = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA")
    own = {**environment(), "QT_QPA_PLATFORM": "offscreen", **dict.fromkeys(folders, home)}
    took = []
    # The first start compiles modules and functions.
    for _ in range(1 + TIMES):
        command = [sys.executable, "-c", script]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=own)
        took.append(float(done.stdout))
    return median(took[1:])
