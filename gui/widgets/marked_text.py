"""A line of text, and perhaps more below it, beside a shape that says what it means."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.widgets.card import label
from gui.widgets.shapes import Mark, MarkWidget
from gui.widgets.theme import Theme


class MarkedText(QWidget):
    """Shows ``text``, and ``more`` in a quieter voice; the shape stands beside the first line."""

    def __init__(self, theme: Theme, mark: Mark, text: str = "", more: str = "") -> None:
        super().__init__()
        px = theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        self.mark = MarkWidget(theme, mark, 12.0)
        beside = QVBoxLayout()
        beside.addSpacing(px(4))
        beside.addWidget(self.mark)
        beside.addStretch(1)
        row.addLayout(beside)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        self.text, self.more = label(""), label("", "muted")
        for line in (self.text, self.more):
            line.setWordWrap(True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(line)
        row.addLayout(words, 1)
        self.say(text, more)

    def say(self, text: str, more: str = "") -> None:
        """Show other words."""
        self.text.setText(text)
        self.more.setText(more)
        self.more.setVisible(bool(more))
