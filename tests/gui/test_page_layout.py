"""No word is cut, nothing overlaps, and keyboard and screen reader reach every control."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.models.settings import ColourTheme, Language, Settings
from gui.pages.first_run.first_run_page import FirstRunPage
from gui.pages.page_name import PageName
from gui.shell.window import MainWindow
from tests.gui.accessibility import unread
from tests.gui.layout import no_layout_fault, unreachable
from tests.gui.page_scenes import keep_recordings, show_full

pytestmark = pytest.mark.usefixtures("no_bluetooth")

Look: TypeAlias = tuple[tuple[tuple[int, int], ...], float, Language, ColourTheme]
LOOKS: tuple[Look, ...] = (
    (((1440, 900), (1000, 640)), 1.0, "en", "dark"),
    (((1280, 720),), 1.0, "de", "light"),
    (((1280, 720), (1440, 900)), 2.0, "de", "dark"),
    (((1920, 1080),), 2.0, "en", "light"),
    (((3840, 2160),), 1.5, "de", "dark"),
)
"""Sizes in pixels of one window, text size, language, theme."""

Opener = Callable[[Settings], MainWindow]


@pytest.fixture
def recordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two recordings."""
    folder = tmp_path / "recordings"
    keep_recordings(folder, monkeypatch)
    return folder


def settings_of(look: Look, folder: Path, *, first_run_done: bool = True) -> Settings:
    _, scale, language, theme = look
    return Settings(
        first_run_done=first_run_done,
        text_scale=scale,
        language=language,
        theme=theme,
        storage_folder=str(folder),
    )


def no_layout_fault_at(qtbot: QtBot, window: MainWindow, look: Look) -> None:
    """Look at the window in all its sizes; see ``tests/gui/layout.py``."""
    for size in look[0]:
        window.resize(*size)
        # What scrolls or wraps is laid out again by events.
        QApplication.processEvents()
        no_layout_fault(qtbot, window, size)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("page", PageName)
def test_no_word_of_a_page_is_cut_nothing_overlaps_and_each_control_has_a_name(
    qtbot: QtBot, open_window: Opener, recordings: Path, page: PageName, look: Look
) -> None:
    window = open_window(settings_of(look, recordings))
    window.resize(*look[0][0])
    show_full(qtbot, window, page)
    no_layout_fault_at(qtbot, window, look)
    # Here too, where the page is there already: the languages have names of their own.
    assert unread(window) == []


@pytest.mark.parametrize("look", LOOKS)
def test_no_word_of_the_first_run_is_cut_and_nothing_overlaps(
    qtbot: QtBot, open_window: Opener, tmp_path: Path, look: Look
) -> None:
    window = open_window(settings_of(look, tmp_path, first_run_done=False))
    assert isinstance(window.page, FirstRunPage)
    no_layout_fault_at(qtbot, window, look)


@pytest.mark.parametrize("look", LOOKS)
def test_no_word_of_the_first_steps_is_cut_and_nothing_overlaps(
    qtbot: QtBot, open_window: Opener, tmp_path: Path, look: Look
) -> None:
    window = open_window(replace(settings_of(look, tmp_path), first_step="train"))
    qtbot.waitUntil(window.steps.isVisible)
    no_layout_fault_at(qtbot, window, look)


@pytest.mark.parametrize("page", PageName)
def test_the_keyboard_reaches_every_control_of_a_page_and_each_has_a_name_and_a_role(
    qtbot: QtBot, open_window: Opener, recordings: Path, page: PageName
) -> None:
    window = open_window(replace(settings_of(LOOKS[0], recordings), language="de"))
    assert unreachable(qtbot, window, show_full(qtbot, window, page)) == []
    assert unread(window) == []


def test_the_keyboard_reaches_every_control_of_the_first_run(
    qtbot: QtBot, open_window: Opener, tmp_path: Path
) -> None:
    window = open_window(settings_of(LOOKS[0], tmp_path, first_run_done=False))
    assert unreachable(qtbot, window, window.page) == []
