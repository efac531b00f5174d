"""New edits for the review. No Qt.

Their number is 0: an edit is numbered when it is written.
"""

from collections.abc import Sequence
from datetime import UTC

from gui.models import wall_clock
from gui.models.limits import Limit
from gui.models.notes import Note
from processing.judge.verdict import Verdict
from processing.review.edits import Edit, EditKind, in_force
from processing.review.judged_sets import JudgedSet


def delete_rep(verdict: Verdict) -> Edit:
    """Return the edit that removes a rep from its set."""
    return _edit(EditKind.DELETE_REP, verdict.rep.t_turn)


def accept_rep(verdict: Verdict) -> Edit:
    """Return the edit that counts a partial rep."""
    return _edit(EditKind.ACCEPT_REP, verdict.rep.t_turn)


def change_load(judged: JudgedSet, load_kg: float) -> Edit:
    """Return the edit that changes the load of a set."""
    return _edit(EditKind.LOAD, judged.source.t_start, load_kg)


def change_type(judged: JudgedSet, kind: str) -> Edit:
    """Return the edit that changes the kind of a set."""
    return _edit(EditKind.TYPE, judged.source.t_start, kind)


def change_bands(preset: str) -> Edit:
    """Return the edit that judges the session by another preset of bands."""
    return _edit(EditKind.BANDS, 0.0, preset)


def change_limit(limit: Limit) -> Edit:
    """Return the edit that judges the session by another threshold or band."""
    return _edit(limit.kind, 0.0, limit.value, limit.key)


def split_set(verdict: Verdict) -> Edit:
    """Return the edit that begins a new set after a rep."""
    return _edit(EditKind.SPLIT_SET, verdict.rep.t_over)


def merge_sets(judged: JudgedSet) -> Edit:
    """Return the edit that joins a set with the next one."""
    return _edit(EditKind.MERGE_SETS, judged.source.t_start)


def delete_set(judged: JudgedSet) -> Edit:
    """Return the edit that removes a set from the session."""
    return _edit(EditKind.DELETE_SET, judged.source.t_start)


def note(t: float, text: str) -> Edit:
    """Return the edit that adds a note at ``t`` s."""
    return _edit(EditKind.NOTE, t, text)


def change_note(note: Note, text: str) -> Edit:
    """Return the edit that gives a note other words; without words it is taken away."""
    return _edit(EditKind.NOTE, note.t, text, note.key)


def undo(edits: Sequence[Edit]) -> Edit | None:
    """Return the edit that undoes the last one in force; None if there is none."""
    left = in_force(edits)
    return _edit(EditKind.UNDO, 0.0, left[-1].number) if left else None


def redo(edits: Sequence[Edit]) -> Edit | None:
    """Return the edit that redoes the last undone one; None after any other edit."""
    undone = {e.value for e in edits if e.kind is EditKind.UNDO}
    kinds = {e.number: e.kind for e in edits}
    for edit in reversed(edits):
        if edit.kind is not EditKind.UNDO:
            return None
        # An undo of an undo is a redo and cannot be redone itself.
        undoes_an_edit = kinds.get(int(str(edit.value))) is not EditKind.UNDO
        if undoes_an_edit and edit.number not in undone:
            return _edit(EditKind.UNDO, 0.0, edit.number)
    return None


def _edit(kind: EditKind, t: float, value: str | float | int | None = None, key: str = "") -> Edit:
    made = wall_clock.now().astimezone(UTC).isoformat(timespec="seconds")
    return Edit(0, kind, t=t, key=key, value=value, made_utc=made)
