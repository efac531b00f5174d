"""One tile: the number of a rep, its verdict, the time of its lowering, and what to change."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from gui.translations.decimals import decimal
from gui.widgets.shapes import Mark, draw_mark
from gui.widgets.theme import Theme

_MARK, _NUMBER_PX, _SECONDS_PX, _UNIT_PX, _TOES_PX = 17.0, 17.0, 27.0, 15.0, 18.0
"""Size of the mark and heights of the letters, in pixels of a tile of the usual size."""
_WORD_PX, _LEAST_WORD_PX = 20.0, 15.0
"""Height of the letters of what to change, which is read at arm's length and beyond."""
_LINE = 1.2
"""Distance of two lines, as a share of the height of their letters."""
_SECONDS_TOP, _BAR_TOP, _BAR_HEIGHT, _WORD_TOP = 24.0, 58.0, 6.0, 72.0
"""Places below the upper edge, and the height of the bar."""
_LONGEST_BAR = 1.2
"""The bar of a lowering ends at so many times its target."""
_FAINT = 0.5
"""Opacity of the shapes of a partial rep."""
_RING_GROWTH, _RISE = 15.0, 9.0
"""Growth of the ring of a good rep, and how far its mark rises."""


@dataclass(frozen=True, slots=True)
class RepTile:
    """A rep of the set: done, running or still to come."""

    number: int
    """Among the counted reps."""
    mark: Mark | None = None
    """None while the rep runs, and for reps to come."""
    lowering_s: float | None = None
    """None before the lowering, and without data."""
    target_s: float = 0.0
    """Asked time of the lowering; 0 for none."""
    toes: str = ""
    """The ankle angle in words, shown if there is no ``word``."""
    word: str = ""
    """The correction, in the colour of the verdict."""
    running: bool = False
    """Whether it is the current rep."""
    partial: bool = False
    """The shapes of a partial rep are faint, and it has no number."""
    worst: bool = False
    """Whether it is the rep that the advice after the set names first: it is framed."""
    ring: float | None = None
    """Share of the time that the ring of a good rep has been growing; None without a ring."""
    color: str = "toes_pointed"
    """The colour of the bar of a running lowering, a name of the palette."""
    spoken: str = ""
    """Number, verdict and reason in words, for screen readers; empty until the rep is done."""


