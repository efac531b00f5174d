"""The model of Review: its content follows from the recording and its edits."""

from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest

from gui.models import new_edits
from gui.models.corrections import Corrections
from gui.models.notes import Note, NoteKind
from gui.models.rep_loops import loop_bands, on_loop, rep_loops
from gui.models.review import (
    ReviewedSession,
    ReviewModel,
    band_of,
    edited_session,
    first_look,
    open_events,
    whole_session,
    worst_rep,
)
from gui.pages.review.set_words import count_words
from processing.judge.checks import Grade
from processing.judge.reasons import CheckKey
from processing.library import KeptAnalyses
from processing.review.analysis import analyse
from processing.review.edits import Edit, EditKind
from processing.types import Phase
from sensor.recording import RecordingWriter
from sensor.types import Event, EventKind
from tests.gui.recorded_session import LATE_REP, REPS, SETS, analyse_once, recorded
from tests.gui.session_batches import simulated


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReviewedSession:
    analyse_once(monkeypatch)
    path = tmp_path / "session.mcap"
    path.write_bytes(recorded())
    return whole_session(open_events(path), KeptAnalyses(tmp_path / "kept"))


@pytest.fixture
def model(session: ReviewedSession) -> ReviewModel:
    made = ReviewModel()
    made.show(session)
    return made


def test_a_moment_has_the_uncertainty_of_its_angle(model: ReviewModel) -> None:
    assert model.session is not None
    angles = model.session.analysis.offline_angles
    at = int(np.flatnonzero(angles.valid)[-1]) // 2
    moment = model.moment(float(angles.t[at]))
    assert moment.uncertainty_deg is not None
    assert moment.uncertainty_deg == pytest.approx(float(np.degrees(angles.uncertainty[at])))
    assert 0.0 < moment.uncertainty_deg < 20.0
    assert model.moment(float(angles.t[-1]) + 5.0).uncertainty_deg is None


def test_marks_and_notes_of_the_session_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "marks.mcap"
    header = simulated("sim:protocol=B,sets=1,reps=1,seed=1").header
    start = header.start_ns
    with RecordingWriter(path, header) as writer:
        writer.write(Event(start + 2_000_000_000, EventKind.MARK, {}))
        writer.write(Event(start + 5_500_000_000, EventKind.NOTE, {"text": "marked"}))
    assert open_events(path).notes == (
        Note(5.5, "marked"),
        Note(2.0, kind=NoteKind.MARK),
    )


def test_the_late_rep_is_shown_first(session: ReviewedSession) -> None:
    for judged in session.sets:
        worst = worst_rep(judged)
        assert worst is not None
        assert worst.rep.number == LATE_REP
        assert worst.reason is not None
        assert worst.reason.check is CheckKey.SWITCH


def test_steps_lead_through_all_reps_and_over_the_ends_of_sets(model: ReviewModel) -> None:
    seen = []
    for _ in range(SETS * REPS + 2):
        seen.append((model.set_index, model.rep_index))
        model.step_rep(1)
    assert seen[: SETS * REPS] == [(s, r) for s in range(SETS) for r in range(REPS)]
    assert seen[-1] == (SETS - 1, REPS - 1)
    for _ in range(SETS * REPS + 2):
        model.step_rep(-1)
    assert (model.set_index, model.rep_index) == (0, 0)


def test_a_moment_has_the_angles_and_the_phase_of_the_recording(
    model: ReviewModel, session: ReviewedSession
) -> None:
    rep = session.sets[0].verdicts[0].rep
    angles = session.analysis.offline_angles
    moment = model.moment(0.5 * (rep.t_ecc + rep.t_bottom))
    assert (moment.phase, moment.rep) == (Phase.ECCENTRIC, 1)
    assert moment.ankle_deg == pytest.approx(
        np.degrees(np.interp(moment.t, angles.t, angles.ankle)), abs=1.0
    )
    assert model.moment(0.5 * (rep.t_start + rep.t_top)).phase is Phase.CONCENTRIC
    assert model.moment(0.5 * (rep.t_top + rep.t_ecc)).phase is Phase.TOP


