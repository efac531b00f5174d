"""The strength of a sensor's signal as four bars."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.widgets.theme import Theme

STEPS_DBM = (-90.0, -80.0, -70.0, -60.0)
"""The strength from which on each bar is filled."""


class SignalBars(QWidget):
    """Four bars that show the strength of a signal."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._filled = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_signal(self, rssi: float | None) -> None:
        """Show ``rssi``, in dBm; None, where it is not known, leaves all bars empty."""
        filled = 0 if rssi is None else sum(rssi >= step for step in STEPS_DBM)
        if filled != self._filled:
            self._filled = filled
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size of four bars."""
        return QSize(self._theme.px(26), self._theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        count = len(STEPS_DBM)
        step = self.width() / count
        for at in range(count):
            height = self.height() * (at + 1) / count
            painter.setBrush(self._theme.color("text" if at < self._filled else "edge"))
            box = QRectF(at * step, self.height() - height, 0.66 * step, height)
            painter.drawRoundedRect(box, self._theme.px(1.5), self._theme.px(1.5))
