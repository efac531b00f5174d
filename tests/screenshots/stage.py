"""A window whose sessions stand still while a picture is taken. Nothing of it touches a person's files."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from gui.models.settings import Settings
from gui.pages.page import Page
from gui.pages.page_name import PageName
from gui.shell.app import make_application, make_window
from gui.shell.page_table import PAGES
from gui.shell.window import MainWindow
from tests.paced import PATIENCE_S, Pacer

USUAL_SIZE = (1440, 900)
STORAGE = "/home/you/Toepoint"
"""What pictures show as the folder of the recordings."""


class Stage:
    """Opens one window after the other; ``folder`` takes whatever they want to keep."""

    def __init__(self, folder: Path) -> None:
        for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{kind}_HOME"] = str(folder / kind.lower())
        # No Bluetooth service answers here, on whichever computer the pictures are made.
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
        self, page: PageName | None, size: tuple[int, int] = USUAL_SIZE, **settings: object
    ) -> Page:
        """Open a window, in place of the one before, on ``page``; None is the first run."""
        self.close()
        values = {"first_run_done": page is not None, "storage_folder": STORAGE, **settings}
        self._window = make_window(Settings(**values))  # type: ignore[arg-type]  # checked by use
        # From here on only the stage asks for news.
        self._window.state._timer.stop()
        self._window.resize(*size)
        if page is not None:
            self._window.show_page(page)
        self._window.show()
        self.settle()
        return self._window.page

    def show(self, page: PageName) -> None:
        """Show the page called ``page`` if another one is shown: showing it again moves the focus."""
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
        """Let the window work until ``condition`` holds."""
        end = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < end, "it takes too long"
            self.settle()
            time.sleep(0.02)

    def settle(self) -> None:
        """Let the window take the news and lay itself out.

        A session that waits for the stage must not look as if it went on without its sensors.
        """
        state = self.window.state
        state.train._heard_wall_s = time.monotonic()
        state.started_s = time.monotonic() - self._now_s
        for _ in range(2):
            state.poll()
            QApplication.processEvents()
            _delete()

    def picture(self, widget: QWidget | None = None) -> QPixmap:
        """Return what ``widget``, or else the window, looks like."""
        self.settle()
        return (widget or self.window).grab()

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
    """Delete at once what is to be deleted later: outside of an event loop, later is never."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
