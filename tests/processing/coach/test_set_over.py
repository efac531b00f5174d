"""Lying still at the bottom ends a marked set; a shorter pause does not."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from processing.coach.coach import Coach
from processing.coach.loads import Athlete
from processing.coach.plan_events import SessionState
from processing.coach.plan_reasons import PlanCause, PlanReason
from processing.coach.protocol_file import built_in
from processing.coach.session_plan import PlanChange, SessionPlan
from processing.reps.rep_detector import RepDetector
from processing.reps.rep_limits import END_S
from processing.review.analysis import analyse
from processing.session import Session, SessionOutput
from processing.types import Ending, Rep, SessionEvent, slice_block
from sensor.recording import open_recording
from sensor.simulation import SimulatedProtocol, SimulationParameters, simulate
from sensor.sources import PacedSource
from sensor.types import Event, EventKind, Item, SessionHeader
from tests.processing.reps.curves import Curve, lying


def states(curve: Curve) -> list[tuple[SessionState, float, PlanReason | None]]:
    """Return the states of a session in which ``curve`` is a set with a marked start."""
    plan = SessionPlan(built_in("B"), Athlete(weeks_trained=10.0))
    detector = RepDetector()
    angles = curve.angles()
    out = plan.begin() + plan.feed(SessionEvent(0.0, EventKind.SET_START, {}))
    detector.feed(Event(0, EventKind.SET_START))
    for start in range(0, len(angles.t), 10):
        block = slice_block(angles, start, min(start + 10, len(angles.t)))
        for seen in (block, *detector.feed(block)):
            out += plan.feed(seen)
    return [(one.state, one.t, one.why) for one in out if isinstance(one, PlanChange)]


def test_lying_still_at_the_bottom_ends_a_marked_set() -> None:
    curve = lying(n=3)
    (state, t, why) = states(curve)[-1]
    assert (state, why) == (SessionState.REST, PlanCause.LAY_STILL)
    bottom = curve.truth()[-1].t_bottom
    assert bottom + END_S - 0.2 <= t <= bottom + END_S + 0.5


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (EventKind.SET_END, PlanCause.MARKED),
        (EventKind.SET_START, Ending.MARKED),
        (EventKind.CALIBRATION_START, Ending.CALIBRATION),
    ],
)
def test_a_set_without_marks_has_the_reason_of_its_end(event: EventKind, why: PlanReason) -> None:
    curve = lying(n=3)
    assert unmarked(curve, until_s=1000.0) == [(SessionState.REST, Ending.RESTED)]
    bottom = curve.truth()[-1].t_bottom
    assert unmarked(curve, until_s=bottom + 2.0, event=event) == [(SessionState.REST, why)]


def unmarked(
    curve: Curve, until_s: float, event: EventKind | None = None
) -> list[tuple[SessionState, PlanReason | None]]:
    """Return how a set without marks ended, with ``event`` at ``until_s`` s."""
    plan, detector = SessionPlan(built_in("B"), Athlete(weeks_trained=10.0)), RepDetector()
    plan.begin()
    angles = curve.angles()
    out: list[object] = []
    for seen in detector.feed(slice_block(angles, 0, int((angles.t < until_s).sum()))):
        out += plan.feed(seen)
    if event is not None:
        for seen in detector.feed(Event(round(until_s * 1e9), event)):
            out += plan.feed(seen)
    changes = [one for one in out if isinstance(one, PlanChange)]
    return [(one.state, one.why) for one in changes if one.state is SessionState.REST]


@pytest.mark.parametrize(
    "curve",
    [
        Curve().hold(12.0).rep().hold(2.0),
        Curve().hold(2.0).rep(bottom=END_S - 1.0).rep().hold(2.0),
        Curve().hold(2.0).rep(down=12.0, cruise=True).rep(down=12.0, cruise=True).hold(2.0),
        Curve().hold(2.0).rep(top=7.0).hold(2.0),
        Curve().hold(2.0).rep().to(7.0, 0.5).hold(5.0).to(0.0, 0.5).hold(4.0),
    ],
    ids=["before the first lift", "between reps", "12 s lowerings", "at the top", "fidgeting"],
)
def test_a_shorter_pause_ends_no_set(curve: Curve) -> None:
    assert states(curve)[-1][0] is SessionState.SET


def coached_session(load: PacedSource, recording: Path | None = None) -> list[SessionOutput]:
    """Return the output of a coached session."""
    out: list[SessionOutput] = []

    def listen(batch: Sequence[SessionOutput]) -> None:
        out.extend(batch)

    coach = Coach(built_in("B"), Athlete(weeks_trained=10.0))
    asyncio.run(Session(load, listen, recording=recording, coach=coach, batch_s=0.5).run())
    return out


def plan_of(outputs: Sequence[SessionOutput]) -> list[str]:
    return [repr(one) for one in outputs if isinstance(one, PlanChange)]


def test_the_end_is_recorded_and_a_replay_ends_the_set_again(tmp_path: Path) -> None:
    simulated = simulate(
        SimulationParameters(protocol=SimulatedProtocol.B, sets=2, reps=2, rest_s=12.0)
    )
    ends = [item.t_ns for item in simulated.items if _is_end(item)]
    items = [item for item in simulated.items if not _is_end(item)]

    def load() -> tuple[SessionHeader, list[Item]]:
        return simulated.header, items

    path = tmp_path / "session.mcap"
    first = plan_of(coached_session(PacedSource(load, None), path))
    recording = open_recording(path)
    kept = list(recording.items())
    assert sum(PlanCause.LAY_STILL in one for one in first) == 1
    over = [i for i in kept if isinstance(i, Event) and i.kind == EventKind.SET_OVER]
    assert len(over) == 1
    assert ends[0] < over[0].t_ns < ends[0] + 6e9
    again = plan_of(coached_session(PacedSource(lambda: (recording.header, kept), None)))
    assert again == first
    assert [len(one.reps) for one in analyse(path).sets] == [2, 2]


def _is_end(item: Item) -> bool:
    return isinstance(item, Event) and item.kind == EventKind.SET_END


def test_counting_continues_after_a_rest_in_the_same_pose() -> None:
    detector = RepDetector(100.0)
    detector.feed(Event(0, EventKind.SET_START))
    on = Curve().hold(2.0).rep().rep().hold(9.0).rep().hold(9.0)
    up = on.to(-40.0, 2.0).hold(3.0).to(0.0, 2.0).hold(3.0).rep().hold(3.0)
    reps = [one for one in detector.feed(up.angles()) if isinstance(one, Rep)]
    assert [rep.number for rep in reps] == [1, 2, 3], "after getting up, a new set needs its mark"
