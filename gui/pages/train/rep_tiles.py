"""One tile a rep: its number, verdict, time of the lowering, and one word."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.pages.train.rep_tile import RepTile, TilePainter
from gui.widgets.theme import Theme

_LEAST_WIDTH, _MOST_WIDTH, _HEIGHT, _GAP = 92.0, 150.0, 142.0, 12.0
"""Pixels at 100 % text size."""
_SLOTS = 8
"""Tiles that have room in the usual window."""


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
            self.setAccessibleDescription("; ".join(t.spoken for t in new if t.spoken))
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
                TilePainter(painter, self._theme, self._unit, box).draw(tile)
