"""The number of sets in each week as bars."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

import pyqtgraph as pg
from PySide6.QtCore import QDate, QLocale

from gui.widgets.plot import StillPlot
from gui.widgets.theme import Theme
from processing.library.history import Week

_WEEK_S = 7 * 86400.0
_MOST_DATES = 6
"""More dates would overlap at 200 % text size."""


class WeekBars(StillPlot):
    """A bar of sets for each week: the number above it, its Monday below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Sets a week"), least_px=130)
        self._item.hideAxis("left")
        self._style_axis("bottom", 26)

    def show_weeks(self, weeks: Sequence[Week]) -> None:
        """Show ``weeks``, oldest first."""
        self._item.clear()
        middles = [_middle(week) for week in weeks]
        totals = [sum(week.sets.values()) for week in weeks]
        self._item.addItem(
            pg.BarGraphItem(
                x=middles,
                height=totals,
                width=0.62 * _WEEK_S,
                brush=self._theme.color("toes_pointed", 0.55),
                pen=pg.mkPen(None),
            )
        )
        for middle, total in zip(middles, totals, strict=True):
            if total:
                text = pg.TextItem(str(total), color=self._theme.color("text"), anchor=(0.5, 1.0))
                text.setFont(self._theme.font(13, bold=True))
                text.setPos(middle, total)
                self._item.addItem(text)
        low, high = min(middles, default=0.0), max(middles, default=_WEEK_S)
        self._item.setRange(
            xRange=(low - 0.7 * _WEEK_S, high + 0.7 * _WEEK_S),
            # Room for the number above the tallest bar.
            yRange=(0.0, 1.25 * max([1, *totals])),
            padding=0,
        )
        every = -(-len(weeks) // _MOST_DATES)
        dates = [(m, _day(w)) for m, w in zip(middles, weeks, strict=True)]
        self._item.getAxis("bottom").setTicks([dates[::every] if every else []])
        words = [f"{w.monday.isoformat()}: {n}" for w, n in zip(weeks, totals, strict=True)]
        self._plot.setAccessibleDescription("; ".join(words))


def _day(week: Week) -> str:
    day = week.monday
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM")


def _middle(week: Week) -> float:
    return datetime.combine(week.monday, time(), UTC).timestamp() + 0.5 * _WEEK_S
