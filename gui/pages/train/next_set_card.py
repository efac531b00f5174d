"""The card of the next set: load, reps and lowering to change, and the button that starts it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from gui.pages.train.fit_button import FitButton
from gui.pages.train.key_button import KeyButton
from gui.pages.train.rest_words import NextText
from gui.widgets.card import Card, label
from gui.widgets.plain_text import NamedLabel
from gui.widgets.theme import Theme


class NextSetCard(Card):
    """A card that shows :class:`NextText`."""

    load_changed = Signal(int)
    """Steps of the machine."""
    reps_changed = Signal(int)
    """Reps more or less."""
    lowering_changed = Signal(int)
    """Steps of the lowering."""

    def __init__(
        self,
        theme: Theme,
        start: Callable[[], None],
        finish: Callable[[], None],
        plan: Callable[[], None],
    ) -> None:
        super().__init__(theme, " ", " ")
        px = theme.px
        self.plan_button = KeyButton(theme, self.tr("Plan"), "E")
        self.plan_button.clicked.connect(plan)
        self.head.addWidget(self.plan_button)
        self.load = StepBox(
            theme,
            self.tr("load"),
            self.tr("Less load"),
            self.tr("More load"),
            self.load_changed.emit,
        )
        self.reps = StepBox(
            theme,
            self.tr("reps"),
            self.tr("Fewer reps"),
            self.tr("More reps"),
            self.reps_changed.emit,
        )
        self.lowering = StepBox(
            theme,
            self.tr("down"),
            self.tr("Shorter lowering"),
            self.tr("Longer lowering"),
            self.lowering_changed.emit,
        )
        boxes = QHBoxLayout()
        boxes.setSpacing(px(8))
        for box in (self.load, self.reps, self.lowering):
            boxes.addWidget(box, 1)
        self.start_button = FitButton(theme, self.tr("Start set · space"), "go")
        self.start_button.clicked.connect(start)
        self.finish_button = FitButton(theme, self.tr("End here · Q"), "primary")
        self.finish_button.clicked.connect(finish)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(10))
        buttons.addWidget(self.start_button, 1)
        buttons.addWidget(self.finish_button, 1)
        self.body.setSpacing(px(8))
        self.body.addLayout(boxes, 1)
        self.body.addLayout(buttons)
        self._shown: tuple[object, ...] = ()

    def show_next(self, text: NextText, *, done: bool) -> None:
        """Show the next set; ``done``: all planned ones are done, so the session may end."""
        if (text, done) == self._shown:
            return
        self._shown = text, done
        self.set_title(text.title)
        self.set_note(text.note)
        for box, value in (
            (self.load, text.load),
            (self.reps, text.reps),
            (self.lowering, text.lowering),
        ):
            box.show_value(value)
        # The way out is there in every rest, and the main one when all planned sets are done.
        role = "primary" if done else ""
        if self.finish_button.property("role") != role:
            self.finish_button.setProperty("role", role)
            self.finish_button.style().polish(self.finish_button)


class StepBox(QFrame):
    """A value with its name and two buttons; it is hidden where there is no value."""

    def __init__(
        self, theme: Theme, name: str, less: str, more: str, step: Callable[[int], None]
    ) -> None:
        super().__init__()
        px, palette = theme.px, theme.palette
        self.setObjectName("box")
        self.setStyleSheet(
            f"QFrame#box {{ background: {palette.raised}; border-radius: {px(8)}px; }}"
        )
        self._name = label(name, "muted")
        self.value = _FitLabel(theme, name)
        self.less = self._button(theme, "−", less, lambda: step(-1))
        self.more = self._button(theme, "+", more, lambda: step(+1))
        row = QHBoxLayout()
        row.setSpacing(px(4))
        row.addWidget(self.less, 1)
        row.addWidget(self.more, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(4), px(5), px(4), px(4))
        layout.setSpacing(px(1))
        for widget in (self._name, self.value):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(widget)
        layout.addLayout(row)

    def show_value(self, value: str) -> None:
        """Show ``value``; an empty one hides the box."""
        self.setVisible(bool(value))
        if self.value.text() != value:
            self.value.setText(value)
            self.value.fit()

    def _button(self, theme: Theme, sign: str, name: str, act: Callable[[], None]) -> QPushButton:
        button = KeyButton(theme, sign, "")
        button.setAccessibleName(name)
        button.setToolTip(name)
        px, palette = theme.px, theme.palette
        button.setStyleSheet(
            f"QPushButton {{ background: transparent; border: {px(2)}px solid transparent;"
            f" border-radius: {px(6)}px; color: {palette.text}; padding: 0px;"
            f" font-size: {px(20)}px; min-height: {px(26)}px; min-width: {px(26)}px; }}"
            f"QPushButton:hover {{ background: {palette.selected}; }}"
            f"QPushButton:focus {{ border-color: {palette.text}; }}"
        )
        button.clicked.connect(act)
        return button


class _FitLabel(NamedLabel):
    """A label whose letters shrink where they would be cut off."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(name)
        self._theme = theme
        self.setMinimumWidth(theme.px(30))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Fit the letters to the width."""
        theme = self._theme
        needed = QFontMetricsF(theme.font(19, bold=True)).horizontalAdvance(self.text())
        share = min(1.0, self.width() / needed) if needed else 1.0
        self.setFont(theme.font(19 * share, bold=True))
