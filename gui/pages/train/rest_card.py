"""The card of the rest: one clock, the result of the set, and how many more reps there would have been."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from gui.models.questions import Question
from gui.pages.train.marked_strip import MarkedStrip
from gui.pages.train.rest_clock import RestClock
from gui.pages.train.rest_words import RestText
from gui.widgets.card import Card, label
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.shapes import Mark
from gui.widgets.theme import Theme

_MOST = Question.RESERVE.most
_USUAL_PX, _SENTENCE_PX, _BUTTON_PX, _NUMBER_PX = 430.0, 21.0, 50.0, 24.0
"""Height of the usual card, and of its sentences, buttons and their numbers, at 100 % text size."""
_LEAST, _MOST_SHARE = 0.8, 1.3
"""Limits of the size of the letters in a card of another height."""


class RestCard(Card):
    """A card that shows :class:`RestText`."""

    reserve = Signal(int)
    """The answer: reps that would have been possible."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        px = theme.px
        self._shown = RestText()
        self._share = 1.0
        self.clock = RestClock(theme)
        self.alarm = MarkedStrip(theme)
        self.what, self._where = ElidedLabel(), label("", "muted")
        self.what.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.what)
        row.addStretch(1)
        row.addWidget(self._where)
        # The alarm replaces the head line, so that nothing moves when it appears.
        self._head = QStackedWidget()
        self._head.addWidget(line)
        self._head.addWidget(self.alarm)
        self._head.setFixedHeight(px(34))
        self.result, self.advice = label(""), label("")
        for sentence in (self.result, self.advice):
            sentence.setWordWrap(True)
            sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._ask = QWidget()
        asks = QHBoxLayout(self._ask)
        asks.setContentsMargins(0, 0, 0, 0)
        asks.setSpacing(px(8))
        self.buttons = [self._button(value) for value in range(_MOST + 1)]
        for button in self.buttons:
            asks.addWidget(button, 1)
        self._question = label(self.tr("How many more could you have done?"), "muted")
        self._question.setWordWrap(True)
        self._answers = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._answers.setSpacing(px(5))
        self._answers.addWidget(self._question)
        self._answers.addWidget(self._ask, 1)
        self.body.setSpacing(px(5))
        self.body.addWidget(self._head)
        self.body.addWidget(self.clock, 5)
        self.body.addSpacing(px(3))
        self.body.addWidget(self.result)
        self.body.addWidget(self.advice)
        self.body.addStretch(3)
        self.body.addLayout(self._answers)
        self._style()

    def arrange(self, *, flat: bool) -> None:
        """Put the question beside its answers (``flat``) or above them."""
        way = QBoxLayout.Direction
        self._answers.setDirection(way.LeftToRight if flat else way.TopToBottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the letters follow the height of the card."""
        super().resizeEvent(event)
        share = self.height() / (_USUAL_PX * self._theme.text_scale)
        # In steps, so that a window that is being dragged is not laid out at every pixel.
        share = round(min(max(share, _LEAST), _MOST_SHARE), 1)
        if share != self._share:
            self._share = share
            self._style()

    def show_rest(self, text: RestText, *, notice: str = "", asks: bool = True) -> None:
        """Show ``text``; for a moment ``notice`` in place of its head.

        Without ``asks`` nobody is asked for anything.
        """
        what = notice or text.what
        if self.what.text() != what:
            self.what.setText(what)
        self.clock.show_time(text.clock, text.of, text.share)
        before, self._shown = self._shown, text
        if self._ask.isHidden() is asks:
            self._ask.setVisible(asks)
            self._question.setVisible(asks)
        if text == before:
            return
        self.clock.setVisible(bool(text.clock))
        if text.where != before.where:
            self._where.setText(text.where)
        if text.color != before.color:
            self._style()
        for sentence, words in ((self.result, text.result), (self.advice, text.advice)):
            if sentence.text() != words:
                sentence.setText(words)
                sentence.setVisible(bool(words))
        for value, button in enumerate(self.buttons):
            button.setChecked(value == text.reserve)

    def show_alarm(self, text: str, mark: Mark) -> None:
        """Show an alarm in place of the head line; an empty text shows the head line again."""
        self.alarm.say(text, mark)
        self._head.setCurrentIndex(1 if text else 0)

    def _style(self) -> None:
        """Give sentences and buttons their size, and the advice its colour."""
        palette = self._theme.palette

        def px(pixels: float) -> int:
            return self._theme.px(pixels * self._share)

        sentence = f"font-size: {px(_SENTENCE_PX)}px; font-weight: bold;"
        self.result.setStyleSheet(sentence)
        self.advice.setStyleSheet(f"{sentence} color: {self._theme.ink(self._shown.color).name()};")
        edge = self._theme.px(2)
        # The buttons fill their row: a height in a style sheet is known only once they are shown.
        self._ask.setFixedHeight(px(_BUTTON_PX))
        for button in self.buttons:
            button.setStyleSheet(
                f"QPushButton {{ font-size: {px(_NUMBER_PX)}px; font-weight: bold;"
                f" padding: 0px; min-height: 0px;"
                f" border-color: {palette.not_judged}; }}"
                f"QPushButton:checked {{ background: {palette.selected};"
                f" border: {edge}px solid {palette.good}; }}"
                f"QPushButton:focus {{ border: {edge}px solid {palette.text}; }}"
            )

    def _button(self, value: int) -> QPushButton:
        last = value == _MOST
        button = QPushButton(f"{value}+" if last else str(value))
        named = self.tr("{count} or more left") if last else self.tr("{count} left")
        button.setAccessibleName(named.format(count=value))
        button.setCheckable(True)
        # The return key presses it: space starts the next set.
        button.setAutoDefault(True)
        button.setMinimumWidth(self._theme.px(30))
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        button.clicked.connect(lambda: self._answer(value))
        return button

    def _answer(self, value: int) -> None:
        # Lit when the session has taken it, not before.
        for at, button in enumerate(self.buttons):
            button.setChecked(at == self._shown.reserve)
        self.reserve.emit(value)
