"""What the tests of the window share: folders of their own, and a window that is closed again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.app import make_window
from gui.settings import Settings
from gui.window import MainWindow

AFTER_FIRST_RUN = Settings(first_run_done=True)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lead every platform folder into ``tmp_path``: no test touches a person's own files."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("APPDATA", str(home / "roaming"))
    monkeypatch.setenv("LOCALAPPDATA", str(home / "local"))
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    return home


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[Callable[..., MainWindow]]:
    """Open windows that are closed at the end of the test."""
    opened: list[MainWindow] = []

    def open_one(settings: Settings | None = AFTER_FIRST_RUN) -> MainWindow:
        window = make_window(settings)
        window.resize(1440, 900)
        opened.append(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    yield open_one
    for window in opened:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(open_window: Callable[..., MainWindow]) -> MainWindow:
    """A window after the first run."""
    return open_window()
