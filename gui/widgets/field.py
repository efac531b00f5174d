"""One thing that can be set: its name, the control, and what is wrong with it beside it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.widgets.card import label
from gui.widgets.marked_text import MarkedText
from gui.widgets.shapes import Mark
from gui.widgets.theme import Theme


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
        self._trouble = MarkedText(theme, Mark.MISS)
        self.trouble = self._trouble.text
        column.addWidget(self._trouble)
        if not control.accessibleName():
            control.setAccessibleName(name)
        self.say("")

    def say(self, trouble: str) -> None:
        """Show what is wrong with what was entered; empty: nothing."""
        self._trouble.say(trouble)
        self.control.setAccessibleDescription(trouble)
        self._trouble.setVisible(bool(trouble))
