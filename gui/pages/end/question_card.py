"""The question at the end, answered by one of a few large buttons."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from gui.models.questions import Question
from gui.widgets.card import Card, label
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.theme import Theme

_MOST = max(question.most for question in Question)
_BUTTON_PX = 42


class QuestionCard(Card):
    """A card with a question and its numbers; the number keys of the page answer it as well."""

    answered = Signal(object)
    """The number, or None if the person rather does not say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, " ")
        self._theme = theme
        self.question: Question | None = None
        self.title.setWordWrap(True)
        self.head.setStretch(0, 1)
        self.head.setStretch(1, 0)
        self.ends = label("", "muted")
        self.ends.setWordWrap(True)
        self.buttons = [self._button(str(value), value) for value in range(_MOST + 1)]
        self.skip = self._button(self.tr("Rather not say · N"), None)
        self.body.addWidget(self.ends)
        self.body.addLayout(FlowLayout(theme.px(6), *self.buttons, self.skip))

    def ask(self, question: Question | None) -> None:
        """Show ``question``; None hides the card."""
        self.setVisible(question is not None)
        if question is self.question or question is None:
            return
        self.question = question
        words, ends = self._words(question)
        self.set_title(words)
        self.ends.setText(ends)
        self.setAccessibleName(words)
        for value, button in enumerate(self.buttons):
            button.setVisible(value <= question.most)
            open_end = question is Question.RESERVE and value == question.most
            button.setText(f"{value}+" if open_end else str(value))
            button.setAccessibleName(f"{words} {button.text()}")

    def _words(self, question: Question) -> tuple[str, str]:
        if question is Question.RESERVE:
            return (
                self.tr("How many more reps would there have been?"),
                self.tr("of the last set · a number key answers"),
            )
        if question is Question.SORENESS:
            return (
                self.tr("How sore are your hamstrings and calves?"),
                self.tr("0 not at all, 10 extremely sore · a number key answers"),
            )
        return (
            self.tr("How hard was the whole session?"),
            self.tr("0 like rest, 10 as hard as possible · a number key answers"),
        )

    def _button(self, text: str, value: int | None) -> QPushButton:
        button = QPushButton(text)
        px = self._theme.px
        if value is not None:
            button.setProperty("role", "tool")
            button.setFixedSize(px(_BUTTON_PX), px(_BUTTON_PX))
            button.setFont(self._theme.font(18, bold=True))
        else:
            button.setProperty("role", "place")
        button.setAccessibleName(text)
        button.setAutoDefault(True)
        button.clicked.connect(lambda: self.answered.emit(value))
        return button
