"""A whole session with movement, marks and keys: the plan follows it, live and replayed."""

from collections.abc import Sequence
from pathlib import Path

from processing.coach.coach import Coach
from processing.coach.loads import Athlete
from processing.coach.plan_change import PlanChange
from processing.coach.plan_events import SessionState
from processing.coach.plan_reasons import PlanCause, PlanReason, Refusal
from processing.coach.protocol import SetType
from processing.coach.protocol_file import built_in
from processing.pipeline.marks import PlanEventKind
from processing.review.analysis import analyse
from sensor.recording import open_recording
from sensor.simulation.simulated_session import simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import Event, EventKind, Item, JsonValue, SessionHeader
from tests.processing.coach.session_output import plan_changes

SIMULATED = simulate(parse_simulation("sim:protocol=B,sets=4,reps=2,rest_s=14,seed=3"))
REPS = SIMULATED.truth.reps
SORE = Athlete(weeks_trained=10.0, hours_since_last=20.0, soreness=6.0)


def event(t: float, kind: str, **data: str) -> Event:
    return Event(SIMULATED.header.start_ns + round(1e9 * t), kind, data)


def key(t: float, name: str) -> Event:
    return event(t, EventKind.KEY, key=name)


def end_of_set(number: int) -> float:
    """Return when the last lowering of a set ended, in s."""
    return REPS[2 * number - 1].t_bottom


INPUTS = [
    key(1.0, "r"),
    # The first set starts with the first lift and ends by lying still; n ends the rest.
    key(end_of_set(1) + 13.0, "n"),
    # In the second set the clicker is pressed twice after the last rep; r continues.
    event(end_of_set(2) + 1.0, EventKind.SET_END),
    event(end_of_set(2) + 1.4, EventKind.SET_START),
    key(end_of_set(2) + 4.0, "r"),
    # The third set is the last planned one. One more is started and ended by marks.
    event(REPS[6].t_start - 2.0, EventKind.SET_START),
    event(end_of_set(4) + 1.0, EventKind.SET_END),
]
EXPECTED: list[tuple[SessionState, PlanReason | None]] = [
    (SessionState.REFUSED, None),
    (SessionState.READY, None),
    (SessionState.SET, None),
    (SessionState.REST, PlanCause.LAY_STILL),
    (SessionState.READY, None),
    (SessionState.SET, None),
    (SessionState.REST, None),
    (SessionState.STOPPED, PlanCause.CRAMP),
    (SessionState.READY, None),
    (SessionState.SET, None),
    (SessionState.DONE, PlanCause.LAY_STILL),
    (SessionState.SET, None),
    (SessionState.DONE, PlanCause.MARKED),
]


def played(header: SessionHeader, items: Sequence[Item], path: Path | None) -> list[PlanChange]:
    coach = Coach(built_in("B"), SORE)
    changes = plan_changes(header, items, coach, path)
    assert [done.reps for done in coach.plan.done] == [2, 2, 2, 2]
    return changes


def test_the_plan_from_a_refusal_to_one_extra_set(tmp_path: Path) -> None:
    marks = (EventKind.SET_START, EventKind.SET_END)
    moved = [i for i in SIMULATED.items if not (isinstance(i, Event) and i.kind in marks)]
    items = sorted([*moved, *INPUTS], key=lambda item: item.t_ns)
    path = tmp_path / "session.mcap"
    changes = played(SIMULATED.header, items, path)
    assert [change.state for change in changes] == [state for state, _ in EXPECTED]
    for change, (_, why) in zip(changes, EXPECTED, strict=True):
        assert why is None or change.why is why
    refused, stopped = changes[0], changes[7]
    assert isinstance(refused.why, Refusal)
    for offered in (refused.next_set, stopped.next_set):
        assert offered is not None
        assert offered.prescription.type is SetType.FREE
    assert changes[8].next_set is not None
    assert changes[8].next_set.prescription == built_in("B").prescription(2)
    lifts = [change.t for change in changes if change.state is SessionState.SET][:3]
    for lift, rep in zip(lifts, (REPS[0], REPS[2], REPS[4]), strict=True):
        assert rep.t_start < lift < rep.t_top
    recording = open_recording(path)
    assert played(recording.header, list(recording.items()), None) == changes
    # The coach recorded every set, those that nobody marked as well.
    assert [(len(one.reps), one.marked) for one in analyse(path).sets] == [
        (2, False),
        (2, False),
        (2, False),
        (2, True),
    ]


def test_a_partial_lift_is_no_set() -> None:
    text = "sim:protocol=B,sets=2,reps=1,rest_s=14,seed=3,faults=partial,fault_every_reps=1"
    simulated = simulate(parse_simulation(text))
    marks = (EventKind.SET_START, EventKind.SET_END)
    items = [i for i in simulated.items if not (isinstance(i, Event) and i.kind in marks)]
    coach = Coach(built_in("B"), Athlete(weeks_trained=10.0))
    states = [one.state for one in plan_changes(simulated.header, items, coach)]
    # The session ends before the leg has lain still long enough after its second lift.
    lift = [SessionState.READY, SessionState.SET]
    assert states == [*lift, *lift]
    assert coach.plan.done == []


def test_sets_that_are_changed_in_a_rest_are_the_same_in_a_replay(tmp_path: Path) -> None:
    longer: dict[str, JsonValue] = {"type": "B", "reps": [3, 3], "rest_s": 20.0, "tempo": "3-0-1-0"}
    first: dict[str, JsonValue] = {"type": "B", "reps": [5, 8], "rest_s": 20.0, "tempo": "4-0-1-1"}
    changed = Event(
        SIMULATED.header.start_ns + round(1e9 * (end_of_set(1) + 5.0)),
        PlanEventKind.SETS,
        {"waves": 1, "set": [first, longer]},
    )
    # Other marks, which name nothing of what is asked.
    marks = (EventKind.SET_START, EventKind.SET_END)
    moved = [i for i in SIMULATED.items if not (isinstance(i, Event) and i.kind in marks)]
    own = [event(REPS[2 * n].t_start - 2.0, EventKind.SET_START) for n in range(4)]
    own += [event(end_of_set(n) + 1.0, EventKind.SET_END) for n in range(1, 5)]
    items = sorted([*moved, *own, changed], key=lambda item: item.t_ns)
    path = tmp_path / "session.mcap"

    def plan(header: SessionHeader, items: Sequence[Item], path: Path | None) -> list[PlanChange]:
        return plan_changes(header, items, Coach(built_in("B"), Athlete(weeks_trained=9.0)), path)

    changes = plan(SIMULATED.header, items, path)
    # The first two sets were planned; the last two of the leg are extra ones.
    done = [one.t for one in changes if one.state is SessionState.DONE]
    assert len(done) == 3
    assert end_of_set(2) < done[0] < REPS[4].t_start
    recording = open_recording(path)
    assert plan(recording.header, list(recording.items()), None) == changes
    sets = analyse(path).sets
    assert [(one.prescription["planned_reps"], one.prescription["tempo"]) for one in sets[:2]] == [
        (6, "4-0-1-1"),
        (3, "3-0-1-0"),
    ]
