"""The time of the running phase, filling against its target, one notch a second."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import Theme


class TempoBar(QWidget):
    """Elapsed and target seconds of a phase. ``color`` names a colour of the palette."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._elapsed_s: float | None = None
        self._target_s = 0.0
        self._color = "toes_pointed"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Tempo"))

    def show_tempo(self, elapsed_s: float | None, target_s: float, color: str) -> None:
        """Show how far the phase is; None empties the bar."""
        self._elapsed_s, self._target_s, self._color = elapsed_s, target_s, color
        if elapsed_s is not None:
            self.setAccessibleDescription(f"{elapsed_s:.1f} s / {target_s:.1f} s")
        self.update()

    def sizeHint(self) -> QSize:
        """Return a bar with a line of text above it."""
        return QSize(self._theme.px(300), self._theme.px(46))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = theme.px(20)
        groove = QRectF(0, self.height() - height, self.width(), height)
        shape = QPainterPath()
        shape.addRoundedRect(groove, height / 2, height / 2)
        painter.setClipPath(shape)
        painter.fillRect(groove, theme.color("edge"))
        if self._target_s > 0:
            share = min((self._elapsed_s or 0.0) / self._target_s, 1.0)
            filled = QRectF(groove.left(), groove.top(), groove.width() * share, height)
            painter.fillRect(filled, theme.color(self._color))
            for second in range(1, int(self._target_s - 1e-6) + 1):
                x = groove.left() + groove.width() * second / self._target_s
                notch = QRectF(x - theme.px(1), groove.top(), theme.px(2), height)
                painter.fillRect(notch, theme.color("ground"))
        painter.setClipping(False)
        above = QRectF(0, 0, self.width(), self.height() - height - theme.px(4))
        if self._elapsed_s is not None:
            painter.setFont(theme.font(16, bold=True))
            painter.setPen(theme.color("text"))
            bottom_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            painter.drawText(above, bottom_left, f"{self._elapsed_s:.1f} s")
        if self._target_s > 0:
            painter.setFont(theme.font(15))
            painter.setPen(theme.color("muted"))
            bottom_right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
            painter.drawText(above, bottom_right, f"{self._target_s:.1f} s")
