"""The gate before supramaximal sets."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from processing.coach.loads import Athlete
from processing.coach.plan_change import PlanChange
from processing.coach.plan_reasons import Gate, ProtocolWarning
from processing.coach.protocol import Protocol, SetType
from processing.coach.protocol_file import built_in, built_in_names
from processing.coach.session_plan import SessionPlan
from processing.coach.supramaximal import gate_of, weeks_of
from processing.pipeline.marks import PlanEventKind
from processing.types import SessionEvent
from sensor.types import EventKind

ABOVE = built_in("B-two-legs-up")
START = datetime(2026, 1, 5, 18, tzinfo=UTC)


def days(*after: int) -> list[datetime]:
    """Return times so many days after the first session."""
    return [START + timedelta(days=day) for day in after]


@pytest.mark.parametrize(
    ("trained", "is_open"),
    [
        (days(), False),
        (days(0, 1, 2, 3), False),  # four sessions, one week
        (days(0, 28), False),  # four weeks ago, but two weeks with a session
        (days(0, 8, 15), False),
        (days(0, 8, 15, 22), True),
        (days(22, 3, 15, 8, 0), True),
    ],
)
def test_four_weeks_of_b_open_the_gate(trained: list[datetime], is_open: bool) -> None:
    gate = gate_of(ABOVE, Athlete(b_weeks=weeks_of(trained)))
    assert gate is not None
    assert gate.is_open is is_open


def test_only_sets_above_the_maximum_have_a_gate_and_a_type_of_their_own() -> None:
    gated = [name for name in built_in_names() if gate_of(built_in(name), Athlete()) is not None]
    assert gated == ["B-two-legs-up"]
    assert [asked.type for asked in ABOVE.sets] == [SetType.B2]


OWN = replace(built_in("A"), name="own", sets=(*built_in("A").sets, *ABOVE.sets))
"""A protocol of a person's own with one supramaximal set among others."""


@pytest.mark.parametrize("protocol", [ABOVE, OWN])
@pytest.mark.parametrize(
    "athlete", [Athlete(), Athlete(understood=True), Athlete(b_weeks=4), Athlete(b_weeks=9)]
)
def test_no_plan_leads_past_the_gate(protocol: Protocol, athlete: Athlete) -> None:
    """Neither a protocol in a settings file, nor one's own, nor an event that names the type."""
    plan = SessionPlan(protocol, athlete)
    (begun,) = plan.begin()
    assert isinstance(begun, PlanChange)
    assert isinstance(begun.why, Gate)
    assert all(asked.type is not SetType.B2 for asked in plan.protocol.sets)
    for kind in (PlanEventKind.NEXT, EventKind.SET_START):
        plan.feed(SessionEvent(5.0, kind, {"set_type": "B2"}))
    assert plan.present_prescription().type is SetType.B


def test_the_plan_has_the_sets_once_the_gate_is_open_and_the_warning_understood() -> None:
    plan = SessionPlan(ABOVE, Athlete(b_weeks=4, understood=True))
    (begun,) = plan.begin()
    assert isinstance(begun, PlanChange)
    assert begun.why == ProtocolWarning(ABOVE.warning)
    assert [asked.type for asked in plan.protocol.sets] == [SetType.B2]
    free = SessionPlan(built_in("free"), Athlete(b_weeks=4, understood=True))
    free.begin()
    free.feed(SessionEvent(5.0, EventKind.SET_START, {"set_type": "B2"}))
    assert free.present_prescription().type is SetType.B2
