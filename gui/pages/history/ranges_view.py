"""The view of History on measured ranges: the mean of each measure, session by session."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gui.pages.app_state import AppState
from gui.pages.history.trend_card import TrendCard
from gui.pages.page_name import PageName
from gui.translations import texts
from gui.widgets.buttons import push_button
from gui.widgets.card import label
from gui.widgets.columns import Columns
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.folder_button import FolderButton
from processing.library import LibrarySession
from processing.library.range_history import range_kinds, range_trends
from processing.output.range_table import write_ranges
from processing.ranges.measures import Measure, RangeKind
from sensor.errors import ToepointError


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
        self.export = push_button(self.tr("Export as a table (CSV)…"), self._ask_export)
        self._sessions: tuple[LibrarySession, ...] = ()
        self.said = label("", "muted")
        self.said.setWordWrap(True)
        self.said.hide()
        self.folder = FolderButton()
        last = QVBoxLayout()
        last.addWidget(self.nothing)
        last.addWidget(self.method)
        last.addLayout(FlowLayout(theme.px(10), self.button, self.export))
        last.addWidget(self.said)
        last.addLayout(FlowLayout(theme.px(10), self.folder))
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
        self._sessions = tuple(sorted(measured, key=lambda s: s.created_utc))
        self.export.setVisible(bool(measured))
        start = min((s.when for s in measured), default=now)
        end = max([now, *(s.when for s in measured)])
        kinds = range_kinds(measured)
        for measure, card in self.cards.items():
            own = [kind for kind in kinds if kind.measure is measure]
            looks = {_name(kind): at for at, kind in enumerate(own)}
            card.show_trends(range_trends(measured, own, _name), start, end, looks)
            card.setVisible(bool(own))
        self.nothing.setVisible(not kinds)

    def export_ranges(self, path: Path) -> None:
        """Write the ranges of all visible sessions as a table, and say how that went."""
        try:
            write_ranges(path, [(s.created_utc, s.ranges) for s in self._sessions])
        except ToepointError as error:
            self.said.setText(str(error))
            self.folder.show_for(None)
        else:
            self.said.setText(self.tr("{name} is written").format(name=path.name))
            self.folder.show_for(path)
        self.said.show()

    def _ask_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Write the measured ranges"), "ranges.csv", self.tr("Tables (*.csv)")
        )
        # Empty after Cancel.
        if name:
            self.export_ranges(Path(name))


def _name(kind: RangeKind) -> str:
    return texts().ranges.short(kind)
