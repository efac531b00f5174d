"""The base of the pages that show recorded sessions."""

from PySide6.QtGui import QResizeEvent, QShowEvent

from gui.pages.app_state import AppState
from gui.pages.page import Page
from gui.pages.page_name import PageName
from gui.widgets.number_row import NumberRow

LOW_PX = 700
"""A page that is lower, at 100 % text size, puts the notes of the numbers into tool tips."""


class LibraryPage(Page):
    """A page of recorded sessions, which may have a row of numbers."""

    numbers: NumberRow | None = None
    """The subclass sets it."""

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self.library = state.library

    def showEvent(self, event: QShowEvent) -> None:
        """Look for new sessions."""
        super().showEvent(event)
        self.library.look()

    def reading_words(self) -> str:
        """Return what is being read, and how many sessions are left; empty if nothing is."""
        library = self.library
        if library.opening is not None:
            return self.tr("Opening {name} …").format(name=library.opening.name)
        if not library.listed:
            return self.tr("Looking for your sessions …")
        if not library.waiting:
            return ""
        if library.older and self.state.session is None:
            # They are in view meanwhile, and marked.
            text = self.tr("{count} sessions show numbers of an older version; they are renewed")
            return text.format(count=library.older)
        # While sensors stream, nothing competes with them for the processor.
        if self.state.session is not None:
            text = self.tr("{count} sessions are read when this session is over")
        else:
            text = self.tr("Reading your sessions: {count} left")
        return text.format(count=library.waiting)

    def go_home(self) -> None:
        """Show Home, which offers the next session."""
        self.state.page_wanted.emit(PageName.HOME)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the numbers compact in a low window, to leave the room to plots and tables."""
        super().resizeEvent(event)
        if self.numbers is not None:
            self.numbers.set_compact(compact=event.size().height() < self.theme.px(LOW_PX))
