"""The hip angle with sensors on thigh and pelvis, compared with a simulated person who deadlifts."""

import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from processing.judge.checks import Grade
from processing.judge.reasons import CheckKey
from processing.review.analysis import Analysis, analyse
from processing.review.judged_sets import judge_sets
from processing.types import counted
from sensor.simulation import Truth, simulate
from sensor.simulation.session_files import save_session
from sensor.simulation.simulation_text import parse_simulation

WORN = "thigh=yes,pelvis=yes,acc_offset_mg=20/-20/15,gyr_offset_dps=1/-1/0.5,soft_tissue_deg=1.0"
DEADLIFTS = f"sim:exercise=stiff_legged_deadlift,tempo=3-1-2-1,sets=1,reps=3,{WORN},seed=21"
LOST_S = 36.0, 40.0
"""Start and end of a loss of the pelvis' sensor, in the second rep."""


@cache
def analysed(more: str = "") -> tuple[Analysis, Truth]:
    session = simulate(parse_simulation(DEADLIFTS + more))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "session.mcap")
        save_session(session, path)
        return analyse(path), session.truth


def test_the_hip_drives_deadlifts_live_and_offline() -> None:
    analysis, truth = analysed()
    assert analysis.problems == ()
    assert truth.hip is not None
    (found,) = analysis.sets
    in_set = slice(*np.searchsorted(truth.t, (found.t_start, found.t_end)))
    bent = truth.hip - truth.hip[in_set].min()
    for angles, reps in (
        (analysis.live_angles, found.live),
        (analysis.offline_angles, found.reps),
    ):
        use = angles.driving_valid & (angles.t > found.t_start) & (angles.t < found.t_end)
        error = np.degrees(-angles.driving - np.interp(angles.t, truth.t, bent))[use]
        # The start pose of the calibration, from which the hip is measured, sways by some degrees.
        assert abs(np.median(error)) < 5.0
        assert float(np.std(error)) < 2.5
        assert [rep.number for rep in counted(reps)] == [1, 2, 3]
        for rep, true in zip(counted(reps), truth.reps, strict=True):
            assert rep.t_ecc < rep.t_bottom < rep.t_start < rep.t_top
            assert rep.t_bottom == pytest.approx(true.t_bottom, abs=0.15)
            assert rep.t_start == pytest.approx(true.t_start, abs=0.15)


def test_the_knee_is_noted_beside_the_hip() -> None:
    analysis, truth = analysed()
    assert truth.knee is not None
    (judged,) = judge_sets(analysis)
    for verdict, true in zip(judged.verdicts, truth.reps, strict=True):
        knee = truth.knee[slice(*np.searchsorted(truth.t, (true.t_ecc, true.t_top)))]
        change = float(np.degrees(np.abs(knee - knee[0]).max()))
        check = verdict.check(CheckKey.KNEE)
        assert check is not None
        assert check.value is not None
        assert check.value == pytest.approx(change, abs=4.0)
        assert check.grade is (Grade.GOOD if check.value <= 15.0 else Grade.NOTE)


def test_a_lost_pelvis_makes_the_hip_unknown_and_nothing_else() -> None:
    whole, _ = analysed()
    lost, _ = analysed(f",pelvis_dropouts_s={LOST_S[0]:.0f}+4")
    for before, angles in (
        (whole.live_angles, lost.live_angles),
        (whole.offline_angles, lost.offline_angles),
    ):
        for name in ("t", "ankle", "valid", "uncertainty", "shin_turn", "curl", "curl_valid"):
            assert getattr(angles, name).tobytes() == getattr(before, name).tobytes(), name
        silent = (angles.t > LOST_S[0] + 0.1) & (angles.t < LOST_S[1])
        assert not angles.driving_valid[silent].any()
        assert angles.valid[silent].all()
