"""The captured share of a calibration step as a ring that fills."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.widgets.theme import Theme


class ProgressRing(QWidget):
    """A ring that fills, with a word in its middle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._share: float | None = None
        self._word = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Capture"))

    def show_progress(self, share: float | None, word: str) -> None:
        """Show ``share``, from 0 to 1, and ``word``; None leaves the ring empty."""
        if (share, word) == (self._share, self._word):
            return
        self._share, self._word = share, word
        description = word if share is None else f"{share:.0%}, {word}"
        self.setAccessibleDescription(description)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the ring."""
        return QSize(self._theme.px(132), self._theme.px(132))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = px(11)
        inset = width / 2 + 1
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(theme.color("edge"), width))
        painter.drawEllipse(box)
        if self._share:
            pen = QPen(theme.color("good"), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(box, 90 * 16, -round(self._share * 360 * 16))
        painter.setPen(theme.color("text" if self._share is not None else "muted"))
        painter.setFont(theme.font(22, bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._word)
