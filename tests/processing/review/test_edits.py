"""Corrections: each has its effect, can be undone, and keeps what was before."""

import dataclasses
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.coach.protocol import SetType
from processing.judge.bands import BandRule
from processing.judge.thresholds import Thresholds
from processing.review.edit_file import append_edit, edits_path, read_edits
from processing.review.edits import (
    Edit,
    EditedSession,
    EditError,
    EditKind,
    apply_edits,
    in_force,
)
from processing.review.training_sets import TrainingSet
from processing.types import Rep, Withheld, WithheldCause
from sensor.errors import DocumentError
from tests.processing.coach.constructed_reps import draw, held
from tests.processing.reps.curves import Curve


def rep(start: float, number: int, *, partial: bool = False) -> Rep:
    """Return a rep of five seconds."""
    times = (start, start + 1, start + 2, start + 4, start + 5)
    return Rep(number, *times, 1.7, 0.1, -0.5, partial=partial)


def found(number: int, t_start: float, t_end: float, *reps: Rep) -> TrainingSet:
    """Return a set of kind B with 30 kg on the left leg, whose reps were counted live as well."""
    logged = (SetType.B, 30.0, "L")
    return TrainingSet(number, t_start, t_end, reps, reps, True, {}, *logged)


FIRST = found(1, 8.0, 40.0, rep(10, 1), rep(15, 1, partial=True), rep(20, 2), rep(30, 3))
SECOND = found(2, 100.0, 120.0, rep(101, 1), rep(106, 2))
SESSION = EditedSession((FIRST, SECOND))


def edited(*edits: dict[str, Any]) -> EditedSession:
    return apply_edits(SESSION, [Edit(i + 1, **edit) for i, edit in enumerate(edits)])


def numbers(part: TrainingSet) -> list[tuple[float, int, bool]]:
    return [(rep.t_start, rep.number, rep.partial) for rep in part.reps]


def test_without_edits_nothing_changes() -> None:
    assert apply_edits(SESSION, []) == SESSION


def test_after_a_deleted_rep_the_others_are_numbered_again() -> None:
    session = edited({"kind": EditKind.DELETE_REP, "t": 12.5})
    assert numbers(session.sets[0]) == [(15, 0, True), (20, 1, False), (30, 2, False)]
    assert session.sets[1] == SECOND


def test_an_accepted_rep_counts() -> None:
    session = edited({"kind": EditKind.ACCEPT_REP, "t": 16.0})
    assert [n for _, n, _ in numbers(session.sets[0])] == [1, 2, 3, 4]


def test_an_added_rep_counts_and_is_not_judged() -> None:
    session = edited({"kind": EditKind.ADD_REP, "times": (26.0, 27.0, 27.5, 29.5)})
    reps = session.sets[0].reps
    assert [each.t_start for each in reps] == [10, 15, 20, 26.0, 30]
    assert (reps[3].number, reps[3].withheld) == (3, Withheld(WithheldCause.BY_HAND))


def test_a_rep_is_split_and_merged_again_with_the_right_times() -> None:
    split = {"kind": EditKind.SPLIT_REP, "t": 11.0, "times": (10.5, 11.0, 12.0, 12.5, 13.0)}
    session = edited(split)
    times = [(each.t_start, each.t_bottom) for each in session.sets[0].reps[:2]]
    assert times == [(10, 12.0), (12.0, 14)]
    assert [n for _, n, _ in numbers(session.sets[0])] == [1, 2, 2, 3, 4]
    again = edited(split, {"kind": EditKind.MERGE_REPS, "t": 11.0}).sets[0].reps[0]
    assert (again.t_start, again.t_top, again.t_ecc, again.t_bottom) == (10, 10.5, 13.0, 14)


def test_an_added_rep_is_measured_in_the_angles() -> None:
    curve = Curve().hold(2.0).rep().rep(80.0).hold(2.0)
    (first, second), angles = draw(curve, held(-30.0))
    session = EditedSession((found(1, 0.0, 20.0, first),))
    times = (second.t_start, second.t_top, second.t_ecc, second.t_bottom)
    edits = [Edit(1, EditKind.ADD_REP, times=times)]
    _, added = apply_edits(session, edits, angles).sets[0].reps
    assert added.judged
    assert math.degrees(added.rom) == pytest.approx(80.0, abs=1.0)
    assert math.degrees(added.ankle_ecc) == pytest.approx(-30.0)
    silent = dataclasses.replace(angles, valid=~((angles.t > 10.5) & (angles.t < 11.5)))
    _, gapped = apply_edits(session, edits, silent).sets[0].reps
    gap = gapped.withheld
    assert gap is not None
    assert (gap.cause, gap.segments) == (WithheldCause.GAP, ())
    assert gap.gap_s == pytest.approx(1.0, abs=0.05)
    nothing = dataclasses.replace(angles, valid=angles.t < 5.0)
    assert apply_edits(session, edits, nothing).sets[0].reps[1].withheld == Withheld(
        WithheldCause.NO_SAMPLES
    )


