"""The one clock of a rest: the time that is left in large digits, and a bar that empties."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.widgets.theme import Theme

_HIGH = 1.3
"""Size of the letters over the height of their digits."""
_BAR_PX, _GAP_PX = 12.0, 14.0
"""Height of the bar, and its distance from the digits, at 100 % text size."""
_MOST_DIGITS_PX = 190.0
"""Larger digits say no more."""


class RestClock(QWidget):
    """A clock with its bar; the digits grow with the widget."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._clock, self._of, self._filled_px = "", "", 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.px(56))
        self.setMaximumHeight(theme.px(150))
        self.setAccessibleName(self.tr("Rest"))

    def show_time(self, clock: str, of: str, share: float) -> None:
        """Show the time that is left, the planned one, and the share that is left."""
        # Only what moves by a pixel is painted again.
        new = clock, of, round(share * self.width())
        if new == (self._clock, self._of, self._filled_px):
            return
        if (clock, of) != (self._clock, self._of):
            self.setAccessibleDescription(f"{clock} {of}".strip())
        self._clock, self._of, self._filled_px = new
        self.update()

    def sizeHint(self) -> QSize:
        """Return the least height: the clock takes what its card leaves."""
        return QSize(self._theme.px(300), self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint digits, planned rest and bar."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar_px, gap_px = theme.px(_BAR_PX), theme.px(_GAP_PX)
        room = self.height() - bar_px - gap_px
        # The planned rest stands beside the digits.
        widest = self._advance("00:00", 100.0) / 100.0
        pixels = min(_HIGH * room, theme.px(_MOST_DIGITS_PX), 0.7 * self.width() / widest)
        font = self._font(pixels)
        metrics = QFontMetricsF(font)
        base = room
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        painter.drawText(0, round(base), self._clock)
        left = metrics.horizontalAdvance(self._clock) + theme.px(14)
        of_px = min(0.26 * pixels, 1.5 * theme.px(20))
        needed = self._advance(self._of, of_px, bold=False)
        of_px *= min(1.0, (self.width() - left) / needed) if needed else 1.0
        painter.setFont(self._font(of_px, bold=False))
        painter.setPen(theme.ink("muted"))
        painter.drawText(round(left), round(base), self._of)
        self._bar(painter, QRectF(0, self.height() - bar_px, self.width(), bar_px))

    def _bar(self, painter: QPainter, groove: QRectF) -> None:
        theme, radius = self._theme, 0.5 * groove.height()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("edge"))
        painter.drawRoundedRect(groove, radius, radius)
        if self._filled_px:
            painter.setClipRect(QRectF(0, groove.top(), self._filled_px, groove.height()))
            painter.setBrush(theme.color("leg"))
            painter.drawRoundedRect(groove, radius, radius)

    def _advance(self, text: str, pixels: float, *, bold: bool = True) -> float:
        return QFontMetricsF(self._font(pixels, bold=bold)).horizontalAdvance(text)

    def _font(self, pixels: float, *, bold: bool = True) -> QFont:
        font = self._theme.font(10, bold=bold)
        font.setPixelSize(max(int(pixels), 1))
        return font
