"""A panel with a title, the frame around everything on a page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.theme import Theme


class Card(QFrame):
    """A panel. Add what it holds to :attr:`body`; ``title`` and ``note`` stand in its head."""

    def __init__(self, theme: Theme, title: str = "", note: str = "") -> None:
        super().__init__()
        self.setProperty("card", True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.px(20), theme.px(14), theme.px(20), theme.px(16))
        outer.setSpacing(theme.px(10))
        self.title = label(title, "title")
        self.note = label(note, "muted")
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.note)
        outer.addLayout(head)
        self.title.setVisible(bool(title))
        self.note.setVisible(bool(note))
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(10))
        outer.addLayout(self.body, 1)

    def set_title(self, text: str) -> None:
        """Show another title."""
        self.title.setText(text)
        self.title.setVisible(bool(text))

    def set_note(self, text: str) -> None:
        """Show another note."""
        self.note.setText(text)
        self.note.setVisible(bool(text))


def label(text: str, role: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a label; ``role`` names its style: title, muted, number or heading."""
    made = QLabel(text, parent)
    if role:
        made.setProperty("role", role)
    return made
