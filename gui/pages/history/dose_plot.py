"""The dose of each week as a bar, the soreness after it as a diamond, in one plot."""

from collections.abc import Sequence

import pyqtgraph as pg

from gui.pages.history.week_axis import MOST_DATES, WEEK_S, day_words, middle_s
from gui.translations.decimals import plain
from gui.widgets.plot import StillPlot
from gui.widgets.theme import Theme
from processing.coach.loads import SCALE_END
from processing.library.dose import DoseWeek

_ROOM = 1.1
"""Height of the plot over the tallest bar and over a soreness of 10: room for a whole diamond."""
_SORENESS_TICKS = (0, 5, 10)


class DosePlot(StillPlot):
    """A plot whose bars have their numbers at their feet; the right axis is that of soreness."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Lowering dose and soreness of each week"), least_px=150)
        self._item.hideAxis("left")
        self._item.showAxis("right")
        self._style_axis("bottom", 26)
        self._style_axis("right", 30)

    def show_weeks(self, weeks: Sequence[DoseWeek], unit: str) -> None:
        """Show ``weeks``, oldest first."""
        self._item.clear()
        theme, px = self._theme, self._theme.px
        middles = [middle_s(week.monday) for week in weeks]
        top = max([1.0, *(week.dose for week in weeks)])
        # The running week is paler: it is not over.
        for over, alpha in ((True, 0.55), (False, 0.3)):
            shown = [(m, w.dose) for m, w in zip(middles, weeks, strict=True) if w.over is over]
            self._item.addItem(
                pg.BarGraphItem(
                    x=[m for m, _ in shown],
                    height=[dose for _, dose in shown],
                    width=0.62 * WEEK_S,
                    brush=theme.color("toes_pointed", alpha),
                    pen=pg.mkPen(None),
                )
            )
        for middle, week in zip(middles, weeks, strict=True):
            if week.dose > 0.0:
                text = pg.TextItem(_short(week.dose), color=theme.color("text"), anchor=(0.5, 1.0))
                text.setFont(theme.font(13))
                # At the foot of its bar, where no diamond hides it but one of no soreness.
                text.setPos(middle, 0.0)
                self._item.addItem(text)
        sore = [(m, w.soreness) for m, w in zip(middles, weeks, strict=True)]
        known = [(m, value) for m, value in sore if value is not None]
        self._item.addItem(
            pg.ScatterPlotItem(
                [m for m, _ in known],
                # Both scales end at the same height.
                [value / SCALE_END * top for _, value in known],
                symbol="d",
                size=px(15),
                brush=theme.color("near"),
                pen=pg.mkPen(theme.color("panel"), width=px(1)),
                antialias=True,
            )
        )
        low, high = min(middles, default=0.0), max(middles, default=WEEK_S)
        self._item.setRange(
            xRange=(low - 0.7 * WEEK_S, high + 0.7 * WEEK_S),
            yRange=(-0.06 * top, _ROOM * top),
            padding=0,
        )
        every = -(-len(weeks) // MOST_DATES)
        dates = [(m, day_words(w.monday)) for m, w in zip(middles, weeks, strict=True)]
        self._item.getAxis("bottom").setTicks([dates[::every] if every else []])
        self._item.getAxis("right").setTicks(
            [[(value / SCALE_END * top, str(value)) for value in _SORENESS_TICKS]]
        )
        self._plot.setAccessibleDescription("; ".join(self._words(week, unit) for week in weeks))

    def _words(self, week: DoseWeek, unit: str) -> str:
        words = f"{week.monday.isoformat()}: {week.dose:.0f} {unit}"
        if week.soreness is None:
            return words
        return f"{words}, " + self.tr("soreness {value}").format(value=plain(week.soreness))


def _short(dose: float) -> str:
    """Return a dose that fits into a bar: thousands as 2.2k."""
    return plain(round(dose)) if dose < 1000.0 else f"{plain(round(dose / 1000.0, 1))}k"
