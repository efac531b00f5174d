"""The four verdicts as shapes, so that their meaning does not depend on colour."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.widgets.theme import Theme
from processing.judge.checks import Grade


class Mark(StrEnum):
    """The shape of a verdict; the value names its colour in the palette."""

    GOOD = "good"
    """A filled circle."""
    NEAR = "near"
    """A triangle."""
    MISS = "miss"
    """A square."""
    NOT_JUDGED = "not_judged"
    """A ring."""


MARKS = {
    Grade.GOOD: Mark.GOOD,
    Grade.NOTE: Mark.GOOD,
    Grade.NEAR: Mark.NEAR,
    Grade.MISS: Mark.MISS,
    Grade.NOT_JUDGED: Mark.NOT_JUDGED,
}
"""The shape of each grade; a note does not change the shape of a good rep."""


def draw_mark(painter: QPainter, theme: Theme, mark: Mark, box: QRectF) -> None:
    """Draw ``mark`` so that it fills ``box``."""
    color = theme.color(mark.value)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    if mark is Mark.GOOD:
        painter.drawEllipse(box)
    elif mark is Mark.NEAR:
        apex = QPointF(box.center().x(), box.top())
        painter.drawPolygon(QPolygonF([apex, box.bottomRight(), box.bottomLeft()]))
    elif mark is Mark.MISS:
        painter.drawRoundedRect(box, box.width() * 0.12, box.width() * 0.12)
    else:
        width = box.width() * 0.18
        painter.setPen(QPen(color, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # A pen paints half of its width outside: the ring must not be larger than the disc.
        inset = width / 2
        painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
    painter.restore()


class MarkWidget(QWidget):
    """The shape of a verdict, ``pixels`` high. The words beside it tell screen readers its meaning."""

    def __init__(self, theme: Theme, mark: Mark, pixels: float = 14.0) -> None:
        super().__init__()
        self._theme, self._mark = theme, mark
        self._size = theme.px(pixels)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_mark(mark)

    def show_mark(self, mark: Mark) -> None:
        """Show another verdict."""
        self._mark = mark
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the shape."""
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shape."""
        draw_mark(QPainter(self), self._theme, self._mark, QRectF(0, 0, self._size, self._size))