class TilePainter:
    """A painter of one tile in ``box``; lengths are in units of ``unit`` pixels."""

    def __init__(self, painter: QPainter, theme: Theme, unit: float, box: QRectF) -> None:
        self._painter, self._theme, self._unit, self._box = painter, theme, unit, box
        self._inner = box.adjusted(14 * unit, 11 * unit, -12 * unit, -9 * unit)

    def draw(self, tile: RepTile) -> None:
        """Draw ``tile``."""
        painter, unit = self._painter, self._unit
        coming = tile.mark is None and not tile.running
        edge = "text" if tile.running else "edge" if coming else "raised"
        self._frame(tile.mark.value if tile.worst and tile.mark else edge, filled=not coming)
        top_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        if coming:
            self._write(self._box, Qt.AlignmentFlag.AlignCenter, str(tile.number), 22, "muted")
        else:
            number = "–" if tile.partial else str(tile.number)
            self._write(self._inner, top_left, number, _NUMBER_PX, "muted")
            # Words are never translucent: they are read during the set.
            painter.setOpacity(_FAINT if tile.partial else 1.0)
            self._mark(tile)
            self._bar(tile)
            painter.setOpacity(1.0)
            self._seconds(tile)
            below = self._inner.adjusted(0, _WORD_TOP * unit, 6 * unit, 4 * unit)
            if tile.word and not tile.running:
                self._word(below, tile.word, tile.mark.value if tile.mark else "muted")
            else:
                words = tile.word or tile.toes
                self._write(below, top_left, words, _TOES_PX, "muted", bold=False)

    def _frame(self, edge: str, *, filled: bool) -> None:
        painter, theme = self._painter, self._theme
        painter.setBrush(theme.color("raised") if filled else Qt.BrushStyle.NoBrush)
        strong = edge not in ("edge", "raised")
        painter.setPen(QPen(theme.color(edge), theme.px(2) if strong else theme.px(1)))
        radius = 8 * self._unit
        painter.drawRoundedRect(self._box, radius, radius)

    def _mark(self, tile: RepTile) -> None:
        """Draw the shape of the verdict; that of a good rep rises into its place within a ring."""
        if tile.mark is None:
            return
        painter, theme, unit = self._painter, self._theme, self._unit
        size = _MARK * unit
        corner = QRectF(self._inner.right() - size, self._inner.top(), size, size)
        if tile.ring is not None:
            left = 1.0 - tile.ring
            radius = 0.5 * size + _RING_GROWTH * tile.ring * unit
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color(tile.mark.value, left), (1.0 + 3.0 * left) * unit))
            painter.setClipRect(self._box)
            painter.drawEllipse(QPointF(corner.center()), radius, radius)
            painter.setClipping(False)
            corner.translate(0.0, _RISE * left * left * unit)
        draw_mark(painter, theme, tile.mark, corner)

    def _seconds(self, tile: RepTile) -> None:
        """Write the time of the lowering."""
        if tile.lowering_s is None:
            return
        unit, inner = self._unit, self._inner
        row = inner.adjusted(0, _SECONDS_TOP * unit, 6 * unit, 0)
        row.setHeight((_BAR_TOP - _SECONDS_TOP) * unit)
        seconds = decimal(tile.lowering_s)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._write(row, left, seconds, _SECONDS_PX, "muted" if tile.partial else "text")
        wide = QFontMetricsF(self._font(_SECONDS_PX * unit)).horizontalAdvance(seconds)
        unit_box = row.adjusted(wide + 5 * unit, 5 * unit, 0, 0)
        self._write(unit_box, left, "s", _UNIT_PX, "muted", bold=False)

    def _bar(self, tile: RepTile) -> None:
        """Draw the time of the lowering as a bar with a notch at its target."""
        if tile.lowering_s is None or tile.target_s <= 0:
            return
        painter, theme, unit, inner = self._painter, self._theme, self._unit, self._inner
        groove = QRectF(
            inner.left(), inner.top() + _BAR_TOP * unit, inner.width(), _BAR_HEIGHT * unit
        )
        radius = 0.5 * groove.height()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("edge"))
        painter.drawRoundedRect(groove, radius, radius)
        share = min(tile.lowering_s / tile.target_s / _LONGEST_BAR, 1.0)
        painter.setBrush(self._color(tile))
        painter.drawRoundedRect(
            QRectF(groove.left(), groove.top(), share * groove.width(), groove.height()),
            radius,
            radius,
        )
        painter.setPen(QPen(theme.color("text"), 2.0 * unit))
        x = groove.left() + groove.width() / _LONGEST_BAR
        painter.drawLine(QLineF(x, groove.top() - 2 * unit, x, groove.bottom() + 2 * unit))

    def _color(self, tile: RepTile) -> QColor:
        return self._theme.color(tile.mark.value if tile.mark else tile.color)

    def _word(self, box: QRectF, word: str, color: str) -> None:
        """Write what to change in one or two lines, as large as they fit."""
        lines = [word]
        pixels = _WORD_PX * self._unit
        least = _LEAST_WORD_PX * self._unit
        while self._widest(lines, pixels) > box.width() and pixels > least:
            if len(lines) == 1 and " " in word:
                lines = _halves(word)
            else:
                pixels = max(pixels - 0.5, least)
        # A long word ends smaller rather than cut.
        pixels *= min(1.0, box.width() / max(self._widest(lines, pixels), 1.0))
        self._painter.setFont(self._font(pixels))
        self._painter.setPen(self._theme.ink(color))
        top_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        for at, line in enumerate(lines):
            place = box.translated(0, at * _LINE * pixels)
            self._painter.drawText(place, top_left | Qt.TextFlag.TextDontClip, line)

    def _widest(self, lines: list[str], pixels: float) -> float:
        metrics = QFontMetricsF(self._font(pixels))
        return max(metrics.horizontalAdvance(line) for line in lines)

    def _write(
        self,
        box: QRectF,
        align: Qt.AlignmentFlag,
        text: str,
        pixels: float,
        color: str,
        *,
        bold: bool = True,
    ) -> None:
        font = self._font(pixels * self._unit, bold=bold)
        needed = QFontMetricsF(font).horizontalAdvance(text)
        if needed > box.width():
            font.setPixelSize(max(int(font.pixelSize() * box.width() / needed), 1))
        self._painter.setFont(font)
        self._painter.setPen(self._theme.ink(color))
        self._painter.drawText(box, align, text)

    def _font(self, pixels: float, *, bold: bool = True) -> QFont:
        font = self._theme.font(10, bold=bold)
        font.setPixelSize(max(int(pixels), 1))
        return font


def _halves(word: str) -> list[str]:
    """Return the two lines of ``word``, as equal in length as its spaces allow."""
    parts = word.split(" ")
    splits = [(" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, len(parts))]
    return list(min(splits, key=lambda lines: max(map(len, lines))))
