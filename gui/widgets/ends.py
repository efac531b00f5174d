"""A row with a left and a right end; two rows where there is no room for one."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from gui.widgets.flow_layout import FlowLayout


class Ends(QWidget):
    """A row: add to :attr:`left` and :attr:`right`, which are ``spacing`` pixels apart."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self.box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(spacing)
        self.left = FlowLayout(spacing)
        self.right = QHBoxLayout()
        self.right.setSpacing(spacing)
        self.right.addStretch(1)
        self.box.addLayout(self.left, 1)
        self.box.setAlignment(self.left, Qt.AlignmentFlag.AlignVCenter)
        self.box.addLayout(self.right)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the wider end: the two may stand below each other."""
        parts = (self.left.minimumSize(), self.right.minimumSize())
        return QSize(max(part.width() for part in parts), self.box.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use one row where there is room."""
        super().resizeEvent(event)
        self.arrange()

    def event(self, event: QEvent) -> bool:
        """Use one row where there is room, also when a text has grown."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.arrange()
        return super().event(event)

    def needed(self) -> int:
        """Return the width of one row, in pixels."""
        parts = (self.left.sizeHint(), self.right.sizeHint())
        return sum(part.width() for part in parts) + self.box.spacing()

    def arrange(self) -> bool:
        """Use one row where there is room, else two; return whether it is one."""
        fits = self.needed() <= self.width()
        way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self.box.direction() != way:
            self.box.setDirection(way)
        return fits
