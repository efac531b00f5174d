"""A clicker pressed twice ends the set for a cramp: the same live, in a replay and in a review."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from processing.coach.coach import Coach
from processing.coach.loads import Athlete
from processing.coach.plan_change import PlanChange
from processing.coach.plan_events import SessionState
from processing.coach.plan_reasons import PlanCause
from processing.coach.protocol import SetType
from processing.coach.protocol_file import built_in
from processing.pipeline.marks import cramps
from processing.review.analysis import analyse
from sensor.recording import open_recording
from sensor.simulation import SimulatedProtocol, SimulationParameters, simulate
from sensor.types import Event, EventKind, Item, SessionHeader
from tests.processing.coach.session_output import plan_changes

SIMULATED = simulate(
    SimulationParameters(protocol=SimulatedProtocol.B, sets=2, reps=2, rest_s=12.0)
)
MARKS = [one for one in SIMULATED.items if isinstance(one, Event) and one.kind.startswith("set.")]


def click(t_ns: int, kind: EventKind) -> Event:
    return Event(t_ns, kind, {})


def with_events(*events: Event, but: Sequence[Event] = ()) -> tuple[SessionHeader, list[Item]]:
    items = [item for item in SIMULATED.items if item not in but]
    return SIMULATED.header, sorted([*items, *events], key=lambda item: item.t_ns)


def played(header: SessionHeader, items: Sequence[Item], path: Path | None) -> list[PlanChange]:
    coach = Coach(built_in("B"), Athlete(weeks_trained=10.0))
    changes = plan_changes(header, items, coach, path)
    assert [result.metrics.reps for result in coach.results] == [s.reps for s in coach.plan.done]
    return changes


END = MARKS[1].t_ns
IN_THE_REST = END + 5_000_000_000
CASES = {
    # The second click comes soon after the end of the first set.
    "in a set": ([click(END + 400_000_000, EventKind.SET_START)], [2, 2], 1),
    "in the rest": (
        [
            click(IN_THE_REST, EventKind.SET_START),
            click(IN_THE_REST + 500_000_000, EventKind.SET_END),
        ],
        [2, 2],
        1,
    ),
    "the key, before the first lift": (
        [
            Event(MARKS[2].t_ns + 10_000_000, EventKind.KEY, {"key": "c"}),
            click(MARKS[2].t_ns + 1_200_000_000, EventKind.SET_END),
        ],
        [2],
        1,
    ),
    # The first click ends a set without any lift.
    "after an empty set": (
        [
            click(IN_THE_REST - 3_000_000_000, EventKind.SET_START),
            click(IN_THE_REST, EventKind.SET_END),
            click(IN_THE_REST + 500_000_000, EventKind.SET_START),
        ],
        [2, 2],
        1,
    ),
    # Two clicks far apart mark a set; they are no cramp.
    "near miss": (
        [
            click(IN_THE_REST, EventKind.SET_START),
            click(IN_THE_REST + 1_500_000_000, EventKind.SET_END),
        ],
        [2, 0, 2],
        0,
    ),
}


REPLAYED = ("in a set", "after an empty set")
"""A replay reads the same clicks: one pair that ends a set and one in a rest are enough."""


@pytest.mark.parametrize("name", CASES)
def test_a_double_click_makes_no_set_of_its_own(name: str, tmp_path: Path) -> None:
    events, reps, stopped = CASES[name]
    path = tmp_path / "session.mcap"
    live = played(*with_events(*events), path)
    stops = [change for change in live if change.state is SessionState.STOPPED]
    assert len(stops) == stopped
    for stop in stops:
        assert stop.next_set is not None
        assert stop.next_set.prescription.type is SetType.FREE
    assert [len(one.reps) for one in analyse(path).sets] == reps
    recording = open_recording(path)
    recorded_events = [item for item in recording.items() if isinstance(item, Event)]
    assert cramps(recording.header, recorded_events) == pytest.approx([stop.t for stop in stops])
    if name in REPLAYED:
        assert played(recording.header, list(recording.items()), None) == live


def test_a_set_ended_by_a_cramp_keeps_its_reps() -> None:
    t_ns = SIMULATED.header.start_ns + round(1e9 * (SIMULATED.truth.reps[0].t_bottom + 1.5))
    clicks = click(t_ns, EventKind.SET_END), click(t_ns + 300_000_000, EventKind.SET_START)
    live = played(*with_events(*clicks, but=[MARKS[1]]), None)
    names = [change.state for change in live]
    at = names.index(SessionState.STOPPED)
    assert names[at - 2 : at] == [SessionState.SET, SessionState.REST]
    assert live[at].t == pytest.approx(live[at - 1].t + 0.3, abs=0.02)
    assert live[at].why is PlanCause.CRAMP
