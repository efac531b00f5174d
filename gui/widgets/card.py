"""Cards, labels and tags, from which the pages are made."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.widgets.elided_label import ElidedLabel
from gui.widgets.plain_text import PlainLabel
from gui.widgets.theme import Theme

CARD_MARGINS = (20, 14, 20, 16)
"""Left, top, right and bottom, in pixels at 100 % text size."""


class Card(QFrame):
    """A panel with ``title`` and ``note`` in its :attr:`head`; add what it holds to :attr:`body`."""

    def __init__(self, theme: Theme, title: str = "", note: str = "") -> None:
        super().__init__()
        self.setProperty("card", True)
        self._px = theme.px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.px(10))
        self.title = label(title, "title")
        # A long one must not make the page wider.
        self.note: PlainLabel = ElidedLabel(note)
        self.note.setProperty("role", "muted")
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head = QHBoxLayout()
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.head.addWidget(self.note)
        outer.addLayout(self.head)
        # An empty label would still take the height of a line.
        self.title.setVisible(bool(title))
        self.note.setVisible(bool(note))
        self.set_margins(*CARD_MARGINS)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(10))
        outer.addLayout(self.body, 1)

    def set_margins(self, left: float, top: float, right: float, bottom: float) -> None:
        """Set margins other than the usual ones, in pixels at 100 % text size."""
        self.setContentsMargins(*(self._px(edge) for edge in (left, top, right, bottom)))

    def set_title(self, text: str) -> None:
        """Show another title."""
        self.title.setText(text)
        self.title.setVisible(bool(text))

    def set_note(self, text: str) -> None:
        """Show another note."""
        self.note.setText(text)
        self.note.setVisible(bool(text))


def label(text: str, role: str = "", parent: QWidget | None = None) -> PlainLabel:
    """Return a label; ``role`` names its style: title, muted, number or heading."""
    made = PlainLabel(text, parent)
    if role:
        made.setProperty("role", role)
    return made


def tag(theme: Theme, text: str) -> PlainLabel:
    """Return a word on a plate."""
    px, p = theme.px, theme.palette
    made = label(text)
    made.setStyleSheet(
        f"color: {p.text}; background: {p.selected}; border-radius: {px(9)}px;"
        f" padding: {px(1)}px {px(9)}px; font-size: {px(13)}px;"
    )
    # In a row of taller controls the plate would grow with them.
    made.setFixedHeight(px(23))
    return made
