"""The number of sets in each week as bars."""

from collections.abc import Sequence

import pyqtgraph as pg

from gui.pages.history.week_axis import MOST_DATES, WEEK_S, day_words, middle_s
from gui.widgets.plot import StillPlot
from gui.widgets.theme import Theme
from processing.library.history import Week


class WeekBars(StillPlot):
    """A bar of sets for each week: the number above it, its Monday below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Sets a week"), least_px=130)
        self._item.hideAxis("left")
        self._style_axis("bottom", 26)

    def show_weeks(self, weeks: Sequence[Week]) -> None:
        """Show ``weeks``, oldest first."""
        self._item.clear()
        middles = [middle_s(week.monday) for week in weeks]
        totals = [sum(week.sets.values()) for week in weeks]
        self._item.addItem(
            pg.BarGraphItem(
                x=middles,
                height=totals,
                width=0.62 * WEEK_S,
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
        low, high = min(middles, default=0.0), max(middles, default=WEEK_S)
        self._item.setRange(
            xRange=(low - 0.7 * WEEK_S, high + 0.7 * WEEK_S),
            # Room for the number above the tallest bar.
            yRange=(0.0, 1.25 * max([1, *totals])),
            padding=0,
        )
        every = -(-len(weeks) // MOST_DATES)
        dates = [(m, day_words(w.monday)) for m, w in zip(middles, weeks, strict=True)]
        self._item.getAxis("bottom").setTicks([dates[::every] if every else []])
        words = [f"{w.monday.isoformat()}: {n}" for w, n in zip(weeks, totals, strict=True)]
        self._plot.setAccessibleDescription("; ".join(words))
