"""Loads, the ratio of the two set types and the limits for beginners."""

import dataclasses
from typing import Any

import pytest

from processing.coach.cues import Cue
from processing.coach.loads import (
    Athlete,
    RepsAtLoad,
    guarded,
    learned_ratio,
    suggest_load,
)
from processing.coach.plan_events import SessionState
from processing.coach.protocol import RatioRule, SetType
from processing.coach.session_plan import SessionPlan
from processing.pipeline.marks import PlanEventKind
from sensor.errors import SettingError
from tests.processing.coach.planned_session import FREE, SKILLED, A, B, at, clock, do_set, states


def test_the_load_of_the_pointed_set_follows_the_ratio() -> None:
    plan = SessionPlan(A, dataclasses.replace(SKILLED, step_kg=1.0))
    plan.begin()
    do_set(plan, 10.0, 8, load_kg=42.0)
    following = plan.next_set()
    assert (following.prescription.type, following.load_kg) == (SetType.PF, 38.0)
    do_set(plan, 200.0, 10, set_type="PF", planned_reps=8)
    assert plan.ratio == pytest.approx(0.90 * 1.05)
    assert plan.ratio_waves == 1


@pytest.mark.parametrize(
    ("ratio", "reps", "expected"),
    [(0.90, 8, 0.90), (0.90, 6, 0.855), (0.90, 10, 0.945), (0.98, 12, 1.0), (0.72, 4, 0.70)],
)
def test_the_ratio_is_learned_within_bounds(ratio: float, reps: int, expected: float) -> None:
    assert learned_ratio(ratio, RatioRule(), reps, 8) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("reps", "reserve", "load"),
    [(10, 2.0, 42.5), (10, 1.0, 40.0), (10, None, 40.0), (8, 3.0, 40.0), (5, 0.0, 37.5)],
)
def test_the_next_load_follows_reps_and_reserve(
    reps: int, reserve: float | None, load: float
) -> None:
    done = [RepsAtLoad(SetType.DF, reps, 8, 40.0, reserve)]
    assert suggest_load(A.prescription(0), SKILLED, done, None)[0] == load


def test_the_first_load_of_protocol_b_follows_the_1rm() -> None:
    skilled = Athlete(one_rm_kg=61.0, weeks_trained=10.0)
    load, why = suggest_load(B.prescription(0), skilled, [], None)
    assert load == 42.5
    assert dict(why)["of_one_rm_kg"] == 61.0
    assert suggest_load(B.prescription(0), Athlete(), [], None) == (
        None,
        (("load", "your choice"),),
    )
    assert suggest_load(A.prescription(1), Athlete(), [], 0.9)[0] is None


def test_reserve_and_load_may_be_entered_after_the_set() -> None:
    plan = SessionPlan(B, SKILLED)
    plan.begin()
    do_set(plan, 10.0, 8)
    plan.feed(at(45.0, PlanEventKind.LOAD, load_kg=32.5))
    plan.feed(at(46.0, PlanEventKind.RESERVE, reserve=3))
    assert plan.done[-1] == RepsAtLoad(SetType.B, 8, 6, 32.5, 3.0)
    assert plan.next_set().load_kg == 35.0


def test_a_beginner_gets_fewer_sets_and_lighter_loads() -> None:
    beginner = Athlete(weeks_trained=1.0, one_rm_kg=50.0)
    safe = guarded(B, beginner)
    assert safe.planned_sets == 2
    assert safe.prescription(0).reps == (5, 6)
    assert suggest_load(safe.prescription(0), beginner, [], None)[0] == 30.0
    assert guarded(B, dataclasses.replace(beginner, weeks_trained=2.0)) is B
    assert guarded(A, beginner) is A
    plan = SessionPlan(B, beginner)
    plan.begin()
    do_set(plan, 0.0, 6)
    assert states(do_set(plan, 300.0, 6))[-1] is SessionState.DONE


@pytest.mark.parametrize("load", [-5.0, float("nan"), float("inf"), 999.97, 9999.0, "x", [1], {}])
def test_any_recorded_load_is_survived(load: Any) -> None:
    plan = SessionPlan(FREE, SKILLED)
    plan.begin()
    do_set(plan, 0.0, 3, load_kg=load, planned_reps=load)
    assert any(isinstance(cue, Cue) for cue in plan.feed(clock(140.0)))


@pytest.mark.parametrize("more", [{"step_kg": 0.0}, {"soreness": 11.0}])
def test_an_impossible_athlete_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(SettingError):
        Athlete(**more)
