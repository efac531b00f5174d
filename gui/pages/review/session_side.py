"""The card of the sessions: list, button for other files, progress of reading."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton

from gui.models.library import LibraryModel
from gui.pages.review.session_list import SessionList
from gui.widgets.card import Card, label
from gui.widgets.plain_text import plain_tip
from gui.widgets.progress_line import ProgressLine
from gui.widgets.theme import Theme


class SessionSide(Card):
    """A card that shows a :class:`LibraryModel`."""

    open_wanted = Signal(object)
    """The path of a recording to open."""
    back_wanted = Signal()
    """Show the person's own sessions again, after those of another folder."""
    undelete_wanted = Signal()
    """Bring the session back that was deleted last."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Sessions"))
        self.list = SessionList(theme)
        self.list.chosen.connect(self.open_wanted)
        self._words = label("", "muted")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.open = QPushButton(self.tr("Open…"))
        self.open.setProperty("role", "place")
        self.open.setAccessibleName(self.tr("Open a recording…"))
        self.open.setToolTip(self.tr("Open a file from elsewhere (Ctrl+O), or drop it here"))
        self.open.clicked.connect(self.ask)
        self.head.addWidget(self.open)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self._words)
        self.back = QPushButton(self.tr("My own sessions"))
        self.back.setProperty("role", "place")
        self.back.clicked.connect(self.back_wanted)
        self.body.addWidget(self.back)
        self.undelete = QPushButton(self.tr("Undo: delete session"))
        self.undelete.setProperty("role", "place")
        self.undelete.setToolTip(self.tr("It is deleted for good when the window is closed"))
        self.undelete.clicked.connect(self.undelete_wanted)
        self.body.addWidget(self.undelete)
        self.progress = ProgressLine(theme)
        self.body.addWidget(self.progress)

    def show_library(self, library: LibraryModel, shown: Path | None) -> None:
        """Show the sessions, mark the one that is ``shown``, and tell how many are still to be read."""
        self.list.show_sessions(library.sessions)
        # Without any, the words stand at the top in its place.
        self.list.setVisible(bool(library.sessions))
        self.list.mark(shown)
        visited = library.visited
        self.title.setText(self.tr("Sessions") if visited is None else visited.name)
        self.title.setToolTip("" if visited is None else plain_tip(str(visited)))
        self.back.setVisible(visited is not None)
        self.undelete.setVisible(bool(library.deleted))
        # While a session opens, the progress bar tells more.
        if library.waiting and library.opening is None:
            text = self.tr("{count} more to read").format(count=library.waiting)
        elif library.listed and not library.sessions:
            text = self.tr("Sessions that you record appear here.")
        else:
            text = ""
        self._words.setText(text)
        self._words.setVisible(bool(text))

    def ask(self) -> None:
        """Ask for a file."""
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open a recording"), "", self.tr("Recordings (*.mcap)")
        )
        if name:
            self.open_wanted.emit(name)
