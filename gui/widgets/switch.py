"""A switch with its words: the place of the knob and a tick show whether it is on, not colour."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox

from gui.widgets.theme import Theme


class Switch(QCheckBox):
    """A check box that looks like a switch.

    It stays a check box for the keyboard and for screen readers.
    """

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text)
        self._theme = theme
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """Return the size of the switch and its text."""
        px = self._theme.px
        text = QFontMetrics(self._theme.font(15)).size(0, self.text())
        return QSize(px(56) + text.width() + px(6), max(px(30), text.height()))

    def minimumSizeHint(self) -> QSize:
        """Return the size hint: the words must be readable."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint, /) -> bool:
        """Return whether a click at ``pos`` counts: on the words too."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the switch."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        groove = QRectF(px(2), (self.height() - px(22)) / 2, px(42), px(22))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("text"), px(2)))
        else:
            painter.setPen(QPen(theme.color("good" if on else "muted"), px(1.5)))
        painter.setBrush(theme.color("good" if on else "raised"))
        painter.drawRoundedRect(groove, groove.height() / 2, groove.height() / 2)
        size = px(14)
        x = groove.right() - size - px(4) if on else groove.left() + px(4)
        knob = QRectF(x, groove.center().y() - size / 2, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("ground" if on else "muted"))
        painter.drawEllipse(knob)
        if on:
            painter.setPen(QPen(theme.color("ground"), px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            y = groove.center().y()
            left = groove.left() + px(8)
            tick = [
                QPointF(left, y),
                QPointF(left + px(4), y + px(4)),
                QPointF(left + px(11), y - px(4)),
            ]
            painter.drawPolyline(QPolygonF(tick))
        painter.setPen(theme.color("text" if self.isEnabled() else "muted"))
        painter.setFont(theme.font(15))
        words = QRectF(px(56), 0, self.width() - px(56), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
