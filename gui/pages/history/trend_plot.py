"""A number over the weeks: one point a session, and a line for where they tend."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui.pages.history.date_axis import DateAxis
from gui.widgets.theme import Theme

_REACH_PX = 16.0
"""How near to a point the mouse must be."""
_NAME_HEIGHT = 0.14
"""How much of the plot's height a name takes."""
_BELOW = 0.08
"""How much of the plot's height is left below zero, so that a point there is whole."""
_LOOKS = (
    ("toes_pointed", "o", 11.0),
    ("toes_up", "t1", 12.0),
    ("muted", "s", 10.0),
    ("text", "d", 15.0),
)
"""Colour, shape and size in pixels: a smaller diamond would look like a disc."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One point: seconds since 1970, the value, where the line passes, and what to say of it."""

    t: float
    value: float
    tends_to: float
    said: str


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """Points and their line with its name; ``look`` chooses colour and shape, the same for a name."""

    name: str
    points: tuple[TrendPoint, ...]
    look: int = 0


class TrendPlot(QWidget):
    """Shows :class:`TrendSeries`; each is named at the right edge.

    Parameters
    ----------
    name
        What a screen reader calls it.
    high
        The upper end of the axis; None: as the values need it. The lower end is zero.
    """

    pointed_at = Signal(str)
    """What is under the mouse; empty when nothing is."""
    clicked = Signal(int, int)
    """The places of a series and of its point that was clicked."""

    def __init__(self, theme: Theme, *, name: str, high: float | None = None) -> None:
        super().__init__()
        self._theme, self._high = theme, high
        self._series: tuple[TrendSeries, ...] = ()
        self._drawn: list[Any] = []
        self._plot = pg.PlotWidget(background=None, axisItems={"bottom": DateAxis()})
        self._plot.setStyleSheet("background: transparent")
        self._plot.setAccessibleName(name)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setAntialiasing(True)
        self._item = self._plot.getPlotItem()
        self._item.hideButtons()
        self._item.setMenuEnabled(False)
        self._item.setMouseEnabled(x=False, y=False)
        self._item.showGrid(y=True, alpha=0.15)
        for side in ("left", "bottom"):
            axis = self._item.getAxis(side)
            axis.setPen(pg.mkPen(None))
            # The lines of the grid are the ticks of the left axis; the dates need none.
            axis.setTickPen(pg.mkPen(theme.color("muted") if side == "left" else None))
            axis.setTextPen(theme.color("muted"))
            axis.setTickFont(theme.font(13))
            axis.setStyle(tickLength=0, maxTickLevel=0)
        self._item.getAxis("left").setWidth(theme.px(48))
        self._item.getAxis("bottom").setHeight(theme.px(26))
        self._plot.scene().sigMouseMoved.connect(self._say)
        self._plot.scene().sigMouseClicked.connect(self._click)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self.setMinimumHeight(theme.px(130))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Return the least that can be read; more room is taken where it is."""
        return QSize(self._theme.px(300), self.minimumHeight())

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
        margin = max(0.04 * (end - start), 43200.0)
        self._name_series(end + 3.4 * margin, high)
        self._item.setRange(
            xRange=(start - margin, end + 3.5 * margin), yRange=(-_BELOW * high, high), padding=0
        )
        said = [f"{s.name}: {s.points[-1].said}" for s in series if s.points]
        self._plot.setAccessibleDescription("; ".join(said))

    def _draw(self, series: TrendSeries) -> None:
        theme, px = self._theme, self._theme.px
        name, symbol, size = _LOOKS[series.look % len(_LOOKS)]
        color = theme.color(name)
        t = np.array([p.t for p in series.points])
        values = np.array([p.value for p in series.points])
        line = pg.PlotDataItem(
            t,
            np.array([p.tends_to for p in series.points]),
            # Such a line is as many pixels of the screen wide, however many it has.
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

    def _name_series(self, t: float, high: float) -> None:
        """Write the name of each series left of ``t`` beside its last value, no name over another."""
        taken: list[float] = []
        step = _NAME_HEIGHT * high
        for series in self._series:
            if not series.points:
                continue
            last = series.points[-1].value
            places = [last + n * step for n in (0, 1, -1, 2, -2, 3, -3, 4, -4)]
            free = [
                v
                for v in places
                if 0.0 <= v <= high - 0.4 * step and all(abs(v - o) > 0.9 * step for o in taken)
            ]
            taken.append(free[0] if free else last)
            color = self._theme.color(_LOOKS[series.look % len(_LOOKS)][0])
            text = pg.TextItem(series.name, color=color, anchor=(1.0, 0.5))
            text.setFont(self._theme.font(13, bold=True))
            text.setPos(t, taken[-1])
            self._item.addItem(text)
            self._drawn.append(text)

    def _say(self, position: QPointF) -> None:
        found = self._nearest(position)
        text = ""
        if found is not None:
            series = self._series[found[0]]
            text = f"{series.name} · {series.points[found[1]].said}"
        self.pointed_at.emit(text)

    def _click(self, event: Any) -> None:
        found = self._nearest(event.scenePos())
        if found is not None:
            self.clicked.emit(*found)

    def _nearest(self, position: QPointF) -> tuple[int, int] | None:
        """Return the point nearest to a place of the scene, if it is near enough."""
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
