"""The base of the plots that show all reps of a set over each other, a curve each."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor

from gui.widgets.legend_label import LegendLabel, LegendWord
from gui.widgets.plot import StillPlot
from gui.widgets.theme import Theme
from processing.judge.checks import Grade
from sensor.types import FloatArray

_REACH_PX = 14.0
"""Greatest distance of a click from the curve that it means."""


class RepCurve(Protocol):
    """The curve of a rep."""

    @property
    def index(self) -> int:
        """Its place among all reps of the set, partial ones too."""

    @property
    def grade(self) -> Grade:
        """Grade of its verdict."""

    @property
    def partial(self) -> bool:
        """Whether it is a partial rep."""

    @property
    def broke(self) -> tuple[float, float] | None:
        """The point at which control of the lowering is lost; None unless it is."""

    @property
    def lines(self) -> tuple[tuple[FloatArray, FloatArray], ...]:
        """The lines that it is drawn as, (n,) and (n,) each, NaN without data."""


class RepCurvesPlot(StillPlot):
    """A plot of :class:`RepCurve` values.

    The chosen rep is drawn bold, and the worst one in the colour of its verdict. Its name and the legend stand
    above the plot: on it they would cover curves where there is little room. A subclass gives the axes and
    what the mouse points at.
    """

    chosen = Signal(int)
    """The index of the rep whose curve was clicked."""
    pointed_at = Signal(str)
    """The values under the mouse in words; empty when it leaves."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, least_px=180)
        self._curves: tuple[RepCurve, ...] = ()
        self.lost: dict[int, tuple[float, float]] = {}
        """The points at which control is lost, by the index of the rep."""
        self._drawn: list[Any] = []
        self.legend = LegendLabel(theme)
        self._words: list[LegendWord] = []
        self._rows.insertWidget(0, self.legend)
        self._item.showGrid(y=True, alpha=0.15)
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

    def _words_at(self, x: float, y: float) -> str:
        """Return a point of the plot in words."""
        raise NotImplementedError

    def _show_reps(
        self,
        curves: Sequence[RepCurve],
        *,
        chosen: int | None,
        worst: int | None,
        worst_word: str,
        kept: Sequence[RepCurve],
        others: Sequence[LegendWord] = (),
    ) -> None:
        """Show the curves of a set in place of what was drawn before.

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
        others
            Further words of the legend.
        """
        self._curves = tuple(curves)
        for item in self._drawn:
            self._item.removeItem(item)
        self._drawn = []
        self._words = []
        theme, px = self._theme, self._theme.px
        unjudged = _unjudged(curves)
        # Drawn first and dotted, so that the set of now lies above it.
        for curve in kept:
            self._draw_rep(curve, theme.color("muted"), px(1.5), 1, Qt.PenStyle.DotLine)
        for curve in curves:
            if curve.index == worst:
                name = "near" if curve.grade is Grade.NEAR else "miss"
                self._draw_rep(curve, theme.color(name), px(3), 4)
                self._write(worst_word, theme.ink(name), bold=True)
            elif curve.index == chosen:
                self._draw_rep(curve, theme.color("text"), px(2.6), 5)
            else:
                # Curves without a verdict stay in the background.
                faint = curve.partial or curve.grade is Grade.NOT_JUDGED
                style = (
                    Qt.PenStyle.DashLine
                    if any(curve is one for one in unjudged)
                    else Qt.PenStyle.SolidLine
                )
                color = theme.color("leg", 0.35 if faint else 0.75)
                self._draw_rep(curve, color, px(1.6), 2, style)
        self._mark_lost(chosen)
        if unjudged:
            self._write(f"– – {self._unjudged_words(unjudged)}", theme.ink("muted"))
        count = self.tr("{count} reps").format(count=len(curves))
        self.legend.show_words((*self._words, *others))
        parts = (count, worst_word, self._unjudged_words(unjudged), self._lost_words())
        self._plot.setAccessibleDescription(" ".join(f"{part}." for part in parts if part))

    def _show_dot(self, at: tuple[float, float] | None) -> None:
        """Show the moment of the replay as a dot; None hides it."""
        self._dot.setData(*([], []) if at is None else ([at[0]], [at[1]]))

    def _draw_rep(
        self,
        curve: RepCurve,
        color: Any,
        width: float,
        depth: int,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> None:
        for x, y in curve.lines:
            self._draw_line(x, y, color, width, depth, style)

    def _draw_line(
        self, x: FloatArray, y: FloatArray, color: Any, width: float, depth: int, style: Qt.PenStyle
    ) -> None:
        # pyqtgraph takes the width of a pen in pixels of the screen, whatever its scale.
        pen = pg.mkPen(color, width=width * self.devicePixelRatioF(), style=style)
        self._add(pg.PlotCurveItem(x, y, pen=pen, connect="finite", antialias=True), depth)

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
        self._write(f"× {self._lost_words()}", color)

    def _lost_words(self) -> str:
        """Return in how many reps control was lost; empty for none."""
        if not self.lost:
            return ""
        if len(self.lost) == 1:
            return self.tr("control lost in 1 rep")
        return self.tr("control lost in {count} reps").format(count=len(self.lost))

    def _write(self, word: str, color: QColor, *, bold: bool = False) -> None:
        """Add a word to the legend."""
        if word:
            self._words.append(LegendWord(word, color, bold))

    def _unjudged_words(self, curves: Sequence[RepCurve]) -> str:
        """Return how many reps are not judged; empty for none."""
        if not curves:
            return ""
        if len(curves) == 1:
            return self.tr("1 rep not judged")
        return self.tr("{count} reps not judged").format(count=len(curves))

    def _add(self, item: Any, depth: int) -> None:
        """Add an item that the next set removes again."""
        item.setZValue(depth)
        self._item.addItem(item)
        self._drawn.append(item)

    def _point_at(self, position: QPointF) -> None:
        box = self._item.getViewBox()
        if not box.sceneBoundingRect().contains(position):
            self.pointed_at.emit("")
            return
        at = box.mapSceneToView(position)
        self.pointed_at.emit(self._words_at(at.x(), at.y()))

    def _click(self, event: Any) -> None:
        box = self._item.getViewBox()
        at = box.mapSceneToView(event.scenePos())
        across, up = box.viewPixelSize()
        distances = [(_distance(curve, at, across, up), curve.index) for curve in self._curves]
        distance, index = min(distances, default=(np.inf, 0))
        if distance <= self._theme.px(_REACH_PX):
            self.chosen.emit(index)


def _unjudged(curves: Sequence[RepCurve]) -> list[RepCurve]:
    """Return the whole reps without a verdict; none in a set in which nothing is judged."""
    found = [c for c in curves if c.grade is Grade.NOT_JUDGED and not c.partial]
    judged = any(c.grade is not Grade.NOT_JUDGED for c in curves)
    return found if judged else []


def _distance(curve: RepCurve, at: QPointF, across: float, up: float) -> float:
    """Return the distance of a point from a curve, in pixels.

    ``across`` and ``up`` are the size of a pixel in the units of the axes.
    """
    away = [np.hypot((x - at.x()) / across, (y - at.y()) / up) for x, y in curve.lines]
    known = [one[np.isfinite(one)] for one in away]
    return min((float(one.min()) for one in known if one.size), default=float(np.inf))
