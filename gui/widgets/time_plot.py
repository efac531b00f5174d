"""An angle over the last seconds, with the phases as a ribbon and their target bands behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.theme import Theme
from processing.types import Phase
from sensor.types import FloatArray


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A phase between two times in s, and its target band in degrees, if it has one."""

    phase: Phase
    t_start: float
    t_end: float
    band: tuple[float, float] | None = None


_COLORS = {Phase.CONCENTRIC: "toes_up", Phase.ECCENTRIC: "toes_pointed"}


class TimePlot(QWidget):
    """One curve of ``seconds`` that ends now.

    Parameters
    ----------
    low, high
        The range of the axis in degrees.
    """

    def __init__(
        self, theme: Theme, *, name: str, low: float, high: float, seconds: float = 20.0
    ) -> None:
        super().__init__()
        self._theme, self._seconds = theme, seconds
        self._spans = _Spans(theme, low, high)
        self._plot = pg.PlotWidget(background=None)
        self._plot.setAccessibleName(name)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        item = self._plot.getPlotItem()
        item.hideButtons()
        item.setMenuEnabled(False)
        item.setMouseEnabled(x=False, y=False)
        item.setRange(xRange=(-seconds, 0.0), yRange=(low, high), padding=0)
        item.showGrid(y=True, alpha=0.15)
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setPen(pg.mkPen(None))
            axis.setTextPen(theme.color("muted"))
            axis.setTickFont(theme.font(13))
        item.getAxis("left").setWidth(theme.px(52))
        item.getAxis("left").setTickSpacing(major=_step(high - low), minor=_step(high - low))
        item.getAxis("left").tickStrings = _degrees
        item.getAxis("bottom").setTickSpacing(major=5.0, minor=5.0)
        item.getAxis("bottom").tickStrings = _seconds
        item.addItem(self._spans)
        self._curve = pg.PlotCurveItem(
            pen=pg.mkPen(theme.color("text"), width=theme.px(2)), connect="finite"
        )
        item.addItem(self._curve)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)

    def show_angle(self, t: FloatArray, angle_deg: FloatArray, now: float) -> None:
        """Show ``angle_deg`` (n,) at ``t`` (n,) s; NaN leaves a gap."""
        self._curve.setData(*_thinned(t - now, angle_deg))

    def show_phases(self, spans: Sequence[PhaseSpan], now: float) -> None:
        """Show the ribbon and the bands of ``spans``."""
        self._spans.show_spans(spans, now, self._seconds)


class _Spans(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """The ribbon along the upper edge, and the bands."""

    def __init__(self, theme: Theme, low: float, high: float) -> None:
        super().__init__()
        self._theme, self._low, self._high = theme, low, high
        self._spans: tuple[tuple[PhaseSpan, float, float], ...] = ()
        self.setZValue(-10)

    def show_spans(self, spans: Sequence[PhaseSpan], now: float, seconds: float) -> None:
        self._spans = tuple(
            (s, max(s.t_start - now, -seconds), min(s.t_end - now, 0.0))
            for s in spans
            if s.t_end - now > -seconds
        )
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(-3600.0, self._low, 3600.0, self._high - self._low)

    def paint(self, painter: QPainter, *_: object) -> None:
        ribbon = 0.065 * (self._high - self._low)
        painter.setPen(Qt.PenStyle.NoPen)
        for span, start, end in self._spans:
            color = _COLORS.get(span.phase, "muted")
            painter.setBrush(self._theme.color(color, 0.30))
            painter.drawRect(QRectF(QPointF(start, self._high - ribbon), QPointF(end, self._high)))
            if span.band is not None:
                painter.setBrush(self._theme.color(color, 0.18))
                painter.drawRect(QRectF(QPointF(start, span.band[0]), QPointF(end, span.band[1])))


def _thinned(t: FloatArray, values: FloatArray, most: int = 2000) -> tuple[FloatArray, FloatArray]:
    """Return every k-th sample, so that at most ``most`` are drawn."""
    step = max(-(-len(t) // most), 1)
    return t[::step], values[::step]


def _step(span_deg: float) -> float:
    return next(s for s in (10.0, 20.0, 50.0, 100.0) if span_deg / s <= 4.5)


def _degrees(values: Sequence[float], *_: float) -> list[str]:
    return [f"{abs(v):.0f}°" for v in values]


def _seconds(values: Sequence[float], *_: float) -> list[str]:
    return ["now" if abs(v) < 1e-6 else f"{v:.0f} s" for v in values]
