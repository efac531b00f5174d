"""The drawing of a set: ankle against curl, or height over time, in a small box."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from gui.models.small_pictures import Curve, SmallPicture
from gui.translations.decimals import decimal
from gui.widgets.shapes import MARKS, Mark
from gui.widgets.theme import Theme

_GRID_DEG = (20.0, 0.0, -20.0, -40.0)
"""The ankle angles that have a line in the picture of the toes."""
_LINE_PX, _WRONG_PX = 1.1, 1.8
_BAND = 0.2
"""Share of the colour of a band on its ground."""


def paint_set(
    painter: QPainter, theme: Theme, picture: SmallPicture, box: QRectF, *, words: dict[str, str]
) -> None:
    """Draw a set into ``box``.

    Parameters
    ----------
    painter
        Where to; a unit is a pixel at 100 % text size.
    theme
        Colours and fonts; the ground is that of a panel.
    picture
        The curves of the set.
    box
        The room.
    words
        The words at the ends of the axes: ``bottom``, ``top``, ``up``, ``pointed``.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = theme.font(11)
    painter.setFont(font)
    line = painter.fontMetrics().height()
    left = max(painter.fontMetrics().horizontalAdvance(w) for w in ("00°", "–00°")) + theme.px(5)
    plot = box.adjusted(left, line + theme.px(4), 0, -line - theme.px(2))
    _paint_head(painter, theme, picture, QRectF(box.left(), box.top(), box.width(), line))
    axes = _Axes(picture, plot)
    _paint_bands(painter, theme, picture, axes)
    _paint_grid(painter, theme, picture, axes, words)
    _paint_curves(painter, theme, picture, axes)
    painter.restore()


def paint_plot(painter: QPainter, theme: Theme, picture: SmallPicture, plot: QRectF) -> None:
    """Draw a set into ``plot`` without words and axes; the parameters are those of :func:`paint_set`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    axes = _Axes(picture, plot)
    _paint_bands(painter, theme, picture, axes)
    _paint_curves(painter, theme, picture, axes)
    painter.restore()


class _Axes:
    """The places of values in the plot."""

    def __init__(self, picture: SmallPicture, plot: QRectF) -> None:
        self.plot = plot
        (self._left, self._right), (self._low, self._high) = picture.x_range, picture.y_range

    def x(self, value: float) -> float:
        """Return the place of a value on the axis across."""
        share = (value - self._left) / (self._right - self._left)
        return self.plot.left() + share * self.plot.width()

    def y(self, value: float) -> float:
        """Return the place of a value on the axis up."""
        share = (value - self._low) / (self._high - self._low)
        return self.plot.bottom() - share * self.plot.height()


def _paint_head(painter: QPainter, theme: Theme, picture: SmallPicture, line: QRectF) -> None:
    painter.setPen(theme.color("text"))
    painter.setFont(theme.font(12, bold=True))
    of = f"{picture.good} / {picture.judged}" if picture.judged else str(picture.reps)
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft, str(picture.number))
    painter.setFont(theme.font(11))
    painter.setPen(theme.ink("muted"))
    painter.drawText(line, Qt.AlignmentFlag.AlignRight, of)


def _paint_bands(painter: QPainter, theme: Theme, picture: SmallPicture, axes: _Axes) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    low, high = picture.y_range
    for band in picture.bands:
        color = "toes_up" if band.toes_up else "toes_pointed"
        painter.setBrush(theme.mixed(color, "panel", _BAND))
        edge = high if band.toes_up else low
        corners = (
            QPointF(axes.x(band.left), axes.y(band.limit_deg)),
            QPointF(axes.x(band.right), axes.y(edge)),
        )
        painter.drawRect(QRectF(*corners).normalized())
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_grid(
    painter: QPainter, theme: Theme, picture: SmallPicture, axes: _Axes, words: dict[str, str]
) -> None:
    plot = axes.plot
    painter.setFont(theme.font(11))
    high = math.floor(picture.y_range[1] / 10.0) * 10.0
    values = (0.0, high) if picture.heights else _GRID_DEG
    for value in values:
        y = axes.y(value)
        painter.setPen(QPen(theme.color("edge"), 1.0))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setPen(theme.ink("muted"))
        room = QRectF(plot.left() - theme.px(40), y - 10, theme.px(36), 20)
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, align, f"{abs(value):.0f}°")
    below = QRectF(plot.left(), plot.bottom() + theme.px(2), plot.width(), theme.px(18))
    left, right = words["bottom"], words["top"]
    if picture.heights:
        left, right = (f"{decimal(t)} s" for t in picture.x_range)
    painter.drawText(below, Qt.AlignmentFlag.AlignLeft, left)
    painter.drawText(below, Qt.AlignmentFlag.AlignRight, right)
    if picture.asked is not None:
        seconds, height = picture.asked
        pen = QPen(theme.color("muted"), 1.2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(
            QPointF(axes.x(0.0), axes.y(height)), QPointF(axes.x(seconds), axes.y(0.0))
        )
    if not picture.heights:
        inside = plot.adjusted(theme.px(3), theme.px(1), -theme.px(3), -theme.px(1))
        for key, color, align in (
            ("up", "toes_up", Qt.AlignmentFlag.AlignTop),
            ("pointed", "toes_pointed", Qt.AlignmentFlag.AlignBottom),
        ):
            painter.setPen(theme.ink(color))
            painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | align, words[key])


def _paint_curves(painter: QPainter, theme: Theme, picture: SmallPicture, axes: _Axes) -> None:
    painter.setClipRect(axes.plot.adjusted(0, -1, 0, 1))
    for curve in picture.curves:
        _paint_curve(painter, theme, curve, axes)


def _paint_curve(painter: QPainter, theme: Theme, curve: Curve, axes: _Axes) -> None:
    mark = MARKS[curve.grade]
    wrong = mark in (Mark.NEAR, Mark.MISS)
    color = theme.color(mark.value) if wrong else theme.color("leg")
    pen = QPen(color, _WRONG_PX if wrong else _LINE_PX)
    # A miss and a near rep differ without their colours too.
    pen.setStyle(Qt.PenStyle.DashLine if mark is Mark.NEAR else Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    path, broken = QPainterPath(), True
    for x, y in zip(curve.x.tolist(), curve.y.tolist(), strict=True):
        if not (math.isfinite(x) and math.isfinite(y)):
            broken = True
            continue
        at = QPointF(axes.x(x), axes.y(y))
        if broken:
            path.moveTo(at)
        else:
            path.lineTo(at)
        broken = False
    painter.drawPath(path)
