"""The goals of the person: how far each is, and what limits it now."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.models.goals import loads_in
from gui.pages.history.goal_parts import GoalParts
from gui.pages.history.history_words import set_kind_words
from gui.translations import texts
from gui.translations.decimals import plain
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.theme import Theme
from processing.library.goals import Goal, GoalProgress
from processing.library.history import Change
from processing.review.session_numbers import CHANGE_SESSIONS


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

    def goal_words(self, goal: Goal, unit: str) -> str:
        """Return a goal in words."""
        per_kg, load_unit = loads_in(unit)
        parts = [self.tr("{percent} % good").format(percent=plain(goal.quality_percent))]
        if goal.load_kg is not None:
            load = f"{plain(round(goal.load_kg * per_kg, 1))} {load_unit}"
            parts.append(self.tr("at {load}").format(load=load))
        words = " ".join(parts)
        if goal.lowering_s is None:
            return words
        down = self.tr("{seconds} s down").format(seconds=plain(goal.lowering_s))
        return f"{words}, {down}"

    def limit_words(self, found: GoalProgress, unit: str) -> str:
        """Return what limits a goal, and how sure its numbers are."""
        if found.limit is None:
            text = self.tr("Reached in {count} of the sessions of eight weeks").format(
                count=found.reached
            )
        else:
            limit = texts().weeks.goal_limit(found.limit, *loads_in(unit))
            text = self.tr("What limits it: {limit}").format(limit=limit)
        return f"{text}\n{self._change_words(found)}" if found.sessions else text

    def _change_words(self, found: GoalProgress) -> str:
        if found.verdict is Change.TOO_EARLY:
            text = self.tr(
                "Good reps near this load: too early to tell, {count} of {needed} sessions"
            )
            return text.format(count=found.known, needed=CHANGE_SESSIONS + 1)
        changes = {
            Change.NONE: self.tr("Good reps near this load: no real change"),
            Change.INCREASE: self.tr("Good reps near this load: more than before"),
            Change.DECREASE: self.tr("Good reps near this load: less than before"),
        }
        return changes[found.verdict]

    def _row(self, at: int, progress: GoalProgress, unit: str) -> QWidget:
        px = self._theme.px
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        what = label(self.goal_words(progress.goal, unit), "title")
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
        limit = label(self.limit_words(progress, unit))
        limit.setWordWrap(True)
        column.addLayout(head)
        column.addWidget(GoalParts(self._theme, progress, unit))
        column.addWidget(limit)
        return row
