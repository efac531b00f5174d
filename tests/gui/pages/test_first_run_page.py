"""The first page: two ways to begin, and what the program is."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.models.settings import Settings, load_settings, settings_path
from gui.pages.first_run.first_run_page import FirstRunPage
from gui.pages.page_name import PageName
from gui.shell.head import Head
from gui.shell.window import MainWindow

pytestmark = pytest.mark.usefixtures("no_bluetooth")


@pytest.fixture
def first(open_window: Callable[..., MainWindow]) -> MainWindow:
    return open_window(Settings())


def first_page(window: MainWindow) -> FirstRunPage:
    page = window.page
    assert isinstance(page, FirstRunPage)
    return page


def test_the_page_says_what_the_program_is_and_where_data_stay(first: MainWindow) -> None:
    words = " ".join(label.text() for label in first_page(first).findChildren(QLabel))
    assert "not a medical device" in words
    assert str(first.state.settings.recordings_folder) in words
    assert "Stop when something hurts" in words
    assert not settings_path().exists()


def test_trying_it_plays_a_simulated_leg_on_train(qtbot: QtBot, first: MainWindow) -> None:
    qtbot.mouseClick(first_page(first).try_button, Qt.MouseButton.LeftButton)
    assert type(first.page).__name__ == "TrainPage"
    assert first.state.simulated
    assert load_settings().first_run_done
    qtbot.waitUntil(lambda: first.state.live.now > 0.0)


def test_connecting_leads_to_the_sensors_by_keyboard_alone(qtbot: QtBot, first: MainWindow) -> None:
    button = first_page(first).connect_button
    for _ in range(20):
        if button.hasFocus():
            break
        focused: QWidget | None = first.focusWidget()
        qtbot.keyClick(first if focused is None else focused, Qt.Key.Key_Tab)
    assert button.hasFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert type(first.page).__name__ == "SensorsPage"


def test_language_and_text_size_are_on_the_same_page(qtbot: QtBot, first: MainWindow) -> None:
    page = first_page(first)
    qtbot.mouseClick(page.text_size.button(1.5), Qt.MouseButton.LeftButton)
    assert first_page(first) is not page
    assert first.state.theme.text_scale == 1.5
    qtbot.mouseClick(first_page(first).language.button("de"), Qt.MouseButton.LeftButton)
    assert first_page(first).connect_button.text() == "Meine Sensoren verbinden"


def test_a_page_opened_first_leads_to_the_others(qtbot: QtBot, first: MainWindow) -> None:
    head = first.findChild(Head)
    assert head is not None
    assert not head.isVisible()
    first.show_page(PageName.TRAIN)
    qtbot.waitUntil(head.isVisible)
    first.state.change(theme="light")
    assert type(first.page).__name__ == "TrainPage"
    assert not load_settings().first_run_done  # the first page is shown the next time


def test_the_first_page_is_not_shown_again(window: MainWindow) -> None:
    assert not isinstance(window.page, FirstRunPage)