def test_no_angle_is_shown_where_a_sensor_was_silent(
    model: ReviewModel, session: ReviewedSession
) -> None:
    angles = session.analysis.offline_angles
    nowhere = np.zeros_like(angles.valid)
    silent = replace(angles, valid=nowhere, curl_valid=nowhere)
    model.show(replace(session, analysis=replace(session.analysis, offline_angles=silent)))
    moment = model.moment(session.sets[0].verdicts[0].rep.t_top)
    assert moment.ankle_deg is None
    assert moment.curl_deg is None
    assert moment.rep == 1


def test_the_bands_are_those_of_the_verdicts(session: ReviewedSession) -> None:
    target = session.sets[0].target
    lift, lower = loop_bands(target)
    assert (lift.lifting, lift.toes_up) == (True, True)
    assert (lower.lifting, lower.toes_up) == (False, False)
    assert lift.limit_deg == pytest.approx(np.degrees(target.bands.dorsiflexed))
    assert lower.limit_deg == pytest.approx(np.degrees(target.bands.plantarflexed))
    assert (lift.left, lift.right) == (15.0, 85.0)
    assert (lower.left, lower.right) == (10.0, 80.0)
    up, pointed = band_of(target, Phase.CONCENTRIC), band_of(target, Phase.ECCENTRIC)
    assert up is not None
    assert pointed is not None
    assert up[0] == lift.limit_deg
    assert pointed[1] == lower.limit_deg
    assert band_of(target, Phase.TOP) is None


def test_loops_run_up_and_down_over_the_range_of_the_set(session: ReviewedSession) -> None:
    judged, angles = session.sets[0], session.analysis.offline_angles
    for loop in rep_loops(judged, angles):
        assert loop.lift.curl_percent[0] == pytest.approx(0.0, abs=12.0)
        assert loop.lift.curl_percent[-1] == pytest.approx(100.0, abs=12.0)
        assert loop.lower.curl_percent[0] > 85.0
        assert loop.lower.curl_percent[-1] == pytest.approx(0.0, abs=12.0)
    good, late = (rep_loops(judged, angles)[i] for i in (0, LATE_REP - 1))
    middle = [
        float(np.interp(60.0, p.curl_percent[::-1], p.ankle_deg[::-1]))
        for p in (good.lower, late.lower)
    ]
    assert middle[0] < -20.0 < middle[1]  # pointed, and not yet pointed
    assert on_loop(judged, angles, None) is None


def test_a_changed_count_names_the_cause(session: ReviewedSession) -> None:
    judged = session.sets[0]
    assert count_words(judged) == f"{REPS} reps, as counted live"
    source, first = judged.source, judged.verdicts[0].rep
    missed = replace(judged, source=replace(source, live=source.live[1:]))
    added = f"rep {first.number} was only seen afterwards"
    assert count_words(missed) == f"{REPS - 1} counted live, {REPS} after the set: {added}"
    fewer = count_words(replace(judged, verdicts=judged.verdicts[1:]))
    taken = f"what was counted as rep {first.number} was none"
    assert fewer == f"{REPS} counted live, {REPS - 1} after the set: {taken}"


def test_a_deleted_rep_comes_back_with_undo_and_goes_with_redo(session: ReviewedSession) -> None:
    before = session.recording.path.read_bytes()
    late = session.sets[0].verdicts[LATE_REP - 1]
    assert late.grade is Grade.MISS
    without = edited_session(session, new_edits.delete_rep(late))
    assert [len(s.verdicts) for s in without.sets] == [REPS - 1, REPS]
    assert without.numbers.reps == session.numbers.reps - 1
    assert without.numbers.good == session.numbers.good
    back = new_edits.undo(without.edits)
    assert back is not None
    again = edited_session(without, back)
    assert again.numbers == session.numbers
    redone = new_edits.redo(again.edits)
    assert redone is not None
    assert edited_session(again, redone).numbers == without.numbers
    assert session.recording.path.read_bytes() == before


