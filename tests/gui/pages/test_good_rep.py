"""A good rep has a ring around its mark, around the foot and in the far view, unless motion is reduced."""

from itertools import chain

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.pages.train.far_view import FarFrame, FarView
from gui.shell.window import MainWindow
from gui.widgets.figure import FigureWidget, LegPose
from gui.widgets.shapes import Mark
from gui.widgets.theme import DARK, Theme
from processing.judge.checks import Grade
from tests.gui.colour_vision import pixels
from tests.gui.session_batches import session_batches
from tests.gui.train_window import TrainWindow

SESSION = "sim:protocol=B,sets=2,reps=4,seed=3,faults=fast+late,rest_s=12"
THEME = Theme(DARK)
POSE = LegPose(-20.0, 40.0, sensors=2)


def after_the_rep(train: TrainWindow, number: int) -> Grade:
    """Play until a rep has just been judged; return its grade."""
    batches = session_batches(SESSION)
    train.begin()
    for at in range(0, len(batches), 2):
        train.play([list(chain.from_iterable(batches[at : at + 2]))])
        done = [rep for rep in train.state.train.set_view().reps if rep.grade is not None]
        if len(done) == number:
            grade = done[-1].grade
            assert grade is not None
            return grade
    raise AssertionError(number)


def test_a_good_rep_has_a_ring_and_a_miss_has_none(window: MainWindow) -> None:
    train = TrainWindow(window)
    # The first rep of this session is good, the second one too fast.
    assert after_the_rep(train, 1) is Grade.GOOD
    frame = train.page.frame
    tile = frame.tiles()[0].ring
    assert tile is not None
    assert frame.pose().ring == frame.far(simulated=False).ring == tile
    assert after_the_rep(train, 2) is Grade.MISS
    assert frame.pose().ring is None
    assert frame.far(simulated=False).ring is None


def test_reduced_motion_has_no_ring(window: MainWindow) -> None:
    train = TrainWindow(window)
    train.state.change(reduced_motion=True)
    assert after_the_rep(train, 1) is Grade.GOOD
    frame = train.page.frame
    assert frame.pose().ring is None
    assert frame.far(simulated=False).ring is None


@pytest.mark.parametrize("ring", [0.1, 0.5])
def test_the_ring_is_painted_around_the_foot_and_removed_again(qtbot: QtBot, ring: float) -> None:
    figure = FigureWidget(THEME)
    qtbot.addWidget(figure)
    figure.resize(600, 400)
    figure.show_pose(POSE)
    before = pixels(figure.grab())
    figure.show_pose(LegPose(-20.0, 40.0, sensors=2, ring=ring))
    changed = np.abs(pixels(figure.grab()) - before).max(axis=2) > 0.02
    ys, xs = np.nonzero(changed)
    # A ring: as wide as high, and nothing changes in its middle.
    assert abs(np.ptp(xs) - np.ptp(ys)) <= 3
    middle = (round(0.5 * (ys.min() + ys.max())), round(0.5 * (xs.min() + xs.max())))
    assert not changed[middle]
    assert np.ptp(xs) > 0.15 * figure.shin_px
    figure.show_pose(POSE)
    assert np.array_equal(pixels(figure.grab()), before)


def test_the_ring_of_the_far_view_grows_beyond_its_mark(qtbot: QtBot) -> None:
    view = FarView(THEME)
    qtbot.addWidget(view)
    view.resize(1280, 720)
    pictures = []
    for ring in (None, 0.2, 0.8):
        view.show_far(FarFrame(marks=(Mark.GOOD, Mark.GOOD), ring=ring))
        pictures.append(pixels(view.grab()))
    still, begun, later = pictures
    extents = [
        np.ptp(np.nonzero((np.abs(one - still).max(axis=2) > 0.004).any(axis=0))[0])
        for one in (begun, later)
    ]
    assert 0 < extents[0] < extents[1]
