"""A sheet of paper on which text is set line by line; lengths are 1/96 inch."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from gui.widgets.theme import Theme

_WRAP = int(Qt.TextFlag.TextWordWrap)
_MORE = "…"
_HEAD_PX, _CELL_PX, _LEAST_PX = 10.5, 12.0, 8.0
_HEAD_LINES = 32.0
"""The height of the head of a table: two lines."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    title: str
    """Its head."""
    width: float
    """Its share of the width."""
    left: bool = False
    """Whether it holds words, which begin at its left end; numbers end at the right."""


def printed(font: QFont) -> QFont:
    """Return ``font`` without signs that depend on their neighbours.

    A printed page is read by programs too, and Qt gives such signs no letter: of 12:00 only 1200
    would be left.
    """
    font.setFeature(QFont.Tag("calt"), 0)
    return font


class SheetPainter:
    """A painter with a theme, whose methods return where they ended."""

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        self.painter, self.theme = painter, theme

    def say(
        self,
        room: QRectF,
        text: str,
        pixels: float,
        *,
        color: str = "text",
        bold: bool = False,
        right: bool = False,
    ) -> float:
        """Write ``text`` into ``room``, wrapped at its width; return the lower end of the text."""
        font = printed(self.theme.font(pixels, bold=bold))
        align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        flags = _WRAP | int(align)
        used = QFontMetricsF(font).boundingRect(room, flags, text)
        self.painter.setFont(font)
        self.painter.setPen(self.theme.color(color))
        self.painter.drawText(
            QRectF(room.left(), room.top(), room.width(), used.height() + 2.0), flags, text
        )
        return room.top() + used.height()

    def height(self, text: str, pixels: float, width: float) -> float:
        """Return the height of wrapped ``text``."""
        font = QFontMetricsF(printed(self.theme.font(pixels)))
        return font.boundingRect(QRectF(0.0, 0.0, width, 1e6), _WRAP, text).height()

    def lines(self, room: QRectF, texts: Sequence[str], pixels: float) -> float:
        """Write ``texts`` below each other as far as there is room; return where they ended."""
        y = room.top()
        for at, text in enumerate(texts):
            left = room.bottom() - y
            last = at + 1 == len(texts)
            # Room for the sign that there is more.
            needed = self.height(text, pixels, room.width()) + (0.0 if last else 1.4 * pixels)
            if needed > left:
                return self.say(QRectF(room.left(), y, room.width(), left), _MORE, pixels)
            y = self.say(QRectF(room.left(), y, room.width(), left), text, pixels) + 2.0
        return y

    def rule(self, left: float, right: float, y: float) -> None:
        """Draw a thin line."""
        self.painter.setPen(QPen(self.theme.color("edge"), 1.0))
        self.painter.drawLine(QPointF(left, y), QPointF(right, y))

    def table(
        self,
        room: QRectF,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        row_height: float,
    ) -> float:
        """Draw a table; return its lower end."""
        y = room.top()
        head_height = _HEAD_LINES
        self._row(room, y, columns, [c.title for c in columns], head_height, head=True)
        y += head_height
        for row in rows:
            self.rule(room.left(), room.right(), y)
            self._row(room, y, columns, row, row_height)
            y += row_height
        self.rule(room.left(), room.right(), y)
        return y

    def _row(
        self,
        room: QRectF,
        y: float,
        columns: Sequence[Column],
        texts: Sequence[str],
        height: float,
        *,
        head: bool = False,
    ) -> None:
        whole = sum(column.width for column in columns)
        x = room.left()
        self.painter.setPen(self.theme.color("muted" if head else "text"))
        for column, text in zip(columns, texts, strict=True):
            width = room.width() * column.width / whole
            across = Qt.AlignmentFlag.AlignLeft if column.left else Qt.AlignmentFlag.AlignRight
            up = Qt.AlignmentFlag.AlignBottom if head else Qt.AlignmentFlag.AlignVCenter
            cell = QRectF(x + 3.0, y, width - 6.0, height - (3.0 if head else 0.0))
            pixels = _HEAD_PX if head else _CELL_PX
            self.painter.setFont(printed(self.theme.font(pixels)))
            # A row has one line: a long word is set smaller.
            while not head and pixels > _LEAST_PX and self._width(text) > cell.width():
                pixels -= 0.5
                self.painter.setFont(printed(self.theme.font(pixels)))
            self.painter.drawText(cell, _WRAP | int(across) | int(up), text)
            x += width

    def _width(self, text: str) -> float:
        return QFontMetricsF(self.painter.font()).horizontalAdvance(text)
