"""A round button with a picture and no visible words."""

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton

from gui.widgets.theme import Theme

SIZE_PX = 40
Picture: TypeAlias = Callable[[QPointF, float, bool], QPainterPath]
"""Returns the picture around a middle, 20 units wide, by the unit and whether the button is checked."""


class RoundButton(QPushButton):
    """A checkable round button with a picture.

    Screen readers and the tool tip say ``name``. A ``lit`` button has a bright plate while checked.
    """

    def __init__(self, theme: Theme, name: str, picture: Picture, *, lit: bool) -> None:
        super().__init__()
        self._theme, self._picture, self._lit = theme, picture, lit
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return the size of the circle."""
        return QSize(self._theme.px(SIZE_PX), self._theme.px(SIZE_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plate and the picture."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.setPen(QPen(theme.color("text"), px(2)) if self.hasFocus() else Qt.PenStyle.NoPen)
        lit = self._lit and self.isChecked()
        painter.setBrush(theme.color("selected") if lit else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, px(18), px(18))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("text" if lit or self.underMouse() else "muted"))
        painter.drawPath(self._picture(middle, theme.px(100) / 100, self.isChecked()))