def test_a_split_makes_two_reps_and_a_merge_one() -> None:
    session = edited({"kind": EditKind.SPLIT_SET, "t": 25.5})
    assert [numbers(part)[0][1:] for part in session.sets] == [(1, False)] * 3
    assert (session.sets[0].t_end, session.sets[1].t_start) == (25.5, 25.5)
    assert session.sets[1].load_kg == 30.0
    assert [part.number for part in session.sets] == [1, 2, 3]
    assert [each.t_start for each in session.sets[1].live] == [30]
    merged = edited(
        {"kind": EditKind.SPLIT_SET, "t": 25.5}, {"kind": EditKind.MERGE_SETS, "t": 9.0}
    )
    assert merged == SESSION


def test_logged_values_can_be_corrected() -> None:
    session = edited(
        {"kind": EditKind.LOAD, "t": 9.0, "value": 32.5},
        {"kind": EditKind.SIDE, "t": 9.0, "value": "R"},
        {"kind": EditKind.TYPE, "t": 110.0, "value": "PF"},
        {"kind": EditKind.THRESHOLD, "key": "rom_good_percent", "value": 90},
        {"kind": EditKind.BANDS, "value": "strict"},
        {"kind": EditKind.BANDS, "key": "pf_percent", "value": 60},
    )
    assert session.bands == BandRule(df_percent=60.0, pf_percent=60.0)
    assert (session.sets[0].load_kg, session.sets[0].side) == (32.5, "R")
    assert session.sets[1].type is SetType.PF
    assert session.thresholds == Thresholds(rom_good_percent=90)
    assert SESSION.thresholds == Thresholds()


def test_a_discarded_set_is_left_out() -> None:
    assert edited({"kind": EditKind.DELETE_SET, "t": 110.0}).sets == (FIRST,)


def test_an_undo_can_be_undone() -> None:
    delete = {"kind": EditKind.DELETE_REP, "t": 12.5}
    undo = {"kind": EditKind.UNDO, "value": 1}
    assert edited(delete, undo) == SESSION
    assert edited(delete, undo, {"kind": EditKind.UNDO, "value": 2}) == edited(delete)


def test_undoing_an_edit_keeps_later_ones() -> None:
    session = edited(
        {"kind": EditKind.DELETE_SET, "t": 110.0},
        {"kind": EditKind.LOAD, "t": 9.0, "value": 20.0},
        {"kind": EditKind.UNDO, "value": 1},
    )
    assert [part.load_kg for part in session.sets] == [20.0, 30.0]


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        ({"kind": EditKind.DELETE_REP, "t": 27.0}, "no rep at 27.00 s"),
        ({"kind": EditKind.DELETE_REP, "t": 60.0}, "no set at 60.00 s"),
        ({"kind": EditKind.ADD_REP, "times": (1.0, 2.0)}, "start, top, lowering and bottom"),
        ({"kind": EditKind.ADD_REP, "times": (28.0, 27.0, 29.0, 30.0)}, "in order of time"),
        ({"kind": EditKind.ADD_REP, "times": (12.0, 13.0, 14.0, 16.0)}, "there is a rep"),
        ({"kind": EditKind.SPLIT_REP, "t": 11.0, "times": (1.0,)}, "it needs top, lowering"),
        ({"kind": EditKind.MERGE_REPS, "t": 31.0}, "no rep comes after"),
        ({"kind": EditKind.SPLIT_SET, "t": 22.0}, "in the middle of a rep"),
        ({"kind": EditKind.SPLIT_SET, "t": 39.0}, "no rep on one side"),
        ({"kind": EditKind.MERGE_SETS, "t": 110.0}, "no set comes after"),
        ({"kind": EditKind.LOAD, "t": 9.0, "value": "heavy"}, "from 0 to 1000"),
        ({"kind": EditKind.LOAD, "t": 9.0, "value": -1.0}, "from 0 to 1000"),
        ({"kind": EditKind.LOAD, "t": 9.0}, "from 0 to 1000"),
        ({"kind": EditKind.SIDE, "t": 9.0, "value": "left"}, "L, R or BOTH"),
        ({"kind": EditKind.TYPE, "t": 9.0, "value": "C"}, "DF, PF, B, B2, FREE"),
        ({"kind": EditKind.THRESHOLD, "key": "rom_good", "value": 90}, "no such threshold"),
        ({"kind": EditKind.THRESHOLD, "key": "rom_good_percent", "value": 9}, "10 to 150"),
        ({"kind": EditKind.BANDS, "value": "lax"}, "relaxed, standard, strict"),
        ({"kind": EditKind.BANDS, "key": "pf_percent", "value": 95}, "from 30 to 90"),
        ({"kind": EditKind.BANDS, "key": "hard_pf", "value": 1}, "df_percent or pf_percent"),
        ({"kind": EditKind.UNDO, "value": 1}, "no edit 1 before it"),
        ({"kind": EditKind.UNDO}, "no edit None before it"),
    ],
)
def test_an_impossible_edit_is_refused_with_the_reason(edit: dict[str, Any], says: str) -> None:
    with pytest.raises(EditError, match=says) as caught:
        edited(edit)
    assert caught.value.edit.number == 1


