"""One tile a rep: its number, verdict, time of the lowering, and one word."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.translations.decimals import decimal
from gui.widgets.shapes import Mark, draw_mark
from gui.widgets.theme import Theme

_LEAST_WIDTH, _MOST_WIDTH, _HEIGHT, _GAP = 92.0, 150.0, 142.0, 12.0
"""Pixels at 100 % text size."""
_FULL_BAR = 46.0
"""Height of the bar of a lowering that takes its target time, in the same pixels."""
_SLOTS = 8
"""Tiles that have room in the usual window."""


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
    """A partial rep is translucent and has no number."""
    color: str = "toes_pointed"
    """The colour of the bar of a running lowering, a name of the palette."""


class RepTiles(QWidget):
    """A row of :class:`RepTile` values; where not all have room, the newest ones."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tiles: tuple[RepTile, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(theme.px(100))
        self.setAccessibleName(self.tr("Reps of this set"))

    def show_tiles(self, tiles: Sequence[RepTile]) -> None:
        """Show ``tiles``, oldest first."""
        new = tuple(tiles)
        if new == self._tiles:
            return
        old, self._tiles = self._tiles, new
        # A screen reader gets each verdict, but not every tenth of a second.
        if [t.mark for t in old] != [t.mark for t in new]:
            words = [f"{t.number} {t.mark.value.replace('_', ' ')} {t.word}" for t in new if t.mark]
            self.setAccessibleDescription(", ".join(words))
        same = len(old) == len(new)
        changed = [at for at, tile in enumerate(new) if not same or tile != old[at]]
        if len(changed) == 1:
            # While a rep runs, only its tile changes from frame to frame.
            self.update(self._box(changed[0] - self._first).toAlignedRect().adjusted(-2, -2, 2, 2))
        else:
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a row of eight."""
        return QSize(self._theme.px(_SLOTS * 124), self._theme.px(_HEIGHT))

    @property
    def _unit(self) -> float:
        """Pixels for one pixel at 100 %: the tiles grow with the widget."""
        row = _SLOTS * _LEAST_WIDTH + (_SLOTS - 1) * _GAP
        least = self._theme.text_scale
        return min(self.height() / _HEIGHT, max(self.width() / row, 0.8 * least))

    @property
    def _room(self) -> int:
        gap = _GAP * self._unit
        # The tiny addend keeps rounding from losing a tile that just fits.
        return max(int((self.width() + gap) / (_LEAST_WIDTH * self._unit + gap) + 1e-6), 1)

    @property
    def _first(self) -> int:
        """Index of the first visible tile: reps to come are hidden before those that are done."""
        over = len(self._tiles) - self._room
        done = sum(t.mark is not None or t.running for t in self._tiles)
        return max(min(over, done - self._room), 0)

    def _box(self, at: int) -> QRectF:
        unit, room = self._unit, self._room
        # Few tiles keep the width of many, so that none moves when a rep is added.
        slots = max(min(len(self._tiles), room), min(_SLOTS, room))
        width = (self.width() - _GAP * unit * (slots - 1)) / slots
        width = min(width, _MOST_WIDTH * unit)
        left = at * (width + _GAP * unit)
        return QRectF(left, 0, width, self.height()).adjusted(1, 1, -1, -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = self._first
        for at, tile in enumerate(self._tiles[first : first + self._room]):
            box = self._box(at)
            if box.intersects(QRectF(event.rect())):
                _TilePainter(painter, self._theme, self._unit, box).draw(tile, self.tr("s down"))


class _TilePainter:
    """A painter of one tile in ``box``; lengths are in units of ``unit`` pixels."""

    def __init__(self, painter: QPainter, theme: Theme, unit: float, box: QRectF) -> None:
        self._painter, self._theme, self._unit, self._box = painter, theme, unit, box
        self._inner = box.adjusted(14 * unit, 11 * unit, -12 * unit, -11 * unit)

    def draw(self, tile: RepTile, seconds_word: str) -> None:
        painter, unit = self._painter, self._unit
        coming = tile.mark is None and not tile.running
        painter.setOpacity(0.5 if tile.partial else 1.0)
        self._frame("text" if tile.running else "edge" if coming else "raised", filled=not coming)
        if coming:
            self._write(self._box, Qt.AlignmentFlag.AlignCenter, str(tile.number), 22, "muted")
        else:
            number = "–" if tile.partial else str(tile.number)
            top_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            self._write(self._inner, top_left, number, 16, "muted")
            if tile.mark is not None:
                size = 17 * unit
                corner = QRectF(self._inner.right() - size, self._inner.top(), size, size)
                draw_mark(painter, self._theme, tile.mark, corner)
            self._lowering(tile, seconds_word)
            bottom = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            has_word = bool(tile.word) and not tile.running
            color = tile.mark.value if has_word and tile.mark else "muted"
            self._write(self._inner, bottom, tile.word or tile.toes, 14, color, bold=has_word)
        painter.setOpacity(1.0)

    def _frame(self, edge: str, *, filled: bool) -> None:
        painter, theme = self._painter, self._theme
        painter.setBrush(theme.color("raised") if filled else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color(edge), theme.px(2) if edge == "text" else theme.px(1)))
        radius = 8 * self._unit
        painter.drawRoundedRect(self._box, radius, radius)

    def _lowering(self, tile: RepTile, seconds_word: str) -> None:
        """Draw the time of the lowering as a bar against its target, and as a number."""
        if tile.lowering_s is None:
            return
        painter, theme, unit, inner = self._painter, self._theme, self._unit, self._inner
        base = inner.bottom() - 25 * unit
        left = inner.left()
        if tile.target_s > 0:
            height = min(tile.lowering_s / tile.target_s, 1.15) * _FULL_BAR * unit
            bar = QRectF(left, base - height, 20 * unit, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._color(tile))
            radius = min(3 * unit, height / 2)
            painter.drawRoundedRect(bar, radius, radius)
            painter.setPen(QPen(theme.color("text"), 1.4 * unit, Qt.PenStyle.DashLine))
            y = base - _FULL_BAR * unit
            painter.drawLine(QLineF(left - 5 * unit, y, left + 27 * unit, y))
            left += 34 * unit
        text = QRectF(left, base - 44 * unit, inner.right() + 8 * unit - left, 44 * unit)
        top_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        seconds = decimal(tile.lowering_s)
        self._write(text, top_left, seconds, 23, "text")
        bottom_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        self._write(text, bottom_left, seconds_word, 13, "muted", bold=False)

    def _color(self, tile: RepTile) -> QColor:
        return self._theme.color(tile.mark.value if tile.mark else tile.color)

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
        font: QFont = self._theme.font(10, bold=bold)
        font.setPixelSize(max(int(pixels * self._unit), 1))
        needed = QFontMetricsF(font).horizontalAdvance(text)
        if needed > box.width():
            font.setPixelSize(max(int(font.pixelSize() * box.width() / needed), 1))
        self._painter.setFont(font)
        self._painter.setPen(self._theme.color(color))
        self._painter.drawText(box, align, text)
