"""The sessions of each week as bars, with a line at those planned."""

from collections.abc import Sequence

import pyqtgraph as pg

from gui.pages.history.week_axis import MOST_DATES, WEEK_S, day_words, middle_s
from gui.widgets.plot import StillPlot
from gui.widgets.theme import Theme
from processing.library.adherence import PlanWeek

_WIDTH = 0.62
"""Width of a bar, as a share of a week."""


class PlanBars(StillPlot):
    """A bar of sessions for each week: done of planned above it, its Monday below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Sessions a week, done and planned"), least_px=130)
        self._item.hideAxis("left")
        self._style_axis("bottom", 26)

    def show_weeks(self, weeks: Sequence[PlanWeek]) -> None:
        """Show ``weeks``, oldest first."""
        self._item.clear()
        theme = self._theme
        middles = [middle_s(week.monday) for week in weeks]
        # The running week is paler: it is not over.
        for over, alpha in ((True, 0.55), (False, 0.3)):
            shown = [(m, w.sessions) for m, w in zip(middles, weeks, strict=True) if w.over is over]
            self._item.addItem(
                pg.BarGraphItem(
                    x=[m for m, _ in shown],
                    height=[n for _, n in shown],
                    width=_WIDTH * WEEK_S,
                    brush=theme.color("toes_pointed", alpha),
                    pen=pg.mkPen(None),
                )
            )
        most = max([1, *(max(w.sessions, w.planned_sessions or 0) for w in weeks)])
        for middle, week in zip(middles, weeks, strict=True):
            self._draw(middle, week)
        low, high = min(middles, default=0.0), max(middles, default=WEEK_S)
        self._item.setRange(
            xRange=(low - 0.7 * WEEK_S, high + 0.7 * WEEK_S),
            # Room for the words above the tallest bar.
            yRange=(0.0, 1.3 * most),
            padding=0,
        )
        every = -(-len(weeks) // MOST_DATES)
        dates = [(m, day_words(w.monday)) for m, w in zip(middles, weeks, strict=True)]
        self._item.getAxis("bottom").setTicks([dates[::every] if every else []])
        words = [f"{w.monday.isoformat()}: {_done(w)}" for w in weeks]
        self._plot.setAccessibleDescription("; ".join(words))

    def _draw(self, middle: float, week: PlanWeek) -> None:
        theme, half = self._theme, 0.5 * _WIDTH * WEEK_S
        planned = week.planned_sessions
        if planned:
            width = 2.0 * theme.px(1) * self.devicePixelRatioF()
            line = pg.PlotDataItem(
                [middle - half, middle + half],
                [planned, planned],
                pen=pg.mkPen(theme.color("text"), width=width),
            )
            self._item.addItem(line)
        if planned or week.sessions:
            text = pg.TextItem(_done(week), color=theme.color("text"), anchor=(0.5, 1.0))
            text.setFont(theme.font(13, bold=True))
            text.setPos(middle, max(week.sessions, planned or 0))
            self._item.addItem(text)


def _done(week: PlanWeek) -> str:
    if week.planned_sessions is None:
        return str(week.sessions)
    return f"{week.sessions}/{week.planned_sessions}"
