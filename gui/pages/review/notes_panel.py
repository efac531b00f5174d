"""The notes about moments of a session, and a line to write another."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QSizePolicy

from gui.models.review import Note, NoteKind
from gui.widgets.card import Card
from gui.widgets.theme import Theme

_TIME = Qt.ItemDataRole.UserRole


class NotesPanel(Card):
    """A card of notes; a new note belongs to the moment of the replay."""

    written = Signal(str)
    chosen = Signal(float)
    """The time in s of a note that the person chose."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Notes"))
        self._notes: tuple[Note, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Notes"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Long lists scroll: the sets above need the height.
        self.list.setMaximumHeight(theme.px(150))
        self.list.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # The return key activates, a click only clicks: both go to the moment.
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Note at this moment"))
        self.line.setAccessibleName(self.tr("Note at this moment"))
        self.line.setMaxLength(500)
        self.line.returnPressed.connect(self._write)
        self.body.addWidget(self.list)
        self.body.addWidget(self.line)
        self.list.hide()

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show ``notes``, in the order given."""
        if tuple(notes) == self._notes:
            return
        self._notes = tuple(notes)
        self.list.clear()
        for note in notes:
            minutes, seconds = divmod(note.t, 60.0)
            words = {NoteKind.CRAMP: self.tr("cramp"), NoteKind.MARK: self.tr("marked")}
            text = words.get(note.kind, note.text)
            item = QListWidgetItem(f"{minutes:.0f}:{seconds:02.0f}  {text}")
            item.setData(_TIME, note.t)
            self.list.addItem(item)
        self.list.setVisible(bool(notes))

    def _write(self) -> None:
        text = self.line.text().strip()
        if text:
            self.written.emit(text)
            self.line.clear()

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_TIME))
