"""The numbers of a session, large and side by side; in two lines where there is little room."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from gui.widgets.card import CARD_MARGINS, Card, label
from gui.widgets.plain_text import plain_tip
from gui.widgets.theme import Theme

NARROW_PX = 820
"""Below this width, at 100 % text size, the numbers stand in two lines."""
_TALL_PX, _FLAT_PX = 38, 28
"""Height of a value on a card of the usual form, and on a compact one."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a session, as texts."""

    value: str
    """With its unit."""
    name: str
    """Name of the value."""
    note: str = ""
    """A comparison or remark below the name; empty for none."""
    tip: str = ""
    """The tool tip; empty for none."""


class NumberRow(QWidget):
    """A row of ``count`` numbers, each on a card."""

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

    def set_compact(self, *, compact: bool) -> None:
        """Put value and name on one line and the note into the tool tip, or show all."""
        for card in self._cards:
            card.set_compact(compact=compact)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the numbers in two lines."""
        widest = max(card.minimumSizeHint().width() for card in self._cards)
        columns = -(-len(self._cards) // 2)
        gaps = (columns - 1) * self._grid.spacing()
        return QSize(columns * widest + gaps, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the numbers into one line where there is room."""
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
        # Columns that are empty now must not keep the stretch of a wider arrangement.
        for at in range(len(self._cards)):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)


class _NumberCard(Card):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme, self._compact, self._tip = theme, False, ""
        self._value = label("–")
        self._value.setFont(theme.font(_TALL_PX, bold=True))
        self._name = label("")
        self._note = label("", "muted")
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._box.setSpacing(theme.px(1))
        self.body.addLayout(self._box, 1)
        for text in (self._value, self._name, self._note):
            # A number that breaks over two lines would be read as two.
            text.setWordWrap(text is not self._value)
            text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self._box.addWidget(text)
        self._box.addStretch(1)

    def set_compact(self, *, compact: bool) -> None:
        if compact == self._compact:
            return
        self._compact = compact
        px, way = self._theme.px, QBoxLayout.Direction
        self._box.setDirection(way.LeftToRight if compact else way.TopToBottom)
        self._box.setSpacing(px(12 if compact else 1))
        for at, stretch in enumerate((0, 1, 0, 0) if compact else (0, 0, 0, 1)):
            self._box.setStretch(at, stretch)
        middle = Qt.AlignmentFlag.AlignVCenter if compact else Qt.AlignmentFlag.AlignTop
        for text in (self._value, self._name):
            text.setAlignment(Qt.AlignmentFlag.AlignLeft | middle)
        self._value.setFont(self._theme.font(_FLAT_PX if compact else _TALL_PX, bold=True))
        self._name.setFont(self._theme.font(14 if compact else 15))
        self.set_margins(*((16, 7, 14, 7) if compact else CARD_MARGINS))
        self._note.setVisible(not compact)
        self._say_tip()

    def show_number(self, number: Number) -> None:
        self._value.setText(number.value)
        self._name.setText(number.name)
        self._note.setText(number.note)
        self._tip = number.tip
        self._say_tip()
        self.setAccessibleName(f"{number.name}: {number.value}")
        self.setAccessibleDescription(number.note)

    def _say_tip(self) -> None:
        note = self._note.text() if self._compact else ""
        self.setToolTip(plain_tip("\n".join(filter(None, (note, self._tip)))))
