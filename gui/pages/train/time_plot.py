"""An angle over the last seconds, with the phases as a ribbon and their bands behind the curve."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTransform
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.models.train_view import PhaseSpan
from gui.pages.train.curve_item import CurveItem
from gui.widgets.plot import unsigned_degrees
from gui.widgets.theme import Theme
from processing.types import Phase
from sensor.types import FloatArray

MOST_POINTS = 1000
"""More points cannot be distinguished in the width of a plot."""
_RIBBON, _TIMES = 16.0, 24.0
"""Height of the ribbon and of the times, at 100 % text size."""
_TIME_STEP_S = 5


@dataclass(frozen=True, slots=True)
class BandName:
    """The name of a band beside the axis."""

    deg: float
    """The angle at which it is written."""
    text: str
    """Right-aligned at the axis."""
    color: str
    """A name of the palette."""


class TimePlot(QWidget):
    """A plot of the last ``seconds`` of an angle.

    Parameters
    ----------
    low, high
        The range of the axis in degrees.
    ribbon
        Whether the phases are written along the upper edge.
    times
        Whether the time axis has numbers.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        name: str,
        low: float,
        high: float,
        seconds: float = 20.0,
        ribbon: bool = True,
        times: bool = True,
    ) -> None:
        super().__init__()
        self._theme, self._seconds = theme, seconds
        self._range = low, high
        self._spans = _Spans(
            theme, low, high, seconds, words=phase_words() if ribbon else {}, times=times
        )
        self._names: list[tuple[float, QLabel]] = []
        self._plot = pg.PlotWidget(background=theme.color("panel"))
        self._plot.setAccessibleName(name)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        self._item = item = self._plot.getPlotItem()
        item.hideButtons()
        item.setMenuEnabled(False)
        item.setMouseEnabled(x=False, y=False)
        item.setContentsMargins(
            0,
            theme.px(_RIBBON + 5 if ribbon else 4),
            theme.px(16),
            theme.px(_TIMES if times else 4),
        )
        item.setRange(xRange=(-seconds, 0.0), yRange=(low, high), padding=0)
        item.hideAxis("bottom")
        axis = item.getAxis("left")
        axis.setPen(pg.mkPen(None))
        axis.setTextPen(theme.color("muted"))
        axis.setTickFont(theme.font(13))
        axis.setStyle(tickLength=0, tickAlpha=0)
        self._axis_width = theme.px(58)
        axis.setWidth(self._axis_width)
        axis.tickStrings = unsigned_degrees
        self._show_range()
        item.addItem(self._spans)
        self._curve = CurveItem(theme.color("text"), 2.0 * theme.text_scale, self._area)
        item.addItem(self._curve)
        item.getViewBox().sigResized.connect(self._place_names)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)

    def show_angle(self, t: FloatArray, angle_deg: FloatArray, now: float) -> None:
        """Show ``angle_deg`` (n,) at ``t`` (n,) s; NaN leaves a gap."""
        shown_t, shown = _thinned(t, angle_deg)
        self._curve.show_samples(shown_t - now, shown)

    def show_phases(self, spans: Sequence[PhaseSpan], now: float) -> None:
        """Show the ribbon and the bands of ``spans``."""
        self._spans.show_spans(spans, now)

    def show_range(self, low: float, high: float) -> None:
        """Show the angles from ``low`` to ``high`` degrees."""
        if (low, high) != self._range:
            self._range = low, high
            self._spans.show_range(low, high)
            self._curve.show_bounds(self._area)
            self._show_range()
            self._place_names()

    @property
    def _area(self) -> QRectF:
        low, high = self._range
        return QRectF(-self._seconds, low, self._seconds, high - low)

    def show_names(self, names: Sequence[BandName]) -> None:
        """Write the names of bands beside the axis."""
        for _, old in self._names:
            old.deleteLater()
        self._names = []
        for name in names:
            text = QLabel(name.text, self)
            text.setFont(self._theme.font(13, bold=True))
            text.setStyleSheet(f"color: {self._theme.color(name.color).name()};")
            text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            # The labels lie over the plot and must not catch the mouse.
            text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            text.show()
            self._names.append((name.deg, text))
        widths = [text.sizeHint().width() + self._theme.px(8) for _, text in self._names]
        self.show_axis_width(max([self.axis_width, *widths]))

    @property
    def axis_width(self) -> int:
        """Width of the axis with the names beside it, in pixels."""
        return self._axis_width

    def show_axis_width(self, width: int) -> None:
        """Give the axis ``width`` pixels, so that plots below each other are aligned."""
        self._axis_width = width
        self._item.getAxis("left").setWidth(width)
        self._place_names()

    def _show_range(self) -> None:
        low, high = self._range
        self._item.setRange(yRange=(low, high), padding=0)
        step = _step(high - low)
        axis = self._item.getAxis("left")
        axis.setTickSpacing(major=step, minor=step)
        # pyqtgraph's own grid is drawn as ticks of the axis and cut at its width.
        self._spans.show_grid(np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step)

    def _place_names(self, *_: object) -> None:
        view = self._item.getViewBox()
        box = view.mapRectToScene(view.rect())
        low, high = self._range
        for deg, text in self._names:
            y = box.top() + (high - deg) / (high - low) * box.height()
            height = text.sizeHint().height()
            text.setGeometry(
                0, round(y - height / 2), round(box.left()) - self._theme.px(6), height
            )


