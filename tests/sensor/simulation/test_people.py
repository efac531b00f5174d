"""Tests of the people of a simulated session: their motions, rest-pauses and tempo."""

import numpy as np
import pytest

from sensor.simulation import SimulatedExercise, SimulatedSession, simulate
from sensor.simulation.drawn_courses import KINDS


def session(text: str) -> SimulatedSession:
    # The truth does not depend on the rate of the sensors.
    return simulate(f"sets=1,calibration=no,rate_hz=10,{text}")


def lowerings_s(simulated: SimulatedSession) -> list[float]:
    return [rep.t_bottom - rep.t_ecc for rep in simulated.truth.reps]


def rests_s(simulated: SimulatedSession) -> list[float]:
    return [rep.t_end - rep.t_bottom for rep in simulated.truth.reps[:-1]]


def test_a_mixed_set_is_drawn_from_all_kinds_and_by_its_seed() -> None:
    first, again = session("motion=mixed,reps=40"), session("motion=mixed,reps=40")
    assert first.items == again.items
    assert {rep.lower_motion for rep in first.truth.reps} == set(KINDS)
    assert {rep.lift_motion for rep in first.truth.reps} == set(KINDS)
    assert session("motion=mixed,reps=2,seed=2").items != session("motion=mixed,reps=2").items


def test_the_lowering_that_a_coach_sees_takes_the_time_of_the_tempo() -> None:
    found = lowerings_s(session("motion=mixed,reps=20,spread_percent=0"))
    # A leg that lands above the bottom is seen a little longer or shorter.
    assert found == pytest.approx([4.0] * 20, abs=0.6)
    assert np.median(found) == pytest.approx(4.0, abs=0.05)


def test_rest_pauses_are_as_long_as_asked_for() -> None:
    paused = session("motion=even,reps=4,rest_pauses_percent=100,rest_pause_s=12")
    assert rests_s(paused) == pytest.approx([12.6] * 3, abs=0.4)
    drawn = rests_s(session("motion=even,reps=20,rest_pauses_percent=100"))
    assert 2.0 < min(drawn) < 5.0
    assert 15.0 < max(drawn) < 26.5


def test_stalled_reps_take_longer() -> None:
    plain = lowerings_s(session("motion=even,reps=10,spread_percent=0"))
    stalled = lowerings_s(session("motion=even,reps=10,spread_percent=0,stalled_reps_percent=100"))
    longer = np.subtract(stalled, plain)
    assert 0.1 < longer.min() < longer.max() < 1.1


@pytest.mark.parametrize("strength", [0, 1, 100])
@pytest.mark.parametrize("tempo", ["0.3-0-0.3-0", "30-0-10-0"])
def test_every_motion_fits_any_tempo_and_any_strength_of_a_fault(tempo: str, strength: int) -> None:
    faults = "fast+drop+stall+partial+short+early+pointed+late"
    simulated = session(
        f"motion=mixed,reps=16,tempo={tempo},rom_deg=20,faults={faults},fault_every_reps=1,"
        f"fault_strength_percent={strength},stalled_reps_percent=50"
    )
    assert len(simulated.truth.reps) == 16
    for rep in simulated.truth.reps:
        assert rep.t_start < rep.t_top <= rep.t_ecc < rep.t_bottom <= rep.t_end
    assert np.isfinite(simulated.truth.shin_turn).all()


def test_people_have_a_tempo_of_their_own() -> None:
    means = [
        np.mean(lowerings_s(session(f"motion=even,reps=3,tempo_spread_percent=20,seed={seed}")))
        for seed in range(1, 9)
    ]
    assert 0.3 < np.std(means) < 1.6


# Pitch of the thigh plus bend of the knee in each start pose, which is that of the shin.
SHIN_DEG = {"lying": 98.0, "seated": -85.0, "standing": 9.0}


@pytest.mark.parametrize("trained", list(SimulatedExercise))
@pytest.mark.parametrize("calibrated", list(SimulatedExercise))
def test_a_person_may_calibrate_in_one_posture_and_train_in_another(
    calibrated: str, trained: str
) -> None:
    simulated = simulate(f"sets=1,reps=2,rate_hz=10,exercise={trained},calibrated={calibrated}")
    turn = np.rad2deg(simulated.truth.shin_turn)
    # The still step is at the start, and the truth is zero in the start pose of the set.
    expected = SHIN_DEG[calibrated] - SHIN_DEG[trained]
    assert turn[:300].mean() == pytest.approx(expected, abs=1.0)
    before = simulated.truth.t < simulated.truth.reps[0].t_start
    assert turn[before][-150:-50].mean() == pytest.approx(0.0, abs=1.0)


KEYS = (
    "motion=even",
    "motion=even,tempo_spread_percent=20",
    "motion=even,stalled_reps_percent=100",
    "rest_pauses_percent=100",
    "rest_pauses_percent=100,rest_pause_s=3",
    "settle=yes",
    "cramp_percent=100",
    "forgotten_ends_percent=100",
    "free_s=5",
    "free_s=5,free=everything",
    "rest=off",
    "rest=pad",
    "rest=phone",
    "ankle=imperfect",
    "ankle=anatomical",
    "ankle=ball",
    "ankle=two_axes",
    "axis_tilt_per_deg=0.4",
    "free_torsion_deg=10",
    "free_inversion_deg=10",
    "tibial_rotation_percent=10",
    "inversion_percent=10",
    "inversion_percent=10,coupling_curve_percent=50",
    "knee_rotation_percent=5",
    "subtalar_tilt_deg=40",
    "subtalar_turn_deg=20",
    "tissue_give_deg=1",
    "foot_tissue_give_deg=1",
    "hold_ups_s=5+2",
    "hold_ups_per_min=20",
    "hold_ups_per_min=20,hold_up_s=2",
    "faults=short",
    "faults=early",
    "faults=pointed",
)


def test_each_key_changes_the_session() -> None:
    short = "sets=2,reps=2,rest_s=4,lower_s=1,calibration=no,rate_hz=10"
    sessions = [simulate(f"{short},{keys}").items for keys in KEYS]
    sessions.append(simulate(short).items)
    same = [
        (KEYS[i], KEYS[j] if j < len(KEYS) else "nothing")
        for i in range(len(KEYS))
        for j in range(i + 1, len(sessions))
        if sessions[i] == sessions[j]
    ]
    assert same == []
