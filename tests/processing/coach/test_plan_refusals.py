"""Soreness that refuses a session, and cramps that stop one."""

import pytest

from processing.coach.loads import (
    Athlete,
    refusal,
)
from processing.coach.plan_change import PlanChange
from processing.coach.plan_events import SessionState
from processing.coach.plan_reasons import PlanCause, Refusal
from processing.coach.protocol import Protocol, SetType
from processing.coach.session_plan import SessionPlan
from processing.types import Phase, PhaseChange
from sensor.types import EventKind
from tests.processing.coach.planned_session import (
    END,
    FREE,
    RESTED,
    SKILLED,
    SORE,
    START,
    A,
    B,
    at,
    do_set,
    key,
    rep,
    sore,
    states,
)


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


def test_a_mark_starts_a_set_after_a_cramp_and_a_lift_does_not() -> None:
    plan = SessionPlan(B, SKILLED)
    plan.begin()
    plan.feed(key(1.0, "c"))
    assert plan.feed(PhaseChange(5.0, Phase.CONCENTRIC, 5.2)) == []
    assert states(plan.feed(at(9.0, EventKind.SET_START))) == [SessionState.SET]
