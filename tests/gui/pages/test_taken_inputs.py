"""An input of the person shows at once that it was taken; what is asked in a set waits for the rest."""

from collections.abc import Callable
from itertools import chain, islice
from types import SimpleNamespace

import pytest

from gui.models.notices import SHOWN_S
from gui.models.train_view import Face
from gui.shell.window import MainWindow
from processing.calibration.calibration_steps import CalibrationStep
from processing.pipeline.guided_calibration import GuideEnded
from processing.pipeline.marks import PlanEventKind
from processing.types import SessionEvent
from sensor.types import EventKind
from tests.gui.session_batches import session_batches
from tests.gui.train_window import TrainWindow

SESSION = "sim:protocol=B,sets=2,reps=4,seed=3,faults=fast+late,rest_s=12"
REZERO = (CalibrationStep.REZERO,)
BATCHES_A_STEP = 10
"""About a second."""
NOW_S = 5000.0
"""The time of the monotonic clock."""


class Played(TrainWindow):
    """A window on Train whose session is played in steps."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        batches = iter(session_batches(SESSION))
        self._steps = iter(lambda: [*chain.from_iterable(islice(batches, BATCHES_A_STEP))], [])
        self.begin()

    def play_until(self, condition: Callable[[], bool]) -> None:
        """Play until ``condition`` holds."""
        for step in self._steps:
            self.play([step])
            if condition():
                return
        raise AssertionError("the session is over")


@pytest.fixture
def train(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Played:
    """Train in the middle of the first set, at a clock that stands still."""
    for module in ("gui.pages.app_state", "gui.pages.train.train_page"):
        monkeypatch.setattr(f"{module}.time", SimpleNamespace(monotonic=lambda: NOW_S))
    played = Played(window)
    played.play_until(lambda: played.state.train.set_view().count == 2)
    assert played.state.train.in_set
    return played


def play_to_the_rest(train: Played) -> None:
    """Play the session until its first set is over."""
    train.play_until(lambda: not train.state.train.in_set)


def head(train: Played) -> str:
    """Return the words above the leg."""
    return train.page.glance._what.text()


def test_a_mark_is_confirmed_for_two_seconds(train: Played) -> None:
    before = head(train)
    train.page.mark()
    assert train.session.inputs[-1] == (EventKind.MARK, {})
    # Only what the session has taken and recorded is confirmed.
    train.look()
    assert head(train) == before
    train.play([[SessionEvent(64.2, EventKind.MARK, {})]])
    assert head(train) == "✓ marked at 1:04"
    model = train.state.train
    assert model.glance(NOW_S).notice is not None
    assert model.glance(NOW_S + SHOWN_S + 0.1).notice is None


def test_a_load_and_an_answer_are_confirmed(train: Played) -> None:
    train.page.change_load(+1)
    train.look()
    assert head(train) == "✓ load 42.5 kg"
    assert train.session.inputs[-1] == (PlanEventKind.LOAD, {"load_kg": 42.5, "set": 1})
    play_to_the_rest(train)
    train.play([[SessionEvent(99.0, PlanEventKind.RESERVE, {"reserve": 2})]])
    assert head(train) == "✓ noted: 2 more possible"
    train.play([[SessionEvent(99.0, PlanEventKind.EXERTION, {"exertion": None})]])
    assert head(train) == "✓ noted: no answer"


def test_a_new_zero_in_a_set_waits_for_the_rest(train: Played) -> None:
    train.page.rezero()
    train.look()
    assert train.session.guided == []
    assert "waits for the rest" in head(train)
    assert train.state.train.face() is Face.IN_SET
    assert "new zero in the rest" in train.page.frame.set_note()
    play_to_the_rest(train)
    assert train.session.guided == [REZERO]


def test_a_second_press_cancels_the_new_zero(train: Played) -> None:
    train.page.rezero()
    train.page.rezero()
    train.look()
    assert head(train) == "✓ no new zero"
    play_to_the_rest(train)
    assert REZERO not in train.session.guided


def test_a_set_that_begins_stops_the_new_zero_until_its_rest(train: Played) -> None:
    play_to_the_rest(train)
    train.page.rezero()
    assert train.session.guided == [REZERO]
    train.play_until(lambda: train.state.train.in_set)
    assert train.session.guided == [REZERO, "ended"]
    train.play([[GuideEnded()]])
    assert train.state.train.inputs.rezero.waiting


def test_a_cancelled_movement_leaves_nothing_behind(train: Played) -> None:
    play_to_the_rest(train)
    train.page.rezero()
    step = {"step": "rezero"}
    train.play([[SessionEvent(99.0, EventKind.CALIBRATION_START, step)]])
    assert train.state.train.face() is Face.CALIBRATING
    train.page.rezero()
    train.play(
        [[SessionEvent(99.5, EventKind.CALIBRATION_END, {**step, "accepted": False}), GuideEnded()]]
    )
    assert train.state.train.face() is Face.RESTING


def test_the_clock_of_the_rest_goes_on_without_sensors(train: Played) -> None:
    play_to_the_rest(train)
    model = train.state.train
    rest = model.rest()
    assert rest is not None
    # Nothing arrives for ten seconds.
    model.take([], NOW_S + 10.0)
    later = model.rest()
    assert later is not None
    assert rest.left_s - later.left_s == pytest.approx(10.0)
    train.page.frame.update(NOW_S + 10.0)
    words = train.page.frame.words()
    assert words.word == "REST"
    assert (
        words.number == f"{later.left_s // 60:.0f}:{-(-later.left_s % 60 // 1):02.0f}"
        or words.number
    )
    text, _ = train.page.frame.alarm()
    assert "lost" in text
    assert "not judged" not in text
    assert train.page.frame.far(simulated=True).note == "sensor lost"
