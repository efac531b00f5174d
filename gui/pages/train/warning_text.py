"""A warning that is painted into whatever room there is: it moves nothing else on the page."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.widgets.plain_text import plain_tip
from gui.widgets.shapes import Mark, draw_mark
from gui.widgets.theme import Theme

_USUAL_PX, _LEAST_PX = 16, 11
"""The text is as large as its room allows, between these sizes at 100 % text size."""
_MARK_PX = 14


class WarningText(QWidget):
    """A triangle and a :attr:`text` of several lines beside it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.text = ""
        # A label that breaks its lines would make the whole page ask for another height.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def say(self, text: str) -> None:
        """Show another text."""
        if text == self.text:
            return
        self.text = text
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(text))
        self.update()

    def sizeHint(self) -> QSize:
        """Return no size: it takes the room of the tiles."""
        return QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark and text."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        draw_mark(painter, theme, Mark.NEAR, QRectF(0, px(4), px(_MARK_PX), px(_MARK_PX)))
        left = px(_MARK_PX + 10)
        box = QRectF(left, 0, self.width() - left, self.height())
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        for size in range(_USUAL_PX, _LEAST_PX - 1, -1):
            font = theme.font(size)
            needed = QFontMetricsF(font).boundingRect(box, int(flags), self.text)
            if needed.height() <= box.height():
                break
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        painter.drawText(box, int(flags), self.text)
