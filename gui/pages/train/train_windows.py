"""The extra windows of Train: the far view, and one for the coach."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.app_state import AppState
from gui.pages.train.coach_view import CoachView
from gui.pages.train.far_view import FarView
from gui.pages.train.train_frame import TrainFrame
from gui.widgets.window_geometry import place_of, restore

FAR, COACH = "far", "coach"


class ExtraWindow(QWidget):
    """A separate window with ``content``; ``refresh`` is called each frame while it is visible.

    Escape closes it; the keys of Train work in it as well. Its place and monitor are saved under
    its ``name``.
    """

    def __init__(
        self,
        owner: QWidget,
        state: AppState,
        content: QWidget,
        refresh: Callable[[], None],
        name: str,
    ) -> None:
        # A child of Train, so that the main window finds and closes it.
        super().__init__(owner, Qt.WindowType.Window)
        self._state, self._name = state, name
        self.content = content
        self._refresh = refresh
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(content)
        # F11, since other programs leave their full screen with it.
        for key in ("Esc", "F11"):
            QShortcut(QKeySequence(key), self).activated.connect(self.close)
        state.frame.connect(self._look)

    def hideEvent(self, event: QHideEvent) -> None:
        """Save the place of the window."""
        self._state.keep_place(self._name, place_of(self))
        super().hideEvent(event)

    def _look(self) -> None:
        if self.isVisible():
            self._refresh()


def far_window(owner: QWidget, state: AppState, frame: TrainFrame) -> ExtraWindow:
    """Return the window that is read from three metres."""
    view = FarView(state.theme)

    def refresh() -> None:
        frame.update(time.monotonic())
        view.show_far(frame.far(simulated=state.simulated))

    window = ExtraWindow(owner, state, view, refresh, FAR)
    title = QCoreApplication.translate("ExtraWindow", "Toepoint far view")
    window.setWindowTitle(title)
    restore(window, state.settings.place(FAR), QSize(1280, 720))
    return window


def coach_window(
    owner: QWidget, state: AppState, frame: TrainFrame, mark: Callable[[], None]
) -> ExtraWindow:
    """Return the window for a coach; ``mark`` is called by its button."""
    view = CoachView(state.theme)
    view.mark_button.clicked.connect(mark)

    def refresh() -> None:
        frame.update(time.monotonic())
        view.show_live(state.live, frame, simulated=state.simulated)

    window = ExtraWindow(owner, state, view, refresh, COACH)
    title = QCoreApplication.translate("ExtraWindow", "Toepoint for the coach")
    window.setWindowTitle(title)
    restore(window, state.settings.place(COACH), QSize(1200, 860))
    return window
