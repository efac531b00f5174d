"""Ankle against curl, all reps of a set over each other: a late switch is seen at once."""

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from gui.models.rep_loops import LoopBand, RepLoop
from gui.widgets.plot import unsigned_degrees
from gui.widgets.rep_curves_plot import RepCurvesPlot
from gui.widgets.theme import Theme

LOW_DEG, HIGH_DEG = -52.0, 26.0
"""Ends of the ankle axis: as far as ankles move."""
_LEFT, _RIGHT = -3.0, 107.0
"""Ends of the curl axis in percent, with some room beside 0 and 100."""


class LoopPlot(RepCurvesPlot):
    """A plot of the :class:`RepLoop` values of a set over its :class:`LoopBand` values."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Ankle against curl"))
        self._bands = _Bands(theme)
        self._band_words: list[Any] = []
        self._item.setRange(xRange=(_LEFT, _RIGHT), yRange=(LOW_DEG, HIGH_DEG), padding=0)
        left = self._style_axis("left", 44, grid=True)
        left.setTickSpacing(major=20.0, minor=20.0)
        left.tickStrings = unsigned_degrees
        bottom = self._style_axis("bottom", 26)
        bottom.setTickSpacing(major=25.0, minor=25.0)
        bottom.tickStrings = _percent
        self._item.addItem(self._bands)

    def show_bands(self, bands: Sequence[LoopBand]) -> None:
        """Show the bands of the toes."""
        self._bands.show_bands(bands)
        for words in self._band_words:
            self._item.removeItem(words)
        self._band_words = [self._words_of(band) for band in bands]

    def show_loops(
        self,
        loops: Sequence[RepLoop],
        *,
        chosen: int | None = None,
        worst: int | None = None,
        worst_word: str = "",
        kept: Sequence[RepLoop] = (),
    ) -> None:
        """Show the loops of a set, with the parameters of :meth:`.RepCurvesPlot._show_reps`."""
        self._show_reps(loops, chosen=chosen, worst=worst, worst_word=worst_word, kept=kept)

    def show_position(self, curl_percent: float | None, ankle_deg: float | None) -> None:
        """Show the moment of the replay as a dot; None hides it."""
        if curl_percent is None or ankle_deg is None:
            self._show_dot(None)
        else:
            self._show_dot((curl_percent, ankle_deg))

    def _words_at(self, x: float, y: float) -> str:
        way = self.tr("toes up") if y > 0 else self.tr("pointed")
        text = self.tr("curl {percent} % · {angle}° {way}")
        return text.format(percent=f"{x:.0f}", angle=f"{abs(y):.0f}", way=way)

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


def _percent(values: Sequence[float], *_: float) -> list[str]:
    return [f"{v:.0f} %" for v in values]
