"""The person's own last weeks and best week, which one click takes over into the plan."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.pages.history.history_words import change_words
from gui.translations.decimals import plain
from gui.translations.set_words import angle_words, set_kind_words
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.theme import Theme
from processing.library.goal_file import Goals
from processing.library.own_weeks import RECENT_WEEKS, Aim, OwnWeeks, Quantity

_MOST_KINDS = 4
"""The kinds of set that were done last; older ones would only push the others out of sight."""
_NO_VALUE = "–"
_DECIMALS = {Quantity.LOWERING: 1, Quantity.RANGE: 0, Quantity.QUALITY: 0}
_UNITS = {Quantity.LOWERING: "s", Quantity.RANGE: "°", Quantity.QUALITY: "%"}


class OwnWeeksCard(Card):
    """A card with a table for each kind of set."""

    taken = Signal(object)
    """The :class:`Aim` to take over into the plan."""
    dropped = Signal(object)
    """The :class:`SetKind` whose aim the person drops."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Your own weeks"))
        self._theme = theme
        self._empty = label(self.tr("No set with reps yet."), "muted")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(16))
        self.body.addWidget(self._empty)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)
        self.shown: list[QWidget] = []

    def show_weeks(self, found: Sequence[OwnWeeks], goals: Goals) -> None:
        """Show the kinds of set that were done last, beside what the plan aims at."""
        for block in self.shown:
            self._rows.removeWidget(block)
            block.hide()
            block.deleteLater()
        self.shown = [
            self._block(weeks, goals.aim_for(weeks.kind)) for weeks in found[:_MOST_KINDS]
        ]
        for block in self.shown:
            self._rows.addWidget(block)
        self._empty.setVisible(not self.shown)

    def change_lines(self, weeks: OwnWeeks) -> list[str]:
        """Return for each number whether the newest session is a real change."""
        return [
            change_words(
                self._name(n.quantity, weeks),
                n.verdict,
                n.change,
                n.least,
                _UNITS[n.quantity],
                n.sessions,
            )
            for n in weeks.numbers
            if n.sessions
        ]

    def _block(self, weeks: OwnWeeks, aim: Aim | None) -> QWidget:
        px = self._theme.px
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        kind = set_kind_words(weeks.kind)
        title = label(kind, "title")
        title.setWordWrap(True)
        column.addWidget(title)
        column.addLayout(self._table(weeks, aim))
        changes = label("\n".join(self.change_lines(weeks)), "muted")
        changes.setWordWrap(True)
        column.addWidget(changes)
        buttons = FlowLayout(px(8))
        recent, best = weeks.aim(best=False), weeks.aim(best=True)
        acts: list[tuple[str, Callable[[], object], bool]] = [
            (
                self.tr("Aim at the last weeks"),
                partial(self.taken.emit, recent),
                recent is not None,
            ),
            (self.tr("Aim at the best week"), partial(self.taken.emit, best), best is not None),
            (self.tr("No aim"), partial(self.dropped.emit, weeks.kind), aim is not None),
        ]
        for text, act, offered in acts:
            if offered:
                button = push_button(text, act, "place")
                button.setAccessibleName(f"{text}: {kind}")
                buttons.addWidget(button)
        column.addLayout(buttons)
        return block

    def _table(self, weeks: OwnWeeks, aim: Aim | None) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(12))
        grid.setVerticalSpacing(self._theme.px(2))
        best = weeks.best_week
        day = (
            ""
            if best is None
            else QLocale().toString(QDate(best.year, best.month, best.day), "d MMM")
        )
        heads = (
            "",
            self.tr("last {weeks} weeks").format(weeks=RECENT_WEEKS),
            self.tr("best week {day}").format(day=day) if day else self.tr("best week"),
            self.tr("in the plan"),
        )
        aims = {
            Quantity.LOWERING: None if aim is None else aim.lowering_s,
            Quantity.RANGE: None if aim is None else aim.range_deg,
            Quantity.QUALITY: None if aim is None else aim.quality_percent,
        }
        rows = [heads] + [
            (
                self._name(n.quantity, weeks),
                _value(n.recent, n.quantity),
                _value(n.best, n.quantity),
                _value(aims[n.quantity], n.quantity),
            )
            for n in weeks.numbers
        ]
        for at, row in enumerate(rows):
            for place, text in enumerate(row):
                cell = label(text, "muted" if at == 0 or place == 0 else "")
                cell.setWordWrap(True)
                side = Qt.AlignmentFlag.AlignLeft if place == 0 else Qt.AlignmentFlag.AlignRight
                cell.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                grid.addWidget(cell, at, place)
        for place in range(len(heads)):
            grid.setColumnStretch(place, 1)
        return grid

    def _name(self, quantity: Quantity, weeks: OwnWeeks) -> str:
        names = {
            Quantity.LOWERING: self.tr("lowering"),
            Quantity.RANGE: angle_words(weeks.kind.exercise) or self.tr("range"),
            Quantity.QUALITY: self.tr("good reps"),
        }
        return names[quantity]


def _value(value: float | None, quantity: Quantity) -> str:
    if value is None:
        return _NO_VALUE
    number = plain(round(value, _DECIMALS[quantity]))
    return f"{number}{'' if quantity is Quantity.RANGE else ' '}{_UNITS[quantity]}"
