"""The rest on Train: the set just done takes the page."""

import re
from collections.abc import Callable
from itertools import chain, islice

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.models.settings import Settings
from gui.models.train_view import Face
from gui.pages.page_name import PageName
from gui.pages.train.rep_tile import RepTile
from gui.pages.train.rep_tiles import RepTiles
from gui.pages.train.rest_view import RestView
from gui.shell.head import Head
from gui.shell.window import MainWindow
from gui.widgets.shapes import Mark
from gui.widgets.theme import DARK, Theme
from processing.pipeline.marks import PlanEventKind
from processing.types import SessionEvent
from tests.gui.session_batches import session_batches
from tests.gui.train_window import TrainWindow

SETS = "sim:protocol=B,sets=2,reps=4,seed=3,faults=fast+late,rest_s=12"
STEP = 10
"""Batches that are played at once, about a second."""


def play_until(train: TrainWindow, condition: Callable[[], bool]) -> None:
    """Play the rest of the session until ``condition`` holds."""
    batches = iter(session_batches(SETS, Settings(first_run_done=True)))
    train.begin()
    for step in iter(lambda: [*chain.from_iterable(islice(batches, STEP))], []):
        train.play([step])
        if condition():
            return
    raise AssertionError("the session is over")


@pytest.fixture
def train(window: MainWindow) -> TrainWindow:
    """Train in the rest after a set with a fast and a late rep."""
    window.resize(1280, 720)
    made = TrainWindow(window)
    play_until(made, lambda: made.state.train.face() is Face.RESTING)
    made.look()
    return made


def rest_of(train: TrainWindow) -> RestView:
    view = train.page.rest_view
    assert view is not None
    return view


def test_a_rest_that_was_ended_by_a_click_leaves_the_keys_to_the_page(train: TrainWindow) -> None:
    view, page = rest_of(train), train.page
    view.next.start_button.setFocus()
    assert view.next.start_button.hasFocus()
    page._hide(view.next)
    assert page.hasFocus()


def painted(train: TrainWindow, name: str) -> int:
    """Return how many pixels of the card of the picture are exactly in a colour of the theme."""
    card = rest_of(train).picture
    color = train.state.theme.color(name)
    shown = train.window.grab(QRect(card.mapTo(train.window, QPoint(0, 0)), card.size()))
    image = shown.toImage().convertToFormat(QImage.Format.Format_RGB888)
    raw = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), -1)
    colors = raw[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)
    return int((colors == (color.red(), color.green(), color.blue())).all(axis=-1).sum())


def test_the_set_just_done_takes_the_page(train: TrainWindow) -> None:
    view, page = rest_of(train), train.page
    assert view.rest.isVisible()
    assert view.picture.isVisible()
    assert not page.glance.isVisible()
    assert not page.plots.ankle_card.isVisible()
    assert view.rest.result.text().startswith("4 reps, 2 good. Lowering ")
    assert view.rest.advice.text() == "Rep 4: switch the foot at the top."
    # The late switch is seen: its curve and its name are painted in the colour of a miss.
    assert painted(train, "miss") > 150


def test_the_picture_is_that_of_review(train: TrainWindow) -> None:
    """The verdicts of the curves are those of the tiles, and no rep is missing."""
    current = train.state.train.current
    assert current is not None
    assert current.picture is not None
    assert [c.grade for c in current.picture.loops] == [v.grade for v in current.verdicts]
    assert [c.number for c in current.picture.loops] == [1, 2, 3, 4]


def test_one_clock_counts_down_whatever_the_sensors_do(train: TrainWindow) -> None:
    view, model = rest_of(train), train.state.train
    clock = view.rest.clock.accessibleDescription()
    assert clock.endswith(" of 2:30")
    before = model.rest()
    assert before is not None
    wall_s = model.silence.wall_s
    # Nothing arrives for twenty seconds.
    model.take([], wall_s + 20.0)
    train.page.frame.update(wall_s + 20.0)
    view.show_frame(train.page.frame, "kg", watched=False)
    assert (
        view.rest.alarm.accessibleName().startswith("Sensors lost")
        or view.rest.alarm.accessibleName()
    )
    minutes, seconds = view.rest.clock.accessibleDescription().split(" of ")[0].split(":")
    assert int(minutes) * 60 + int(seconds) == pytest.approx(before.left_s - 20.0, abs=1.0)


