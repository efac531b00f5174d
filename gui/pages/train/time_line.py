"""The times below a plot of the last seconds."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.widgets.theme import Theme

_HEIGHT = 24.0
"""At 100 % text size, in pixels."""
_STEP_S = 5
"""From one time to the next."""


class TimeLine(QWidget):
    """A line of times, from ``seconds`` before now to now."""

    def __init__(self, theme: Theme, seconds: float) -> None:
        super().__init__()
        self._theme, self._seconds = theme, seconds
        self._left, self._right = 0.0, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        # It fills itself, so that the card behind it is not painted with every frame.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_sides(self, left: float, right: float) -> None:
        """Use the left and right side of the plot, in pixels."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the line."""
        return QSize(0, round(self._theme.px(_HEIGHT)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a time every few seconds."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.setFont(theme.font(13))
        painter.setPen(theme.ink("muted"))
        scale = (self._right - self._left) / self._seconds
        for back in range(0, int(self._seconds) + 1, _STEP_S):
            box = QRectF(self._right - back * scale - px(30), px(4), px(60), self.height() - px(4))
            painter.drawText(
                box, Qt.AlignmentFlag.AlignCenter, f"-{back} s" if back else self.tr("now")
            )
