"""The corrections of the reviewed session: each call writes one edit. No Qt."""

from collections.abc import Sequence

from gui.models import new_edits
from gui.models.library import LibraryModel
from gui.models.limits import Limit
from gui.models.notes import Note
from gui.models.review import ReviewModel
from processing.review.edits import Edit


class Corrections:
    """Corrections of the set and rep that are chosen in ``model``, written by ``library``."""

    def __init__(self, model: ReviewModel, library: LibraryModel) -> None:
        self._model, self._library = model, library

    @property
    def can_undo(self) -> bool:
        """Whether there is a correction to undo."""
        session = self._model.session
        return session is not None and new_edits.undo(session.edits) is not None

    @property
    def can_redo(self) -> bool:
        """Whether the last edit is an undo."""
        session = self._model.session
        return session is not None and new_edits.redo(session.edits) is not None

    def delete_rep(self) -> None:
        """Remove the chosen rep from its set."""
        if self._model.selected is not None:
            self._write(new_edits.delete_rep(self._model.selected))

    def accept_rep(self) -> None:
        """Count the chosen partial rep."""
        if self._model.selected is not None:
            self._write(new_edits.accept_rep(self._model.selected))

    def change_load(self, load_kg: float) -> None:
        """Change the load of the chosen set."""
        if self._model.current is not None:
            self._write(new_edits.change_load(self._model.current, load_kg))

    def change_type(self, kind: str) -> None:
        """Change the kind of the chosen set."""
        if self._model.current is not None:
            self._write(new_edits.change_type(self._model.current, kind))

    def change_bands(self, preset: str) -> None:
        """Judge the session by another preset of bands."""
        self._write(new_edits.change_bands(preset))

    def change_limits(self, limits: Sequence[Limit]) -> None:
        """Judge the session by other limits; each limit is one correction."""
        # One edit a limit, so that each can be undone.
        for limit in limits:
            self._write(new_edits.change_limit(limit))

    def split_set(self) -> None:
        """Begin a new set after the chosen rep."""
        if self._model.selected is not None:
            self._write(new_edits.split_set(self._model.selected))

    def merge_sets(self) -> None:
        """Join the chosen set with the next one."""
        if self._model.current is not None:
            self._write(new_edits.merge_sets(self._model.current))

    def delete_set(self) -> None:
        """Remove the chosen set from the session."""
        if self._model.current is not None:
            self._write(new_edits.delete_set(self._model.current))

    def note(self, t: float, text: str) -> None:
        """Add a note at ``t`` s of the session."""
        self._write(new_edits.note(t, text))

    def change_note(self, note: Note, text: str) -> None:
        """Give a note other words; without words it is taken away."""
        self._write(new_edits.change_note(note, text))

    def undo(self) -> None:
        """Undo the last correction."""
        if self._model.session is not None:
            self._write(new_edits.undo(self._model.session.edits))

    def redo(self) -> None:
        """Redo the correction that was undone last."""
        if self._model.session is not None:
            self._write(new_edits.redo(self._model.session.edits))

    def _write(self, edit: Edit | None) -> None:
        session = self._model.session
        # Sets of a partly read session may get other numbers once all of it is read.
        if edit is not None and session is not None and session.whole:
            self._library.edit(session, edit)
