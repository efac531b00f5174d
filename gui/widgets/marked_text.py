"""A text with a shape beside its first line that tells its meaning."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.widgets.card import label
from gui.widgets.plain_text import CommandLabel
from gui.widgets.shapes import Mark, MarkWidget
from gui.widgets.theme import Theme


class MarkedText(QWidget):
    """A shape, a ``text`` and ``more`` below it in muted letters."""

    def __init__(self, theme: Theme, mark: Mark, text: str = "", more: str = "") -> None:
        super().__init__()
        px = theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        self.mark = MarkWidget(theme, mark, 12.0)
        beside = QVBoxLayout()
        # The shape is centred on the first line, however many lines follow.
        beside.addSpacing(px(4))
        beside.addWidget(self.mark)
        beside.addStretch(1)
        row.addLayout(beside)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        self.text, self.more = label(""), CommandLabel()
        self.more.setProperty("role", "muted")
        for line in (self.text, self.more):
            line.setWordWrap(True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(line)
        row.addLayout(words, 1)
        self.say(text, more)

    def say(self, text: str, more: str = "") -> None:
        """Show another text; what stands in backquotes in ``more`` is something to type."""
        self.text.setText(text)
        self.more.show_text(more)
        self.more.setVisible(bool(more))
