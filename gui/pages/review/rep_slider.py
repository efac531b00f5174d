"""The slider of the replay, with the phases and verdicts of the reps of the set."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolTip

from gui.widgets.plain_text import plain_tip
from gui.widgets.rep_table import mark_of
from gui.widgets.shapes import draw_mark
from gui.widgets.theme import Theme
from processing.judge.verdict import Verdict

_MS = 1000
_NOTE_PX = 9.0
"""Size of the flag of a note at 100 % text size, and how far beside it a click still finds it."""


class RepSlider(QSlider):
    """A slider of the time in a set, in s."""

    moved = Signal(float)
    """The time in s to which the person moved it."""
    note_chosen = Signal(int)
    """The index of a note that the person clicked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._verdicts: tuple[Verdict, ...] = ()
        self._notes: tuple[tuple[float, str], ...] = ()
        self._pressed_note = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Time in the set"))

    def show_set(self, start: float, end: float, verdicts: Sequence[Verdict]) -> None:
        """Show the time from ``start`` to ``end``, in s, and the reps in it."""
        self._verdicts = tuple(verdicts)
        # A new range moves the value, which would seek in the replay.
        blocked = self.blockSignals(True)
        self.setRange(round(start * _MS), round(end * _MS))
        self.blockSignals(blocked)
        self.update()

    def show_notes(self, notes: Sequence[tuple[float, str]]) -> None:
        """Show notes, pairs of a time in s and the words; those of other sets are out of sight."""
        if tuple(notes) != self._notes:
            self._notes = tuple(notes)
            self.update()

    def show_time(self, t: float) -> None:
        """Move the handle to ``t`` s, unless the person holds it."""
        # The running replay must not pull the handle out of the hand.
        if not self.isSliderDown():
            self.setValue(round(t * _MS))
            self._describe()

    def sizeHint(self) -> QSize:
        """Return the size of a line of shapes, one of phases, and the handle."""
        return QSize(self._theme.px(280), self._theme.px(46))

    def minimumSizeHint(self) -> QSize:
        """Return the size in which some reps can be distinguished."""
        return QSize(self._theme.px(160), self._theme.px(46))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move to the start or the end; leave all other keys to the desk."""
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            at_start = event.key() == Qt.Key.Key_Home
            self.moved.emit((self.minimum() if at_start else self.maximum()) / _MS)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move the handle to the mouse."""
        at = self.note_at(event.position())
        self._pressed_note = at is not None
        if at is not None:
            self.moved.emit(self._notes[at][0])
            self.note_chosen.emit(at)
            return
        self.setSliderDown(True)
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the handle with the mouse."""
        if not self._pressed_note:
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the replay move the handle again."""
        self.setSliderDown(False)
        self._pressed_note = False

    def event(self, event: QEvent) -> bool:
        """Tell the words of the note under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self.note_at(QPointF(event.pos()))
            words = "" if at is None else plain_tip(self._notes[at][1])
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def note_at(self, place: QPointF) -> int | None:
        """Return the index of the note at a point of the widget; None where there is none."""
        reach = self._theme.px(_NOTE_PX)
        high = place.y() < self.height() - self._theme.px(24)
        near = [
            (abs(self._x(t * _MS) - place.x()), at)
            for at, (t, _) in enumerate(self._notes)
            if self._in_sight(t)
        ]
        away, at = min(near, default=(math.inf, -1))
        return at if high and away <= reach else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the reps, the groove and the handle."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groove_y, thick = self.height() - px(14), px(6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("edge"))
        left, right = self._x(self.minimum()), self._x(self.maximum())
        painter.drawRoundedRect(QRectF(left, groove_y - thick / 2, right - left, thick), 3, 3)
        for verdict in self._verdicts:
            self._draw_rep(painter, verdict, groove_y, thick)
        for t, _ in self._notes:
            if self._in_sight(t):
                self._draw_note(painter, t, groove_y)
        x = self._x(self.value())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("text"))
        radius = px(8)
        painter.drawEllipse(QRectF(x - radius, groove_y - radius, 2 * radius, 2 * radius))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("text"), px(2)))
            ring = radius + px(3)
            painter.drawEllipse(QRectF(x - ring, groove_y - ring, 2 * ring, 2 * ring))

    def _draw_rep(self, painter: QPainter, verdict: Verdict, y: float, thick: float) -> None:
        rep = verdict.rep
        for start, end, color in (
            (rep.t_start, rep.t_top, "toes_up"),
            (rep.t_ecc, rep.t_bottom, "toes_pointed"),
        ):
            x = self._x(start * _MS)
            painter.setBrush(self._theme.color(color, 0.75))
            painter.drawRect(QRectF(x, y - thick / 2, self._x(end * _MS) - x, thick))
        size = self._theme.px(11)
        middle = self._x(0.5 * (rep.t_begin + rep.t_over) * _MS)
        draw_mark(
            painter,
            self._theme,
            mark_of(verdict),
            QRectF(middle - size / 2, self._theme.px(4), size, size),
        )

    def _describe(self) -> None:
        """Tell screen readers the time since the start; its own value is in milliseconds."""
        now = (self.value() - self.minimum()) // _MS
        words = f"{now // 60}:{now % 60:02d}"
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def _in_sight(self, t: float) -> bool:
        return self.minimum() <= t * _MS <= self.maximum()

    def _draw_note(self, painter: QPainter, t: float, y: float) -> None:
        """Draw a flag that stands on the groove, between it and the shapes of the reps."""
        px, x = self._theme.px, self._x(t * _MS)
        size, top = px(_NOTE_PX), y - px(17)
        painter.setPen(QPen(self._theme.color("text"), px(1.5)))
        painter.drawLine(QPointF(x, y), QPointF(x, top))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("text"))
        painter.drawPolygon(
            QPolygonF([QPointF(x, top), QPointF(x + size, top + size / 2), QPointF(x, top + size)])
        )

    def _margin(self) -> int:
        return self._theme.px(12)

    def _x(self, value_ms: float) -> float:
        width = self.width() - 2 * self._margin()
        span = max(self.maximum() - self.minimum(), 1)
        return self._margin() + width * (value_ms - self.minimum()) / span

    def _follow(self, event: QMouseEvent) -> None:
        width = max(self.width() - 2 * self._margin(), 1)
        share = min(max((event.position().x() - self._margin()) / width, 0.0), 1.0)
        value = self.minimum() + share * (self.maximum() - self.minimum())
        self.setValue(round(value))
        self._describe()
        self.moved.emit(value / _MS)
