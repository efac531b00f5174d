"""A number over the weeks: one point a session, and a line of running medians."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Signal

from gui.pages.history.date_axis import DateAxis
from gui.widgets.plot import StillPlot
from gui.widgets.theme import Theme

_REACH_PX = 16.0
"""Greatest distance of the mouse from the point that it means."""
_NAME_HEIGHT = 0.14
"""Height of a name, as a share of the plot's height."""
_BELOW = 0.08
"""Share of the plot's height below zero, so that a point at zero is whole."""
_LOOKS = (
    ("toes_pointed", "o", 11.0),
    ("toes_up", "t1", 12.0),
    ("muted", "s", 10.0),
    ("text", "d", 15.0),
)
"""Colour, shape and size in pixels: a smaller diamond would look like a disc."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A session in a trend."""

    t: float
    """Seconds since 1970."""
    value: float
    """In the unit of the plot."""
    median: float
    """Median of this session and the five before it: the line."""
    words: str
    """The tool tip of the point; screen readers read that of the last one."""


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """The points of one kind of session, in the order of time."""

    name: str
    """Written at the right edge."""
    points: tuple[TrendPoint, ...]
    """May be empty."""
    look: int = 0
    """Chooses colour and shape, which are the same for a name in every plot."""


class TrendPlot(StillPlot):
    """A plot of :class:`TrendSeries`; each is named at the right edge.

    Parameters
    ----------
    name
        Read by screen readers.
    high
        The upper end of the axis; None: as the values need it. The lower end is zero.
    """

    pointed_at = Signal(str)
    """The words of the point under the mouse; empty for none."""
    clicked = Signal(int, int)
    """The index of a series and of its point that was clicked."""

    def __init__(self, theme: Theme, *, name: str, high: float | None = None) -> None:
        super().__init__(theme, name, least_px=130, axes={"bottom": DateAxis()})
        self._high = high
        self._series: tuple[TrendSeries, ...] = ()
        self._drawn: list[Any] = []
        self._names: list[Any] = []
        self._span = 0.0, 1.0
        self._item.showGrid(y=True, alpha=0.15)
        for side, size_px in (("left", 48), ("bottom", 26)):
            axis = self._style_axis(side, size_px, grid=side == "left")
            axis.setStyle(maxTickLevel=0)
        self._plot.scene().sigMouseMoved.connect(self._point_at)
        self._plot.scene().sigMouseClicked.connect(self._click)
        self._item.getViewBox().sigResized.connect(self._fit)

    def show_series(self, series: Sequence[TrendSeries], start: float, end: float) -> None:
        """Show ``series`` between two times in seconds since 1970."""
        self._series = tuple(series)
        for item in self._drawn:
            self._item.removeItem(item)
        self._drawn = []
        for each in series:
            self._draw(each)
        values = [p.value for s in series for p in s.points]
        high = self._high or 1.15 * max(values, default=1.0) or 1.0
        # Half a day at least: a single session would lie on the axis.
        margin = max(0.04 * (end - start), 43200.0)
        self._span = start - margin, end + margin
        self._name_series(high)
        self._item.setRange(yRange=(-_BELOW * high, high), padding=0)
        self._fit()
        words = [f"{s.name}: {s.points[-1].words}" for s in series if s.points]
        self._plot.setAccessibleDescription("; ".join(words))

    def _fit(self, *_: object) -> None:
        """Leave as much room beside the last points as the names need, whatever the width."""
        left, last = self._span
        names_px = max((name.boundingRect().width() for name in self._names), default=0.0)
        share = names_px / max(self._item.getViewBox().width(), 1.0)
        right = last + (last - left) * share / max(1.0 - share, 0.5)
        self._item.setRange(xRange=(left, right), padding=0)
        for name in self._names:
            name.setPos(right, name.pos().y())

    def _draw(self, series: TrendSeries) -> None:
        theme, px = self._theme, self._theme.px
        name, symbol, size = _LOOKS[series.look % len(_LOOKS)]
        color = theme.color(name)
        t = np.array([p.t for p in series.points])
        values = np.array([p.value for p in series.points])
        line = pg.PlotDataItem(
            t,
            np.array([p.median for p in series.points]),
            # pyqtgraph takes the width of a pen in pixels of the screen, whatever its scale.
            pen=pg.mkPen(theme.color(name, 0.55), width=1.6 * px(1) * self.devicePixelRatioF()),
            antialias=True,
        )
        points = pg.ScatterPlotItem(
            t,
            values,
            symbol=symbol,
            size=px(size),
            brush=color,
            pen=pg.mkPen(theme.color("panel"), width=px(1)),
            antialias=True,
        )
        for item in (line, points):
            self._item.addItem(item)
            self._drawn.append(item)

    def _name_series(self, high: float) -> None:
        """Write the name of each series at the right edge beside its last value; names do not overlap."""
        taken: list[float] = []
        self._names = []
        step = _NAME_HEIGHT * high
        for series in self._series:
            if not series.points:
                continue
            last = series.points[-1].value
            places = [last + n * step for n in (0, 1, -1, 2, -2, 3, -3, 4, -4)]
            # Names move up or down by steps until they do not touch.
            free = [
                v
                for v in places
                if 0.0 <= v <= high - 0.4 * step and all(abs(v - o) > 0.9 * step for o in taken)
            ]
            taken.append(free[0] if free else last)
            color = self._theme.color(_LOOKS[series.look % len(_LOOKS)][0])
            text = pg.TextItem(series.name, color=color, anchor=(1.0, 0.5))
            text.setFont(self._theme.font(13, bold=True))
            text.setPos(0.0, taken[-1])
            self._item.addItem(text)
            self._drawn.append(text)
            self._names.append(text)

    def _point_at(self, position: QPointF) -> None:
        found = self._nearest(position)
        text = ""
        if found is not None:
            series = self._series[found[0]]
            text = f"{series.name} · {series.points[found[1]].words}"
        self.pointed_at.emit(text)

    def _click(self, event: Any) -> None:
        found = self._nearest(event.scenePos())
        if found is not None:
            self.clicked.emit(*found)

    def _nearest(self, position: QPointF) -> tuple[int, int] | None:
        """Return series and point nearest to a place of the scene; None if none is near enough."""
        box = self._item.getViewBox()
        at = box.mapSceneToView(position)
        across, up = box.viewPixelSize()
        away = [
            (float(np.hypot((p.t - at.x()) / across, (p.value - at.y()) / up)), i, j)
            for i, s in enumerate(self._series)
            for j, p in enumerate(s.points)
        ]
        distance, i, j = min(away, default=(np.inf, 0, 0))
        return (i, j) if distance <= self._theme.px(_REACH_PX) else None
