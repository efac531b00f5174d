"""Sets that are changed within a session: what is done stays, and a recording replays the same."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from processing.coach.cues import Cue, CueKind
from processing.coach.loads import Athlete, guarded
from processing.coach.plan_change import PlanChange
from processing.coach.plan_events import SessionState
from processing.coach.plan_sets import listed_sets, read_sets, sets_table, with_sets
from processing.coach.protocol import SetType
from processing.coach.session_plan import SessionPlan
from processing.coach.speech import written
from processing.pipeline.marks import PlanEventKind
from sensor.errors import DocumentError
from tests.processing.coach.planned_session import FREE, SKILLED, A, B, at, clock, do_set, states

SET: dict[str, Any] = {"type": "B", "reps": [5, 8], "rest_s": 150.0, "tempo": "4-0-1-1"}


def planned(plan: SessionPlan) -> int | None:
    return plan.protocol.planned_sets


def begun(*, sets: int = 0) -> SessionPlan:
    plan = SessionPlan(B, SKILLED)
    plan.begin()
    for index in range(sets):
        do_set(plan, 300.0 * index, 8)
    return plan


def test_sets_are_listed_and_put_together_again_as_waves() -> None:
    assert [asked.type for asked in listed_sets(A)] == ["DF", "PF"] * 3
    assert with_sets(A, listed_sets(A)) == A
    assert with_sets(B, listed_sets(B)) == B
    heavier = dataclasses.replace(B.sets[0], reps=(3, 5))
    mixed = with_sets(B, (*listed_sets(B)[:2], heavier))
    assert (mixed.waves, [asked.reps for asked in mixed.sets]) == (1, [(5, 8), (5, 8), (3, 5)])
    # More waves than a file may name stay a list.
    many = with_sets(B, B.sets * 23)
    assert (many.waves, len(many.sets)) == (1, 23)
    assert listed_sets(FREE) == FREE.sets
    assert with_sets(FREE, FREE.sets).planned_sets is None


def test_what_is_done_stays_and_what_follows_is_the_new_plan() -> None:
    plan = begun(sets=1)
    done = list(plan.done)
    other = {"type": "PF", "reps": [10, 12], "rest_s": 90, "lift": "PF", "lower": "PF"}
    out = plan.feed(at(40.0, PlanEventKind.SETS, waves=1, set=[SET, other, SET, SET]))
    assert plan.done == done
    (change,) = [one for one in out if isinstance(one, PlanChange)]
    assert change.state is SessionState.REST
    assert change.next_set is not None
    asked = change.next_set.prescription
    assert (asked.type, asked.reps, asked.rest_s) == (SetType.PF, (10, 12), 90.0)
    assert planned(plan) == 4
    # In a set the change waits for what comes after it.
    plan.feed(at(300.0, "set.start"))
    assert plan.feed(at(310.0, PlanEventKind.SETS, waves=2, set=[SET])) == []
    assert plan.present_prescription().type is SetType.PF


def test_fewer_sets_end_the_session_and_more_sets_go_on_with_it() -> None:
    plan = begun(sets=2)
    out = plan.feed(at(400.0, PlanEventKind.SETS, waves=2, set=[SET]))
    assert states(out) == [SessionState.DONE]
    out = plan.feed(at(401.0, PlanEventKind.SETS, waves=4, set=[SET]))
    assert states(out) == [SessionState.READY]
    assert planned(plan) == 4


@pytest.mark.parametrize(("rest_s", "spoken"), [(60.0, ["thirty", "ten"]), (45.0, ["ten"])])
def test_the_running_rest_takes_its_new_length(rest_s: float, spoken: list[str]) -> None:
    plan = begun(sets=1)
    plan.feed(clock(50.0))
    out = plan.feed(at(50.0, PlanEventKind.SETS, waves=3, set=[{**SET, "rest_s": rest_s}]))
    assert [one.rest_s for one in out if isinstance(one, PlanChange)] == [rest_s]
    cues: list[str] = []
    ends: list[float] = []
    for t in np.arange(50.5, 140.0, 0.5):
        for one in plan.feed(clock(float(t))):
            if isinstance(one, Cue) and one.kind is CueKind.REST:
                cues.append(written(one.speech))
            elif isinstance(one, PlanChange):
                ends.append(one.t)
    # The rest began at the end of the set, 30 s. What would have been said before the change is not.
    assert ends == [30.0 + rest_s]
    assert cues == [*spoken, "three", "two", "one"]


def test_a_rest_that_is_now_too_long_is_over_at_once() -> None:
    plan = begun(sets=1)
    plan.feed(clock(100.0))
    plan.feed(at(100.0, PlanEventKind.SETS, waves=3, set=[{**SET, "rest_s": 30.0}]))
    (over,) = [one for one in plan.feed(clock(100.5)) if isinstance(one, PlanChange)]
    assert (over.t, over.state) == (100.0, SessionState.READY)


def test_limits_for_beginners_hold_for_changed_sets_too() -> None:
    plan = SessionPlan(B, Athlete(weeks_trained=1.0))
    plan.begin()
    longer = [{**SET, "reps": [8, 8 + n]} for n in range(4)]
    plan.feed(at(1.0, PlanEventKind.SETS, waves=1, set=longer))
    assert planned(plan) == 2
    assert plan.next_set().prescription.reps == (6, 6)
    assert guarded(B, Athlete()).planned_sets == 2


def test_supramaximal_sets_stay_behind_their_gate() -> None:
    plan = begun()
    plan.feed(at(1.0, PlanEventKind.SETS, waves=1, set=[{**SET, "type": "B2"}]))
    assert plan.next_set().prescription.type is SetType.B


@pytest.mark.parametrize(
    "data",
    [
        {"waves": -1, "set": [SET]},
        {"waves": 1, "set": []},
        {"waves": 1, "set": [{**SET, "load": "ratio"}]},
        {"waves": 1, "set": [{**SET, "tempo": "quick"}]},
        {"set": "none"},
    ],
)
def test_sets_that_make_no_sense_change_nothing(data: dict[str, Any]) -> None:
    plan = begun()
    assert plan.feed(at(1.0, PlanEventKind.SETS, **data)) == []
    assert plan.protocol == B
    with pytest.raises(DocumentError):
        read_sets(B, data)


def test_the_data_of_the_event_is_read_as_it_was_meant() -> None:
    changed = with_sets(A, (*listed_sets(A), B.sets[0]))
    assert read_sets(A, sets_table(changed)) == changed
