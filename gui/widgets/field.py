"""One thing that can be set: its name, the control, and what is wrong with it beside it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.theme import Theme
from gui.widgets.card import label
from gui.widgets.shapes import Mark, MarkWidget


class Field(QWidget):
    """A ``control`` under its ``name``; :meth:`say` shows a line of trouble below."""

    def __init__(self, theme: Theme, name: str, control: QWidget, note: str = "") -> None:
        super().__init__()
        self.control = control
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(5))
        title = label(name, "muted")
        title.setBuddy(control)
        column.addWidget(title)
        column.addWidget(control)
        if note:
            more = label(note, "muted")
            more.setWordWrap(True)
            column.addWidget(more)
        self._trouble = QWidget()
        row = QHBoxLayout(self._trouble)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(MarkWidget(theme, Mark.MISS, 12.0))
        self.trouble = label("")
        self.trouble.setWordWrap(True)
        row.addWidget(self.trouble, 1)
        column.addWidget(self._trouble)
        if not control.accessibleName():
            control.setAccessibleName(name)
        self.say("")

    def say(self, trouble: str) -> None:
        """Show what is wrong with what was entered; empty: nothing."""
        self.trouble.setText(trouble)
        self.control.setAccessibleDescription(trouble)
        self._trouble.setVisible(bool(trouble))
