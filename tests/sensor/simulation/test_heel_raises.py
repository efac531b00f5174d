"""Sessions of heel raises: the truth is the motion that was asked for, and the foot obeys the ground."""

import dataclasses
import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sensor.errors import SourceError
from sensor.simulation import SimulatedSession, Truth, from_json, simulate, to_json
from sensor.simulation.exercise_script import write_exercise_script
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import STANDARD_GRAVITY_MPS2, Event, EventKind, FloatArray, Segment
from tests.sensor.simulation.short_session import decoded, events

IDEAL = "part=ideal,soft_tissue_deg=0,loss_percent=0"
STEADY = f"{IDEAL},sway_deg=0,unsteady_deg=0,tremor_deg=0,out_of_plane_deg=0,spread_percent=0"


@cache
def session(more: str = "") -> SimulatedSession:
    return simulate(f"exercise=heel_raise,sets=1,reps=3,seed=4,{STEADY}" + more)


def deg(truth: Truth, name: str, start: float, end: float) -> FloatArray:
    """Return a true angle between two times."""
    inside = (truth.t >= start) & (truth.t <= end)
    out: FloatArray = np.rad2deg(getattr(truth, name)[inside])
    return out


@pytest.mark.parametrize(
    ("more", "bottom_deg"),
    [("", 0.0), (",place=step,side=left", -12.0), (",place=seated", 0.0)],
    ids=["floor", "step", "seated"],
)
def test_the_heel_goes_from_its_bottom_to_its_height_in_every_rep(
    more: str, bottom_deg: float
) -> None:
    truth = session(f"{more},height_deg=30").truth
    assert [rep.number for rep in truth.reps] == [1, 2, 3]
    for rep in truth.reps:
        heel = deg(truth, "heel", rep.t_start - 0.3, rep.t_bottom + 0.3)
        assert heel.min() == pytest.approx(bottom_deg, abs=0.1)
        assert heel.max() == pytest.approx(30.0, abs=0.1)
        # The knee keeps its bend, except of a person who sits, whose knee is lifted.
        knee = deg(truth, "knee", rep.t_start, rep.t_bottom)
        assert np.abs(knee).max() < (15.0 if "seated" in more else 5.0)
        ankle = deg(truth, "ankle", rep.t_start - 0.3, rep.t_bottom + 0.3)
        assert np.ptp(ankle) == pytest.approx(np.degrees(rep.rom), abs=0.1)
        assert np.ptp(ankle) == pytest.approx(30.0 - bottom_deg, rel=0.13)
    assert truth.hip is not None
    assert (np.degrees(truth.hip[0]) > 70.0) == ("seated" in more)


def test_the_visible_tempo_is_the_one_that_was_asked_for() -> None:
    truth = session(",tempo=3-0.5-2-2,motion=minimum_jerk,seed=6").truth
    for rep in truth.reps:
        assert rep.t_bottom - rep.t_ecc == pytest.approx(3.0, abs=0.02)
        assert rep.t_top - rep.t_start == pytest.approx(2.0, abs=0.02)
        assert rep.t_ecc - rep.t_top == pytest.approx(2.0, abs=0.02)


def test_a_foot_that_stands_flat_does_not_turn_and_its_shin_leans_about_it() -> None:
    swaying = simulate(f"exercise=heel_raise,sets=1,reps=2,seed=4,{IDEAL},rest=still,sway_deg=1.5")
    truth = swaying.truth
    end = next(e for e in events(swaying) if e.kind == EventKind.CALIBRATION_END)
    until = (end.t_ns - swaying.header.start_ns) / 1e9
    foot, shin = (
        next(s for s in truth.sensors if s.segment is segment)
        for segment in (Segment.FOOT, Segment.SHIN)
    )
    for sensor, turns in ((foot, False), (shin, True)):
        acc, gyr = decoded(swaying, sensor.segment)
        resting = sensor.sample_t[sensor.delivered] < until
        rate = np.degrees(np.linalg.norm(gyr[resting], axis=1))
        assert (rate.max() > 1.0) == turns
        assert turns or rate.max() < 0.1
        force = np.linalg.norm(acc[resting], axis=1)
        np.testing.assert_allclose(force.mean(), STANDARD_GRAVITY_MPS2, atol=0.05)


def test_the_shin_stays_nearly_upright_while_the_heel_rises() -> None:
    truth = session().truth
    for rep in truth.reps:
        lean = deg(truth, "inclination", rep.t_start, rep.t_bottom)
        assert np.abs(lean).max() < 8.0


def test_the_calibration_is_still_and_pumps_alone_and_the_pumps_are_those_of_the_ankle() -> None:
    marked = session()
    steps = [e.data["step"] for e in events(marked) if e.kind == EventKind.CALIBRATION_START]
    assert steps == ["still", "pumps"]
    start, end = (
        (e.t_ns - marked.header.start_ns) / 1e9
        for e in events(marked)
        if e.data.get("step") == "pumps"
    )
    ankle = deg(marked.truth, "ankle", start, end)
    assert ankle[np.flatnonzero(np.abs(ankle) > 5.0)[0]] > 0.0
    assert ankle.max() == pytest.approx(15.0, abs=0.1)
    assert ankle.min() == pytest.approx(-45.0, abs=0.1)
    # A foot in the air pumps nearly alone: the shin recoils by a few percent.
    assert 1.0 < np.ptp(deg(marked.truth, "inclination", start, end)) < 5.0


