"""A line with a shape: an alarm that is hard to miss and covers nothing, or whether all is ready."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.widgets.shapes import Mark, draw_mark
from gui.widgets.theme import Theme

_MOST_PX, _LEAST_PX = 15.0, 8.0
"""Height of the letters, at 100 % text size."""


class MarkedStrip(QWidget):
    """A line with a shape and words; its place stays while there are none."""

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
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.setFont(self._fitting(inner, flags))
        painter.setPen(theme.color("text"))
        painter.drawText(inner, flags, self._text)

    def _fitting(self, box: QRectF, flags: int) -> QFont:
        """Return the largest font in which the text fits in one or two lines."""
        font = self._theme.font(_MOST_PX, bold=True)
        least = self._theme.px(_LEAST_PX)
        # An alarm that ends in dots may hide which sensor it is.
        while font.pixelSize() > least:
            room = QRectF(0, 0, box.width(), 1e4)
            needed = QFontMetricsF(font).boundingRect(room, flags, self._text)
            if needed.height() <= box.height():
                break
            font.setPixelSize(font.pixelSize() - 1)
        return font
