"""Two taps on a sensor, and a presenter's clicker, do what the keys of Train and Sensors do."""

from collections.abc import Callable
from itertools import chain

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.models.train_view import Face
from gui.pages.page_name import PageName
from gui.shell.window import MainWindow
from processing.types import SensorStatus
from sensor.types import EventKind, Segment
from tests.gui.session_batches import session_batches
from tests.gui.train_window import TrainWindow

SESSION = "sim:protocol=B,sets=2,reps=4,seed=3,faults=fast+late,rest_s=12"


def tapped(place: Segment, times: int) -> SensorStatus:
    """Return the status of a sensor that was tapped twice so many times."""
    return SensorStatus(9.0, place, "streaming", 100.0, 0.0, 80.0, double_taps=times)


def play_until(train: TrainWindow, condition: Callable[[], bool]) -> None:
    """Play the session until ``condition`` holds."""
    batches = session_batches(SESSION)
    train.begin()
    for at in range(0, len(batches), 10):
        train.play([list(chain.from_iterable(batches[at : at + 10]))])
        if condition():
            return
    raise AssertionError("the session is over")


@pytest.fixture
def train(window: MainWindow) -> TrainWindow:
    """Train in the rest after the first set, with two sensors that nobody has tapped."""
    made = TrainWindow(window)
    play_until(made, lambda: made.state.train.face() is Face.RESTING)
    made.play([[tapped(Segment.SHIN, 0), tapped(Segment.FOOT, 0)]])
    made.session.inputs.clear()
    return made


def kinds(train: TrainWindow) -> list[str]:
    """Return the kinds of the inputs that the session was given."""
    return [kind for kind, _ in train.session.inputs]


def test_two_taps_on_the_shin_start_a_set_once(train: TrainWindow) -> None:
    train.play([[tapped(Segment.SHIN, 1)], [tapped(Segment.SHIN, 1)]])
    assert kinds(train) == [EventKind.SET_START]


def test_two_taps_on_the_foot_set_the_zero(train: TrainWindow) -> None:
    train.play([[tapped(Segment.FOOT, 1)]])
    assert kinds(train) == []
    assert len(train.session.guided) == 1


def test_taps_of_a_recording_do_nothing(train: TrainWindow) -> None:
    train.state.source = "file:old.mcap"
    train.play([[tapped(Segment.SHIN, 1), tapped(Segment.FOOT, 1)]])
    assert kinds(train) == []
    assert train.session.guided == []


def test_taps_while_another_page_is_shown_do_nothing_on_train(train: TrainWindow) -> None:
    train.window.show_page(PageName.SETTINGS)
    train.play([[tapped(Segment.SHIN, 1)]])
    train.window.show_page(PageName.TRAIN)
    train.look()
    assert kinds(train) == []


@pytest.mark.usefixtures("no_bluetooth")
def test_on_sensors_a_tapped_one_goes_to_the_other_place(
    train: TrainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    state, started = train.state, list[str]()
    train.window.show_page(PageName.SENSORS)
    state.sensors.places = {Segment.SHIN: "AA:1", Segment.FOOT: "AA:2"}

    def start(source: str, *, record: bool) -> None:
        assert record
        started.append(source)

    monkeypatch.setattr(state, "start", start)
    train.play([[tapped(Segment.FOOT, 1)]])
    assert state.sensors.places == {Segment.SHIN: "AA:2", Segment.FOOT: "AA:1"}
    assert started == [state.sensors.source_text]


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        (Qt.Key.Key_PageDown, EventKind.SET_START),
        (Qt.Key.Key_Right, EventKind.SET_START),
        (Qt.Key.Key_B, EventKind.KEY),
        (Qt.Key.Key_Period, EventKind.KEY),
    ],
)
def test_a_clicker_starts_a_set_and_stops(
    train: TrainWindow, qtbot: QtBot, key: Qt.Key, kind: str
) -> None:
    train.page.setFocus()
    qtbot.keyClick(train.page, key)
    assert kinds(train) == [kind]


@pytest.mark.parametrize("key", [Qt.Key.Key_PageUp, Qt.Key.Key_Left])
def test_a_clicker_sets_the_zero(train: TrainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(train.page, key)
    assert len(train.session.guided) == 1
