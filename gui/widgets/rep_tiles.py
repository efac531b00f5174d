"""One tile a rep: its number, its verdict, how long the lowering took, and one word."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import Theme
from gui.widgets.shapes import Mark, draw_mark


@dataclass(frozen=True, slots=True)
class RepTile:
    """What one tile shows. ``mark`` is None while the rep runs, and for reps still to come.

    ``word`` is the one thing to say, in the colour of its verdict; without one, ``toes`` stands
    there. A ``partial`` rep is drawn translucent and has no number.
    """

    number: int
    mark: Mark | None = None
    lowering_s: float | None = None
    target_s: float = 0.0
    toes: str = ""
    word: str = ""
    running: bool = False
    partial: bool = False


class RepTiles(QWidget):
    """A row of :class:`RepTile`; the newest ones when there is no room for all."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tiles: tuple[RepTile, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Reps of this set"))

    def show_tiles(self, tiles: Sequence[RepTile]) -> None:
        """Show ``tiles``, oldest first."""
        new = tuple(tiles)
        if new == self._tiles:
            return
        self._tiles = new
        said = [f"{t.number} {t.mark.value.replace('_', ' ')} {t.word}" for t in new if t.mark]
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a row of eight."""
        return QSize(self._theme.px(8 * 124), self._theme.px(148))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = self._theme.px(12)
        least = self._theme.px(92)
        room = max(int((self.width() + gap) // (least + gap)), 1)
        shown = self._tiles[-room:]
        if not shown:
            return
        slots = max(len(shown), min(8, room))
        width = min((self.width() - gap * (slots - 1)) / slots, self._theme.px(150))
        for at, tile in enumerate(shown):
            box = QRectF(at * (width + gap), 0, width, self.height()).adjusted(1, 1, -1, -1)
            self._draw(painter, tile, box)

    def _draw(self, painter: QPainter, tile: RepTile, box: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        done = tile.mark is not None
        coming = not done and not tile.running
        painter.setOpacity(0.5 if tile.partial else 1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush if coming else theme.color("raised"))
        edge = "text" if tile.running else "edge" if coming else "raised"
        painter.setPen(QPen(theme.color(edge), px(2) if tile.running else px(1)))
        painter.drawRoundedRect(box, px(8), px(8))
        inner = box.adjusted(px(14), px(11), -px(12), -px(11))
        left = Qt.AlignmentFlag.AlignLeft
        if coming:
            painter.setPen(theme.color("edge"))
            painter.setFont(theme.font(22, bold=True))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(tile.number))
            painter.setOpacity(1.0)
            return
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font(16, bold=True))
        painter.drawText(
            inner, left | Qt.AlignmentFlag.AlignTop, "–" if tile.partial else str(tile.number)
        )
        if tile.mark is not None:
            size = px(16)
            draw_mark(
                painter, theme, tile.mark, QRectF(inner.right() - size, inner.top(), size, size)
            )
        self._draw_lowering(painter, tile, inner)
        painter.setFont(theme.font(14, bold=bool(tile.word)))
        color = tile.mark.value if tile.word and tile.mark else "muted"
        painter.setPen(theme.color(color))
        painter.drawText(inner, left | Qt.AlignmentFlag.AlignBottom, tile.word or tile.toes)
        painter.setOpacity(1.0)

    def _draw_lowering(self, painter: QPainter, tile: RepTile, inner: QRectF) -> None:
        """Draw the time as a bar against its target, and as a number."""
        if tile.lowering_s is None:
            return
        theme, px = self._theme, self._theme.px
        base, full = inner.bottom() - px(26), px(48)
        bar_width = px(20)
        color = theme.color(tile.mark.value if tile.mark else "toes_pointed")
        if tile.target_s > 0:
            height = min(tile.lowering_s / tile.target_s, 1.15) * full
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            bar = QRectF(inner.left(), base - height, bar_width, height)
            painter.drawRoundedRect(bar, px(3), px(3))
            painter.setPen(QPen(theme.color("text"), px(1.5), Qt.PenStyle.DashLine))
            y = base - full
            painter.drawLine(
                round(inner.left() - px(5)), round(y), round(inner.left() + px(27)), round(y)
            )
        text = QRectF(inner.left() + px(34), base - px(46), inner.width() - px(34), px(46))
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font(23, bold=True))
        painter.drawText(
            text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, f"{tile.lowering_s:.1f}"
        )
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font(13))
        painter.drawText(
            text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self.tr("s down")
        )
