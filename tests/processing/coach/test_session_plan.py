"""The states of sessions of protocols A and B, with loads, rests, keys and limits for beginners."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from processing.coach.cues import Cue, CueKind
from processing.coach.loads import (
    Athlete,
    RepsAtLoad,
    guarded,
    learned_ratio,
    refusal,
    suggest_load,
)
from processing.coach.plan_events import KEYS, PLAN, PlanTrigger, SessionState
from processing.coach.plan_reasons import PlanCause, Refusal, ShortRest
from processing.coach.protocol import Protocol, RatioRule, SetType
from processing.coach.protocol_file import built_in
from processing.coach.session_plan import PlanChange, SessionPlan
from processing.coach.speech import written
from processing.judge.bands import Band
from processing.pipeline.marks import PlanEventKind
from processing.types import Ending, Lift, Phase, PhaseChange, Rep, SessionEvent
from sensor.errors import SettingError
from sensor.types import EventKind
from tests.processing.reps.curves import block

A, B, FREE = built_in("A"), built_in("B"), built_in("free")
SKILLED = Athlete(loads_kg={SetType.DF: 40.0, SetType.B: 30.0}, weeks_trained=10.0)


def at(t: float, kind: str, **data: Any) -> SessionEvent:
    return SessionEvent(t, kind, data)


def key(t: float, name: str) -> SessionEvent:
    return at(t, EventKind.KEY, key=name)


def sore(t: float, soreness: float | None) -> SessionEvent:
    return at(t, PlanEventKind.SORENESS, soreness=soreness)


def clock(t: float) -> Any:
    times = np.array([t])
    return block(times, np.zeros(1), np.zeros(1), np.zeros(1))


def rep(number: int, *, partial: bool = False) -> Rep:
    return Rep(number, 0.0, 1.0, 2.0, 5.0, 5.0, 1.7, 0.1, -0.5, partial=partial)


def do_set(plan: SessionPlan, t: float, reps: int, **data: Any) -> list[PlanChange | Cue]:
    """Feed a marked set of half a minute; return the output."""
    out = plan.feed(at(t, EventKind.SET_START, **data))
    for number in range(1, reps + 1):
        out += plan.feed(rep(number))
    return out + plan.feed(at(t + 30.0, EventKind.SET_END))


def states(out: list[PlanChange | Cue]) -> list[SessionState]:
    return [change.state for change in out if isinstance(change, PlanChange)]


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


@pytest.mark.parametrize(
    ("soreness", "hours", "refused"),
    [(4.0, 71.0, True), (3.9, 71.0, False), (4.0, 72.0, False), (9.0, None, False)],
)
def test_a_session_is_refused_while_sore(
    soreness: float, hours: float | None, refused: bool
) -> None:
    athlete = Athlete(soreness=soreness, hours_since_last=hours, weeks_trained=9.0)
    assert (refusal(B, athlete) is not None) is refused
    assert refusal(FREE, athlete) is None
    plan = SessionPlan(B, athlete)
    assert states(plan.begin()) == [SessionState.REFUSED if refused else SessionState.READY]


def test_a_refused_session_starts_only_by_key() -> None:
    plan = SessionPlan(B, SORE)
    (change,) = plan.begin()
    assert isinstance(change, PlanChange)
    assert isinstance(change.why, Refusal)
    assert change.why.wait_h == 72.0
    assert plan.feed(PhaseChange(5.0, Phase.CONCENTRIC, 5.2)) == []
    assert states(plan.feed(key(6.0, "r"))) == [SessionState.READY]
    assert plan.next_set().prescription == B.prescription(0)


def test_neutral_sets_are_offered_while_too_sore() -> None:
    plan = SessionPlan(B, SORE)
    (change,) = plan.begin()
    assert isinstance(change, PlanChange)
    assert change.next_set is not None
    assert (change.next_set.prescription.type, change.next_set.prescription.lower) == (
        SetType.FREE,
        None,
    )
    assert states(do_set(plan, 10.0, 6, set_type="FREE")) == [SessionState.SET, SessionState.REST]
    assert plan.next_set().prescription.type is SetType.FREE
    plan.feed(key(60.0, "r"))
    assert plan.next_set().prescription == B.prescription(1)


@pytest.mark.parametrize(
    ("soreness", "state"),
    [(4, "refused"), (10.0, "refused"), (3.9, "ready"), (None, "ready"), (11, "ready")],
)
def test_soreness_before_the_first_set_may_refuse_the_session(
    soreness: float | None, state: str
) -> None:
    plan = SessionPlan(B, RESTED)
    assert states(plan.begin()) == [SessionState.READY]
    plan.feed(sore(3.0, soreness))
    assert plan.state == state


def test_soreness_reported_after_a_set_refuses_nothing() -> None:
    plan = SessionPlan(B, RESTED)
    plan.begin()
    do_set(plan, 10.0, 6)
    assert plan.feed(sore(50.0, 9)) == []
    assert plan.state is SessionState.REST


@pytest.mark.parametrize("protocol", [A, FREE], ids=lambda each: each.name)
def test_a_protocol_without_a_ramp_in_ignores_soreness(protocol: Protocol) -> None:
    plan = SessionPlan(protocol, RESTED)
    plan.begin()
    assert plan.feed(sore(3.0, 9)) == []


def test_a_cramp_ends_the_set_at_once_and_keeps_its_reps() -> None:
    plan = SessionPlan(B, SKILLED)
    plan.begin()
    plan.feed(key(1.0, "space"))
    plan.feed(rep(1))
    (change,) = plan.feed(key(9.0, "c"))
    assert isinstance(change, PlanChange)
    assert (change.state, change.t) == (SessionState.STOPPED, 9.0)
    assert change.why is PlanCause.CRAMP
    assert [done.reps for done in plan.done] == [1]
    assert states(plan.feed(key(60.0, "r"))) == [SessionState.READY]


@pytest.mark.parametrize(
    ("apart_s", "state"), [(0.4, SessionState.STOPPED), (1.6, SessionState.SET)]
)
@pytest.mark.parametrize("sets_before", [0, 2], ids=["a set", "the last set"])
def test_a_clicker_pressed_twice_is_a_cramp(
    sets_before: int, apart_s: float, state: SessionState
) -> None:
    plan = SessionPlan(B, SKILLED)
    plan.begin()
    for number in range(sets_before):
        do_set(plan, 300.0 * number, 5)
    do_set(plan, 900.0, 5)
    (change,) = plan.feed(at(930.0 + apart_s, EventKind.SET_START))
    assert isinstance(change, PlanChange)
    assert change.state is state
    assert (change.why is PlanCause.CRAMP) is (state is SessionState.STOPPED)
    assert [done.reps for done in plan.done] == [5] * (sets_before + 1)


@pytest.mark.parametrize("begun", [False, True], ids=["in the rest", "in an empty set"])
def test_two_clicks_leave_no_set_of_their_own(begun: bool) -> None:
    plan = SessionPlan(B, SKILLED)
    plan.begin()
    do_set(plan, 0.0, 5)
    if begun:
        plan.feed(at(200.0, START))
    first, second = (END, START) if begun else (START, END)
    plan.feed(at(220.0, first))
    (change,) = plan.feed(at(220.5, second))
    assert isinstance(change, PlanChange)
    assert change.state is SessionState.STOPPED
    assert [done.reps for done in plan.done] == [5]


def test_neutral_sets_are_offered_after_a_cramp_until_the_key() -> None:
    plan = SessionPlan(B, SKILLED)
    plan.begin()
    plan.feed(key(1.0, "space"))
    plan.feed(rep(1))
    (change,) = plan.feed(key(9.0, "c"))
    assert isinstance(change, PlanChange)
    assert change.next_set is not None
    assert (change.next_set.prescription.type, change.next_set.prescription.tempo) == (
        SetType.FREE,
        None,
    )
    plan.feed(key(60.0, "r"))
    assert plan.next_set().prescription == B.prescription(1)


SORE = dataclasses.replace(SKILLED, soreness=6.0, hours_since_last=24.0)
RESTED = dataclasses.replace(SORE, soreness=None)
PERSONS = {"begin": SKILLED, "begin sore": SORE, "begin rested": RESTED}
START, END = EventKind.SET_START, EventKind.SET_END
LIFT = PhaseChange(2.0, Phase.CONCENTRIC, 2.0, lift=Lift.NEW)
LIFT_AGAIN = PhaseChange(62.0, Phase.CONCENTRIC, 62.0, lift=Lift.SAME)
DOWN = PhaseChange(5.0, Phase.BOTTOM, 5.0)
OVER = clock(40.0)
UNMARKED = (LIFT, rep(1), rep(2), DOWN)
ONE_SET: list[Any] = [at(1.0, START), rep(1), at(40.0, END)]
SETS_BUT_ONE = [one for t in (1.0, 301.0) for one in (at(t, START), at(t + 30.0, END))]
STEPS: dict[tuple[SessionState, PlanTrigger], tuple[list[Any], Any]] = {
    (SessionState.BEFORE, PlanTrigger.BEGIN): ([], "begin"),
    (SessionState.BEFORE, PlanTrigger.REFUSE): ([], "begin sore"),
    (SessionState.REFUSED, PlanTrigger.BEGIN): (["begin sore"], sore(1.0, 2)),
    (SessionState.REFUSED, PlanTrigger.RESUME): (["begin sore"], key(1.0, "r")),
    (SessionState.REFUSED, PlanTrigger.START_SET): (["begin sore"], at(1.0, START)),
    (SessionState.REFUSED, PlanTrigger.FINISH): (["begin sore"], key(1.0, "q")),
    (SessionState.READY, PlanTrigger.REFUSE): (["begin rested"], sore(1.0, 6)),
    (SessionState.READY, PlanTrigger.RESUME): (["begin"], key(1.0, "r")),
    (SessionState.READY, PlanTrigger.START_SET): (["begin"], LIFT),
    (SessionState.READY, PlanTrigger.STOP): (["begin"], key(1.0, "c")),
    (SessionState.READY, PlanTrigger.FINISH): (["begin"], key(1.0, "q")),
    (SessionState.SET, PlanTrigger.END_SET): (["begin", *ONE_SET[:-1]], at(40.0, END)),
    (SessionState.SET, PlanTrigger.END_LAST_SET): (
        ["begin", *SETS_BUT_ONE, at(601.0, START)],
        at(640.0, END),
    ),
    (SessionState.READY, PlanTrigger.GO_ON): (["begin", LIFT, rep(1), DOWN, OVER], LIFT_AGAIN),
    (SessionState.REST, PlanTrigger.GO_ON): (["begin", *UNMARKED, OVER], LIFT_AGAIN),
    (SessionState.DONE, PlanTrigger.GO_ON): (
        ["begin", *SETS_BUT_ONE, key(400.0, "n"), *UNMARKED, clock(401.0)],
        LIFT_AGAIN,
    ),
    (SessionState.SET, PlanTrigger.CANCEL_SET): (["begin", LIFT, DOWN], OVER),
    (SessionState.SET, PlanTrigger.CANCEL_IN_REST): (["begin", *ONE_SET, LIFT, DOWN], clock(60.0)),
    (SessionState.SET, PlanTrigger.STOP): (["begin", at(1.0, START)], key(5.0, "c")),
    (SessionState.REST, PlanTrigger.START_SET): (["begin", *ONE_SET], at(90.0, START)),
    (SessionState.REST, PlanTrigger.REST_OVER): (["begin", *ONE_SET], clock(190.5)),
    (SessionState.REST, PlanTrigger.RESUME): (["begin", *ONE_SET], key(50.0, "r")),
    (SessionState.REST, PlanTrigger.STOP): (["begin", *ONE_SET], at(40.5, START)),
    (SessionState.REST, PlanTrigger.FINISH): (["begin", *ONE_SET], key(50.0, "q")),
    (SessionState.STOPPED, PlanTrigger.RESUME): (["begin", key(1.0, "c")], key(2.0, "r")),
    (SessionState.STOPPED, PlanTrigger.START_SET): (["begin", key(1.0, "c")], at(9.0, START)),
    (SessionState.STOPPED, PlanTrigger.FINISH): (["begin", key(1.0, "c")], key(2.0, "q")),
    (SessionState.DONE, PlanTrigger.START_SET): (["begin", key(1.0, "q")], at(9.0, START)),
    (SessionState.DONE, PlanTrigger.STOP): (
        ["begin", *SETS_BUT_ONE, at(601.0, START), at(640.0, END)],
        at(640.5, START),
    ),
}
"""For each step of the table: the inputs before it, and the input that causes it."""


def go(plans: list[SessionPlan], steps: list[Any]) -> None:
    for step in steps:
        if isinstance(step, str):
            plans[:] = [SessionPlan(B, PERSONS[step])]
            plans[0].begin()
        else:
            plans[0].feed(step)


@pytest.mark.parametrize("step", PLAN, ids=lambda step: f"{step[0]}, {step[1]}")
def test_every_step_of_the_table_can_be_reached(step: tuple[SessionState, PlanTrigger]) -> None:
    before, last = STEPS[step]
    plans = [SessionPlan(B, SKILLED)]
    go(plans, before)
    assert plans[0].state is step[0]
    go(plans, [last])
    assert plans[0].state is PLAN[step]


@pytest.mark.parametrize("step", PLAN, ids=lambda step: f"{step[0]}, {step[1]}")
def test_a_key_without_a_step_changes_no_state(
    step: tuple[SessionState, PlanTrigger],
) -> None:
    for name in "cnrqx":
        plans = [SessionPlan(B, SKILLED)]
        go(plans, STEPS[step][0])
        if (plans[0].state, name) not in KEYS:
            plans[0].feed(key(40.5, name))
            assert plans[0].state is step[0]


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


def test_a_mark_starts_a_set_after_a_cramp_and_a_lift_does_not() -> None:
    plan = SessionPlan(B, SKILLED)
    plan.begin()
    plan.feed(key(1.0, "c"))
    assert plan.feed(PhaseChange(5.0, Phase.CONCENTRIC, 5.2)) == []
    assert states(plan.feed(at(9.0, EventKind.SET_START))) == [SessionState.SET]


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
    lost = dataclasses.replace(clock(39.0), valid=np.array([False]))
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


def test_the_table_has_no_dead_ends() -> None:
    assert {state for state, _ in PLAN} == set(SessionState)
    assert set(PLAN.values()) == set(SessionState) - {SessionState.BEFORE}
    assert {trigger for _, trigger in PLAN} == set(PlanTrigger)
    for (state, _), trigger in KEYS.items():
        assert (state, trigger) in PLAN


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
