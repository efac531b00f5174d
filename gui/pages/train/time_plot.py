"""An angle over the last seconds, with the phases as a ribbon and their bands behind the curve."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.models.train_view import PhaseSpan
from gui.pages.train.curve_item import CurveItem
from gui.pages.train.phase_bands import PhaseBands
from gui.pages.train.phase_ribbon import PhaseRibbon
from gui.pages.train.time_line import TimeLine
from gui.widgets.card import label
from gui.widgets.plain_text import PlainLabel
from gui.widgets.plot import unsigned_degrees
from gui.widgets.theme import Theme
from processing.types import Phase
from sensor.types import FloatArray

MOST_POINTS = 700
"""About one a pixel, and 30 ms from one to the next: straight lines between them miss the curve of a fast
lift by less than 0.3°, a pixel at most."""
_RIGHT = 16.0
"""Room right of the curve for half of the last time, at 100 % text size."""


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
        self._bands = PhaseBands(theme, low, high, seconds)
        # Widgets of their own: the view of pyqtgraph cuts off and never repaints what is painted
        # outside its axes.
        self._ribbon = PhaseRibbon(theme, seconds) if ribbon else None
        self._times = TimeLine(theme, seconds) if times else None
        self._names: list[tuple[float, PlainLabel]] = []
        self._plot = pg.PlotWidget(background=theme.color("panel"), enableMenu=False)
        self._plot.setAccessibleName(name)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        self._item = item = self._plot.getPlotItem()
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        item.setContentsMargins(0, theme.px(4), theme.px(_RIGHT), 0 if times else theme.px(4))
        item.setRange(xRange=(-seconds, 0.0), yRange=(low, high), padding=0)
        item.hideAxis("bottom")
        axis = item.getAxis("left")
        axis.setPen(pg.mkPen(None))
        axis.setTextPen(theme.ink("muted"))
        axis.setTickFont(theme.font(13))
        axis.setStyle(tickLength=0, tickAlpha=0)
        self._axis_width = theme.px(58)
        axis.setWidth(self._axis_width)
        axis.tickStrings = unsigned_degrees
        self._show_range()
        item.addItem(self._bands)
        self._curve = CurveItem(theme.color("text"), 2.0 * theme.text_scale, self._area)
        item.addItem(self._curve)
        self._empty = label("", "muted", self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._empty.hide()
        item.getViewBox().sigResized.connect(self._align)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if self._ribbon is not None:
            layout.addWidget(self._ribbon)
        layout.addWidget(self._plot, 1)
        if self._times is not None:
            layout.addWidget(self._times)

    def show_angle(self, t: FloatArray, angle_deg: FloatArray, now: float) -> None:
        """Show ``angle_deg`` (n,) at ``t`` (n,) s; NaN leaves a gap."""
        shown_t, shown = _thinned(t, angle_deg)
        self._curve.show_samples(shown_t - now, shown)

    def show_empty(self, words: str) -> None:
        """Show ``words`` in place of a curve; none once there is one."""
        if words != self._empty.text():
            self._empty.setText(words)
            self._empty.setVisible(bool(words))
            self._empty.raise_()

    @property
    def pixel_s(self) -> float:
        """The time in s that a pixel of the screen is wide."""
        width: float = self._item.getViewBox().width() * self.devicePixelRatioF()
        return self._seconds / max(width, 1.0)

    def show_words(self, words: Mapping[Phase, str]) -> None:
        """Use these words of the phases in the ribbon."""
        if self._ribbon is not None:
            self._ribbon.show_words(words)

    def show_phases(self, spans: Sequence[PhaseSpan], now: float) -> None:
        """Show the ribbon and the bands of ``spans``."""
        placed = tuple(
            (s, max(s.t_start - now, -self._seconds), min(s.t_end - now, 0.0))
            for s in spans
            if s.t_end - now > -self._seconds
        )
        self._bands.show_spans(placed)
        if self._ribbon is not None:
            self._ribbon.show_spans(placed)

    def show_range(self, low: float, high: float) -> None:
        """Show the angles from ``low`` to ``high`` degrees."""
        if (low, high) != self._range:
            self._range = low, high
            self._bands.show_range(low, high)
            self._curve.show_bounds(self._area)
            self._show_range()
            self._align()

    @property
    def _area(self) -> QRectF:
        low, high = self._range
        return QRectF(-self._seconds, low, self._seconds, high - low)

    def show_name(self, name: str) -> None:
        """Name the plot for a screen reader."""
        self._plot.setAccessibleName(name)

    def show_names(self, names: Sequence[BandName]) -> None:
        """Write the names of bands beside the axis."""
        for _, old in self._names:
            old.deleteLater()
        self._names = []
        for name in names:
            text = PlainLabel(name.text, self)
            text.setFont(self._theme.font(13, bold=True))
            text.setStyleSheet(f"color: {self._theme.ink(name.color).name()};")
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
        self._align()

    def _show_range(self) -> None:
        low, high = self._range
        self._item.setRange(yRange=(low, high), padding=0)
        step = _step(high - low)
        axis = self._item.getAxis("left")
        axis.setTickSpacing(major=step, minor=step)
        # pyqtgraph's own grid is drawn as ticks of the axis and cut at its width.
        self._bands.show_grid(np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step)

    def _align(self, *_: object) -> None:
        """Place the names, the ribbon and the times beside the axes."""
        view = self._item.getViewBox()
        box: QRectF = view.mapRectToScene(view.rect())
        box.translate(self._plot.mapTo(self, QPoint()))
        self._empty.setGeometry(box.toAlignedRect())
        for line in (self._ribbon, self._times):
            if line is not None:
                line.show_sides(box.left(), box.right())
        low, high = self._range
        for deg, text in self._names:
            y = box.top() + (high - deg) / (high - low) * box.height()
            height = text.sizeHint().height()
            text.setGeometry(
                0, round(y - height / 2), round(box.left()) - self._theme.px(6), height
            )


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
