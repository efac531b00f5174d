"""The base of the plots that neither move nor zoom, in the style of the theme."""

from collections.abc import Mapping, Sequence

import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui.widgets.theme import Theme

_LEAST_WIDTH_PX = 300
"""Width of the size hint, at 100 % text size."""


class StillPlot(QWidget):
    """A plot without menu, zoom and buttons; a subclass draws on :attr:`_item`.

    Parameters
    ----------
    name
        Read by screen readers.
    least_px
        Least height, at 100 % text size.
    axes
        Axes other than the usual ones, by their sides.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        least_px: int,
        axes: Mapping[str, pg.AxisItem] | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        # pyqtgraph's menu is English and offers what would only confuse here.
        self._plot = pg.PlotWidget(background=None, axisItems=dict(axes or {}), enableMenu=False)
        self._plot.setStyleSheet("background: transparent")
        self._plot.setAccessibleName(name)
        # The keys cannot do anything in a plot; its numbers are in tables and descriptions.
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setAntialiasing(True)
        self._item = self._plot.getPlotItem()
        self._item.hideButtons()
        self._item.setMouseEnabled(x=False, y=False)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.px(2))
        self._rows.addWidget(self._plot, 1)
        self.setMinimumHeight(theme.px(least_px))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Return the least size that can be read; the layout gives more where there is room."""
        return QSize(self._theme.px(_LEAST_WIDTH_PX), self.minimumHeight())

    def _style_axis(self, side: str, size_px: int, *, grid: bool = False) -> pg.AxisItem:
        """Give an axis the font and colour of the theme, ``size_px`` of room and no line."""
        theme, axis = self._theme, self._item.getAxis(side)
        axis.setPen(pg.mkPen(None))
        # pyqtgraph draws the lines of the grid as ticks of the axis; others need no ticks.
        axis.setTickPen(pg.mkPen(theme.color("muted") if grid else None))
        axis.setTextPen(theme.ink("muted"))
        axis.setTickFont(theme.font(13))
        axis.setStyle(tickLength=0)
        (axis.setWidth if side in ("left", "right") else axis.setHeight)(theme.px(size_px))
        return axis


def unsigned_degrees(values: Sequence[float], *_: float) -> list[str]:
    """Return the ticks of an angle axis: a band tells toes up or pointed, not a sign."""
    return [f"{abs(v):.0f}°" for v in values]