def test_knee_bends_lean_the_shin_over_the_flat_foot() -> None:
    marked = session(",bends=yes,sets=0")
    start, end = (
        (e.t_ns - marked.header.start_ns) / 1e9
        for e in events(marked)
        if e.data.get("step") == "bends"
    )
    assert np.ptp(deg(marked.truth, "inclination", start, end)) == pytest.approx(20.0, abs=1.0)
    assert np.ptp(deg(marked.truth, "ankle", start, end)) == pytest.approx(20.0, abs=1.0)
    assert np.abs(deg(marked.truth, "heel", start, end)).max() < 1e-6


def test_the_last_reps_of_a_tired_leg_get_lower() -> None:
    truth = session(",reps=6,fading_reps=3,fading_percent=45,sets=1").truth
    share = np.array([rep.rom for rep in truth.reps]) / truth.reps[0].rom
    np.testing.assert_allclose(share, [1.0, 1.0, 1.0, 0.85, 0.7, 0.55], atol=0.01)


@pytest.mark.parametrize("rest", ["still", "fidget", "walk", "off", "mixed"])
def test_rests_end_on_a_flat_foot_and_have_no_reps(rest: str) -> None:
    rested = session(f",sets=2,rest={rest},rest_s=20")
    truth = rested.truth
    assert len(truth.reps) == 6
    second = [e for e in events(rested) if e.kind == EventKind.SET_START][1]
    at = (second.t_ns - rested.header.start_ns) / 1e9
    assert np.abs(deg(truth, "heel", at - 0.5, at + 0.5)).max() < 0.1
    assert all(
        activity.t_end < at or activity.t_start > truth.reps[-1].t_bottom
        for activity in truth.activities
    )
    t_names = {activity.name for activity in truth.activities}
    assert {"walk": {"walking"}, "off": {"walking", "a small step"}}.get(rest, set()) <= t_names


def test_the_exercise_stands_in_the_head_and_in_every_set() -> None:
    marked = session()
    assert marked.header.metadata["exercise"] == "heel_raise"
    starts = [e for e in events(marked) if e.kind == EventKind.SET_START]
    assert [e.data["exercise"] for e in starts] == ["heel_raise"]
    stored = json.loads(json.dumps(marked.header.metadata["simulation"]))
    assert simulate(from_json(stored)).items == marked.items
    assert to_json(from_json(stored)) == stored
    curls = simulate("sets=1,reps=1")
    assert "exercise" not in curls.header.metadata
    assert not any("exercise" in e.data for e in curls.items if isinstance(e, Event))


def test_the_truth_of_an_exercise_is_read_back_unchanged(tmp_path: Path) -> None:
    truth = session().truth
    path = tmp_path / "session.truth.npz"
    truth.save(path)
    again = Truth.load(path)
    assert (again.exercise, again.reps, again.trials) == ("heel_raise", truth.reps, truth.trials)
    for item in dataclasses.fields(Truth):
        value = getattr(truth, item.name)
        if isinstance(value, np.ndarray):
            np.testing.assert_allclose(getattr(again, item.name), value, atol=6e-7)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("exercise=heel_raise,faults=late", "for this exercise one of"),
        ("exercise=heel_raise,shin_held=yes", "for leg curls"),
        ("exercise=jumping", "leg_curl, heel_raise"),
        ("exercise=heel_raise,place=roof", "one of floor, step, seated"),
        ("exercise=heel_raise,height_deg=90", "from 4 to 60"),
        ("exercise=heel_raise,knee_bend_deg=90", "from 0 to 60"),
        ("pelvis_part=ideal", "pelvis=yes"),
    ],
)
def test_wrong_keys_of_an_exercise_are_refused(text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        parse_simulation(f"sim:{text}")


def test_an_exercise_is_a_key_of_its_own_beside_the_machine() -> None:
    both = parse_simulation("sim:exercise=leg_curl,exercise=seated")
    assert both == parse_simulation("sim:exercise=seated")


@pytest.mark.parametrize(
    "key",
    [
        "place=step",
        "place=seated",
        "place=step,drop_deg=5",
        "height_deg=20",
        "knee_bend_deg=25",
        "lean_deg=-4",
        "fading_reps=2",
        "fading_reps=2,fading_percent=10",
        "settle=yes",
        "free_s=10",
        "motion=late",
        "lost_control_percent=100,break_deg=12",
        "rest=off",
    ],
)
def test_each_key_of_an_exercise_changes_the_movement(key: str) -> None:
    def scripted(more: str) -> object:
        parameters = parse_simulation(f"sim:exercise=heel_raise,sets=2,reps=2,rest_s=5{more}")
        return write_exercise_script(parameters, np.random.default_rng(1)).keys

    assert scripted(f",{key}") != scripted("")


@pytest.mark.parametrize("key", ["legs=two", "sway_deg=2"])
def test_two_legs_sway_less_than_one(key: str) -> None:
    def swaying(more: str) -> float:
        truth = simulate(f"exercise=heel_raise,sets=0,seed=2,rate_hz=10{more}").truth
        return float(np.ptp(deg(truth, "inclination", 0.5, 4.5)))

    assert (swaying(f",{key}") < swaying("")) == (key == "legs=two")