class _Spans(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """The lines of the grid, the bands, and the ribbon above them."""

    def __init__(
        self,
        theme: Theme,
        low: float,
        high: float,
        seconds: float,
        *,
        words: Mapping[Phase, str],
        times: bool,
    ) -> None:
        super().__init__()
        self._theme, self._low, self._high, self._words = theme, low, high, words
        self._seconds, self._times = seconds, times
        self._spans: tuple[tuple[PhaseSpan, float, float], ...] = ()
        self._grid: tuple[float, ...] = ()
        self._font = theme.font(11.5, bold=True)
        self._metrics = QFontMetricsF(self._font)
        # Mixed once: blending large areas costs more than the rest of a frame.
        self._inks = {
            name: (theme.mixed(name, "panel", 0.20), theme.mixed(name, "panel", 0.28))
            for name in ("toes_up", "toes_pointed", "muted")
        }
        self.setZValue(-10)

    def show_range(self, low: float, high: float) -> None:
        self.prepareGeometryChange()
        self._low, self._high = low, high

    def show_grid(self, degrees: FloatArray) -> None:
        self._grid = tuple(degrees.tolist())
        self.update()

    def show_spans(self, spans: Sequence[PhaseSpan], now: float) -> None:
        seconds = self._seconds
        self._spans = tuple(
            (s, max(s.t_start - now, -seconds), min(s.t_end - now, 0.0))
            for s in spans
            if s.t_end - now > -seconds
        )
        self.update()

    def boundingRect(self) -> QRectF:
        # The ribbon, the times and half of the last one are outside the area of the plot.
        high, wide = self._high - self._low, self._seconds
        return QRectF(-1.1 * wide, self._low - 0.5 * high, 1.2 * wide, 2.0 * high)

    def paint(self, painter: QPainter, *_: object) -> None:
        # In pixels: the size of the ribbon and its words does not depend on the axis.
        view = painter.transform()
        painter.save()
        painter.resetTransform()
        # The ribbon is above the area of the plot.
        painter.setClipping(False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for span, start, end in self._spans:
            if span.band is not None:
                low, high = max(span.band[0], self._low), min(span.band[1], self._high)
                painter.fillRect(_mapped(view, start, end, high, low), self._inks[_color(span)][0])
        painter.setPen(self._theme.color("edge"))
        for degrees in self._grid:
            line = _mapped(view, -self._seconds, 0.0, degrees, degrees)
            painter.drawLine(line.topLeft(), line.topRight())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._words:
            self._paint_ribbon(painter, view)
        if self._times:
            self._paint_times(painter, view)
        painter.restore()

    def _paint_ribbon(self, painter: QPainter, view: QTransform) -> None:
        px = self._theme.px
        text = self._theme.color("text")
        painter.setFont(self._font)
        for span, start, end in self._spans:
            if span.phase not in self._words:
                continue
            box = _mapped(view, start, end, self._high, self._high).adjusted(px(1), 0, -px(1), 0)
            box.setTop(box.top() - px(_RIBBON + 5))
            box.setHeight(px(_RIBBON))
            # Thinner boxes would only be seen as lines.
            if box.width() < px(2):
                continue
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._inks[_color(span)][1])
            painter.drawRoundedRect(box, px(3), px(3))
            word = self._words[span.phase]
            if self._metrics.horizontalAdvance(word) < box.width() - px(4):
                painter.setPen(text)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)

    def _paint_times(self, painter: QPainter, view: QTransform) -> None:
        px = self._theme.px
        painter.setFont(self._theme.font(13))
        painter.setPen(self._theme.color("muted"))
        for back in range(0, int(self._seconds) + 1, _TIME_STEP_S):
            at = _mapped(view, -back, -back, self._low, self._low).topLeft()
            box = QRectF(at.x() - px(30), at.y() + px(4), px(60), px(_TIMES - 4))
            word = f"-{back} s" if back else QCoreApplication.translate("TimePlot", "now")
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)


def _color(span: PhaseSpan) -> str:
    """Return the colour of the asked side of the toes, the same in every protocol."""
    if span.band is None:
        return "muted"
    return "toes_up" if sum(span.band) > 0.0 else "toes_pointed"


def phase_words() -> Mapping[Phase, str]:
    """Return the words of the ribbon; a phase without one is not shown."""
    return {
        Phase.CONCENTRIC: QCoreApplication.translate("TimePlot", "lift"),
        Phase.TOP: QCoreApplication.translate("TimePlot", "hold"),
        Phase.ECCENTRIC: QCoreApplication.translate("TimePlot", "lower"),
    }


def _mapped(view: QTransform, x0: float, x1: float, y0: float, y1: float) -> QRectF:
    """Return the box between two times in s and two angles in degrees, in pixels."""
    return view.mapRect(QRectF(x0, min(y0, y1), x1 - x0, abs(y1 - y0)))


def _thinned(t: FloatArray, values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return every k-th sample, always the same ones, so that the curve moves without flicker."""
    step = -(-len(t) // MOST_POINTS)
    if step <= 1 or len(t) < 2:
        return t, values
    period = (t[-1] - t[0]) / (len(t) - 1)
    first = -round(t[0] / period) % step
    return t[first::step], values[first::step]


def _step(span_deg: float) -> float:
    return next((s for s in (10.0, 20.0, 50.0, 100.0) if span_deg / s <= 4.5), 200.0)
