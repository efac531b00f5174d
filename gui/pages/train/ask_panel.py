"""A question that is answered by a number: large buttons, and one to skip it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.models.questions import Question
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.theme import Theme

_MOST = max(question.most for question in Question)


class AskPanel(QWidget):
    """A panel with a :class:`Question`; the number keys of the page answer it as well."""

    answered = Signal(object)
    """The number, or None if the person skips the question."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px = theme.px
        self.question: Question | None = None
        self.words, self.ends = ElidedLabel(), ElidedLabel()
        self.words.setProperty("role", "title")
        self.ends.setProperty("role", "muted")
        self.buttons = [self._button(str(value), value) for value in range(_MOST + 1)]
        self.skip = self._button(self.tr("Rather not say · N"), None)
        head, row = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.words, 1)
        head.addWidget(self.skip)
        row.setSpacing(px(6))
        for button in self.buttons:
            button.setMinimumWidth(px(34))
            row.addWidget(button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        layout.addLayout(head)
        layout.addWidget(self.ends)
        layout.addLayout(row)
        layout.addStretch(1)

    def ask(self, question: Question) -> None:
        """Show ``question``."""
        if question is self.question:
            return
        self.question = question
        self.words.setText(self.question_words(question))
        self.ends.setText(self._ends(question))
        self.setAccessibleName(self.words.text())
        for value, button in enumerate(self.buttons):
            button.setVisible(value <= question.most)

    def keys(self, question: Question) -> str:
        """Return the keys that answer, in words."""
        return self.tr("0–{most} · N").format(most=min(question.most, 9))

    def question_words(self, question: Question) -> str:
        """Return the question in words."""
        words = {
            Question.SORENESS: self.tr("How sore are your hamstrings and calves?"),
            Question.RESERVE: self.tr("How many more reps would there have been?"),
            Question.EXERTION: self.tr("How hard was the whole session?"),
        }
        return words[question]

    def _ends(self, question: Question) -> str:
        ends = {
            Question.SORENESS: self.tr("0 not at all, 10 extremely sore · a number key answers"),
            Question.RESERVE: self.tr("of the last set · a number key answers"),
            Question.EXERTION: self.tr(
                "0 like rest, 10 as hard as possible · a number key answers"
            ),
        }
        return ends[question]

    def _button(self, text: str, value: int | None) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "place")
        button.setAccessibleName(text)
        button.setAutoDefault(True)
        button.clicked.connect(lambda: self.answered.emit(value))
        return button
