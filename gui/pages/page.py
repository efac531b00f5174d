"""The base of the pages."""

from PySide6.QtWidgets import QWidget

from gui.pages.app_state import AppState


class Page(QWidget):
    """A page of the window; it reads the state in :meth:`refresh`."""

    def __init__(self, state: AppState) -> None:
        super().__init__()
        self.setObjectName("page")
        self.state = state
        self.theme = state.theme

    def refresh(self) -> None:
        """Show the state. Called once a frame while the page is visible."""
