"""The goal: what it asks, how far it is, and what limits it now."""

from PySide6.QtWidgets import QWidget

from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.goal_parts import GoalParts
from gui.widgets.goal_words import goal_words, now_words
from gui.widgets.theme import Theme
from processing.library.goals import GoalProgress


class GoalCard(Card):
    """A card with a :class:`GoalProgress`, or with the way to a first goal."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Goal"))
        self._theme = theme
        self.button = push_button("", lambda: None, "place")
        self.head.addWidget(self.button)
        self.what = label("")
        self.now = label("", "muted")
        for words in (self.what, self.now):
            words.setWordWrap(True)
            self.body.addWidget(words)
        self._parts: QWidget | None = None

    def show_goal(self, found: GoalProgress | None, unit: str) -> None:
        """Show the progress of a goal; None: none is set."""
        if self._parts is not None:
            self.body.removeWidget(self._parts)
            self._parts.hide()
            self._parts.deleteLater()
            self._parts = None
        if found is None:
            text = self.tr("None is set, for example 80 % good reps at 45 kg, lowered in 4 s.")
            self.what.setText(text)
            self.button.setText(self.tr("Set one"))
        else:
            self.what.setText(goal_words(found.goal, unit))
            self.now.setText(now_words(found, unit))
            self.button.setText(self.tr("All goals"))
            self._parts = GoalParts(self._theme, found, unit)
            self.body.insertWidget(1, self._parts)
        self.button.setAccessibleName(f"{self.title.text()}: {self.button.text()}")
        self.now.setVisible(found is not None)
