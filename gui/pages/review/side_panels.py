"""Panels beside a body; above and below it where the window is narrow or the text large."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.widgets.theme import Theme

SIDE_PX = 244
"""Width of the panels beside the body, at 100 % text size."""
LEAST_BODY_PX = 690
"""Least width of a body beside panels, at 100 % text size; a narrower one gets all of it."""
_LIST_PX, _LEAST_LIST_PX = 134, 120
"""Height of a list above the body, and the least height of one beside it."""
_ANY_PX = 16_777_215
"""QWIDGETSIZE_MAX, Qt's value for no limit."""


class SidePanels(QWidget):
    """Two lists and a foot beside a body.

    In a narrow window the lists are side by side above the body, and the foot is below it.
    """

    def __init__(
        self, theme: Theme, lists: tuple[QWidget, QWidget], foot: QWidget, body: QWidget
    ) -> None:
        super().__init__()
        self._theme = theme
        self._parts = (*lists, foot, body)
        self._narrow: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(14))
        self._grid.setHorizontalSpacing(theme.px(16))
        self._arrange(narrow=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the panels beside the body where there is room."""
        super().resizeEvent(event)
        self._arrange(narrow=event.size().width() < self._theme.px(SIDE_PX + LEAST_BODY_PX))

    def _arrange(self, *, narrow: bool) -> None:
        # Called for every step of a resize, but the grid has only two forms.
        if narrow is self._narrow:
            return
        self._narrow = narrow
        px = self._theme.px
        wide_cells = ((0, 0, 1, 1), (1, 0, 1, 1), (2, 0, 1, 1), (0, 1, 3, 1))
        narrow_cells = ((0, 0, 1, 1), (0, 1, 1, 1), (2, 0, 1, 2), (1, 0, 1, 2))
        for part, cell in zip(self._parts, narrow_cells if narrow else wide_cells, strict=True):
            self._grid.removeWidget(part)
            self._grid.addWidget(part, *cell)
        for part in self._parts[:3]:
            part.setMinimumWidth(0 if narrow else px(SIDE_PX))
            part.setMaximumWidth(_ANY_PX if narrow else px(SIDE_PX))
        for part in self._parts[:2]:
            part.setMinimumHeight(px(_LIST_PX if narrow else _LEAST_LIST_PX))
            part.setMaximumHeight(px(_LIST_PX) if narrow else _ANY_PX)
        for row, stretch in enumerate((0, 1, 0) if narrow else (1, 1, 0)):
            self._grid.setRowStretch(row, stretch)
        for column, stretch in enumerate((1, 1) if narrow else (0, 1)):
            self._grid.setColumnStretch(column, stretch)
