"""The numbers of a session, large, side by side; in two lines where there is little room."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.theme import Theme
from gui.widgets.card import Card, label

NARROW_PX = 820
"""Below this width, at 100 % text size, the numbers stand in two lines."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as text, what it is, and what stands beside it."""

    value: str
    name: str
    note: str = ""
    tip: str = ""


class NumberRow(QWidget):
    """``count`` numbers, each on a card."""

    def __init__(self, theme: Theme, count: int = 4) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(16))
        self._cards = [_NumberCard(theme) for _ in range(count)]
        self._columns = 0
        self._arrange(count)

    def show_numbers(self, numbers: Sequence[Number]) -> None:
        """Show as many numbers as there are cards."""
        for card, number in zip(self._cards, numbers, strict=True):
            card.show_number(number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in one line where there is room."""
        count = len(self._cards)
        narrow = event.size().width() < self._theme.px(NARROW_PX)
        self._arrange(-(-count // 2) if narrow else count)
        super().resizeEvent(event)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, at // columns, at % columns)
        for at in range(len(self._cards)):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)


class _NumberCard(Card):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.body.setSpacing(theme.px(1))
        self._value = label("–", "number")
        self._name = label("")
        self._note = label("", "muted")
        for text in (self._value, self._name, self._note):
            text.setWordWrap(text is not self._value)
            text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self.body.addWidget(text)
        self.body.addStretch(1)

    def show_number(self, number: Number) -> None:
        self._value.setText(number.value)
        self._name.setText(number.name)
        self._note.setText(number.note)
        self.setToolTip(number.tip)
        self.setAccessibleName(f"{number.name}: {number.value}")
        self.setAccessibleDescription(number.note)
