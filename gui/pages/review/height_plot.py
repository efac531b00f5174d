"""Height over time, all reps of a set over each other: a drop is a steep fall, seen at once."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal

from gui.models.height_curves import HeightCurve
from gui.translations.decimals import decimal
from gui.widgets.plot import StillPlot, unsigned_degrees
from gui.widgets.theme import Theme
from processing.judge.checks import Grade

_REACH_PX = 14.0
"""Greatest distance of a click from the curve that it means."""
_LEAST_DEG = 20.0
"""Least top of the height axis."""
_ROOM = 1.14
"""The height axis reaches above the highest rep by this factor: the words stand there."""


class HeightPlot(StillPlot):
    """A plot of the :class:`HeightCurve` values of a set, with the asked lowering as a dashed line.

    The chosen rep is drawn bold, and the worst one in the colour of its verdict, with its name.
    """

    chosen = Signal(int)
    """The index of the rep whose curve was clicked."""
    pointed_at = Signal(str)
    """The values under the mouse in words; empty when it leaves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Height over the time of each rep"), least_px=180)
        self._curves: tuple[HeightCurve, ...] = ()
        self.lost: dict[int, tuple[float, float]] = {}
        """Time in s and height in degrees where control is lost, by the index of the rep."""
        self._drawn: list[Any] = []
        self._left, self._top = -1.0, _LEAST_DEG
        self._item.showGrid(y=True, alpha=0.15)
        left = self._style_axis("left", 44, grid=True)
        left.setTickSpacing(major=10.0, minor=10.0)
        left.tickStrings = unsigned_degrees
        bottom = self._style_axis("bottom", 44)
        bottom.tickStrings = _seconds
        # pyqtgraph writes labels as rich text with a style of its own.
        bottom.setLabel(
            self.tr("seconds before and after the lowering begins"),
            color=theme.color("muted").name(),
            **{"font-size": f"{theme.px(13)}px"},
        )
        self._dot = pg.ScatterPlotItem(
            size=theme.px(13),
            brush=theme.color("text"),
            pen=pg.mkPen(theme.color("panel"), width=theme.px(2)),
        )
        # The moment of the replay lies above every curve.
        self._dot.setZValue(20)
        self._item.addItem(self._dot)
        self._plot.scene().sigMouseMoved.connect(self._point_at)
        self._plot.scene().sigMouseClicked.connect(self._click)

    def show_curves(
        self,
        curves: Sequence[HeightCurve],
        *,
        chosen: int | None = None,
        worst: int | None = None,
        worst_word: str = "",
        kept: Sequence[HeightCurve] = (),
        asked: tuple[float, float] | None = None,
    ) -> None:
        """Show the curves of a set.

        Parameters
        ----------
        curves
            One curve a rep.
        chosen, worst
            Indices of reps; None for none.
        worst_word
            The name of the worst rep.
        kept
            The curves of another set, drawn dotted behind them to compare.
        asked
            Seconds of the asked lowering, and the height from which it is drawn, °; None without one.
        """
        self._curves = tuple(curves)
        for item in self._drawn:
            self._item.removeItem(item)
        self._drawn = []
        theme, px = self._theme, self._theme.px
        self._fit([*curves, *kept], asked)
        for curve in kept:
            self._draw(curve, theme.color("muted"), px(1.5), 1, Qt.PenStyle.DotLine)
        for curve in curves:
            if curve.index not in (chosen, worst):
                alpha = 0.35 if curve.partial else 0.75
                self._draw(curve, theme.color("leg", alpha), px(1.6), 2)
            elif curve.index == worst:
                name = "near" if curve.grade is Grade.NEAR else "miss"
                self._draw(curve, theme.color(name), px(3), 4)
                self._write(worst_word, name, self._left, (0.0, 0.0))
            else:
                self._draw(curve, theme.color("text"), px(2.6), 5)
        if asked is not None:
            self._draw_asked(*asked)
        self._mark_lost(chosen)
        count = self.tr("{count} reps").format(count=len(curves))
        lost = self._lost_words()
        self._plot.setAccessibleDescription(
            " ".join(f"{part}." for part in (count, worst_word, lost) if part)
        )

    def show_position(self, at: tuple[float, float] | None) -> None:
        """Show the moment of the replay, in s and degrees, as a dot; None hides it."""
        self._dot.setData(*([], []) if at is None else ([at[0]], [at[1]]))

    def _fit(self, curves: Sequence[HeightCurve], asked: tuple[float, float] | None) -> None:
        """Fit the axes to the reps, not to their partial ones alone."""
        times = [float(t) for c in curves if c.t_s.size for t in (c.t_s[0], c.t_s[-1])]
        tops = [float(np.nanmax(c.height_deg)) for c in curves if np.isfinite(c.height_deg).any()]
        seconds = asked[0] if asked is not None else 0.0
        self._left, right = min([*times, -1.0]), max([*times, seconds, 1.0])
        self._top = _ROOM * max([*tops, _LEAST_DEG])
        margin = 0.02 * (right - self._left)
        self._item.setRange(
            xRange=(self._left - margin, right + margin),
            yRange=(-0.06 * self._top, self._top),
            padding=0,
        )

    def _draw(
        self,
        curve: HeightCurve,
        color: Any,
        width: float,
        depth: int,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> None:
        # pyqtgraph takes the width of a pen in pixels of the screen, whatever its scale.
        pen = pg.mkPen(color, width=width * self.devicePixelRatioF(), style=style)
        line = pg.PlotCurveItem(
            curve.t_s, curve.height_deg, pen=pen, connect="finite", antialias=True
        )
        self._add(line, depth)

    def _draw_asked(self, seconds: float, height_deg: float) -> None:
        """Draw the asked lowering: what falls steeper is too fast."""
        color = self._theme.color("toes_pointed")
        width = self._theme.px(2) * self.devicePixelRatioF()
        pen = pg.mkPen(color, width=width, style=Qt.PenStyle.DashLine)
        self._add(
            pg.PlotCurveItem(np.array([0.0, seconds]), np.array([height_deg, 0.0]), pen=pen), 3
        )
        word = self.tr("asked: {seconds} s down").format(seconds=decimal(seconds))
        text = pg.TextItem(word, color=color, anchor=(0.0, 1.0))
        text.setFont(self._theme.font(13))
        # To the right of the line, which falls to the right.
        text.setPos(0.42 * seconds, 0.62 * height_deg)
        self._add(text, 9)

    def _mark_lost(self, chosen: int | None) -> None:
        """Mark where control of each lowering is lost by a cross, that of the chosen rep by a larger one."""
        self.lost = {c.index: c.broke for c in self._curves if c.broke and not c.partial}
        if not self.lost:
            return
        px, color = self._theme.px, self._theme.color("text")
        marks = pg.ScatterPlotItem(
            *np.array(list(self.lost.values())).T,
            symbol="x",
            size=[px(15) if index == chosen else px(9) for index in self.lost],
            brush=color,
            pen=pg.mkPen(self._theme.color("panel"), width=self.devicePixelRatioF()),
        )
        self._add(marks, 12)
        right = self._item.getViewBox().viewRange()[0][1]
        self._write(f"× {self._lost_words()}", "text", right, (1.0, 0.0))

    def _lost_words(self) -> str:
        """Return in how many reps control was lost; empty for none."""
        if not self.lost:
            return ""
        return self.tr("control lost in {count} reps").format(count=len(self.lost))

    def _write(self, word: str, color: str, x: float, anchor: tuple[float, float]) -> None:
        """Write a word above the curves."""
        text = pg.TextItem(word, color=self._theme.color(color), anchor=anchor)
        text.setFont(self._theme.font(14, bold=True))
        text.setPos(x, self._top)
        self._add(text, 10)

    def _add(self, item: Any, depth: int) -> None:
        item.setZValue(depth)
        self._item.addItem(item)
        self._drawn.append(item)

    def _point_at(self, position: QPointF) -> None:
        box = self._item.getViewBox()
        if not box.sceneBoundingRect().contains(position):
            self.pointed_at.emit("")
            return
        at = box.mapSceneToView(position)
        text = (
            self.tr("{seconds} s of the lowering · height {angle}°")
            if at.x() >= 0
            else self.tr("{seconds} s before the lowering · height {angle}°")
        )
        self.pointed_at.emit(
            text.format(seconds=decimal(abs(at.x())), angle=f"{max(at.y(), 0.0):.0f}")
        )

    def _click(self, event: Any) -> None:
        box = self._item.getViewBox()
        at = box.mapSceneToView(event.scenePos())
        across, up = box.viewPixelSize()
        distances = [(_distance(curve, at, across, up), curve.index) for curve in self._curves]
        distance, index = min(distances, default=(np.inf, 0))
        if distance <= self._theme.px(_REACH_PX):
            self.chosen.emit(index)


def _distance(curve: HeightCurve, at: QPointF, across: float, up: float) -> float:
    """Return the distance of a point from a curve, in pixels.

    ``across`` and ``up`` are the size of a pixel in the units of the axes.
    """
    away = np.hypot((curve.t_s - at.x()) / across, (curve.height_deg - at.y()) / up)
    known = away[np.isfinite(away)]
    return float(known.min()) if known.size else float(np.inf)


def _seconds(values: Sequence[float], *_: float) -> list[str]:
    return [f"{abs(v):g} s" for v in values]
