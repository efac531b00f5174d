"""Buttons with a style and a name."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton


def push_button(text: str, act: Callable[[], object], role: str = "") -> QPushButton:
    """Return a button that calls ``act``; ``role`` names its style: primary, go, stop, place or tool."""
    button = QPushButton(text)
    if role:
        button.setProperty("role", role)
    button.setAccessibleName(text)
    button.clicked.connect(act)
    return button


class Toggle(QPushButton):
    """A button that stays down, wide enough for its word in bold: it is bold while down.

    ``role`` names its style: ``nav`` or ``place``.
    """

    def __init__(self, text: str, role: str) -> None:
        super().__init__(text)
        self.setProperty("role", role)
        self.setCheckable(True)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """Return the size of the word in bold, so that nothing moves when it is clicked."""
        # The font is bold only while the button is down; without this its neighbours would move.
        hint = super().sizeHint()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.Bold)
        more = QFontMetrics(bold).horizontalAdvance(self.text())
        more -= self.fontMetrics().horizontalAdvance(self.text())
        return QSize(hint.width() + max(more, 0), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Return the size hint: a word is not cut."""
        return self.sizeHint()
