"""A choice of one among many: a list that opens."""

import sys

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox

from gui.widgets.theme import Theme


class Picker(QComboBox):
    """A combo box with an arrow in the colour of the theme.

    It does not grow with its longest entry: a long protocol name would widen the whole column.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "picker")
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def setAccessibleName(self, name: str, /) -> None:
        """Name the box for screen readers."""
        super().setAccessibleName(name)
        # On Linux Qt gives the value as the name of a combo box; the description is read after it.
        if sys.platform not in ("win32", "darwin"):
            self.setAccessibleDescription(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box and its arrow."""
        super().paintEvent(event)
        px = self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.color("muted"), px(2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        x, y = self.width() - px(17), self.height() / 2 + px(2)
        half = px(5)
        points = [QPointF(x - half, y - half), QPointF(x, y), QPointF(x + half, y - half)]
        painter.drawPolyline(QPolygonF(points))
