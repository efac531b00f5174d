"""The Review page of a folder with one recorded session, alone in its window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.models.settings import Settings
from gui.pages.app_state import AppState
from gui.pages.review.review_page import ReviewPage
from gui.shell.app import make_application
from tests.gui.pages.review.opened_review import NAME, Show
from tests.gui.recorded_session import analyse_once, recorded


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with one recorded session."""
    analyse_once(monkeypatch)
    folder = tmp_path / "sessions"
    folder.mkdir()
    (folder / NAME).write_bytes(recorded())
    return folder


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Iterator[Show]:
    """Show the page of a folder, alone in its window."""
    shown: list[ReviewPage] = []

    def show_one(folder: Path) -> ReviewPage:
        make_application()
        settings = Settings(first_run_done=True, storage_folder=str(folder))
        state = AppState(settings, tmp_path / "settings.json")
        page = ReviewPage(state)
        state.frame.connect(page.refresh)
        shown.append(page)
        page.resize(1392, 800)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return page

    yield show_one
    for page in shown:
        page.close()
        page.state.close()
        page.deleteLater()


@pytest.fixture
def review(folder: Path, show: Show) -> ReviewPage:
    return show(folder)
