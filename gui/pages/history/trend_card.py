"""A number over the weeks on a card, with its change in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Signal

from gui.pages.history.history_words import point_words, trend_words
from gui.pages.history.trend_plot import TrendPlot, TrendPoint, TrendSeries
from gui.translations.set_words import kind_words
from gui.widgets.card import Card, label
from gui.widgets.theme import Theme
from processing.library.history import Trend

_LOOKS = {"B": 0, "A": 1, "free": 2, "DF": 1, "PF": 3, "FREE": 2}
"""The look of each protocol and kind of set, an index of the plot's looks."""
_OTHER_LOOK = 2
"""A protocol of the person's own looks like a free set."""


class TrendCard(Card):
    """A card with the trends of one number in ``unit``."""

    session_chosen = Signal(object)
    """The path of the session whose point was clicked."""

    def __init__(self, theme: Theme, title: str, unit: str, high: float | None = None) -> None:
        super().__init__(theme, title, unit)
        self._unit = unit
        self._trends: tuple[Trend, ...] = ()
        self._plot = TrendPlot(theme, name=title, high=high)
        self._words = label("", "muted")
        self._words.setWordWrap(True)
        self.body.addWidget(self._plot, 1)
        self.body.addWidget(self._words)
        self._plot.pointed_at.connect(lambda words: self.note.setText(words or self._unit))
        self._plot.clicked.connect(
            lambda i, j: self.session_chosen.emit(self._trends[i].sessions[j].path)
        )

    def use_unit(self, unit: str) -> None:
        """Name another unit; the trends that are shown next are in it."""
        self._unit = unit
        self.set_note(unit)

    def show_trends(
        self,
        trends: Sequence[Trend],
        start: datetime,
        end: datetime,
        looks: Mapping[str, int] = _LOOKS,
    ) -> None:
        """Show ``trends`` between two times; ``looks`` are indices of the plot's looks, by name."""
        # A kind of set without this number would get a name without points.
        self._trends = tuple(t for t in trends if t.values)
        series = [
            TrendSeries(
                kind_words(trend.name),
                tuple(
                    TrendPoint(s.when.timestamp(), v, m, point_words(s, v, self._unit))
                    for s, v, m in zip(trend.sessions, trend.values, trend.medians, strict=True)
                ),
                looks.get(trend.name, _OTHER_LOOK),
            )
            for trend in self._trends
        ]
        self._plot.show_series(series, start.timestamp(), end.timestamp())
        words = [trend_words(trend, self._unit) for trend in self._trends]
        self._words.setText("\n".join(words) or self.tr("No session here has this number yet"))
