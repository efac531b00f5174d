"""Exercises in which thigh and pelvis move: their truths are what the sensors on them measure."""

from functools import cache

import numpy as np
import pytest

from sensor.simulation import SimulatedSession, simulate
from sensor.simulation.leg_kinematics import Anatomy
from sensor.simulation.movement import movement_of
from sensor.simulation.session_script import write_script
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import EventKind, FloatArray, Segment
from tests.sensor.simulation.short_session import decoded, events

STEADY = "part=ideal,soft_tissue_deg=0,sway_deg=0,unsteady_deg=0,tremor_deg=0,spread_percent=0"
KNEELING = ("glute_ham_raise", "nordic_curl")


@cache
def session(exercise: str, more: str = "") -> SimulatedSession:
    return simulate(
        f"exercise={exercise},sets=1,reps=3,tempo=3-2-2-1,seed=5,thigh=yes,pelvis=yes,{STEADY}{more}"
    )


def deg(found: SimulatedSession, name: str, start: float, end: float) -> FloatArray:
    """Return a true angle between two times."""
    truth = found.truth
    inside = (truth.t >= start) & (truth.t <= end)
    out: FloatArray = np.rad2deg(getattr(truth, name)[inside])
    return out


def bent_deg(
    found: SimulatedSession, upper: Segment, lower: Segment
) -> tuple[FloatArray, FloatArray]:
    """Return times, and the angle by which the joint of two segments bent, from their gyros alone."""
    rates = []
    grid = np.arange(0.5, found.truth.t[-1] - 0.5, 0.01)
    for segment in (upper, lower):
        sensor = next(s for s in found.truth.sensors if s.segment is segment)
        _, gyr = decoded(found, segment)
        # About the joint's axis, y of the segment.
        about = gyr @ sensor.rotation[1]
        rates.append(np.interp(grid, sensor.sample_t[sensor.delivered], about))
    return grid, np.rad2deg(np.cumsum(rates[1] - rates[0]) * 0.01)


@pytest.mark.parametrize("exercise", ["glute_ham_raise", "stiff_legged_deadlift"])
def test_the_gyros_of_thigh_shin_and_pelvis_turn_by_the_true_angles(exercise: str) -> None:
    found = session(exercise)
    for name, upper, lower in (
        ("knee", Segment.THIGH, Segment.SHIN),
        ("hip", Segment.THIGH, Segment.PELVIS),
    ):
        t, bent = bent_deg(found, upper, lower)
        true = np.rad2deg(np.interp(t, found.truth.t, getattr(found.truth, name)))
        error = (bent - bent[0]) - (true - true[0])
        assert np.abs(error).max() < 0.5


@pytest.mark.parametrize("exercise", KNEELING)
def test_on_the_knees_the_thigh_turns_and_the_shin_does_not(exercise: str) -> None:
    found = session(exercise, ",range_deg=70,lost_control_percent=0")
    assert [rep.number for rep in found.truth.reps] == [1, 2, 3]
    for rep in found.truth.reps:
        start, end = min(rep.t_start, rep.t_ecc), max(rep.t_top, rep.t_bottom)
        assert np.degrees(rep.rom) == pytest.approx(70.0, abs=0.01)
        assert np.ptp(deg(found, "knee", start - 0.5, end + 0.5)) == pytest.approx(70.0, abs=0.1)
        assert np.ptp(deg(found, "inclination", start, end)) < 4.0
        assert np.ptp(deg(found, "trunk", start - 0.5, end + 0.5)) > 50.0
        assert rep.break_point is None
    inclination = deg(found, "inclination", found.truth.reps[0].t_start, found.truth.t[-1])
    assert np.abs(inclination - 90.0).max() < 12.0


def test_a_nordic_curl_begins_upright_with_its_lowering() -> None:
    found = session("nordic_curl", ",lost_control_percent=0,motion=minimum_jerk")
    assert found.truth.driving is not None
    for rep in found.truth.reps:
        assert rep.t_ecc < rep.t_bottom <= rep.t_start < rep.t_top <= rep.t_end
        assert rep.t_bottom - rep.t_ecc == pytest.approx(3.0, abs=0.02)
        assert rep.t_top - rep.t_start == pytest.approx(2.0, abs=0.02)
        before, after = np.interp(
            [rep.t_ecc - 0.2, rep.t_bottom + 0.2], found.truth.t, np.rad2deg(found.truth.driving)
        )
        assert before > 80.0
        assert before - after == pytest.approx(np.degrees(rep.rom), abs=2.5)


