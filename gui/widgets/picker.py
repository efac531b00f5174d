"""A choice of one among many: a list that opens."""

import sys

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from gui.widgets.plain_text import plain_tip
from gui.widgets.theme import Theme

LEAST_LETTERS = 8
"""A picker has room for so many letters at least."""


class Picker(QComboBox):
    """A combo box with an arrow in the colour of the theme.

    It asks for the room of the entry that is chosen, and not of its longest one: a long protocol name would
    widen the whole column. Where there is less room, the entry ends in dots, and a tooltip has the whole.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tip = ""
        self.setProperty("role", "picker")
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LEAST_LETTERS)
        self.currentTextChanged.connect(lambda _: self.updateGeometry())

    def setAccessibleName(self, name: str, /) -> None:
        """Name the box for screen readers."""
        super().setAccessibleName(name)
        # On Linux Qt gives the value as the name of a combo box; the description is read after it.
        if sys.platform not in ("win32", "darwin"):
            self.setAccessibleDescription(name)

    def sizeHint(self) -> QSize:
        """Return the size with room for the entry that is chosen."""
        least, metrics = super().sizeHint(), self.fontMetrics()
        room = least.width() - self._text_width(least)
        return QSize(
            max(least.width(), metrics.horizontalAdvance(self.currentText()) + room + 2),
            least.height(),
        )

    def showPopup(self) -> None:
        """Open the list, wide enough for every entry."""
        self.view().setMinimumWidth(
            self.view().sizeHintForColumn(self.modelColumn()) + self._theme.px(24)
        )
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box and its arrow."""
        shown, whole = self._elided(), self.currentText()
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = shown
        styled = QStylePainter(self)
        styled.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        styled.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        styled.end()
        tip = plain_tip(whole) if shown != whole else ""
        if tip != self._tip:
            self._tip = tip
            self.setToolTip(tip)
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

    def _text_width(self, size: QSize) -> int:
        """Return the width of the text in a box of a ``size``."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.rect.setSize(size)
        part = QStyle.SubControl.SC_ComboBoxEditField
        kind = QStyle.ComplexControl.CC_ComboBox
        return self.style().subControlRect(kind, option, part, self).width()

    def _elided(self) -> str:
        """Return the entry that is chosen as far as there is room."""
        room = self._text_width(self.size())
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
