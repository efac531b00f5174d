"""An alarm in one line that is hard to miss and covers nothing."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.widgets.shapes import Mark, draw_mark
from gui.widgets.theme import Theme


class AlarmStrip(QWidget):
    """A line with a shape and words; its place stays while there is no alarm."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text, self._mark = "", Mark.MISS
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("")

    def say(self, text: str, mark: Mark = Mark.MISS) -> None:
        """Show ``text`` with the shape of ``mark``; an empty one clears the strip."""
        if (text, mark) == (self._text, self._mark):
            return
        self._text, self._mark = text, mark
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a line."""
        return QSize(self._theme.px(300), self._theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        if not self._text:
            return
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("stop" if self._mark is Mark.MISS else "raised"))
        painter.drawRoundedRect(box, px(8), px(8))
        size = px(14)
        mark = QRectF(box.left() + px(12), box.center().y() - size / 2, size, size)
        draw_mark(painter, theme, self._mark, mark)
        inner = box.adjusted(px(36), 0, -px(12), 0)
        font = theme.font(15, bold=True)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        needed = painter.fontMetrics().horizontalAdvance(self._text)
        # An alarm that ends in dots may hide which sensor it is.
        if needed > inner.width():
            font.setPixelSize(max(int(font.pixelSize() * inner.width() / needed), 8))
            painter.setFont(font)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, self._text)