def test_the_page_has_one_clock_in_the_rest(train: TrainWindow) -> None:
    times = re.compile(r"\d+:\d\d")
    head = train.window.findChild(Head)
    assert head is not None
    assert not any(times.search(one.text()) for one in head.findChildren(QLabel))
    assert times.search(rest_of(train).rest.clock.accessibleDescription())
    # Elsewhere the time of the session is in sight as ever.
    train.window.show_page(PageName.SENSORS)
    train.look()
    assert any(times.search(one.text()) for one in head.findChildren(QLabel))


def test_a_large_button_answers_how_many_more(train: TrainWindow, qtbot: QtBot) -> None:
    view = rest_of(train)
    qtbot.mouseClick(view.rest.buttons[2], Qt.MouseButton.LeftButton)
    assert train.session.inputs[-1] == (PlanEventKind.RESERVE, {"reserve": 2})
    # It is lit when the session has taken it.
    assert not any(button.isChecked() for button in view.rest.buttons)
    train.play([[SessionEvent(99.0, PlanEventKind.RESERVE, {"reserve": 2})]])
    assert [button.isChecked() for button in view.rest.buttons].index(True) == 2
    assert view.rest.what.text() == "✓ noted: 2 more possible"


def test_the_next_set_is_changed_by_clicks_and_announced(train: TrainWindow, qtbot: QtBot) -> None:
    view, suggested = rest_of(train).next, train.state.train.planned
    train.session.inputs.clear()
    for button in (view.load.more, view.reps.less, view.lowering.more, view.lowering.more):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    train.look()
    assert suggested.load is not None
    load = suggested.load + 2.5
    assert view.load.value.text() == f"{load:g} kg"
    assert view.lowering.value.text() == "5 s"
    announced = [data for kind, data in train.session.inputs if kind == PlanEventKind.NEXT][-1]
    assert announced["load_kg"] == load
    assert announced["planned_reps"] == int(view.reps.value.text()) == suggested.reps - 1
    assert announced["tempo"] == "5-0-1-1"


def test_the_leg_is_back_when_the_next_set_runs(train: TrainWindow) -> None:
    play_until(train, lambda: train.state.train.in_set and train.state.train.number == 2)
    train.look()
    assert train.page.glance.isVisible()
    assert not rest_of(train).rest.isVisible()


def test_the_far_view_says_what_to_do_in_the_next_set(train: TrainWindow) -> None:
    shown = train.page.frame.far(simulated=True)
    assert shown.time == "4 reps · 2 good"
    assert shown.advice == "Rep 4: switch the foot at the top."
    assert shown.advice_color == "miss"


def test_a_good_rep_has_a_short_ring_and_a_miss_none(window: MainWindow) -> None:
    train = TrainWindow(window)
    ringed: dict[int, set[int]] = {1: set(), 2: set()}
    train.begin()
    for batch in session_batches(SETS, Settings(first_run_done=True)):
        train.play([batch])
        shown = [tile for tile in train.page.frame.tiles() if tile.ring is not None]
        assert len(shown) <= 1
        ringed[train.page.frame.set_view.number] |= {tile.number for tile in shown}
        if train.page.frame.rests and not train.state.settings.reduced_motion:
            train.state.change(reduced_motion=True)
    # The second and the fourth rep of each set are missed.
    assert ringed == {1: {1, 3}, 2: set()}


def test_the_ring_is_painted_around_the_mark(qtbot: QtBot) -> None:
    theme = Theme(DARK)
    tiles = RepTiles(theme)
    qtbot.addWidget(tiles)
    tiles.resize(900, 142)
    painted = []
    for ring in (None, 0.0, 0.5, 1.0):
        tiles.show_tiles([RepTile(1, Mark.GOOD, 4.0, 0.0, ring=ring)])
        image = tiles.grab().toImage()
        ink = [image.pixelColor(x, y) for x in range(40, 130) for y in range(60)]
        painted.append(sum(color.blue() > 150 and color.red() < 120 for color in ink))
    still, begun, halfway, over = painted
    assert begun > still
    assert halfway > still
    # It fades out, so that nothing vanishes suddenly.
    assert over == pytest.approx(still, abs=3)
