"""Every step of the plan's table is reached, and nothing else moves the plan."""

from dataclasses import replace
from typing import Any

import pytest

from processing.coach.plan_events import KEYS, PLAN, PlanTrigger, SessionState
from processing.coach.plan_sets import sets_table
from processing.coach.session_plan import SessionPlan
from processing.pipeline.marks import PlanEventKind
from processing.types import Lift, Phase, PhaseChange
from tests.processing.coach.planned_session import (
    DOWN,
    END,
    LIFT,
    RESTED,
    SKILLED,
    SORE,
    START,
    B,
    at,
    clock,
    key,
    rep,
    sore,
)

PERSONS = {"begin": SKILLED, "begin sore": SORE, "begin rested": RESTED}
LIFT_AGAIN = PhaseChange(62.0, Phase.CONCENTRIC, 62.0, lift=Lift.SAME)
OVER = clock(40.0)
UNMARKED = (LIFT, rep(1), rep(2), DOWN)
ONE_SET: list[Any] = [at(1.0, START), rep(1), at(40.0, END)]
SETS_BUT_ONE = [one for t in (1.0, 301.0) for one in (at(t, START), at(t + 30.0, END))]
MORE_SETS = sets_table(replace(B, waves=B.waves + 1))
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
    (SessionState.DONE, PlanTrigger.MORE_SETS): (
        ["begin", *SETS_BUT_ONE, at(601.0, START), at(640.0, END)],
        at(650.0, PlanEventKind.SETS, **MORE_SETS),
    ),
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


def test_the_table_has_no_dead_ends() -> None:
    assert {state for state, _ in PLAN} == set(SessionState)
    assert set(PLAN.values()) == set(SessionState) - {SessionState.BEFORE}
    assert {trigger for _, trigger in PLAN} == set(PlanTrigger)
    for (state, _), trigger in KEYS.items():
        assert (state, trigger) in PLAN
