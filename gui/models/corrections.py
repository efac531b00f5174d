"""What a person corrects in the reviewed session: each call writes one edit. No Qt."""

from collections.abc import Sequence

from gui.models import edit_making
from gui.models.library import LibraryModel
from gui.models.limits import Limit
from gui.models.review import ReviewModel
from processing.review.edits import Edit


class Corrections:
    """Makes edits of what is chosen in ``model`` and hands them to ``library``."""

    def __init__(self, model: ReviewModel, library: LibraryModel) -> None:
        self._model, self._library = model, library

    @property
    def can_undo(self) -> bool:
        """Whether there is a correction to take back."""
        session = self._model.session
        return session is not None and edit_making.undo(session.edits) is not None

    @property
    def can_redo(self) -> bool:
        """Whether the last thing that was done is an undo."""
        session = self._model.session
        return session is not None and edit_making.redo(session.edits) is not None

    def delete_rep(self) -> None:
        """Take the chosen rep out of its set."""
        if self._model.selected is not None:
            self._write(edit_making.delete_rep(self._model.selected))

    def accept_rep(self) -> None:
        """Count the chosen rep though it is partial."""
        if self._model.selected is not None:
            self._write(edit_making.accept_rep(self._model.selected))

    def change_load(self, load_kg: float) -> None:
        """Say what was on the machine in the chosen set."""
        if self._model.current is not None:
            self._write(edit_making.change_load(self._model.current, load_kg))

    def change_type(self, kind: str) -> None:
        """Say which kind of set the chosen one was."""
        if self._model.current is not None:
            self._write(edit_making.change_type(self._model.current, kind))

    def change_bands(self, preset: str) -> None:
        """Judge the session by another preset of bands."""
        self._write(edit_making.change_bands(preset))

    def change_limits(self, limits: Sequence[Limit]) -> None:
        """Judge the session by other limits, each of them a correction."""
        for limit in limits:
            self._write(edit_making.change_limit(limit))

    def split_set(self) -> None:
        """Begin another set behind the chosen rep."""
        if self._model.selected is not None:
            self._write(edit_making.split_set(self._model.selected))

    def merge_sets(self) -> None:
        """Join the chosen set with the next."""
        if self._model.current is not None:
            self._write(edit_making.merge_sets(self._model.current))

    def delete_set(self) -> None:
        """Take the chosen set out of the session."""
        if self._model.current is not None:
            self._write(edit_making.delete_set(self._model.current))

    def note(self, t: float, text: str) -> None:
        """Note something at ``t`` s of the session."""
        self._write(edit_making.note(t, text))

    def undo(self) -> None:
        """Take the last correction back."""
        if self._model.session is not None:
            self._write(edit_making.undo(self._model.session.edits))

    def redo(self) -> None:
        """Do again what was undone."""
        if self._model.session is not None:
            self._write(edit_making.redo(self._model.session.edits))

    def _write(self, edit: Edit | None) -> None:
        session = self._model.session
        # What a part of a session is called may be another thing in the whole of it.
        if edit is not None and session is not None and session.whole:
            self._library.edit(session, edit)
