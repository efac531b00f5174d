"""The stages of connecting: done, running and failed."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.models.sensors import LinkView
from gui.widgets.shapes import Mark, draw_mark
from gui.widgets.theme import Theme


class StageLine(QWidget):
    """Five stages from left to right with their words; in little room only that of the current one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view: tuple[int, bool] = (-1, False)
        self._words = (
            self.tr("found"),
            self.tr("connecting"),
            self.tr("recognising"),
            self.tr("setting up"),
            self.tr("streaming"),
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(160))
        self.setAccessibleName(self.tr("Stages of connecting"))

    def show_link(self, link: LinkView) -> None:
        """Show the stage that ``link`` has reached."""
        new = (link.reached, link.failed)
        if new != self._view:
            self._view = new
            reached = self._words[link.reached] if link.reached >= 0 else self.tr("nothing yet")
            parts = [reached, self.tr("failed")] if link.failed else [reached]
            self.setAccessibleDescription(", ".join(parts))
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the marks with the words below."""
        return QSize(self._theme.px(460), self._theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        theme, px = self._theme, self._theme.px
        reached, failed = self._view
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font(13)
        widths = [QFontMetrics(font).horizontalAdvance(word) for word in self._words]
        last = len(self._words) - 1
        size = px(12)
        left, right = size / 2, self.width() - size / 2
        step = (right - left) / last
        centred = (left + at * step - w / 2 for at, w in enumerate(widths))
        begins = [min(max(x, 0.0), self.width() - w) for x, w in zip(centred, widths, strict=True)]
        ends = [x + w for x, w in zip(begins, widths, strict=True)]
        # Overlapping words are worse than missing ones: then only the current stage is named.
        fits = all(x > end + px(8) for end, x in zip(ends, begins[1:], strict=False))
        y = size / 2 + px(2)
        painter.setPen(QPen(theme.color("edge"), px(2)))
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        if reached > 0:
            painter.setPen(QPen(theme.color("good"), px(2)))
            painter.drawLine(QPointF(left, y), QPointF(left + reached * step, y))
        painter.setFont(font)
        for at, word in enumerate(self._words):
            x = left + at * step
            box = QRectF(x - size / 2, y - size / 2, size, size)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("panel"))
            painter.drawRect(box.adjusted(-px(2), 0, px(2), 0))
            # A link that failed before its first stage is marked there.
            broken = failed and at == max(reached, 0)
            mark = Mark.MISS if broken else Mark.GOOD if at <= reached else Mark.NOT_JUDGED
            draw_mark(painter, theme, mark, box)
            current = at == reached
            if not fits and not current:
                continue
            painter.setPen(theme.color("text" if current else "muted"))
            text = QRectF(begins[at], y + size, widths[at] + px(2), self.height() - y - size)
            painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, word)
