"""Ankle against curl, all reps of a set over each other: a late switch is seen at once."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter

from gui.models.rep_loops import LoopBand, RepLoop
from gui.widgets.plot import StillPlot, unsigned_degrees
from gui.widgets.theme import Theme
from processing.judge.checks import Grade

LOW_DEG, HIGH_DEG = -52.0, 26.0
"""Ends of the ankle axis: as far as ankles move."""
_LEFT, _RIGHT = -3.0, 107.0
"""Ends of the curl axis in percent, with some room beside 0 and 100."""
_REACH_PX = 14.0
"""Greatest distance of a click from the curve that it means."""
_LABEL_AT = (8.0, -9.0)
"""Curl in percent and ankle in degrees: the neutral angles, which good reps cross quickly."""
_LOST_AT = 98.0
"""Curl in percent at which the legend of the break points ends."""


class LoopPlot(StillPlot):
    """A plot of the :class:`RepLoop` values of a set over its :class:`LoopBand` values.

    The chosen rep is drawn bold, and the worst one in the colour of its verdict, with its name.
    """

    chosen = Signal(int)
    """The index of the rep whose curve was clicked."""
    pointed_at = Signal(str)
    """The values under the mouse in words; empty when it leaves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Ankle against curl"), least_px=180)
        self._loops: tuple[RepLoop, ...] = ()
        self.lost: dict[int, tuple[float, float]] = {}
        """Curl in percent and ankle in degrees where control is lost, by the index of the rep."""
        self._drawn: list[Any] = []
        self._bands = _Bands(theme)
        self._item.setRange(xRange=(_LEFT, _RIGHT), yRange=(LOW_DEG, HIGH_DEG), padding=0)
        self._item.showGrid(y=True, alpha=0.15)
        self._style_axes()
        self._item.addItem(self._bands)
        self._words: list[Any] = []
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

    def show_bands(self, bands: Sequence[LoopBand]) -> None:
        """Show the bands of the toes."""
        self._bands.show_bands(bands)
        for words in self._words:
            self._item.removeItem(words)
        self._words = [self._words_of(band) for band in bands]

    def show_loops(
        self,
        loops: Sequence[RepLoop],
        *,
        chosen: int | None = None,
        worst: int | None = None,
        worst_word: str = "",
        kept: Sequence[RepLoop] = (),
    ) -> None:
        """Show the curves of a set.

        Parameters
        ----------
        loops
            One curve a rep.
        chosen, worst
            Indices of reps; None for none.
        worst_word
            The name of the worst rep.
        kept
            The curves of another set, drawn dotted behind them to compare.
        """
        self._loops = tuple(loops)
        for item in self._drawn:
            self._item.removeItem(item)
        self._drawn = []
        theme, px = self._theme, self._theme.px
        # Drawn first and dotted, so that the set of now lies above it.
        for loop in kept:
            self._draw(loop, theme.color("muted"), px(1.5), 1, Qt.PenStyle.DotLine)
        for loop in loops:
            if loop.index not in (chosen, worst):
                # Curves without a verdict stay in the background.
                alpha = 0.35 if loop.partial or loop.grade is Grade.NOT_JUDGED else 0.75
                self._draw(loop, theme.color("leg", alpha), px(1.6), 2)
        for loop in loops:
            if loop.index == worst:
                name = "near" if loop.grade is Grade.NEAR else "miss"
                self._draw(loop, theme.color(name), px(3), 4)
                self._name(worst_word, name)
        for loop in loops:
            if loop.index == chosen and loop.index != worst:
                self._draw(loop, theme.color("text"), px(2.6), 5)
        self._mark_lost(loops, chosen)
        count = self.tr("{count} reps").format(count=len(loops))
        lost = self._lost_words()
        self._plot.setAccessibleDescription(
            " ".join(f"{part}." for part in (count, worst_word, lost) if part)
        )

    def show_position(self, curl_percent: float | None, ankle_deg: float | None) -> None:
        """Show the moment of the replay as a dot; None hides it."""
        if curl_percent is None or ankle_deg is None:
            self._dot.setData([], [])
        else:
            self._dot.setData([curl_percent], [ankle_deg])

    def _style_axes(self) -> None:
        left = self._style_axis("left", 44, grid=True)
        left.setTickSpacing(major=20.0, minor=20.0)
        left.tickStrings = unsigned_degrees
        bottom = self._style_axis("bottom", 26)
        bottom.setTickSpacing(major=25.0, minor=25.0)
        bottom.tickStrings = _percent

    def _draw(
        self,
        loop: RepLoop,
        color: Any,
        width: float,
        depth: int,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> None:
        # pyqtgraph takes the width of a pen in pixels of the screen, whatever its scale.
        width *= self.devicePixelRatioF()
        for path in (loop.lift, loop.lower):
            curve = pg.PlotCurveItem(
                path.curl_percent,
                path.ankle_deg,
                pen=pg.mkPen(color, width=width, style=style),
                connect="finite",
                antialias=True,
            )
            curve.setZValue(depth)
            self._item.addItem(curve)
            self._drawn.append(curve)

    def _mark_lost(self, loops: Sequence[RepLoop], chosen: int | None) -> None:
        """Mark where control of each lowering is lost by a cross, that of the chosen rep by a larger one."""
        self.lost = {
            loop.index: loop.broke for loop in loops if loop.broke is not None and not loop.partial
        }
        if not self.lost:
            return
        px, color = self._theme.px, self._theme.color("text")
        sizes = [px(15) if index == chosen else px(9) for index in self.lost]
        marks = pg.ScatterPlotItem(
            *np.array(list(self.lost.values())).T,
            symbol="x",
            size=sizes,
            brush=color,
            pen=pg.mkPen(self._theme.color("panel"), width=self.devicePixelRatioF()),
        )
        marks.setZValue(12)
        legend = pg.TextItem(f"× {self._lost_words()}", color=color, anchor=(1.0, 0.5))
        legend.setFont(self._theme.font(13))
        # Between the bands, where good reps cross quickly, opposite to the name of the worst rep.
        legend.setPos(_LOST_AT, _LABEL_AT[1])
        legend.setZValue(10)
        for item in (marks, legend):
            self._item.addItem(item)
            self._drawn.append(item)

    def _lost_words(self) -> str:
        """Return in how many reps control was lost; empty for none."""
        if not self.lost:
            return ""
        return self.tr("control lost in {count} reps").format(count=len(self.lost))

    def _name(self, word: str, color: str) -> None:
        """Write the name of the worst rep."""
        text = pg.TextItem(word, color=self._theme.color(color), anchor=(0.0, 0.5))
        text.setFont(self._theme.font(14, bold=True))
        text.setPos(*_LABEL_AT)
        text.setZValue(10)
        self._item.addItem(text)
        self._drawn.append(text)

    def _words_of(self, band: LoopBand) -> Any:
        words = {
            (True, True): self.tr("toes up while lifting →"),
            (True, False): self.tr("pointed while lifting →"),
            (False, True): self.tr("← toes up while lowering"),
            (False, False): self.tr("← pointed while lowering"),
            (None, True): self.tr("toes up all the way"),
            (None, False): self.tr("pointed all the way"),
        }
        text = pg.TextItem(
            words[band.lifting, band.toes_up],
            color=self._theme.color("toes_up" if band.toes_up else "toes_pointed"),
            anchor=(0.0, 0.0) if band.toes_up else (0.0, 1.0),
        )
        text.setFont(self._theme.font(13, bold=True))
        text.setPos(band.left, HIGH_DEG if band.toes_up else LOW_DEG)
        text.setZValue(9)
        self._item.addItem(text)
        return text

    def _point_at(self, position: QPointF) -> None:
        box = self._item.getViewBox()
        if not box.sceneBoundingRect().contains(position):
            self.pointed_at.emit("")
            return
        at = box.mapSceneToView(position)
        way = self.tr("toes up") if at.y() > 0 else self.tr("pointed")
        self.pointed_at.emit(
            self.tr("curl {percent} % · {angle}° {way}").format(
                percent=f"{at.x():.0f}", angle=f"{abs(at.y()):.0f}", way=way
            )
        )

    def _click(self, event: Any) -> None:
        box = self._item.getViewBox()
        at = box.mapSceneToView(event.scenePos())
        across, up = box.viewPixelSize()
        distances = [(_distance(loop, at, across, up), loop.index) for loop in self._loops]
        distance, index = min(distances, default=(np.inf, 0))
        if distance <= self._theme.px(_REACH_PX):
            self.chosen.emit(index)


class _Bands(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """The bands behind the curves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bands: tuple[LoopBand, ...] = ()
        self.setZValue(-10)

    def show_bands(self, bands: Sequence[LoopBand]) -> None:
        self._bands = tuple(bands)
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(_LEFT, LOW_DEG, _RIGHT - _LEFT, HIGH_DEG - LOW_DEG)

    def paint(self, painter: QPainter, *_: object) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for band in self._bands:
            edge = HIGH_DEG if band.toes_up else LOW_DEG
            color = "toes_up" if band.toes_up else "toes_pointed"
            painter.setBrush(self._theme.color(color, 0.18))
            painter.drawRect(
                QRectF(QPointF(band.left, band.limit_deg), QPointF(band.right, edge)).normalized()
            )


def _distance(loop: RepLoop, at: QPointF, across: float, up: float) -> float:
    """Return the distance of a point from a loop, in pixels.

    ``across`` and ``up`` are the size of a pixel in the units of the axes.
    """
    nearest = np.inf
    for path in (loop.lift, loop.lower):
        away = np.hypot((path.curl_percent - at.x()) / across, (path.ankle_deg - at.y()) / up)
        known = away[np.isfinite(away)]
        nearest = min(nearest, float(known.min()) if known.size else np.inf)
    return nearest


def _percent(values: Sequence[float], *_: float) -> list[str]:
    return [f"{v:.0f} %" for v in values]
