"""The notes about moments of a session, and a line to write another."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyledItemDelegate,
    QWidget,
)

from gui.models.notes import Note, NoteKind
from gui.pages.review.row_list import Index
from gui.widgets.card import Card
from gui.widgets.theme import Theme

MOST_LETTERS = 500


class NotesPanel(Card):
    """A card of notes; a new note belongs to the moment of the replay."""

    written = Signal(str)
    chosen = Signal(float)
    """The time in s of a note that the person chose."""
    changed = Signal(object, str)
    """A :class:`Note` and its new words; empty to take it away."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Notes"))
        self._notes: tuple[Note, ...] = ()
        self.list = _NoteList(self._change)
        self.list.setAccessibleName(self.tr("Notes"))
        self.list.setToolTip(
            self.tr(
                "A click goes to its moment; F2 or a double click changes it, Del takes it away"
            )
        )
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
        self.line.setMaxLength(MOST_LETTERS)
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
            item = QListWidgetItem(f"{minutes:.0f}:{seconds:02.0f}  {note_words(note)}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.list.addItem(item)
        self.list.setVisible(bool(notes))

    def mark_note(self, at: int) -> None:
        """Show a note of the list as chosen."""
        self.list.setCurrentRow(at)

    def _write(self) -> None:
        text = self.line.text().strip()
        if text:
            self.written.emit(text)
            self.line.clear()

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(self._notes[self.list.row(item)].t)

    def _change(self, at: int, text: str | None) -> str:
        """Give a note other words, None for the same; return its words."""
        note = self._notes[at]
        if text is not None and text.strip() != note.text:
            self.changed.emit(note, text.strip())
        return note.text


class _NoteList(QListWidget):
    """The list of the notes; its editor has the words of a note without the time."""

    def __init__(self, change: Callable[[int, str | None], str]) -> None:
        super().__init__()
        self._change = change
        self.setItemDelegate(_NoteEditor(change, self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the chosen note away; elsewhere the key deletes a rep."""
        if event.key() == Qt.Key.Key_Delete and self.currentRow() >= 0:
            self._change(self.currentRow(), "")
        else:
            super().keyPressEvent(event)


class _NoteEditor(QStyledItemDelegate):
    def __init__(self, change: Callable[[int, str | None], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._change = change

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setMaxLength(MOST_LETTERS)
            editor.setText(self._change(index.row(), None))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        # The list shows what is in the file, once it is written.
        if isinstance(editor, QLineEdit):
            self._change(index.row(), editor.text())


def note_words(note: Note) -> str:
    """Return what a note says, or what it stands for."""
    words = {
        NoteKind.CRAMP: QCoreApplication.translate("NotesPanel", "cramp"),
        NoteKind.MARK: QCoreApplication.translate("NotesPanel", "marked"),
    }
    return note.text or words.get(note.kind, "")
