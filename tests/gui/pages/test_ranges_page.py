"""An exercise that measures ranges leads to the page that measures them, wherever a person begins."""

from collections.abc import Callable
from itertools import chain

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.models.settings import Settings
from gui.pages.calibrate.calibrate_page import CalibratePage
from gui.pages.home.home_page import HomePage
from gui.pages.page_name import PageName
from gui.pages.ranges.ranges_page import RangesPage
from gui.pages.review.no_set_card import NoSetCard
from gui.shell.window import MainWindow
from processing.ranges.measures import Knee, Measure, RangeKind
from processing.ranges.results import RangeResult
from processing.ranges.trials import Trial
from sensor.types import EventKind
from tests.gui.session_batches import session_batches, simulated
from tests.gui.train_window import FakeSession, TrainWindow

MEASURED = "sim:exercise=ankle_range,seed=3"
SETTINGS = Settings(first_run_done=True, exercise="ankle_range", protocol="free")

Opener = Callable[[Settings], MainWindow]


@pytest.fixture
def measuring(open_window: Opener) -> TrainWindow:
    """Return a window on Train in the middle of a session of ranges."""
    train = TrainWindow(open_window(SETTINGS))
    train.session = FakeSession(simulated(MEASURED).header)
    train.begin()
    batches = session_batches(MEASURED, SETTINGS)
    train.play([list(chain.from_iterable(batches[: len(batches) // 2]))])
    train.look()
    return train


def test_train_counts_nothing_and_leads_to_ranges(measuring: TrainWindow, qtbot: QtBot) -> None:
    page = measuring.page
    assert measuring.face_text().startswith("MEASURE")
    assert "a page of their own" in measuring.face_text()
    with qtbot.waitSignal(measuring.state.page_wanted) as wanted:
        qtbot.keyClick(page, Qt.Key.Key_Space)
    assert wanted.args == [PageName.RANGES]
    with qtbot.waitSignal(measuring.state.page_wanted) as wanted:
        qtbot.mouseClick(page.set_button, Qt.MouseButton.LeftButton)
    assert wanted.args == [PageName.RANGES]
    assert isinstance(measuring.window.page, RangesPage)
    assert EventKind.SET_START not in [kind for kind, _ in measuring.session.inputs]


def test_home_and_calibrate_lead_to_ranges(measuring: TrainWindow, qtbot: QtBot) -> None:
    window = measuring.window
    window.show_page(PageName.HOME)
    home = window.page
    assert isinstance(home, HomePage)
    home.refresh()
    assert home.next.start.text() == "Go on measuring · Enter"
    with qtbot.waitSignal(window.state.page_wanted) as wanted:
        qtbot.mouseClick(home.next.start, Qt.MouseButton.LeftButton)
    assert wanted.args == [PageName.RANGES]
    window.show_page(PageName.CALIBRATE)
    page = window.page
    assert isinstance(page, CalibratePage)
    page.refresh()
    assert page.accept_button.text() == "Accept and measure"
    assert not page.ranges_button.isVisible()
    with qtbot.waitSignal(window.state.page_wanted) as wanted:
        qtbot.mouseClick(page.accept_button, Qt.MouseButton.LeftButton)
    assert wanted.args == [PageName.RANGES]


@pytest.mark.usefixtures("no_bluetooth")
def test_home_offers_measures_and_no_reps(open_window: Opener, qtbot: QtBot) -> None:
    window = open_window(SETTINGS)
    library = window.state.library
    qtbot.waitUntil(lambda: library.listed and library.idle)
    home = window.page
    assert isinstance(home, HomePage)
    home.refresh()
    assert home.next.heading.text() == "Measure: Ankle range"
    words = [one.text() for one in home.next.tiles.findChildren(QLabel)]
    assert words == ["measures", "2", "trials each", "3"]
    started: list[str] = []
    window.state.watch = started.append  # type: ignore[method-assign,assignment]  # nothing is to run
    with qtbot.waitSignal(window.state.page_wanted) as wanted:
        qtbot.mouseClick(home.next.attempt, Qt.MouseButton.LeftButton)
    assert wanted.args == [PageName.RANGES]
    assert "ankle_range" in started[0]


def test_review_shows_the_ranges_of_a_session_without_sets(window: MainWindow) -> None:
    card = NoSetCard(window.state.theme)
    card.show_ranges(())
    assert card.title.text() == "There is no set in this recording"
    kind = RangeKind(Measure.DORSIFLEXION, Knee.BENT, "R")
    trials = Trial(1, 0.0, 2.0, 0.20), Trial(2, 5.0, 7.0, 0.24)
    card.show_ranges((RangeResult(kind, 0.0, 8.0, trials),))
    words = [one.text() for one in card.findChildren(QLabel)]
    assert card.title.text() == "Measured ranges"
    assert "Toes up, knee bent, right" in words
    assert "12.6°" in words
    assert "11° · 14°" in words
