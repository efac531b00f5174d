"""Sessions of protocols A and B from set to set: states, rests, marks and movement."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from processing.coach.cues import Cue, CueKind
from processing.coach.loads import (
    RepsAtLoad,
)
from processing.coach.plan_change import PlanChange
from processing.coach.plan_events import SessionState
from processing.coach.plan_reasons import ShortRest
from processing.coach.protocol import SetType
from processing.coach.session_plan import SessionPlan
from processing.coach.speech import written
from processing.judge.bands import Band
from processing.pipeline.marks import PlanEventKind
from processing.types import Ending, Lift, Phase, PhaseChange
from sensor.types import EventKind
from tests.processing.coach.planned_session import (
    DOWN,
    FREE,
    LIFT,
    SKILLED,
    A,
    B,
    at,
    clock,
    do_set,
    key,
    rep,
    states,
)


def test_a_session_of_protocol_a_from_first_to_last_set() -> None:
    plan = SessionPlan(A, SKILLED)
    out = plan.begin()
    for index in range(6):
        out += do_set(plan, 10.0 + 200.0 * index, 8)
        out += plan.feed(clock(10.0 + 200.0 * index + 190.0))
    ready, in_set, rest = SessionState.READY, SessionState.SET, SessionState.REST
    assert states(out) == [ready, *5 * [in_set, rest, ready], in_set, SessionState.DONE]
    assert [done.type for done in plan.done] == ["DF", "PF"] * 3
    assert [done.load_kg for done in plan.done] == [40.0, 35.0] * 3
    assert (plan.ratio, plan.ratio_waves) == (0.90, 3)


@pytest.mark.parametrize("step_s", [0.01, 0.7, 40.0, 200.0])
def test_rests_are_announced_and_the_next_set_with_its_load(step_s: float) -> None:
    plan = SessionPlan(A, SKILLED)
    plan.begin()
    do_set(plan, 0.0, 8)
    cues: list[Cue] = []
    out: list[PlanChange | Cue] = []
    for t in np.arange(30.0, 151.0 + step_s, step_s):
        got = plan.feed(clock(float(t)))
        out += got
        cues += [cue for cue in got if isinstance(cue, Cue)]
    rests = [(written(cue.speech), cue.t) for cue in cues if cue.kind is CueKind.REST]
    assert rests == [
        ("sixty", 90),
        ("thirty", 120),
        ("ten", 140),
        ("three", 147),
        ("two", 148),
        ("one", 149),
    ]
    (following,) = [cue for cue in cues if cue.kind is CueKind.NEXT_SET]
    assert (following.t, written(following.speech)) == (
        125.0,
        "next: toes pointed, thirty-five kilo",
    )
    (change,) = [each for each in out if isinstance(each, PlanChange)]
    assert (change.t, change.state) == (150.0, SessionState.READY)


def test_a_set_after_too_short_a_rest_has_that_reason() -> None:
    for rest, warned in ((40.0, True), (70.0, False)):
        plan = SessionPlan(A, SKILLED)
        plan.begin()
        do_set(plan, 0.0, 8)
        change = plan.feed(at(30.0 + rest, EventKind.SET_START))[-1]
        assert isinstance(change, PlanChange)
        assert (change.why == ShortRest(40.0)) is warned


def test_the_start_of_a_set_may_change_its_prescription() -> None:
    plan = SessionPlan(A, SKILLED)
    plan.begin()
    plan.feed(at(1.0, EventKind.SET_START, set_type="B", tempo="5-0-1-1"))
    present = plan.present_prescription()
    assert (present.lift, present.lower) == (Band.DORSIFLEXED, Band.PLANTARFLEXED)
    assert present.tempo is not None
    assert present.tempo.eccentric_s == 5.0
    plan.feed(at(9.0, EventKind.SET_END))
    plan.feed(at(90.0, EventKind.SET_START, set_type="DF", tempo="nonsense"))
    assert plan.present_prescription() == A.prescription(0)


def test_one_more_set_than_planned_is_counted() -> None:
    plan = SessionPlan(B, SKILLED)
    plan.begin()
    for index in range(3):
        do_set(plan, 300.0 * index, 8)
    assert plan.state is SessionState.DONE
    assert states(do_set(plan, 2000.0, 5)) == [SessionState.SET, SessionState.DONE]
    assert [done.reps for done in plan.done] == [8, 8, 8, 5]


def test_partial_reps_are_not_counted() -> None:
    plan = SessionPlan(FREE, SKILLED)
    plan.begin()
    plan.feed(key(1.0, "space"))
    for update in (rep(1), rep(1, partial=True), rep(2)):
        plan.feed(update)
    plan.feed(key(30.0, "space"))
    assert plan.done[0].reps == 2


def test_without_marks_the_movement_starts_and_ends_a_set() -> None:
    plan = SessionPlan(FREE, SKILLED)
    plan.begin()
    out = plan.feed(PhaseChange(9.8, Phase.CONCENTRIC, 10.0, lift=Lift.NEW))
    out += plan.feed(rep(1)) + plan.feed(rep(2))
    out += plan.feed(PhaseChange(30.0, Phase.IDLE, 30.0, Ending.LEFT))
    out += plan.feed(clock(31.0)) + plan.feed(clock(32.0))
    assert states(out) == [SessionState.SET, SessionState.REST]
    out = plan.feed(PhaseChange(200.0, Phase.CONCENTRIC, 200.2, lift=Lift.NEW))
    out += plan.feed(rep(1))
    out += plan.feed(PhaseChange(203.0, Phase.IDLE, 203.0, Ending.LEFT)) + plan.feed(clock(205.0))
    assert states(out) == [SessionState.SET, SessionState.READY]
    assert len(plan.done) == 1


def test_a_rest_pause_is_one_set_and_one_entry_in_the_ratio() -> None:
    for pause_s, ends in ((5.0, 0), (20.0, 0), (31.0, 1)):
        plan = SessionPlan(A, SKILLED)
        plan.begin()
        do_set(plan, 0.0, 8, set_type="DF")
        plan.feed(at(200.0, EventKind.SET_START, set_type="PF", planned_reps=8))
        plan.feed(clock(200.0))
        t, out = 200.0, []
        for number in range(1, 9):
            plan.feed(PhaseChange(t, Phase.CONCENTRIC, t, lift=Lift.SAME))
            plan.feed(rep(number))
            plan.feed(PhaseChange(t + 5.0, Phase.BOTTOM, t + 5.0))
            for passed in range(100):
                out += plan.feed(clock(t + 0.01 * (pause_s + 5.0) * passed))
            t += pause_s + 5.0
            if ends:
                break
        assert states(out) == [SessionState.REST] * ends
        if not ends:
            plan.feed(at(t, EventKind.SET_END))
            assert [done.reps for done in plan.done] == [8, 8]
            assert (plan.ratio, plan.ratio_waves) == (0.9, 1)


def test_a_set_that_goes_on_has_one_entry() -> None:
    plan = SessionPlan(A, SKILLED)
    plan.begin()
    plan.feed(at(0.0, PlanEventKind.NEXT, set_type="PF", planned_reps=8, load_kg=31.0, side="left"))
    out: list[Any] = []
    for first, t in ((1, 5.0), (5, 40.0)):
        lift = Lift.NEW if first == 1 else Lift.SAME
        out += plan.feed(PhaseChange(t, Phase.CONCENTRIC, t, lift=lift))
        for number in range(first, first + 4):
            out += plan.feed(rep(number))
        out += plan.feed(PhaseChange(t + 5.0, Phase.BOTTOM, t + 5.0))
        for passed in range(30):
            out += plan.feed(clock(t + 5.0 + 0.5 * passed))
    assert states(out) == [SessionState.SET, SessionState.REST, SessionState.SET, SessionState.REST]
    assert plan.done == [RepsAtLoad(SetType.PF, 8, 8, 31.0)]
    assert (plan.ratio, plan.ratio_waves) == (0.9, 1)
    begun, _, again, over = [one.record for one in out if isinstance(one, PlanChange)]
    assert begun is not None
    assert again is not None
    assert over is not None
    assert (
        (begun.number, begun.t, begun.marked) == (again.number, again.t, False) == (1, 4.0, False)
    )
    assert {**begun.asked, "bands": ""} == {
        "set_type": "PF",
        "planned_reps": 8,
        "load_kg": 31.0,
        "side": "left",
        "tempo": "3-0-1-0",
        "bands": "",
    }
    # Eight of eight are done: six seconds at the bottom after the last.
    assert (over.t, over.why, over.reps, over.kept) == (51.0, "lay still", 8, True)


def test_a_lost_sensor_ends_no_set() -> None:
    plan = SessionPlan(B, SKILLED)
    plan.begin()
    for one in (LIFT, rep(1), rep(2), DOWN, clock(6.0)):
        plan.feed(one)
    # Nothing arrives for half a minute; then the leg lies there for three seconds more.
    out = [plan.feed(clock(t)) for t in (36.0, 36.4, 36.8, 37.2, 37.6, 38.0, 38.4, 38.8)]
    assert not any(out)
    lost = dataclasses.replace(clock(39.0), driving_valid=np.array([False]))
    assert not plan.feed(lost)
    assert plan.state is SessionState.SET


def test_the_same_events_give_the_same_session() -> None:
    def run() -> list[Any]:
        plan = SessionPlan(A, SKILLED)
        out: list[Any] = plan.begin()
        for index in range(3):
            out += do_set(plan, 10.0 + 100.0 * index, 7 + index)
            out += plan.feed(key(60.0 + 100.0 * index, "n"))
        return [*out, plan.ratio, plan.done]

    assert run() == run()


def test_nonsense_events_change_nothing() -> None:
    plan = SessionPlan(A, SKILLED)
    plan.begin()
    for event in (
        key(1.0, "x"),
        at(2.0, EventKind.KEY),
        at(3.0, EventKind.SET_END),
        at(4.0, PlanEventKind.RESERVE, reserve=2),
        at(5.0, PlanEventKind.LOAD, load_kg="heavy"),
        at(6.0, "unknown.kind"),
    ):
        assert plan.feed(event) == []
    assert plan.state is SessionState.READY
    do_set(plan, 10.0, 8, set_type="XX", planned_reps="many", load_kg=True)
    assert plan.done == [RepsAtLoad(SetType.DF, 8, 8, 40.0, None)]
