"""A field: the name of a setting, its control, and what is wrong with its value."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.widgets.card import label
from gui.widgets.marked_text import MarkedText
from gui.widgets.shapes import Mark
from gui.widgets.theme import Theme


class Field(QWidget):
    """A ``control`` under its ``name``, with a ``note`` and a line for trouble below."""

    def __init__(self, theme: Theme, name: str, control: QWidget, note: str = "") -> None:
        super().__init__()
        self.control = control
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(5))
        title = label(name, "muted")
        # The label names the control for screen readers.
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
        """Show what is wrong with the value; empty: nothing."""
        self._trouble.say(trouble)
        # A screen reader reads the error with the control that has the focus.
        self.control.setAccessibleDescription(trouble)
        self._trouble.setVisible(bool(trouble))
