"""The plan: the sets that are done, the current one, and those to come."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.widgets.theme import Theme


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the plan: one set."""

    number: int
    """Of the set, from 1."""
    text: str
    """Load, reps and tempo."""
    note: str = ""
    """At the right end."""
    now: bool = False
    """Whether it is the current set, which is lit."""
    done: bool = False
    """Whether the set is over."""


class PlanPanel(QWidget):
    """A panel of :class:`PlanLine` values; a text that does not fit ends in dots, a note never does."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: tuple[PlanLine, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.px(34))
        self.setAccessibleName(self.tr("Plan"))

    def show_lines(self, lines: Sequence[PlanLine]) -> None:
        """Show ``lines``."""
        new = tuple(lines)
        if new == self._lines:
            return
        self._lines = new
        self.setAccessibleDescription("; ".join(f"{n.number}: {n.text} {n.note}" for n in new))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of four lines."""
        return QSize(self._theme.px(300), self._theme.px(4 * 32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines; where not all have room, those around the current set."""
        if not self._lines:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = max(int(self.height() // self._theme.px(26)), 1)
        now = next((i for i, line in enumerate(self._lines) if line.now), 0)
        # One set that is done stays visible above the current one.
        first = max(min(now - 1, len(self._lines) - room), 0)
        shown = self._lines[first : first + room]
        # In a large window the lines grow: they are read from a distance.
        high, wide = self.height() / self._theme.px(4 * 34), self.width() / self._theme.px(270)
        unit = max(min(high, wide), 1.0)
        height = min(self.height() / max(len(shown), 1), unit * self._theme.px(34))
        for at, line in enumerate(shown):
            self._draw(painter, line, QRectF(0, at * height, self.width(), height), unit)

    def _draw(self, painter: QPainter, line: PlanLine, box: QRectF, unit: float) -> None:
        theme = self._theme

        def px(pixels: float) -> float:
            return unit * theme.px(pixels)

        if line.now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected"))
            painter.drawRoundedRect(box.adjusted(0, px(1), 0, -px(1)), px(7), px(7))
        inner = box.adjusted(px(11), 0, -px(11), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(14 * unit))
        painter.setPen(theme.ink("text" if line.now or line.done else "muted"))
        note_width = QFontMetricsF(painter.font()).horizontalAdvance(line.note)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | middle, line.note)
        painter.setFont(theme.font(15 * unit, bold=line.now))
        painter.setPen(theme.ink("text" if line.now else "muted"))
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(
            f"{line.number} · {line.text}",
            Qt.TextElideMode.ElideRight,
            inner.width() - note_width - px(10),
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | middle, text)
