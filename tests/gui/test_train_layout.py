"""Train in every state of a session: no word is cut and nothing overlaps."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from gui.models.settings import Language, Posture, Settings
from gui.models.train_view import Face
from gui.shell.window import MainWindow
from tests.gui.layout import no_layout_fault
from tests.gui.page_scenes import FAULTY
from tests.gui.session_batches import session_batches
from tests.gui.train_window import TrainWindow

pytestmark = pytest.mark.usefixtures("no_bluetooth")

LOOKS: tuple[tuple[tuple[tuple[int, int], ...], float, Language], ...] = (
    (((1440, 900), (1000, 640)), 1.0, "en"),
    (((1280, 720),), 1.0, "de"),
    (((1440, 900),), 2.0, "de"),
    (((1920, 1080),), 2.0, "en"),
    (((3840, 2160),), 1.5, "de"),
)
"""Sizes in pixels of one window, text size, language."""


@pytest.mark.parametrize("posture", ["lying", "seated"])
@pytest.mark.parametrize(("sizes", "scale", "language"), LOOKS)
def test_no_face_of_train_has_a_layout_fault(
    qtbot: QtBot,
    open_window: Callable[[Settings], MainWindow],
    sizes: tuple[tuple[int, int], ...],
    scale: float,
    language: Language,
    posture: Posture,
) -> None:
    settings = Settings(first_run_done=True, text_scale=scale, language=language, posture=posture)
    window = open_window(settings)
    train = TrainWindow(window)

    def look() -> None:
        for size in sizes:
            window.resize(*size)
            train.look()
            no_layout_fault(qtbot, window, size)

    look()
    train.begin()
    seen: set[Face] = set()
    for batch in session_batches(FAULTY, settings):
        train.play([batch])
        if train.page.frame.face not in seen:
            seen.add(train.page.frame.face)
            look()
    assert {Face.CALIBRATING, Face.IN_SET, Face.RESTING, Face.DONE} <= seen