@pytest.mark.parametrize("exercise", ["nordic_curl", "leg_curl", "glute_ham_raise"])
def test_control_is_lost_at_the_break_point_and_not_before(exercise: str) -> None:
    found = session(exercise, ",lost_control_percent=100,break_deg=45,break_spread_deg=3")
    truth = found.truth
    angle = deg(found, "knee" if exercise == "leg_curl" else "driving", 0.0, truth.t[-1])
    assert len({rep.break_point for rep in truth.reps}) == 3
    for rep in truth.reps:
        assert rep.break_point is not None
        way_deg = np.degrees(rep.rom)
        assert way_deg - np.degrees(rep.break_point) == pytest.approx(45.0, abs=6.1)
        lowering = (truth.t >= rep.t_ecc) & (truth.t <= rep.t_bottom)
        bottom = angle[(truth.t >= rep.t_ecc) & (truth.t <= rep.t_bottom + 0.3)].min()
        above = angle[lowering] - bottom
        speed = -np.gradient(above, 0.01)
        held = above > np.degrees(rep.break_point) + 1.0
        pace = np.median(speed[held])
        assert speed[held].max() < 1.4 * pace
        # The fall is faster, and never slower again until it ends.
        assert speed[~held].max() > 2.0 * pace
        fast = np.flatnonzero(speed > 1.5 * pace)
        np.testing.assert_allclose(np.diff(fast), 1)
        assert above[fast[0]] == pytest.approx(np.degrees(rep.break_point), abs=5.5)


def test_a_deadlift_tilts_the_trunk_over_a_thigh_that_goes_a_little_back() -> None:
    found = session("stiff_legged_deadlift", ",range_deg=80,motion=minimum_jerk")
    for rep in found.truth.reps:
        assert rep.t_ecc < rep.t_bottom <= rep.t_start < rep.t_top
        # A pause of two seconds at the bottom.
        assert rep.t_start - rep.t_bottom == pytest.approx(2.0, abs=0.1)
        start, end = rep.t_ecc - 0.5, rep.t_top
        assert np.ptp(deg(found, "hip", start, end)) == pytest.approx(80.0, abs=0.1)
        assert np.ptp(deg(found, "trunk", start, end)) > 55.0
        assert np.ptp(deg(found, "knee", start, end)) < 15.0
        assert np.abs(deg(found, "heel", start, end)).max() < 0.01
        thigh = deg(found, "trunk", start, end) - deg(found, "hip", start, end)
        assert -25.0 < thigh.min() < thigh[0]


@pytest.mark.parametrize("exercise", ["squat", "lunge", "walk"])
def test_distractions_have_no_reps_and_no_marked_sets(exercise: str) -> None:
    found = session(exercise, ",sets=2,rest=off,rest_s=10")
    assert found.truth.reps == ()
    assert found.header.metadata["exercise"] == "heel_raise"
    assert not any(e.kind == EventKind.SET_START for e in events(found))
    names = " ".join(activity.name for activity in found.truth.activities)
    assert {"squat": "squats", "lunge": "lunges", "walk": "walking"}[exercise] in names
    knee = deg(found, "knee", 0.0, found.truth.t[-1])
    assert np.ptp(knee) > 50.0


def test_calibrations_have_the_movements_of_their_exercise() -> None:
    expected = {
        "glute_ham_raise": ["still", "pumps", "curls"],
        "nordic_curl": ["still", "pumps", "curls"],
        "stiff_legged_deadlift": ["still", "pumps", "hinges"],
        "squat": ["still", "pumps"],
        "ankle_range": ["still", "pumps"],
    }
    for exercise, steps in expected.items():
        started = [e for e in events(session(exercise)) if e.kind == EventKind.CALIBRATION_START]
        assert [e.data["step"] for e in started] == steps


