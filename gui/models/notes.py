"""The notes of a session: those of its recording, and those that were written or changed later. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from processing.review.edits import RECORDED, Edit, EditKind, in_force


class NoteKind(Enum):
    """The kind of a note."""

    WRITTEN = auto()
    MARK = auto()
    """A moment that was marked in the session, without words at first."""
    CRAMP = auto()
    """A stop for a cramp: nobody has a hand free to write."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note about a moment."""

    t: float
    """Session time, s."""
    text: str = ""
    """As it was written."""
    kind: NoteKind = NoteKind.WRITTEN
    """Whether it was written, or what it stands for."""
    key: str = RECORDED
    """The key of an edit that changes it; those of the recording differ by their time."""


def notes_of(recorded: Sequence[Note], edits: Sequence[Edit]) -> tuple[Note, ...]:
    """Return all notes in order of time.

    Parameters
    ----------
    recorded
        Those of the recording.
    edits
        All edits of the recording. The recording itself stays as it is.
    """
    notes = {(RECORDED, note.t): note for note in recorded}
    for edit in in_force(edits):
        if edit.kind is not EditKind.NOTE:
            continue
        key = edit.key or str(edit.number)
        place = key, edit.t
        known = notes.get(place, Note(edit.t, key=key))
        if edit.value:
            notes[place] = replace(known, text=str(edit.value))
        else:
            notes.pop(place, None)
    return tuple(sorted(notes.values(), key=lambda note: note.t))
