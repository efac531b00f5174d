"""The large words of Train: the phase, one instruction, and the angle."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.widgets.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class PhaseText:
    """The texts of a :class:`PhasePanel`."""

    word: str = ""
    """The phase, in the largest letters."""
    instruction: str = ""
    """The one thing to do."""
    color: str = "text"
    """The colour of the instruction, a name of the palette."""
    number: str = ""
    """The angle, or the time that is left."""
    number_color: str = "text"
    """A name of the palette."""
    under: str = ""
    """The line below the number: toes up or pointed."""
    target: str = ""
    """The line below that: what the toes should reach."""


class PhasePanel(QWidget):
    """A panel that shows :class:`PhaseText`; the letters grow with the panel."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words = PhaseText()
        self._fonts: dict[tuple[int, bool], QFont] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(theme.px(98))
        self.setAccessibleName(self.tr("Phase and ankle"))

    def show_words(self, words: PhaseText) -> None:
        """Show ``words``; the same words are not painted again."""
        if words == self._words:
            return
        self._words = words
        parts = (words.word, words.instruction, words.number, words.under, words.target)
        self.setAccessibleDescription(", ".join(part for part in parts if part))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(self._theme.px(480), self._theme.px(140))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words on the left and the angle on the right."""
        painter = QPainter(self)
        # Whichever is scarcer decides, so that nothing overlaps.
        unit = min(self.height() / 140.0, self.width() / 440.0)
        words = self._words
        right = self._right_width(unit) if words.number else 0.0
        left = QRectF(0, 0, self.width() - right - (20 * unit if right else 0), 140 * unit)
        left.moveTop(0.5 * (self.height() - left.height()))
        big = QRectF(left.left(), left.top() + 28 * unit, left.width(), 70 * unit)
        self._line(painter, big, words.word, 64 * unit, "text", _LEFT)
        under = QRectF(left.left(), left.top() + 102 * unit, left.width(), 34 * unit)
        self._line(painter, under, words.instruction, 23 * unit, words.color, _LEFT)
        box = QRectF(self.width() - right, left.top(), right, 84 * unit)
        self._line(painter, box, words.number, 76 * unit, words.number_color, _RIGHT)
        box = QRectF(box.left(), left.top() + 84 * unit, right, 26 * unit)
        self._line(painter, box, words.under, 18 * unit, "text", _RIGHT)
        box = QRectF(box.left(), left.top() + 111 * unit, right, 25 * unit)
        self._line(painter, box, words.target, 16 * unit, "muted", _RIGHT, bold=False)

    def _right_width(self, unit: float) -> float:
        words = self._words
        widths = (
            self._advance(words.number or "00°", 76 * unit),
            self._advance(words.under, 18 * unit),
            self._advance(words.target, 16 * unit),
        )
        # The instruction on the left needs at least half of the panel.
        return min(max(widths), 0.5 * self.width())

    def _advance(self, text: str, pixels: float) -> float:
        return QFontMetricsF(self._font(pixels)).horizontalAdvance(text)

    def _line(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        pixels: float,
        color: str,
        align: Qt.AlignmentFlag,
        *,
        bold: bool = True,
    ) -> None:
        """Write ``text`` in one line, smaller if it would not fit."""
        if not text:
            return
        needed = QFontMetricsF(self._font(pixels, bold=bold)).horizontalAdvance(text)
        # Hinting keeps small letters wider than in proportion.
        fits = min(1.0, 0.97 * box.width() / needed) if needed else 1.0
        painter.setFont(self._font(pixels * fits, bold=bold))
        painter.setPen(self._theme.ink(color))
        painter.drawText(box, align | Qt.TextFlag.TextDontClip, text)

    def _font(self, pixels: float, *, bold: bool = True) -> QFont:
        """Return a font of ``pixels``, without the text scale: the panel is scaled already."""
        key = max(int(pixels), 1), bold
        if key not in self._fonts:
            font = self._theme.font(10, bold=bold)
            font.setPixelSize(key[0])
            self._fonts[key] = font
        return self._fonts[key]