def test_ranges_have_three_trials_of_each_measure() -> None:
    truth = session("ankle_range", ",dorsiflexion_max_deg=14,plantarflexion_max_deg=48").truth
    kinds = [(trial.knee, trial.measure, trial.number) for trial in truth.trials]
    assert kinds == [
        (knee, measure, number)
        for knee in ("bent", "straight")
        for measure in ("dorsiflexion", "plantarflexion")
        for number in (1, 2, 3)
    ]
    means: dict[tuple[str, str], list[float]] = {}
    for trial in truth.trials:
        inside = (truth.t >= trial.t_start) & (truth.t <= trial.t_end)
        np.testing.assert_allclose(np.abs(truth.ankle[inside]), trial.value, atol=1e-4)
        means.setdefault((trial.knee, trial.measure), []).append(np.degrees(trial.value))
    assert np.mean(means["bent", "dorsiflexion"]) == pytest.approx(14.0, abs=1.5)
    assert np.mean(means["bent", "plantarflexion"]) == pytest.approx(48.0, abs=1.5)
    # The gastrocnemius takes some of the dorsiflexion of a straight knee.
    assert np.mean(means["straight", "dorsiflexion"]) < np.mean(means["bent", "dorsiflexion"])


def test_the_lunge_brings_the_shin_over_a_flat_foot() -> None:
    found = session("lunge_range", ",range_deg=38")
    for trial in found.truth.trials:
        assert (trial.measure, trial.knee) == ("inclination", "bent")
        assert np.degrees(trial.value) == pytest.approx(38.0, abs=2.5)
        held = deg(found, "inclination", trial.t_start, trial.t_end)
        assert np.median(held) == pytest.approx(np.degrees(trial.value), abs=0.01)
        assert np.abs(deg(found, "heel", trial.t_start - 1.0, trial.t_end)).max() < 1e-6


def test_the_pelvis_of_a_leg_curl_lies_with_the_thighs_and_is_upright_in_a_walk() -> None:
    parameters = parse_simulation("sim:sets=1,reps=1,rest=off,seed=3")
    script = write_script(parameters, np.random.default_rng(3))
    movement = movement_of(script, parameters.person, np.random.default_rng(4))
    step_s = 1e-3
    t = np.arange(0.0, script.now, step_s)
    motions = movement.at(t)
    frame = movement.bone(Segment.PELVIS, Anatomy(), motions)
    tilt = np.arctan2(frame.orientation[:, 0, 2], frame.orientation[:, 2, 2])
    assert np.degrees(tilt[0]) == pytest.approx(90.0, abs=1.0)
    assert np.degrees(tilt).min() < 10.0
    turned = np.einsum("nji,njk->nik", frame.orientation[:-1], frame.orientation[1:])
    about_y = (turned[:, 0, 2] - turned[:, 2, 0]) / (2.0 * step_s)
    middle = 0.5 * (frame.rate[1:, 1] + frame.rate[:-1, 1])
    np.testing.assert_allclose(middle, about_y, atol=5e-3)


def test_a_further_sensor_leaves_the_others_as_they_are() -> None:
    def payloads(keys: str) -> list[object]:
        found = simulate(f"sets=1,reps=1,calibration=no,seed=6{keys}")
        return [i for i in found.items if getattr(i, "source", "") in {"sim-shin", "sim-foot"}]

    assert payloads("") == payloads(",thigh=yes,pelvis=yes") == payloads(",pelvis=yes")


def test_a_deadlift_stands_on_both_legs_but_pumps_in_the_air_on_the_other_one() -> None:
    more = "sets=0,seed=2,rate_hz=10,lean_deg=0"

    def swaying(exercise: str) -> tuple[float, float]:
        truth = simulate(f"exercise={exercise},{more}").truth
        assert truth.inclination is not None
        lean = np.degrees(truth.inclination)
        in_air = (truth.t > 6.5) & (truth.t < 8.0)
        return float(np.ptp(lean[truth.t < 4.5])), float(np.ptp(lean[in_air]))

    one, two = swaying("heel_raise,legs=one"), swaying("stiff_legged_deadlift")
    assert two[0] == pytest.approx(one[0] / 3.0, rel=0.1)
    assert two[1] == pytest.approx(one[1], rel=0.1)
