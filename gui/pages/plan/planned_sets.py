"""The sets of the plan as a list, one line a set; a line is chosen to change it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from gui.widgets.theme import Theme
from processing.coach.plan_sets import MOST_SETS

SHARES = (0.08, 0.31, 0.19, 0.16, 0.15, 0.11)
"""Widths of the columns: number, toes, reps, tempo, load and rest."""
_LINE_PX, _HEAD_PX = 42, 26


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of the list."""

    number: int | None
    """Of the set, from 1; None for the line of every set."""
    texts: tuple[str, ...]
    """The texts of the columns."""
    name: str
    """The line as a sentence, for a screen reader."""
    muted: bool = False
    """Whether the set stays as it is."""
    note: str = ""
    """Behind the number: done, or next."""


class PlannedSets(QWidget):
    """A list of :class:`SetLine` values, one of them chosen."""

    chosen = Signal(object)
    """The number of the chosen set; None for every set."""
    remove = Signal()
    """The person wants to remove the chosen set."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(3))
        self._heads = _Heads(theme)
        self._column.addWidget(self._heads)
        # All at once: the tab key goes through widgets in the order in which they were made.
        self._lines = [self._made() for _ in range(MOST_SETS + 1)]

    def show_heads(self, heads: Sequence[str]) -> None:
        """Show the names of the columns."""
        self._heads.show_heads(tuple(heads))

    def show_lines(self, lines: Sequence[SetLine], number: int | None) -> None:
        """Show ``lines``, with that of set ``number`` chosen."""
        for widget, shown in zip(self._lines, lines, strict=False):
            widget.show_line(shown)
            widget.setVisible(True)
            if shown.number == number and not widget.isChecked():
                widget.setChecked(True)
        for widget in self._lines[len(lines) :]:
            widget.hide()
        for widget in self._lines:
            there = widget.isChecked()
            widget.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if there else Qt.FocusPolicy.ClickFocus
            )

    def line(self, number: int | None) -> QAbstractButton:
        """Return the line of a set."""
        return next(one for one in self._lines if one.shown and one.shown.number == number)

    def _made(self) -> "_Line":
        line = _Line(self._theme)
        line.clicked.connect(lambda: self._choose(line))
        line.delete.connect(self.remove)
        line.hide()
        self._column.addWidget(line)
        return line

    def _choose(self, line: "_Line") -> None:
        if line.shown is not None:
            self.chosen.emit(line.shown.number)


class _Heads(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._heads: tuple[str, ...] = ()
        self.setFixedHeight(theme.px(_HEAD_PX))

    def show_heads(self, heads: tuple[str, ...]) -> None:
        if heads != self._heads:
            self._heads = heads
            self.update()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setFont(self._theme.font(13))
        painter.setPen(self._theme.color("muted"))
        _draw_columns(painter, self._theme, self._heads, QRectF(self.rect()))


class _Line(QAbstractButton):
    delete = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.shown: SetLine | None = None
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_line(self, line: SetLine) -> None:
        if line == self.shown:
            return
        self.shown = line
        self.setAccessibleName(line.name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(_LINE_PX))

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        line, theme, px = self.shown, self._theme, self._theme.px
        if line is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = px(2) if self.hasFocus() else px(1)
        inset = ring / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        edge = "text" if self.hasFocus() else "muted" if self.isChecked() else "edge"
        painter.setPen(QPen(theme.color(edge), ring))
        painter.setBrush(theme.color("selected" if self.isChecked() else "panel"))
        painter.drawRoundedRect(box, px(8), px(8))
        painter.setFont(theme.font(15, bold=self.isChecked()))
        painter.setPen(theme.color("muted" if line.muted else "text"))
        _draw_columns(painter, theme, line.texts, QRectF(self.rect()))


def _draw_columns(painter: QPainter, theme: Theme, texts: Sequence[str], box: QRectF) -> None:
    inner = box.adjusted(theme.px(12), 0, -theme.px(12), 0)
    metrics = QFontMetricsF(painter.font())
    left, gap = inner.left(), theme.px(8)
    for at, (text, share) in enumerate(zip(texts, SHARES, strict=False)):
        # The line of every set begins with words, which take the room of the number and the toes.
        whole = at == 0 and len(texts) > 1 and not texts[1]
        width = inner.width() * (share + (SHARES[1] if whole else 0.0))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - gap)
        painter.drawText(
            QRectF(left, inner.top(), width - gap, inner.height()),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            shown,
        )
        left += inner.width() * share
