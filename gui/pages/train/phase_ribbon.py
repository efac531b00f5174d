"""The phases of the last seconds as a ribbon of words above a plot."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.pages.train.phase_bands import PlacedSpan, ink_of
from gui.widgets.theme import Theme
from processing.types import Phase

_HEIGHT, _GAP = 16.0, 1.0
"""Of the ribbon, and the room below it, at 100 % text size, in pixels."""


class PhaseRibbon(QWidget):
    """A line of boxes, one a phase, over ``seconds``; a box with room for it has the word."""

    def __init__(self, theme: Theme, seconds: float) -> None:
        super().__init__()
        self._theme, self._seconds = theme, seconds
        self._spans: tuple[PlacedSpan, ...] = ()
        self._left, self._right = 0.0, 0.0
        self._font = theme.font(11.5, bold=True)
        self._words: Mapping[Phase, str] = {}
        self._widths: dict[str, float] = {}
        self._inks = {
            name: theme.mixed(name, "panel", 0.28) for name in ("toes_up", "toes_pointed", "muted")
        }
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        # It fills itself, so that the card behind it is not painted with every frame.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_sides(self, left: float, right: float) -> None:
        """Use the left and right side of the plot, in pixels."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.update()

    def show_words(self, words: Mapping[Phase, str]) -> None:
        """Use these words of the phases."""
        if words != self._words:
            self._words = words
            metrics = QFontMetricsF(self._font)
            self._widths = {word: metrics.horizontalAdvance(word) for word in words.values()}
            self.update()

    def show_spans(self, spans: tuple[PlacedSpan, ...]) -> None:
        """Show ``spans``."""
        if spans != self._spans:
            self._spans = spans
            self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the ribbon."""
        return QSize(0, round(self._theme.px(_HEIGHT + _GAP)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a box for each phase that has a word."""
        px = self._theme.px
        scale = (self._right - self._left) / self._seconds
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        for span, start, end in self._spans:
            word = self._words.get(span.phase)
            width = (end - start) * scale - 2 * px(1)
            # Thinner boxes would only be seen as lines.
            if word is None or width < px(2):
                continue
            box = QRectF(self._right + start * scale + px(1), 0, width, px(_HEIGHT))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._inks[ink_of(span)])
            painter.drawRoundedRect(box, px(3), px(3))
            if self._widths[word] < width - px(4):
                painter.setPen(self._theme.color("text"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
