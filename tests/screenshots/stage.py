"""A window whose sessions wait while a picture is taken, without access to a person's files."""

import math
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from gui.models.settings import Settings
from gui.pages.page import Page
from gui.pages.page_name import PageName
from gui.shell.app import make_application, make_window
from gui.shell.page_table import PAGES
from gui.shell.window import MainWindow
from tests.display.pixels import captured
from tests.paced_session import Pacer
from tests.patience import PATIENCE_S

USUAL_SIZE = (1440, 900)
STORAGE = "/home/you/Toepoint"
"""The folder of the recordings that pictures show."""


class Stage:
    """A sequence of windows that keep their files in ``folder``.

    Parameters
    ----------
    folder
        For everything that the window saves.
    size
        The size of the windows, where a scene does not ask for another one.
    settings
        Settings of all windows, where a scene does not ask for others.
    """

    def __init__(
        self,
        folder: Path,
        size: tuple[int, int] = USUAL_SIZE,
        settings: Mapping[str, object] | None = None,
    ) -> None:
        self._size, self._settings = size, settings or {}
        for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{kind}_HOME"] = str(folder / kind.lower())
        # No Bluetooth service answers here, so that the pictures are the same on every computer.
        os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = f"unix:path={folder / 'nobody'}"
        make_application()
        self._pacer = Pacer()
        self._now_s = 0.0
        self._window: MainWindow | None = None
        self._opener = patch("gui.pages.app_state.open_source", self._pacer.open_source)
        self._opener.start()

    @property
    def window(self) -> MainWindow:
        """The window that is open."""
        assert self._window is not None
        return self._window

    def open(
        self, page: PageName | None, size: tuple[int, int] | None = None, **settings: object
    ) -> Page:
        """Replace the window by a new one on ``page``; None is the first run."""
        self.close()
        values = {"first_run_done": page is not None, "storage_folder": STORAGE}
        values |= {**self._settings, **settings}
        self._window = make_window(Settings(**values))  # type: ignore[arg-type]  # checked by use
        # From here on only the stage polls the window.
        self._window.state._timer.stop()
        self._window.resize(*(size or self._size))
        if page is not None:
            self._window.show_page(page)
        self._window.show()
        self.settle()
        return self._window.page

    def show(self, page: PageName) -> None:
        """Show ``page`` if another one is shown; showing it again would move the focus."""
        if type(self.window.page).__name__ != PAGES[page].class_name:
            self.window.show_page(page)

    def play(self, source: str, until_s: float) -> None:
        """Start a session and play it up to ``until_s``."""
        self.window.state.start(source, record=False, speed=None)
        self.go_on(until_s)

    def go_on(self, until_s: float) -> None:
        """Play the session up to ``until_s``."""
        self._pacer.play_until(until_s, self.window.state.session)
        self._now_s = until_s
        self.settle()

    def change(self, **values: object) -> None:
        """Change settings of the open window."""
        self.window.state.change(**values)
        self.settle()

    def wait(self, condition: Callable[[], bool]) -> None:
        """Process events until ``condition`` holds."""
        end = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < end, "it takes too long"
            self.settle()
            time.sleep(0.02)

    def settle(self) -> None:
        """Let the window take the output of the session and lay itself out.

        A session that waits for the stage must not look as if its sensors were silent.
        """
        state = self.window.state
        state.started_s = time.monotonic() - self._now_s
        for _ in range(2):
            state.poll()
            # However long the painting takes on a busy machine.
            state.train.silence.heard_wall_s = math.inf
            self.window.page.refresh()
            QApplication.processEvents()
            _delete()

    def picture(self, window: QWidget | None = None) -> QImage:
        """Return what the screen shows of ``window``, or of the main window."""
        self.settle()
        return captured(window or self.window)

    def close(self) -> None:
        """Close the window."""
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None
            _delete()

    def end(self) -> None:
        """Close everything."""
        self.close()
        self._opener.stop()


def _delete() -> None:
    """Delete now the objects marked to be deleted later, which happens only inside an event loop."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
