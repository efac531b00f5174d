"""The head of the window with four sensors: nothing in it is cut, and it keeps one line where it can."""

from collections.abc import Callable
from itertools import chain, pairwise

import pytest
from PySide6.QtWidgets import QApplication, QBoxLayout
from pytestqt.qtbot import QtBot

from gui.models.settings import Language, Settings
from gui.shell.window import MainWindow
from gui.widgets.sensor_pill import Detail, SensorPill
from tests.gui.session_batches import session_batches
from tests.gui.train_window import TrainWindow

pytestmark = pytest.mark.usefixtures("no_bluetooth")

FOUR = "sim:exercise=stiff_legged_deadlift,thigh=yes,pelvis=yes,sets=1,reps=1,seed=3"


@pytest.mark.parametrize("language", ["en", "de"])
def test_four_sensors_have_room_in_the_head(
    qtbot: QtBot, open_window: Callable[..., MainWindow], language: Language
) -> None:
    for scale, one_line in ((1.0, True), (2.0, False)):
        window = open_window(Settings(first_run_done=True, language=language, text_scale=scale))
        window.resize(1280, 720)
        train = TrainWindow(window)
        train.begin()
        batches = session_batches(FOUR)
        train.play([list(chain.from_iterable(batches[: len(batches) // 4]))])
        train.look()
        QApplication.processEvents()
        pills = [pill for pill in window.findChildren(SensorPill) if pill.isVisible()]
        assert len(pills) == 4
        for pill in pills:
            assert pill.width() >= pill.width_of(pill.detail)
            assert pill.geometry().right() <= window.width()
            # What is left out is in the tool tip, and read.
            assert "Hz" in pill.toolTip()
            assert "Hz" in pill.accessibleName()
        head = pills[0].parentWidget()
        assert head is not None
        for pill, other in pairwise(pills):
            assert pill.geometry().right() < other.geometry().left()
        way = QBoxLayout.Direction.LeftToRight
        box = head.layout()
        assert isinstance(box, QBoxLayout)
        assert (box.direction() is way) is one_line


def test_sensors_are_told_apart_by_their_first_letter(
    open_window: Callable[..., MainWindow],
) -> None:
    for language in ("en", "de"):
        window = open_window(Settings(first_run_done=True, language=language))
        pills = window.findChildren(SensorPill)
        for pill in pills:
            pill.set_detail(Detail.INITIAL)
        assert len({pill.words()[0] for pill in pills}) == len(pills)
