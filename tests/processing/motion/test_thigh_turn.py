"""Deadlifts with one more sensor, on the thigh: its turn shows the reps, compared with a simulated person."""

import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from processing.exercises.exercise import Driving
from processing.exercises.exercise_file import built_in
from processing.exercises.exercise_troubles import ExerciseFault
from processing.judge.checks import Grade
from processing.judge.reasons import CheckKey
from processing.review.analysis import Analysis, analyse
from processing.review.judged_sets import judge_sets
from processing.types import counted
from sensor.recording import RecordingWriter
from sensor.simulation import Truth, simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import Event, EventKind, FloatArray

PAUSED = (
    "sim:exercise=stiff_legged_deadlift,thigh=yes,hips_back_deg=15,tempo=3-2-2-1,sets=1,reps=4,"
    "acc_offset_mg=20/-20/15,gyr_offset_dps=1/-1/0.5,soft_tissue_deg=1.0,rest=walk,seed=23"
)


@cache
def analysed(*, marked: bool = True) -> tuple[Analysis, Truth]:
    session = simulate(parse_simulation(PAUSED))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "session.mcap")
        writer = RecordingWriter(path, session.header)
        for item in session.items:
            mark = isinstance(item, Event) and item.kind in (EventKind.SET_START, EventKind.SET_END)
            if marked or not mark:
                writer.write(item)
        writer.close()
        return analyse(path), session.truth


def thigh_of(truth: Truth) -> FloatArray:
    """Return the turn (n,) rad of the thigh, its upper end forward: the shin's less the knee's bend."""
    assert truth.inclination is not None
    assert truth.knee is not None
    out: FloatArray = truth.inclination - truth.knee
    return out


def test_the_thigh_drives_deadlifts_without_a_pelvis_live_and_offline() -> None:
    analysis, truth = analysed()
    (found,) = analysis.sets
    assert found.exercise.driving is Driving.THIGH_TURN
    assert found.exercise.words_in("en").angle == "thigh turn"
    thigh = thigh_of(truth)
    for angles, reps in (
        (analysis.live_angles, found.live),
        (analysis.offline_angles, found.reps),
    ):
        use = angles.driving_valid & (angles.t > found.t_start) & (angles.t < found.t_end)
        error = np.degrees(angles.driving - np.interp(angles.t, truth.t, thigh))[use]
        # The start pose, from which it is measured, leans by some degrees; its sway is no error.
        assert float(np.std(error)) < 1.0
        assert [rep.number for rep in counted(reps)] == [1, 2, 3, 4]
        for rep, true in zip(counted(reps), truth.reps, strict=True):
            assert rep.t_ecc < rep.t_bottom < rep.t_start < rep.t_top
            # Two seconds of pause at the bottom are seen as such.
            assert rep.t_start - rep.t_bottom == pytest.approx(true.t_start - true.t_bottom, abs=1)


def test_the_recording_says_that_another_angle_counts() -> None:
    analysis, _ = analysed()
    (trouble,) = analysis.exercise_troubles
    assert trouble.fault is ExerciseFault.OTHER_ANGLE
    assert trouble.lacking == ("pelvis",)
    assert trouble.counted_by is Driving.THIGH_TURN


def test_the_knee_is_noted_beside_the_thigh() -> None:
    analysis, truth = analysed()
    assert truth.knee is not None
    (judged,) = judge_sets(analysis)
    for verdict, true in zip(judged.verdicts, truth.reps, strict=True):
        knee = truth.knee[slice(*np.searchsorted(truth.t, (true.t_ecc, true.t_top)))]
        check = verdict.check(CheckKey.KNEE)
        assert check is not None
        assert check.value is not None
        assert check.value == pytest.approx(
            float(np.degrees(np.abs(knee - knee[0]).max())), abs=4.0
        )
        assert check.grade is (Grade.GOOD if check.value <= 15.0 else Grade.NOTE)


def test_only_a_mark_begins_a_set_that_the_thigh_alone_shows() -> None:
    analysis, _ = analysed(marked=False)
    assert not [rep for one in analysis.sets for rep in (*one.reps, *one.live)]


def test_with_a_pelvis_nothing_stands_in() -> None:
    whole = built_in("stiff_legged_deadlift")
    assert whole.fitted(["shin", "foot", "thigh", "pelvis"]) is whole
    # Without the thigh's sensor neither angle is known.
    assert whole.fitted(["shin", "foot"]) is whole
