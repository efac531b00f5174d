"""A quiet button that shows its key."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from gui.widgets.theme import Theme


class KeyButton(QPushButton):
    """A button with ``text`` and ``key``; a click leaves the focus, so that space still starts sets."""

    def __init__(self, theme: Theme, text: str, key: str) -> None:
        super().__init__(f"{text} · {key}" if key else text)
        self._name = text
        self.setAccessibleName(text)
        self.setProperty("role", "quiet")
        # The return key presses it: nothing else on the page uses that key.
        self.setAutoDefault(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        px, p = theme.px, theme.palette
        self.setStyleSheet(
            f"QPushButton {{ background: transparent; border: {px(2)}px solid transparent;"
            f" border-radius: {px(6)}px; color: {theme.ink('muted').name()}; padding: {px(2)}px {px(8)}px;"
            f" font-size: {px(13)}px; min-height: {px(20)}px; }}"
            f"QPushButton:hover {{ color: {p.text}; }}"
            f"QPushButton:focus {{ border-color: {p.text}; color: {p.text}; }}"
        )