def test_there_is_nothing_to_undo_or_redo_at_first(session: ReviewedSession) -> None:
    assert new_edits.undo(session.edits) is None
    assert new_edits.redo(session.edits) is None


def test_undo_and_redo_go_back_and_forth_over_many_edits() -> None:
    edits: list[Edit] = []

    def do(edit: Edit | None) -> None:
        assert edit is not None
        edits.append(replace(edit, number=len(edits) + 1))

    def loads() -> list[object]:
        from processing.review.edits import in_force

        return [e.value for e in in_force(edits)]

    do(Edit(0, EditKind.LOAD, value=41.0))
    do(Edit(0, EditKind.LOAD, value=42.0))
    do(Edit(0, EditKind.LOAD, value=43.0))
    do(new_edits.undo(edits))
    do(new_edits.undo(edits))
    assert loads() == [41.0]
    do(new_edits.redo(edits))
    assert loads() == [41.0, 42.0]
    do(new_edits.redo(edits))
    assert loads() == [41.0, 42.0, 43.0]
    assert new_edits.redo(edits) is None
    do(new_edits.undo(edits))
    do(Edit(0, EditKind.LOAD, value=50.0))
    assert loads() == [41.0, 42.0, 50.0]
    assert new_edits.redo(edits) is None


def test_edits_without_a_target_are_named_and_the_session_opens(
    session: ReviewedSession, tmp_path: Path
) -> None:
    path = session.recording.path
    path.with_suffix(".edits.jsonl").write_text("holiday\n", encoding="utf-8")
    opened = whole_session(open_events(path), KeptAnalyses(tmp_path / "kept"))
    assert "edits" in opened.trouble
    assert opened.numbers == session.numbers
    assert opened.edits == ()


def test_a_long_session_is_first_shown_to_the_end_of_its_first_set(
    session: ReviewedSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_events(session.recording.path)
    assert first_look(opened) is None, "the whole session is ready as well"
    monkeypatch.setattr("gui.models.review.LONG_S", session.recording.duration_s)
    monkeypatch.setattr("gui.models.review.analyse", analyse)
    first = first_look(replace(opened, first_set_end_s=session.sets[0].source.t_end))
    assert first is not None
    assert not first.whole
    assert len(first.sets) == 1
    assert first.analysis.offline_angles.t[-1] < session.sets[1].source.t_start
    assert [v.grade for v in first.sets[0].verdicts] == [v.grade for v in session.sets[0].verdicts]


def test_a_session_that_is_not_read_to_its_end_allows_no_corrections(
    session: ReviewedSession,
) -> None:
    model, library = ReviewModel(), Mock()
    corrections = Corrections(model, library)
    model.show(replace(session, whole=False))
    corrections.delete_rep()
    assert not library.edit.called
    model.show(session)
    corrections.delete_rep()
    assert library.edit.called


def test_other_bands_judge_again_and_undo_restores_the_verdicts(session: ReviewedSession) -> None:
    before = session.sets[0]
    assert before.metrics.good
    asked = Edit(0, EditKind.BANDS, key="pf_percent", value=89)
    stricter = edited_session(session, asked)
    after = stricter.sets[0]
    assert after.target.bands.plantarflexed < before.target.bands.plantarflexed
    assert after.metrics.good == 0
    assert after.metrics.reps == before.metrics.reps
    back = edited_session(stricter, new_edits.undo(stricter.edits) or asked)
    assert back.sets == session.sets


def test_reps_that_are_joined_are_measured_and_judged(session: ReviewedSession) -> None:
    first, second = session.sets[0].verdicts[:2]
    joined = Edit(0, EditKind.MERGE_REPS, t=first.rep.t_top)
    verdict = edited_session(session, joined).sets[0].verdicts[0]
    assert (verdict.rep.t_start, verdict.rep.t_bottom) == (first.rep.t_start, second.rep.t_bottom)
    assert verdict.rep.rom > 0.9 * first.rep.rom
    assert verdict.grade is not Grade.NOT_JUDGED
