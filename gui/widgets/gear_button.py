"""The way to the settings: a gear."""

import math

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton

from gui.theme import Theme

TEETH = 8


class GearButton(QPushButton):
    """A round checkable button with a gear; ``name`` is what screen readers say."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(theme.px(40), theme.px(40))

    def sizeHint(self) -> QSize:
        """Return the size of the circle."""
        return QSize(self._theme.px(40), self._theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the gear."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.setPen(QPen(theme.color("text"), px(2)) if self.hasFocus() else Qt.PenStyle.NoPen)
        shown = self.isChecked()
        painter.setBrush(theme.color("selected") if shown else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, px(18), px(18))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("text" if shown or self.underMouse() else "muted"))
        gear = _gear(middle, px(10), px(7.5))
        hole = QPainterPath()
        hole.addEllipse(middle, px(3.4), px(3.4))
        painter.drawPath(gear.subtracted(hole))


def _gear(middle: QPointF, outer: float, inner: float) -> QPainterPath:
    path = QPainterPath()
    step = 2.0 * math.pi / TEETH
    for tooth in range(TEETH):
        for share, radius in ((0.10, inner), (0.22, outer), (0.52, outer), (0.64, inner)):
            angle = (tooth + share) * step
            point = middle + QPointF(radius * math.cos(angle), radius * math.sin(angle))
            if path.elementCount() == 0:
                path.moveTo(point)
            else:
                path.lineTo(point)
    path.closeSubpath()
    return path
