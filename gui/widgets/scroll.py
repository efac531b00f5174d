"""A page that may be taller than the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolled(content: QWidget) -> QScrollArea:
    """Return an area that scrolls ``content`` up and down where there is no room, never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # The area itself has nothing to do with the keys; a tab stop on it would seem lost.
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    # Qt fills both with its own ground, over that of the page.
    for widget in (area.viewport(), content):
        widget.setAutoFillBackground(False)
    return area
