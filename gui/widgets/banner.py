"""A message that concerns the whole window and stays until it is closed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

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
        # The text often has a path or an address that the person wants to copy.
        self.why = label("", "muted")
        lines = QVBoxLayout()
        lines.setSpacing(0)
        for line in (self.text, self.why):
            line.setWordWrap(True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            lines.addWidget(line)
        row.addLayout(lines, 1)
        self.why_button = QPushButton(self.tr("Why"))
        self.why_button.setProperty("role", "place")
        self.why_button.setCheckable(True)
        self.why_button.toggled.connect(self.why.setVisible)
        row.addWidget(self.why_button)
        self.close_button = QPushButton(self.tr("Understood"))
        self.close_button.setProperty("role", "place")
        self.close_button.clicked.connect(lambda: self.say(""))
        row.addWidget(self.close_button)
        self.say("")

    def say(self, text: str, why: str = "") -> None:
        """Show ``text``, with the details in ``why`` behind a button; an empty one hides the banner."""
        self.text.setText(text)
        self.why.setText(why)
        self.why.hide()
        self.why_button.setChecked(False)
        self.why_button.setVisible(bool(why))
        self.setAccessibleName(text)
        self.setVisible(bool(text))
