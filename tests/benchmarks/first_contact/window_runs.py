"""One session of the running window, from its start to its recording and Review."""

import math
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from unittest.mock import patch

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.models.review import open_events, whole_session
from gui.models.settings import Settings
from gui.pages.page_name import PageName
from gui.pages.train.train_page import TrainPage
from gui.shell.app import make_application, make_window
from processing.judge.checks import Target
from processing.judge.verdict import Verdict
from processing.library import KeptAnalyses
from processing.types import counted
from sensor.compiled import cache_folder
from sensor.types import Event, EventKind
from tests.paced_session import SET_EVENTS, Pacer, simulated

STEP_S = 0.5
"""The window takes the output of so much session time at once."""
LONGEST_S = 900.0
GAP_S = 3.0
"""Length of the loss in each set."""
INTO_SET_S = 12.0
"""Time of the loss after the start of its set: in the second rep."""


class Way(StrEnum):
    """The way in which the person works with the window."""

    HANDS_FREE = "hands-free"
    KEY = "key"
    CLICKER = "clicker"
    """Space starts and ends; + and - change loads, a number answers in the rest."""
    GAPS = "gaps"
    """Started by the key, with a sensor lost in each set."""


@dataclass(frozen=True, slots=True)
class SetFigures:
    """A set as one of the three shows it."""

    type: str
    load_kg: float | None
    bands: tuple[str, str]
    """Of the lift and the lowering, with their limits."""
    count: int
    verdicts: tuple[tuple[str, str], ...]
    """Grade and correction of each rep: the numbers in its sentence are live or offline ones."""


class WindowRun:
    """A window that trains, and then reviews what it recorded.

    Parameters
    ----------
    seed
        Draws the session.
    way
        The way in which the person works with the window.
    folder
        For everything that the window saves.
    """

    def __init__(self, seed: int, way: Way, folder: Path) -> None:
        self._way, self._folder = way, folder
        # The compiled loops are no part of what the window saves, and compiling them takes minutes.
        os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_folder()))
        for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{kind}_HOME"] = str(folder / kind.lower())
        os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = f"unix:path={folder / 'nobody'}"
        self._protocol, text = session_text(seed)
        self._marks = _set_marks(text)
        if way is Way.GAPS:
            starts = [t for t, kind in self._marks if kind == EventKind.SET_START]
            gaps = "/".join(f"{t + INTO_SET_S:.0f}+{GAP_S:.0f}" for t in starts)
            text += f",{('foot', 'shin')[seed // 4 % 2]}_dropouts_s={gaps}"
        self._text = text
        self._rng = np.random.default_rng(seed)
        self.recording = Path()

    def play(self) -> list[SetFigures]:
        """Play the session; return its sets as Train shows them at the end."""
        make_application()
        settings = Settings(
            first_run_done=True,
            storage_folder=str(self._folder / "sessions"),
            protocol=self._protocol,
            sound=False,
        )
        pacer = Pacer(leave_out=SET_EVENTS)
        with patch("gui.pages.app_state.open_source", pacer.open_source):
            self._window = window = make_window(settings)
            window.state._timer.stop()
            window.show_page(PageName.TRAIN)
            window.show()
            page = window.page
            assert isinstance(page, TrainPage)
            self._page, state = page, window.state
            state.start(self._text, record=True, speed=None)
            assert state.recording is not None
            self.recording = state.recording
            keys = [] if self._way is Way.HANDS_FREE else list(self._marks)
            t = 0.0
            while state.session is not None and t < LONGEST_S:
                t += STEP_S
                if keys and keys[0][0] <= t:
                    self._play_until(pacer, keys[0][0])
                    self._press(keys.pop(0)[1])
                self._play_until(pacer, t)
            state.stop()
            found = [
                _figures(
                    one.planned.prescription.type.value,
                    state.train.plan.load_kg(one.number),
                    one.target,
                    one.verdicts,
                )
                for one in state.train.sets
            ]
            window.close()
            window.deleteLater()
            QApplication.processEvents()
        return found

    def reviewed(self) -> list[SetFigures]:
        """Return the sets of the recording as Review shows them."""
        session = whole_session(open_events(self.recording), KeptAnalyses(self._folder / "kept"))
        return [
            _figures(one.type.value, one.load_kg, one.target, one.verdicts) for one in session.sets
        ]

    def _play_until(self, pacer: Pacer, t: float) -> None:
        state = self._window.state
        pacer.play_until(t, state.session)
        # The session waits for the benchmark, which is no silence of its sensors.
        state.train.silence.heard_wall_s = math.inf
        state.poll()
        QApplication.processEvents()

    def _press(self, kind: str) -> None:
        """Press the key that starts or ends a set; with a clicker, first change the load, then answer."""
        if self._way is Way.CLICKER and kind == EventKind.SET_START:
            QTest.keyClick(self._page, Qt.Key.Key_Plus)
        QTest.keyClick(self._page, Qt.Key.Key_Space)
        if self._way is Way.CLICKER and kind == EventKind.SET_END:
            QTest.keyClick(self._page, Qt.Key(Qt.Key.Key_0.value + int(self._rng.integers(4))))


def session_text(seed: int) -> tuple[str, str]:
    """Return the protocol and the simulated session of a seed."""
    rng = np.random.default_rng(seed)
    protocol = ("B", "A")[int(rng.integers(2))]
    # Only protocol B has a switch that can be late.
    faults = ("fast+late", "fast", "late") if protocol == "B" else ("fast", "slip")
    text = (
        f"sim:protocol={protocol},sets=2,reps={int(rng.integers(4, 7))},seed={seed},"
        f"rest_s={int(rng.integers(16, 24))},faults={faults[int(rng.integers(len(faults)))]},fault_every_reps={int(rng.integers(2, 5))}"
    )
    return protocol, text


def _set_marks(text: str) -> list[tuple[float, str]]:
    """Return when the simulated person starts and ends sets, s."""
    session = simulated(text)
    start_ns = session.header.start_ns
    return [
        ((item.t_ns - start_ns) / 1e9, item.kind)
        for item in session.items
        if isinstance(item, Event) and item.kind in SET_EVENTS
    ]


def _figures(
    kind: str, load_kg: float | None, target: Target, verdicts: list[Verdict] | tuple[Verdict, ...]
) -> SetFigures:
    limits = np.degrees([target.bands.dorsiflexed, target.bands.plantarflexed])
    bands = tuple(
        f"{band.value if band else 'any'} {limits[0]:.1f} {limits[1]:.1f}"
        for band in (target.lift, target.lower)
    )
    return SetFigures(
        kind,
        load_kg,
        (bands[0], bands[1]),
        len(counted([verdict.rep for verdict in verdicts])),
        tuple((v.grade.value, v.reason.correction.value if v.reason else "") for v in verdicts),
    )
