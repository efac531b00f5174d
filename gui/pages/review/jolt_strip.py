"""A strip of the jolts around the moment in view: dragged to move the video, clicked to lay it on one."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.models.video.impacts import Impact, Impacts
from gui.widgets.theme import Theme

SPAN_S = 6.0
"""The time that the strip shows: more than two clocks differ, and a tap is still some pixels wide."""
NUDGE_S = 0.1
"""Step of the arrow keys with Shift."""
_CLOSE_PX = 9.0
"""Within this distance of a mark a click means it, at 100 % text size."""
_FULL_JOLT = 30.0
"""A jolt of this size, m/s², fills the strip, so that noise stays low."""


class JoltStrip(QWidget):
    """The jolts of the leg, with the moment in view in the middle and its impacts as dots."""

    dragged = Signal(float)
    """The seconds by which the hand moved the samples to the right."""
    dropped = Signal()
    stepped = Signal(int)
    """The frames by which the arrow keys moved the samples to the right."""
    chosen = Signal(object)
    """The :class:`Impact` that was clicked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._impacts: Impacts | None = None
        self._t = 0.0
        self._held: float | None = None
        self._moved = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Jolts of the leg"))
        self.setToolTip(
            self.tr("Drag it until a jolt meets its picture, or click the dot of the jolt in view")
        )
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def show_impacts(self, impacts: Impacts | None) -> None:
        """Show the jolts of a session; None while they are read."""
        if impacts is not self._impacts:
            self._impacts = impacts
            self.update()

    def show_time(self, t: float) -> None:
        """Put the moment ``t``, session time in s, into the middle."""
        if t != self._t:
            self._t = t
            self.update()

    def sizeHint(self) -> QSize:
        """Return the height in which a jolt stands out."""
        return QSize(self._theme.px(240), self._theme.px(54))

    def minimumSizeHint(self) -> QSize:
        """Return the width in which a jolt is some pixels wide."""
        return QSize(self._theme.px(140), self._theme.px(54))

    # Hand and keys

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys, which choose reps elsewhere."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            arrow = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            # With Alt they move the picture, wherever the focus is.
            if arrow and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the samples by a frame, with Shift by 0.1 s."""
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.dragged.emit(NUDGE_S * way)
            self.dropped.emit()
        else:
            self.stepped.emit(way)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the samples."""
        self._held, self._moved = event.position().x(), False
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the samples with the hand."""
        if self._held is None:
            near = self._near(event.position().x())
            shape = Qt.CursorShape.PointingHandCursor if near else Qt.CursorShape.OpenHandCursor
            self.setCursor(shape)
            return
        by = event.position().x() - self._held
        # A hand trembles while it clicks.
        if self._moved or abs(by) >= self._theme.px(3):
            self._held, self._moved = event.position().x(), True
            self.dragged.emit(by / self._px_per_s())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the samples, or choose an impact."""
        near = None if self._moved else self._near(event.position().x())
        self._held = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        if self._moved:
            self.dropped.emit()
        elif near is not None:
            self.chosen.emit(near)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the jolts, the impacts and the moment in view."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()), px(6), px(6))
        if self._impacts is None:
            painter.setPen(theme.color("muted"))
            painter.setFont(theme.font(13))
            words = self.tr("Looking for jolts …")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
            return
        self._draw_jolts(painter, self._impacts)
        painter.setPen(QPen(theme.color("text"), px(2)))
        middle = 0.5 * self.width()
        painter.drawLine(QPointF(middle, 0.0), QPointF(middle, self.height()))
        for one in self._in_view():
            painter.setPen(QPen(theme.color("raised"), px(2)))
            painter.setBrush(theme.color("near"))
            painter.drawEllipse(QPointF(self._x(one.t), px(10)), px(6), px(6))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("text"), px(1)))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(6), px(6))

    def _draw_jolts(self, painter: QPainter, impacts: Impacts) -> None:
        first, last = np.searchsorted(
            impacts.t, [self._t - 0.5 * SPAN_S, self._t + 0.5 * SPAN_S]
        ).tolist()
        low, room = self.height() - self._theme.px(4), self.height() - self._theme.px(22)
        points = [
            QPointF(self._x(t), low - room * min(jolt / _FULL_JOLT, 1.0))
            for t, jolt in zip(
                impacts.t[first:last].tolist(), impacts.jolt[first:last].tolist(), strict=True
            )
        ]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("muted"), self._theme.px(1.5)))
        painter.drawPolyline(QPolygonF(points))

    def _in_view(self) -> list[Impact]:
        if self._impacts is None:
            return []
        return [one for one in self._impacts.found if abs(one.t - self._t) <= 0.5 * SPAN_S]

    def _near(self, x: float) -> Impact | None:
        close = self._theme.px(_CLOSE_PX)
        found = [one for one in self._in_view() if abs(self._x(one.t) - x) <= close]
        return min(found, key=lambda one: abs(self._x(one.t) - x), default=None)

    def _px_per_s(self) -> float:
        return max(self.width(), 1) / SPAN_S

    def _x(self, t: float) -> float:
        return 0.5 * self.width() + (t - self._t) * self._px_per_s()
