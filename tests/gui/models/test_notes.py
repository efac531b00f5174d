"""Notes of the recording and later ones, with what was changed and taken away."""

from gui.models import new_edits
from gui.models.notes import Note, NoteKind, notes_of
from processing.review.edits import Edit, EditKind


def numbered(*edits: Edit) -> list[Edit]:
    return [
        Edit(number, e.kind, e.t, e.key, e.value, e.times, e.made_utc)
        for number, e in enumerate(edits, start=1)
    ]


RECORDED = (Note(5.0, "sore"), Note(9.0, kind=NoteKind.MARK), Note(9.0 + 1e-6, kind=NoteKind.CRAMP))


def test_a_later_note_is_changed_twice_and_each_step_is_undone() -> None:
    first = numbered(new_edits.note(7.0, "heel"))
    (note,) = notes_of((), first)
    second = numbered(*first, new_edits.change_note(note, "heel up"))
    (again,) = notes_of((), second)
    assert (again.t, again.text) == (7.0, "heel up")
    third = numbered(*second, new_edits.change_note(again, ""))
    assert notes_of((), third) == ()
    for _, text in (1, "heel up"), (2, "heel"):
        undone = new_edits.undo(third)
        assert undone is not None
        third = numbered(*third, undone)
        assert [n.text for n in notes_of((), third)] == [text]


def test_words_for_a_mark_of_the_recording_stay_at_its_moment() -> None:
    notes = notes_of(RECORDED, ())
    assert notes == RECORDED
    edits = numbered(
        new_edits.change_note(notes[1], "here it hurt"), new_edits.change_note(notes[0], "")
    )
    after = notes_of(RECORDED, edits)
    assert [(n.t, n.text, n.kind) for n in after] == [
        (9.0, "here it hurt", NoteKind.MARK),
        (9.0 + 1e-6, "", NoteKind.CRAMP),
    ]
    assert all(e.kind is EditKind.NOTE for e in edits)


def test_two_notes_at_one_moment_are_two() -> None:
    edits = numbered(new_edits.note(7.0, "a"), new_edits.note(7.0, "b"))
    first, second = notes_of((), edits)
    edits = numbered(*edits, new_edits.change_note(second, "c"))
    assert [n.text for n in notes_of((), edits)] == ["a", "c"]
    assert first.key != second.key
