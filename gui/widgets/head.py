"""The head of the window: the way between the pages, and what is always in sight."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from gui.theme import Theme
from gui.widgets.card import label
from gui.widgets.flow import Flow


class Head(QWidget):
    """The :attr:`ways` on the left, the :attr:`status` on the right.

    Where the window is narrow or the text large they stand below each other, without the name.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(10))
        self._name = label("Toepoint")
        self._name.setFont(theme.font(20, bold=True))
        self._name.setMinimumHeight(theme.px(38))
        self._name.setContentsMargins(0, 0, theme.px(14), 0)
        self.ways = Flow(theme.px(10))
        self.status = QHBoxLayout()
        self.status.setSpacing(theme.px(10))
        self.status.addStretch(1)
        self._box.addWidget(self._name)
        self._box.addLayout(self.ways, 1)
        self._box.addLayout(self.status)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use one line where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Use one line where there is room, also when a text has grown."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        parts = (self._name, self.ways, self.status)
        needed = sum(part.sizeHint().width() for part in parts) + 2 * self._box.spacing()
        fits = needed <= self.width()
        way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != way:
            self._box.setDirection(way)
            self._name.setVisible(fits)
