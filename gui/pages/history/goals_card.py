"""The goals of the person: how far each is, and what limits it now."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.translations.set_words import set_kind_words
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.goal_parts import GoalParts
from gui.widgets.goal_words import goal_words, limit_words
from gui.widgets.theme import Theme
from processing.library.goals import GoalProgress


class GoalsCard(Card):
    """A card with a goal above the other."""

    goal_wanted = Signal()
    """The person wants to set another goal."""
    edit_wanted = Signal(int)
    """The person wants to change the goal at this place."""
    removed = Signal(int)
    """The person gives up the goal at this place."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Goals"))
        self._theme = theme
        self.add = push_button(self.tr("New goal…"), self.goal_wanted.emit, "place")
        self.head.addWidget(self.add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(14))
        self._empty = label(
            self.tr("No goal is set, for example 80 % good reps at 45 kg, lowered in 4 s."), "muted"
        )
        self._empty.setWordWrap(True)
        self.body.addWidget(self._empty)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)
        self.shown: list[QWidget] = []

    def show_goals(self, found: Sequence[GoalProgress], unit: str, room: int) -> None:
        """Show the goals; ``room`` is how many there may be."""
        for row in self.shown:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.shown = [self._row(at, progress, unit) for at, progress in enumerate(found)]
        for row in self.shown:
            self._rows.addWidget(row)
        self._empty.setVisible(not found)
        self.add.setEnabled(len(found) < room)

    def _row(self, at: int, progress: GoalProgress, unit: str) -> QWidget:
        px = self._theme.px
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        what = label(goal_words(progress.goal, unit), "title")
        what.setWordWrap(True)
        kind = label(set_kind_words(progress.goal.kind), "muted")
        kind.setWordWrap(True)
        edit = push_button(self.tr("Change…"), lambda: self.edit_wanted.emit(at), "place")
        remove = push_button(self.tr("Give up"), lambda: self.removed.emit(at), "place")
        for button in (edit, remove):
            button.setAccessibleName(f"{button.text()} {what.text()}")
        names = QVBoxLayout()
        names.setSpacing(px(2))
        names.addWidget(what)
        names.addWidget(kind)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addLayout(names, 1)
        head.addWidget(edit)
        head.addWidget(remove)
        limit = label(limit_words(progress, unit))
        limit.setWordWrap(True)
        column.addLayout(head)
        column.addWidget(GoalParts(self._theme, progress, unit))
        column.addWidget(limit)
        return row
