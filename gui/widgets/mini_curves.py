"""A small picture of the curves of a set, to be clicked: many of them show a whole session."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton

from gui.widgets.rep_curves_plot import RepCurve
from gui.widgets.theme import Theme
from processing.judge.checks import Grade

_WIDTH_PX, _HEIGHT_PX, _EDGE_PX = 184, 136, 8
LINE_PX, MISSED_PX = 1.3, 2.6
"""Width of the curve of a rep, and of one that is not good: colour alone would not tell them apart."""
_COLORS = {Grade.MISS: "miss", Grade.NEAR: "near"}


class MiniCurves(QAbstractButton):
    """The curves of a set over its ``title``; ``box`` is left, low, right and high end of the axes."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        curves: Sequence[RepCurve],
        box: tuple[float, float, float, float],
    ) -> None:
        super().__init__()
        self._theme, self._curves, self._box = theme, tuple(curves), box
        self._role = ""
        self.setText(title)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the usual size of the picture."""
        return QSize(self._theme.px(_WIDTH_PX), self._theme.px(_HEIGHT_PX))

    def show_role(self, word: str) -> None:
        """Say which of the two sets it is; empty for neither."""
        self._role = word
        self.setAccessibleDescription(word)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the curves, the worst on top, with the title above and the role in a corner."""
        del event  # everything is painted
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(self._role) or self.hasFocus()
        painter.setPen(QPen(theme.color("text" if chosen else "edge"), px(2) if chosen else px(1)))
        painter.setBrush(theme.color("ground"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(8), px(8))
        painter.setFont(theme.font(13))
        metrics, edge = painter.fontMetrics(), px(_EDGE_PX)
        line = metrics.height()
        inner = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.setPen(theme.color("muted"))
        title = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, round(inner.width()))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, title)
        area = inner.adjusted(0, line + edge / 2, 0, 0)
        painter.save()
        painter.setClipRect(area)
        for curve in sorted(self._curves, key=lambda one: one.grade in _COLORS):
            self._draw(painter, curve, area)
        painter.restore()
        if self._role:
            painter.setFont(theme.font(13, bold=True))
            painter.setPen(theme.color("text"))
            corner = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight
            painter.drawText(inner, corner, self._role)

    def _draw(self, painter: QPainter, curve: RepCurve, area: QRectF) -> None:
        theme, (left, low, right, high) = self._theme, self._box
        name = _COLORS.get(curve.grade)
        faint = curve.partial or curve.grade is Grade.NOT_JUDGED
        color = theme.color(name) if name else theme.color("leg", 0.35 if faint else 0.8)
        painter.setPen(QPen(color, theme.px(MISSED_PX if name else LINE_PX)))
        for x, y in curve.lines:
            known = np.isfinite(x) & np.isfinite(y)
            across = area.left() + (x - left) / (right - left) * area.width()
            down = area.bottom() - (y - low) / (high - low) * area.height()
            # A part without data must stay a hole.
            for part in np.split(np.arange(len(x)), np.flatnonzero(np.diff(known)) + 1):
                if len(part) > 1 and known[part[0]]:
                    points = [QPointF(float(across[n]), float(down[n])) for n in part]
                    painter.drawPolyline(QPolygonF(points))
