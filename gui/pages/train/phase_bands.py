"""The lines of the grid and the bands of the phases behind a curve."""

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QTransform

from gui.models.train_view import PhaseSpan
from gui.widgets.theme import Theme
from sensor.types import FloatArray

PlacedSpan = tuple[PhaseSpan, float, float]
"""A phase with its start and end in s before now, both at most 0 and inside the plot."""


class PhaseBands(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """The grid and the bands of a plot of ``seconds`` from ``low`` to ``high`` degrees."""

    def __init__(self, theme: Theme, low: float, high: float, seconds: float) -> None:
        super().__init__()
        self._theme, self._low, self._high, self._seconds = theme, low, high, seconds
        self._spans: tuple[PlacedSpan, ...] = ()
        self._grid: tuple[float, ...] = ()
        # Mixed once: blending large areas costs more than the rest of a frame.
        self._inks = {
            name: theme.mixed(name, "panel", 0.20) for name in ("toes_up", "toes_pointed", "muted")
        }
        self.setZValue(-10)

    def show_range(self, low: float, high: float) -> None:
        """Show the angles from ``low`` to ``high`` degrees."""
        self.prepareGeometryChange()
        self._low, self._high = low, high

    def show_grid(self, degrees: FloatArray) -> None:
        """Draw a line at each of ``degrees`` (n,)."""
        self._grid = tuple(degrees.tolist())
        self.update()

    def show_spans(self, spans: tuple[PlacedSpan, ...]) -> None:
        """Show the bands of ``spans``."""
        self._spans = spans
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the area of the plot: nothing is painted outside it."""
        return QRectF(-self._seconds, self._low, self._seconds, self._high - self._low)

    def paint(self, painter: QPainter, *_: object) -> None:
        """Paint the bands, and the grid over them, in pixels."""
        view = painter.transform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for span, start, end in self._spans:
            if span.band is not None:
                low, high = max(span.band[0], self._low), min(span.band[1], self._high)
                painter.fillRect(_mapped(view, start, end, low, high), self._inks[ink_of(span)])
        painter.setPen(self._theme.color("edge"))
        for degrees in self._grid:
            line = _mapped(view, -self._seconds, 0.0, degrees, degrees)
            painter.drawLine(line.topLeft(), line.topRight())
        painter.restore()


def ink_of(span: PhaseSpan) -> str:
    """Return the colour of the asked side of the toes, the same in every protocol."""
    if span.band is None:
        return "muted"
    return "toes_up" if sum(span.band) > 0.0 else "toes_pointed"


def _mapped(view: QTransform, x0: float, x1: float, low: float, high: float) -> QRectF:
    """Return the box between two times in s and two angles in degrees, in pixels."""
    return view.mapRect(QRectF(x0, low, x1 - x0, high - low))
