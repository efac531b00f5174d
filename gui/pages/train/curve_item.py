"""A curve that is painted sixty times a second."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from sensor.types import FloatArray


class CurveItem(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """A line of ``width`` pixels through samples; NaN leaves a gap.

    Qt paints smooth lines of one pixel fast, and wider ones about fifty times slower. So the line
    is painted several times, one pixel wide, around its middle.

    Parameters
    ----------
    bounds
        The part of the plot that it may fill.
    """

    def __init__(self, color: QColor, width: float, bounds: QRectF) -> None:
        super().__init__()
        self._pen = QPen(color, 1.0)
        self._pen.setCosmetic(True)
        self._offsets = _offsets(width)
        self._bounds = bounds
        self._x: FloatArray = np.empty(0)
        self._y: FloatArray = np.empty(0)

    def show_samples(self, x: FloatArray, y: FloatArray) -> None:
        """Show ``y`` (n,) at ``x`` (n,), in the units of the plot."""
        self._x, self._y = x, y
        self.update()

    def show_bounds(self, bounds: QRectF) -> None:
        """Allow another part of the plot."""
        self.prepareGeometryChange()
        self._bounds = bounds

    def boundingRect(self) -> QRectF:
        """Return the part of the plot that the curve may fill."""
        return self._bounds

    def paint(self, painter: QPainter, *_: object) -> None:
        """Paint the curve in pixels."""
        if len(self._x) < 2:
            return
        view = painter.transform()
        path = pg.functions.arrayToQPath(
            view.m11() * self._x + view.dx(), view.m22() * self._y + view.dy(), connect="finite"
        )
        painter.save()
        painter.resetTransform()
        # It paints in pixels here, so it limits itself to its part of the plot.
        painter.setClipRect(view.mapRect(self._bounds))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for offset in self._offsets:
            painter.translate(offset)
            painter.drawPath(path)
            painter.translate(-offset)
        painter.restore()


def _offsets(width: float) -> list[QPointF]:
    """Return the offsets at which lines of one pixel together make one of ``width`` pixels."""
    radius = 0.5 * (width - 1.0)
    if radius < 0.25:
        return [QPointF(0.0, 0.0)]
    ring = max(4, 4 * round(radius))
    angles = 2.0 * np.pi * np.arange(ring) / ring
    around = [QPointF(radius * np.cos(a), radius * np.sin(a)) for a in angles]
    # Up to a radius of half a pixel the lines of the ring meet in the middle.
    inside = _offsets(width - 1.0) if radius > 0.5 else []
    return [*around, *inside]
