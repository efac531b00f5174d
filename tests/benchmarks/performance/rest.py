"""From the end of a set to its picture on the screen, and a frame in the rest beside one in a set.

The window is on a virtual display, or offscreen without one. It takes the output of simulated sessions
batch by batch, a tenth of a second each, and paints each. The time of the coach, which judges the set
again in its own thread, is measured apart.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from tempfile import mkdtemp

from tests.benchmarks.performance.children import environment
from tests.benchmarks.performance.figures import Figure

SESSIONS = {
    "8 reps": "sim:protocol=B,sets=3,reps=8,rest_s=12,faults=fast+late,seed=7",
    "40 reps": "sim:protocol=B,sets=2,reps=40,rest_s=12,faults=fast+late,seed=11",
}
SIZES = {"1440 × 900": (1440, 900), "3840 × 2160": (3840, 2160)}
SETTLED = 3
"""Batches after the end of a set that still lay out the page."""


def measure() -> Iterator[Figure]:
    """Yield the costs of the ends of sets, first ones apart, and of the frames."""
    for size_name, size in SIZES.items():
        for session_name, session in SESSIONS.items():
            found = _child(session, *size)
            name = f"{session_name}, {size_name}"
            yield Figure(
                work=f"end of the first set to its painted picture, {name}",
                value=found["first_ms"],
                unit="ms",
                reach=500.0,
                others=f"later sets {found['later_ms']:.0f} ms; judged again by the coach in"
                f" {found['judged_ms']:.0f} ms before that",
            )
            yield Figure(
                work=f"a tenth of a second in the rest, {name}",
                value=found["rest_ms"],
                unit="ms",
                others=f"in a set {found['set_ms']:.1f} ms",
            )


def show(session: str, width: int, height: int) -> dict[str, float]:
    """Play a session in a window; return the processor time of its parts, in ms."""
    from PySide6.QtWidgets import QApplication

    from gui.models.settings import Settings
    from gui.shell.app import make_application, make_window
    from processing.judge.recount import FinishedSet
    from tests.gui.session_batches import session_batches
    from tests.gui.train_window import TrainWindow

    make_application()
    window = make_window(Settings(first_run_done=True))
    window.resize(width, height)
    train = TrainWindow(window)
    window.show()
    batches = session_batches(session)
    train.begin()
    ends: list[float] = []
    in_set: list[float] = []
    in_rest: list[float] = []
    since = 0
    for batch in batches:
        began = time.process_time()
        train.session.add(batch)
        train.state.poll()
        # Laid out in the first round, painted at the latest in the second.
        QApplication.processEvents()
        QApplication.processEvents()
        cost = 1e3 * (time.process_time() - began)
        since += 1
        if any(isinstance(one, FinishedSet) for one in batch):
            ends.append(cost)
            since = 0
        elif train.state.train.in_set:
            in_set.append(cost)
        elif ends and since > SETTLED and train.page.frame.rests:
            in_rest.append(cost)
    window.close()
    return {
        "first_ms": ends[0],
        "later_ms": max(ends[1:]),
        "judged_ms": _judged_ms(session),
        "set_ms": sum(in_set) / len(in_set),
        "rest_ms": sum(in_rest) / len(in_rest),
    }


def _judged_ms(session: str) -> float:
    """Return the longest time in which the coach judges a set again, ms."""
    from gui.models.chosen_coach import coach_of
    from gui.models.settings import Settings
    from processing.judge.recount import FinishedSet
    from processing.pipeline.pipeline import Pipeline
    from sensor.assembler import Assembler
    from sensor.types import Event, ImuBlock
    from tests.gui.session_batches import simulated

    played = simulated(session)
    assembler = Assembler(played.header.sensors, played.header.start_ns)
    pipeline, coach = Pipeline(played.header), coach_of(Settings())
    coach.begin()
    longest = 0.0
    for item in played.items:
        fed: list[ImuBlock | Event] = [*assembler.feed(item)]
        if isinstance(item, Event):
            fed.append(item)
        for update in pipeline.feed(fed):
            began = time.process_time()
            if any(isinstance(one, FinishedSet) for one in coach.feed(update)):
                longest = max(longest, 1e3 * (time.process_time() - began))
    return longest


def _child(session: str, width: int, height: int) -> dict[str, float]:
    folders = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA")
    own = {**environment(), **dict.fromkeys(folders, mkdtemp(prefix="toepoint-bench-"))}
    command = [sys.executable, "-m", "tests.benchmarks.performance.rest"]
    command += [session, str(width), str(height)]
    own["QT_QPA_PLATFORM"] = "offscreen"
    if shutil.which("xvfb-run"):
        own["QT_QPA_PLATFORM"] = "xcb"
        screen = f"-screen 0 {width}x{height}x24"
        command = ["xvfb-run", "--auto-servernum", "--server-args", screen, *command]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=own)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    print(json.dumps(show(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
    sys.stdout.flush()
    # Qt may take long to end.
    os._exit(0)
