"""The main window: the pages, the way between them, and what is always in sight."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.pages.page import Page
from gui.state import AppState
from gui.widgets.card import label
from gui.widgets.sensor_pill import SensorPill
from sensor.types import Segment

PageMaker = Callable[[AppState], Page]
SMALLEST = (1000, 640)


class MainWindow(QMainWindow):
    """Shows ``pages``, pairs of a name and what makes the page."""

    def __init__(self, state: AppState, pages: Sequence[tuple[str, PageMaker]]) -> None:
        super().__init__()
        self.state = state
        self._makers = list(pages)
        self.setWindowTitle("Toepoint")
        self.setMinimumSize(*SMALLEST)
        self._build(0)
        state.frame.connect(self._refresh)
        state.session_ended.connect(self._show_error)
        state.settings_changed.connect(self._rebuild)
        state.page_wanted.connect(self.show_page)

    def show_page(self, name: str) -> None:
        """Show the page called ``name``."""
        names = [n for n, _ in self._makers]
        self._buttons.button(names.index(name)).click()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        page = self._stack.currentWidget()
        assert isinstance(page, Page)  # noqa: S101 - only pages are added
        return page

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the session and close its recording; nothing is asked, nothing is lost."""
        self.state.close()
        event.accept()

    def _build(self, shown: int) -> None:
        theme, px = self.state.theme, self.state.theme.px
        central = QWidget()
        central.setObjectName("page")
        outer = QVBoxLayout(central)
        outer.setContentsMargins(px(24), px(14), px(24), px(20))
        outer.setSpacing(px(14))
        self._stack = QStackedWidget()
        self._buttons = QButtonGroup(central)
        head = QHBoxLayout()
        head.setSpacing(px(10))
        name = label("Toepoint")
        name.setFont(theme.font(20, bold=True))
        head.addWidget(name)
        head.addSpacing(px(24))
        for at, (title, make) in enumerate(self._makers):
            button = QPushButton(title)
            button.setProperty("role", "nav")
            button.setCheckable(True)
            button.setAccessibleName(title)
            self._buttons.addButton(button, at)
            head.addWidget(button)
            self._stack.addWidget(make(self.state))
            shortcut = QShortcut(QKeySequence(f"Ctrl+{at + 1}"), central)
            shortcut.activated.connect(button.click)
        self._buttons.idClicked.connect(self._stack.setCurrentIndex)
        head.addStretch(1)
        self._notice = label("", "muted")
        self._notice.setAccessibleName(self.tr("Notice"))
        head.addWidget(self._notice)
        self._pills = {
            Segment.SHIN: SensorPill(theme, self.tr("SHIN")),
            Segment.FOOT: SensorPill(theme, self.tr("FOOT")),
        }
        for pill in self._pills.values():
            head.addWidget(pill)
        self._clock = QLabel()
        self._clock.setFont(theme.font(15, bold=True))
        self._clock.setAccessibleName(self.tr("Recording"))
        head.addWidget(self._clock)
        outer.addLayout(head)
        outer.addWidget(self._stack, 1)
        self.setCentralWidget(central)
        self._buttons.button(shown).setChecked(True)
        self._stack.setCurrentIndex(shown)

    def _rebuild(self) -> None:
        """Make everything anew in another theme, size or language."""
        self._build(self._stack.currentIndex())

    def _refresh(self) -> None:
        state = self.state
        for segment, pill in self._pills.items():
            pill.show_status(state.live.sensors.get(segment) if state.session else None)
        if state.session is not None:
            minutes, seconds = divmod(int(time.monotonic() - state.started_s), 60)
            dot = "● " if state.recording is not None else ""
            self._clock.setText(f"{dot}{minutes}:{seconds:02d}")
            self._notice.setText(self.tr("simulated") if state.simulated else "")
        else:
            self._clock.setText("")
        self.page.refresh()

    def _show_error(self, error: str) -> None:
        self._notice.setText(error)
        self._notice.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
