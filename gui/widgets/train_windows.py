"""The windows beside Train: the one that is read from afar, and the one for the coach."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.train_shown import TrainShown
from gui.state import AppState
from gui.widgets.coach_view import CoachView
from gui.widgets.far_view import FarView


class BesideWindow(QWidget):
    """A window of its own with ``content``, which ``refresh`` shows the news while it is visible.

    Escape closes it; the keys of Train work in it as well.
    """

    def __init__(
        self, owner: QWidget, state: AppState, content: QWidget, refresh: Callable[[], None]
    ) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        self.content = content
        self._refresh = refresh
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(content)
        for key in ("Esc", "F11"):
            QShortcut(QKeySequence(key), self).activated.connect(self.close)
        state.frame.connect(self._look)

    def _look(self) -> None:
        if self.isVisible():
            self._refresh()


def far_window(owner: QWidget, state: AppState, shown: TrainShown) -> BesideWindow:
    """Return the window that is read from three metres."""
    view = FarView(state.theme)

    def refresh() -> None:
        shown.look(time.monotonic())
        view.show_far(shown.far(simulated=state.simulated))

    window = BesideWindow(owner, state, view, refresh)
    title = QCoreApplication.translate("BesideWindow", "Toepoint from afar")
    window.setWindowTitle(title)
    window.resize(1280, 720)
    return window


def coach_window(
    owner: QWidget, state: AppState, shown: TrainShown, mark: Callable[[], None]
) -> BesideWindow:
    """Return the window for a coach; ``mark`` is called by its button."""
    view = CoachView(state.theme)
    view.mark_button.clicked.connect(mark)

    def refresh() -> None:
        shown.look(time.monotonic())
        view.show_live(state.live, shown, simulated=state.simulated)

    window = BesideWindow(owner, state, view, refresh)
    title = QCoreApplication.translate("BesideWindow", "Toepoint for the coach")
    window.setWindowTitle(title)
    window.resize(1200, 860)
    return window
