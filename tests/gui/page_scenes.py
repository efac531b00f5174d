"""Every page of the window, filled with as much as it can show."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.models.compare import SetPlace
from gui.pages.compare.compare_page import ComparePage
from gui.pages.page import Page
from gui.pages.page_name import PageName
from gui.pages.plan.plan_page import PlanPage
from gui.pages.review.review_page import ReviewPage
from gui.shell.window import MainWindow
from processing.coach.own_protocols import save_own
from processing.coach.protocol_file import built_in
from processing.library.goal_file import Goals
from processing.library.goals import Goal
from processing.library.own_weeks import SetKind
from sensor.ble.discovery import FoundDevice
from sensor.ble.host_findings import HostCheck, HostCheckKey
from sensor.ble.remedies import LinkFault
from sensor.store.pairs import Pair, RememberedSensor
from sensor.types import Event, EventKind, Segment
from tests.gui.clock import NOW
from tests.gui.recorded_session import analyse_once, recorded
from tests.gui.session_batches import session_batches
from tests.gui.train_window import TrainWindow

FAULTY = "sim:protocol=B,sets=2,reps=4,seed=3,faults=fast+late,rest_s=12"
RECORDINGS = ("2026-02-02_10-00-00.mcap", "2026-02-09_10-00-00.mcap")

Fill = Callable[[QtBot, MainWindow], None]


def keep_recordings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put two recordings into ``folder``, whose analysis is already known."""
    analyse_once(monkeypatch)
    folder.mkdir(parents=True, exist_ok=True)
    for name in RECORDINGS:
        (folder / name).write_bytes(recorded())


def show_full(qtbot: QtBot, window: MainWindow, name: PageName) -> Page:
    """Show a page filled with as much as it can show. A page without a scene here is an error.

    ``window`` must keep its recordings in a folder that :func:`keep_recordings` filled.
    """
    fill = FILLS[name]
    window.show_page(name)
    fill(qtbot, window)
    window.page.refresh()
    return window.page


def find_sensors(qtbot: QtBot, window: MainWindow) -> None:
    """Show sensors, among them a refused one, a failed link and a failed check."""
    model = window.state.sensors
    for at, (name, family) in enumerate((("WT901BLE68", "witmotion"), ("DOT", "movella_dot"))):
        model.see(FoundDevice(f"AA:{at}", name, family, -50 - 20 * at), 0.0)
    model.see(
        FoundDevice("AA:9", "TAG", "sensortag", -80, refused="it is much too slow for this"), 0.0
    )
    model.assign_nearest()
    failed = {"fault": LinkFault.NOT_FOUND.value}
    model.take_link(Event(0, EventKind.LINK, {"source": "AA:0", "state": "refused", **failed}))
    model.checks = [HostCheck(HostCheckKey.PERMISSION, False, LinkFault.NO_PERMISSION)]


def train_half_a_session(qtbot: QtBot, window: MainWindow) -> None:
    """Play a session up to its middle, in one frame."""
    train = TrainWindow(window)
    train.begin()
    batches = session_batches(FAULTY)
    train.play([list(chain.from_iterable(batches[: len(batches) // 2]))])
    train.look()


def wait_for_the_library(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the recordings are listed, analysed and opened."""
    library = window.state.library
    qtbot.waitUntil(lambda: len(library.sessions) == len(RECORDINGS) and library.opening is None)


def wait_for_review(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until Review shows the newest recording."""
    wait_for_the_library(qtbot, window)
    page = window.page
    assert isinstance(page, ReviewPage)
    # The list may have been read for another page.
    qtbot.waitUntil(lambda: page.model.session is not None and page.library.opening is None)


def wait_for_the_card(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the card shows the newest recording."""
    wait_for_the_library(qtbot, window)
    model = window.state.end
    qtbot.waitUntil(lambda: model.session is not None and window.state.library.idle)


def compare_two_sets(qtbot: QtBot, window: MainWindow) -> None:
    """Compare the first set of the newest recording with the second one."""
    window.show_page(PageName.REVIEW)
    wait_for_review(qtbot, window)
    window.show_page(PageName.COMPARE)
    page = window.page
    assert isinstance(page, ComparePage)
    qtbot.waitUntil(lambda: page.model.judged(0) is not None)
    first = page.model.places[0]
    assert first is not None
    page.choose(1, SetPlace(first.path, first.index + 1))


def come_back(qtbot: QtBot, window: MainWindow) -> None:
    """Show Home of a person with sensors, a goal and a session."""
    worn = ((Segment.SHIN, "AA:0", "WT901BLE68"), (Segment.FOOT, "AA:1", "Movella DOT"))
    sensors = tuple(RememberedSensor(place, at, "witmotion", name) for place, at, name in worn)
    window.state.sensors.remembered = Pair("mine", sensors)
    seen = NOW - timedelta(days=2)
    window.state.sensors.note_end({"AA:0": 61.0, "AA:1": 14.0}, seen)
    failed = {"fault": LinkFault.NOT_FOUND.value}
    link = Event(0, EventKind.LINK, {"source": "AA:0", "state": "refused", **failed})
    window.state.sensors.take_link(link)
    window.state.change_goals(Goals((Goal(SetKind(side="R"), 80.0, 42.5, 4.0),)))
    library = window.state.library
    qtbot.waitUntil(lambda: len(library.sessions) == len(RECORDINGS) and not library.waiting)
    library.sessions = tuple(replace(s, simulated=False) for s in library.sessions)


def measure_ranges(qtbot: QtBot, window: MainWindow) -> None:
    """Play two measures of a session of ranges, in one frame."""
    batches = session_batches("sim:exercise=ankle_range,seed=3")
    window.state.ranges.take(chain.from_iterable(batches[: len(batches) // 2]))


def change_the_plan(qtbot: QtBot, window: MainWindow) -> None:
    """Show the plan with one more set, the copied one chosen, and a name that is taken."""
    page = window.page
    assert isinstance(page, PlanPage)
    wait_for_the_library(qtbot, window)
    save_own(page.folder, "taken", built_in("B"))
    page.choose(2)
    page.copy()
    page.save_card.name.setText("taken")
    page.save_card.button.click()


def nothing_more(qtbot: QtBot, window: MainWindow) -> None:
    """Leave the page as it is: it always shows everything."""


FILLS: dict[PageName, Fill] = {
    PageName.HOME: come_back,
    PageName.SENSORS: find_sensors,
    PageName.CALIBRATE: find_sensors,
    PageName.TRAIN: train_half_a_session,
    PageName.REVIEW: wait_for_review,
    PageName.HISTORY: wait_for_the_library,
    PageName.SETTINGS: nothing_more,
    PageName.RANGES: measure_ranges,
    PageName.PLAN: change_the_plan,
    PageName.END: wait_for_the_card,
    PageName.COMPARE: compare_two_sets,
}
