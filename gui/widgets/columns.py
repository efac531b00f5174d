"""Columns side by side; one below the other where the window is narrow or the text large."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.widgets.theme import Theme

LEAST_COLUMN_PX = 405
"""Least width of a column at 100 % text size; narrower ones go below each other."""


class Columns(QWidget):
    """Columns with the relative widths ``shares``; add widgets to :meth:`column`."""

    def __init__(self, theme: Theme, shares: tuple[int, ...]) -> None:
        super().__init__()
        self._theme = theme
        self._least_px = LEAST_COLUMN_PX
        self._holders: list[QWidget] = []
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(16))
        self._columns: list[QVBoxLayout] = []
        for share in shares:
            holder = QWidget()
            # Words must not decide how wide a column is.
            holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.px(16))
            self._columns.append(column)
            self._holders.append(holder)
            self._box.addWidget(holder, share)

    def column(self, at: int) -> QVBoxLayout:
        """Return the layout of a column."""
        return self._columns[at]

    def set_shares(self, shares: tuple[int, ...], least_px: int = LEAST_COLUMN_PX) -> None:
        """Change the relative widths and the least one; a column without a share is hidden."""
        self._least_px = least_px
        for at, share in enumerate(shares):
            self._box.setStretch(at, share)
            self._holders[at].setHidden(share == 0)
        self._arrange(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the columns side by side where there is room."""
        self._arrange(event.size().width())
        super().resizeEvent(event)

    def _arrange(self, width: int) -> None:
        shown = sum(not holder.isHidden() for holder in self._holders)
        narrow = width < self._theme.px(self._least_px) * shown
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)


def scrolled_columns(page: QWidget, theme: Theme, shares: tuple[int, ...]) -> Columns:
    """Fill ``page`` with columns that scroll up and down where there is no room; return them."""
    content = QWidget()
    columns = Columns(theme, shares)
    inner = QVBoxLayout(content)
    inner.setContentsMargins(0, 0, 0, 0)
    inner.addWidget(columns)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scrolled(content))
    return columns


def scrolled(content: QWidget) -> QScrollArea:
    """Return an area that scrolls ``content`` up and down where there is no room, never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # The area itself has nothing to do with the keys; a tab stop on it would seem lost.
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    # Qt fills both with its own ground, over that of the page.
    for widget in (area.viewport(), content):
        widget.setAutoFillBackground(False)
    return area