@given(st.lists(st.integers(min_value=1, max_value=8), max_size=8))
def test_any_sequence_of_undos_gives_a_session(undone: list[int]) -> None:
    edits = [Edit(1, EditKind.LOAD, 9.0, value=20.0)]
    for value in undone:
        number = len(edits) + 1
        edits.append(Edit(number, EditKind.UNDO, value=min(value, number - 1)))
    # Independent rule: an edit is in force unless an undo in force points at it.
    stands = [True] * (len(edits) + 1)
    for edit in reversed(edits[1:]):
        assert isinstance(edit.value, int)
        if stands[edit.number]:
            stands[edit.value] = False
    assert bool(in_force(edits)) is stands[1]


DATA = Path(__file__).parents[2] / "data"
EDITS = [
    Edit(1, EditKind.DELETE_REP, 12.5, made_utc="2026-01-01T12:00:00+00:00"),
    Edit(2, EditKind.ADD_REP, times=(26.0, 27.0, 27.5, 29.5)),
    Edit(3, EditKind.LOAD, 9.0, value=32.5),
    Edit(4, EditKind.UNDO, value=1),
]


def saved(tmp_path: Path) -> Path:
    path = edits_path(tmp_path / "session.mcap")
    for edit in EDITS:
        append_edit(path, edit)
    return path


def test_edits_are_kept_beside_the_recording(tmp_path: Path) -> None:
    path = saved(tmp_path)
    assert path.name == "session.edits.jsonl"
    assert read_edits(path) == EDITS
    assert read_edits(tmp_path / "none.edits.jsonl") == []


def test_an_edit_is_only_ever_appended_to_the_file(tmp_path: Path) -> None:
    path = saved(tmp_path)
    before = path.read_bytes()
    append_edit(path, Edit(5, EditKind.DELETE_SET, 9.0))
    assert path.read_bytes().startswith(before)


def test_a_file_cut_off_at_any_byte_keeps_every_whole_edit(tmp_path: Path) -> None:
    whole = saved(tmp_path).read_bytes()
    path = tmp_path / "cut.edits.jsonl"
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        kept = whole[:length].count(b"\n")
        assert read_edits(path) == EDITS[:kept]
        following = dataclasses.replace(EDITS[2], number=kept + 1)
        append_edit(path, following)
        assert read_edits(path) == [*EDITS[:kept], following]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "delete reps"}, 'kind: .*did you mean "delete rep"'),
        ({"number": 7}, "number: it is edit 7 where 2 is due"),
        ({"number": True}, "number: True must be a whole number from 1"),
        ({"t": "early"}, "t: 'early' must be a finite number"),
        ({"value": []}, r"value: \[\] must be a number, a text or null"),
        ({"value": 2**60}, "value: 1152921504606846976 must be a number"),
        ({"value": 10**400}, "a number in it is too large"),
        ({"times": [26.0, "x"]}, r"times\[2\]: 'x' must be a finite number"),
        ({"format": 2}, "update Toepoint"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    path = saved(tmp_path)
    lines = path.read_text("utf-8").splitlines()
    lines[1] = json.dumps({**json.loads(lines[1]), **change})
    path.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(DocumentError, match=says) as caught:
        read_edits(path)
    assert str(caught.value).startswith(f"{path}, line 2: ")


def test_edits_of_format_1_are_read_and_written_unchanged(tmp_path: Path) -> None:
    before = DATA / "edits_v1.edits.jsonl"
    edits = read_edits(before)
    assert [type(edit.value) for edit in edits[2:4]] == [float, int]
    for edit in edits:
        append_edit(tmp_path / "again.edits.jsonl", edit)
    assert (tmp_path / "again.edits.jsonl").read_bytes() == before.read_bytes()


def test_a_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="not saved"):
        append_edit(tmp_path / "no" / "x.edits.jsonl", EDITS[0])
