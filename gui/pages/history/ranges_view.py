"""The view of History on measured ranges: the mean of each measure, session by session."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.app_state import AppState
from gui.pages.history.trend_card import TrendCard
from gui.pages.page_name import PageName
from gui.translations import texts
from gui.widgets.buttons import push_button
from gui.widgets.card import label
from gui.widgets.columns import Columns
from gui.widgets.flow_layout import FlowLayout
from processing.library import LibrarySession
from processing.library.range_history import range_kinds, range_trends
from processing.ranges.measures import Measure, RangeKind


class RangesView(QWidget):
    """A card for each measure; the way to the page that measures them."""

    session_chosen = Signal(object)
    """The path of the session whose point was clicked."""

    def __init__(self, state: AppState) -> None:
        super().__init__()
        theme = state.theme
        titles = {
            Measure.DORSIFLEXION: self.tr("Toes up"),
            Measure.PLANTARFLEXION: self.tr("Toes pointed"),
            Measure.INCLINATION: self.tr("Lunge"),
        }
        self.cards = {one: TrendCard(theme, title, "°") for one, title in titles.items()}
        self.method = label(texts().ranges.range_method(), "muted")
        self.method.setWordWrap(True)
        self.nothing = label(self.tr("No range was measured in these sessions."), "heading")
        self.nothing.setWordWrap(True)
        self.button = push_button(
            self.tr("Measure ranges"), lambda: state.page_wanted.emit(PageName.RANGES)
        )
        last = QVBoxLayout()
        last.addWidget(self.nothing)
        last.addWidget(self.method)
        last.addLayout(FlowLayout(theme.px(10), self.button))
        last.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.px(14))
        columns = Columns(theme, (50, 50))
        cards = list(self.cards.values())
        for at, card in enumerate(cards):
            columns.column(at % 2).addWidget(card, 1)
        columns.column(1).addLayout(last)
        outer.addWidget(columns, 1)
        for card in cards:
            card.session_chosen.connect(self.session_chosen)

    def show_sessions(self, sessions: Sequence[LibrarySession], now: datetime) -> None:
        """Show the ranges of ``sessions`` up to ``now``."""
        measured = [s for s in sessions if s.ranges]
        start = min((s.when for s in measured), default=now)
        end = max([now, *(s.when for s in measured)])
        kinds = range_kinds(measured)
        for measure, card in self.cards.items():
            own = [kind for kind in kinds if kind.measure is measure]
            looks = {_name(kind): at for at, kind in enumerate(own)}
            card.show_trends(range_trends(measured, own, _name), start, end, looks)
            card.setVisible(bool(own))
        self.nothing.setVisible(not kinds)


def _name(kind: RangeKind) -> str:
    return texts().ranges.short(kind)
