"""The menu of the corrections of a session."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QPushButton

from gui.models.goals import loads_in
from gui.models.limits import Limit
from gui.pages.review.limits_dialog import LimitsDialog
from gui.translations.load_words import shown_load
from processing.coach.protocol import SetType

MOST_KG = 1000.0


@dataclass(frozen=True, slots=True)
class Editable:
    """The chosen rep and set, and the corrections that are possible there."""

    rep: int | None = None
    """The number of the chosen rep; None for none."""
    partial: bool = False
    """Whether the chosen rep is a partial rep."""
    last_of_set: bool = True
    """Whether the chosen rep is the last one: no set can begin after it."""
    last_set: bool = True
    """Whether no set follows with which this one could be joined."""
    load_kg: float | None = None
    """None if not known."""
    unit: str = "kg"
    """The unit of the settings, in which the load is shown and asked."""
    type: SetType = SetType.FREE
    """The kind of the set."""
    undo: bool = False
    """Whether there is a correction to undo."""
    redo: bool = False
    """Whether there is an undone correction to do again."""
    deletable: bool = False
    """Whether the session is in the person's own folder."""
    whole: bool = True
    """Whether the session is read to its end: before, nothing can be corrected."""
    limits: tuple[Limit, ...] = ()
    """The limits by which the set is judged."""


class EditButton(QPushButton):
    """A button with a menu of corrections and a signal for each."""

    delete_rep_wanted = Signal()
    accept_rep_wanted = Signal()
    load_wanted = Signal(float)
    type_wanted = Signal(str)
    bands_wanted = Signal(str)
    limits_wanted = Signal(list)
    """The changed :class:`Limit` values."""
    split_wanted = Signal()
    merge_wanted = Signal()
    delete_set_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    delete_session_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Edit"))
        self.setToolTip(self.tr("Correct a rep or a set; the recording itself never changes"))
        self._load_kg: float | None = None
        self._unit = "kg"
        self._limits: tuple[Limit, ...] = ()
        menu = QMenu(self)
        self._delete_rep = self._add(menu, "", "Del", self.delete_rep_wanted.emit)
        self._accept_rep = self._add(
            menu, self.tr("Count this partial rep"), "", self.accept_rep_wanted.emit
        )
        menu.addSeparator()
        self._add(menu, self.tr("Change the load…"), "", self.ask_load)
        self._types = menu.addMenu(self.tr("Change the kind of set"))
        words = {
            SetType.DF: self.tr("toes up (DF)"),
            SetType.PF: self.tr("toes pointed (PF)"),
            SetType.B: self.tr("up to lift, pointed to lower (B)"),
            SetType.B2: self.tr("lift with both legs, lower with one (B2)"),
            SetType.FREE: self.tr("free"),
        }
        self._type_actions = {
            kind: self._add(self._types, word, "", partial(self.type_wanted.emit, kind.value))
            for kind, word in words.items()
        }
        for action in self._type_actions.values():
            action.setCheckable(True)
        bands = menu.addMenu(self.tr("Judge by other bands"))
        presets = {
            "relaxed": self.tr("relaxed"),
            "standard": self.tr("standard"),
            "strict": self.tr("strict"),
        }
        for preset, word in presets.items():
            self._add(bands, word, "", partial(self.bands_wanted.emit, preset))
        self._add(menu, self.tr("Judge by other limits…"), "", self.ask_limits)
        self._split = self._add(
            menu, self.tr("Begin a new set after this rep"), "", self.split_wanted.emit
        )
        self._merge = self._add(menu, self.tr("Join with the next set"), "", self.merge_wanted.emit)
        self._add(menu, self.tr("Delete this set"), "", self.delete_set_wanted.emit)
        menu.addSeparator()
        self._undo = self._add(menu, self.tr("Undo"), "Ctrl+Z", self.undo_wanted.emit)
        self._redo = self._add(menu, self.tr("Redo"), "Ctrl+Shift+Z", self.redo_wanted.emit)
        menu.addSeparator()
        self._delete_session = self._add(
            menu, self.tr("Delete this session…"), "", self.delete_session_wanted.emit
        )
        self.setMenu(menu)
        self.show_editable(Editable())

    def show_editable(self, now: Editable) -> None:
        """Enable the possible corrections."""
        self.setEnabled(now.whole)
        self._load_kg, self._unit, self._limits = now.load_kg, now.unit, now.limits
        text = self.tr("Delete rep {number}").format(number="" if now.rep is None else now.rep)
        # The text behind a tab is shown as the key, without a shortcut that could be ambiguous.
        self._delete_rep.setText(f"{text.strip()}\tDel")
        self._delete_rep.setEnabled(now.rep is not None)
        self._accept_rep.setVisible(now.partial)
        self._split.setEnabled(now.rep is not None and not now.last_of_set)
        self._merge.setEnabled(not now.last_set)
        self._undo.setEnabled(now.undo)
        self._redo.setEnabled(now.redo)
        self._delete_session.setEnabled(now.deletable)
        for kind, action in self._type_actions.items():
            action.setChecked(kind is now.type)

    def ask_load(self) -> None:
        """Ask for the load of the set."""
        shown, word = shown_load(self._load_kg or 0.0, self._unit)
        per_kg, _ = loads_in(self._unit)
        load, good = QInputDialog.getDouble(
            self,
            self.tr("Load"),
            self.tr("Load of this set in {unit}").format(unit=word),
            shown,
            0.0,
            MOST_KG * per_kg,
            2,
        )
        if good:
            self.load_wanted.emit(load / per_kg)

    def ask_limits(self) -> LimitsDialog:
        """Ask for the limits by which the session is judged; return the open dialog."""
        dialog = LimitsDialog(self, self._limits)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.limits_wanted.emit(dialog.wanted()))
        # Not exec: the caller gets the dialog while it is open.
        dialog.open()
        return dialog

    def _add(self, menu: QMenu, text: str, keys: str, do: Callable[[], object]) -> QAction:
        # The keys are only shown here: the page handles them, unless a field has the focus.
        action = menu.addAction(f"{text}\t{keys}" if keys else text)
        action.triggered.connect(lambda _=False: do())
        return action
