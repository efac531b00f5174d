"""What every page is: a widget with a name that is told when to look at the news."""

from PySide6.QtWidgets import QWidget

from gui.pages.app_state import AppState

LOW_PX = 700
"""A page that is lower, at 100 % text size, has no room for what can be said in a tool tip."""


class Page(QWidget):
    """Base of the pages. It is shown the state and reads it in :meth:`refresh`."""

    def __init__(self, state: AppState) -> None:
        super().__init__()
        self.setObjectName("page")
        self.state = state
        self.theme = state.theme

    def refresh(self) -> None:
        """Show what is new. Called once a frame while the page is visible."""
