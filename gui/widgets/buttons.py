"""Buttons with a style and a name."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton


def push_button(text: str, act: Callable[[], object], role: str = "") -> QPushButton:
    """Return a button that calls ``act``; ``role`` names its style: primary, stop, place or tool."""
    button = QPushButton(text)
    if role:
        button.setProperty("role", role)
    button.setAccessibleName(text)
    button.clicked.connect(act)
    return button
