"""A message that concerns the whole window and stays until it is closed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from gui.widgets.card import label
from gui.widgets.shapes import Mark, MarkWidget
from gui.widgets.theme import Theme


class Banner(QFrame):
    """A line across the window; hidden while there is no message."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("card", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(4), theme.px(6), theme.px(4))
        row.setSpacing(theme.px(12))
        row.addWidget(MarkWidget(theme, Mark.NEAR))
        self.text = label("")
        self.text.setWordWrap(True)
        # The text often has a path or an address that the person wants to copy.
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(self.text, 1)
        self.close_button = QPushButton(self.tr("Understood"))
        self.close_button.setProperty("role", "place")
        self.close_button.clicked.connect(lambda: self.say(""))
        row.addWidget(self.close_button)
        self.say("")

    def say(self, text: str) -> None:
        """Show ``text``; an empty one hides the banner."""
        self.text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
