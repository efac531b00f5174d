"""Lying at the bottom ends a set; a breath does not, and it depends on the mark how long one is."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from processing.coach.coach import Coach
from processing.coach.cues import Cue, CueKind
from processing.coach.loads import Athlete
from processing.coach.plan_change import PlanChange
from processing.coach.plan_events import SessionState
from processing.coach.plan_reasons import PlanCause, PlanReason
from processing.coach.protocol import SetType
from processing.coach.protocol_file import built_in
from processing.coach.session_plan import SessionPlan
from processing.judge.recount import FinishedSet
from processing.pipeline.marks import PlanEventKind
from processing.reps.rep_detector import RepDetector
from processing.reps.set_life import MARKED_REST_S
from processing.review.analysis import analyse
from processing.review.judged_sets import judge_sets
from processing.session import Session, SessionOutput
from processing.types import Ending, SessionEvent, slice_block
from sensor.recording import open_recording
from sensor.simulation import (
    RestActivity,
    SimulatedProtocol,
    SimulationParameters,
    simulate,
)
from sensor.sources import PacedSource
from sensor.types import Event, EventKind
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
    curve = lying(n=3).hold(25.0)
    (state, t, why) = states(curve)[-1]
    assert (state, why) == (SessionState.REST, PlanCause.LAY_STILL)
    bottom = curve.truth()[-1].t_bottom
    assert bottom + MARKED_REST_S - 0.2 <= t <= bottom + MARKED_REST_S + 0.5


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (EventKind.SET_END, PlanCause.MARKED),
        (EventKind.SET_START, Ending.MARKED),
        (EventKind.CALIBRATION_START, Ending.CALIBRATION),
    ],
)
def test_a_set_without_marks_has_the_reason_of_its_end(event: EventKind, why: PlanReason) -> None:
    curve = lying(n=3).hold(8.0)
    assert unmarked(curve, until_s=1000.0) == [(SessionState.REST, PlanCause.LAY_STILL)]
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
    for start in range(0, int((angles.t < until_s).sum()), 10):
        block = slice_block(angles, start, min(start + 10, int((angles.t < until_s).sum())))
        for seen in (block, *detector.feed(block)):
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
        Curve().hold(2.0).rep(bottom=MARKED_REST_S - 2.0).rep().hold(2.0),
        Curve().hold(2.0).rep(down=12.0, cruise=True).rep(down=12.0, cruise=True).hold(2.0),
        Curve().hold(2.0).rep(top=7.0).hold(2.0),
        Curve().hold(2.0).rep().to(7.0, 0.5).hold(5.0).to(0.0, 0.5).hold(4.0),
    ],
    ids=["before the first lift", "between reps", "12 s lowerings", "at the top", "fidgeting"],
)
def test_a_shorter_pause_ends_no_set(curve: Curve) -> None:
    assert states(curve)[-1][0] is SessionState.SET


def test_a_set_is_summed_up_again_only_if_reps_were_added() -> None:
    # The summary comes after 12 s; then the person gets off, or does two more reps.
    rest = lying(n=3).hold(13.0)
    got_off = rest.angles().t[-1]
    told = {}
    for name, curve in (
        ("off", lying(n=3).hold(13.0).to(60.0, 1.2).hold(0.5).to(-90.0, 1.0).hold(4.0)),
        ("on", lying(n=3).hold(13.0).rep().rep().hold(14.0)),
    ):
        coach, detector = Coach(built_in("B"), Athlete(weeks_trained=10.0)), RepDetector()
        angles, out = curve.angles(), [*coach.begin()]
        for start in range(0, len(angles.t), 10):
            block = slice_block(angles, start, min(start + 10, len(angles.t)))
            for seen in (block, *detector.feed(block)):
                out += coach.feed(seen)
        cues = [one for one in out if isinstance(one, Cue) and one.kind is CueKind.SUMMARY]
        told[name] = [one.t > got_off for one in cues]
        # In both cases the set went on, and is one set of the session.
        assert any(one.goes_on for one in out if isinstance(one, PlanChange))
        assert len(coach.results) == len(coach.plan.done) == 1
    assert told == {"off": [False], "on": [False, True]}


def coached_session(load: PacedSource, recording: Path | None = None) -> list[SessionOutput]:
    """Return the output of a coached session."""
    out: list[SessionOutput] = []

    def listen(batch: Sequence[SessionOutput]) -> None:
        out.extend(batch)

    coach = Coach(built_in("B"), Athlete(weeks_trained=10.0))
    asyncio.run(Session(load, listen, recording=recording, coach=coach, batch_s=0.5).run())
    return out


def of(kind: type[Any], outputs: Sequence[SessionOutput]) -> list[Any]:
    return [one for one in outputs if isinstance(one, kind)]


def test_a_set_that_goes_on_is_recorded_as_one_and_a_replay_says_the_same(tmp_path: Path) -> None:
    # Nobody marks these two "sets" of two reps, and less than 25 s lie between them: it is one set of
    # four, which seemed to be over after twelve seconds.
    simulated = simulate(
        SimulationParameters(
            protocol=SimulatedProtocol.B,
            sets=2,
            reps=2,
            rest_s=14.0,
            rest=RestActivity.STILL,
        )
    )
    marks = (EventKind.SET_START, EventKind.SET_END)
    moved = [i for i in simulated.items if not (isinstance(i, Event) and i.kind in marks)]
    path = tmp_path / "session.mcap"
    chosen = Event(simulated.items[0].t_ns, PlanEventKind.NEXT, {"side": "left", "load_kg": 31.0})
    items = [moved[0], chosen, *moved[1:]]
    first = coached_session(PacedSource(lambda: (simulated.header, items), None), path)
    recording = open_recording(path)
    kept = list(recording.items())
    again = coached_session(PacedSource(lambda: (recording.header, kept), None))
    assert of(PlanChange, again) == of(PlanChange, first)
    states = [one.state for one in of(PlanChange, first)]
    # The recording stops before the set is over for the second time.
    assert states == [SessionState.READY, SessionState.SET, SessionState.REST, SessionState.SET]
    results = of(FinishedSet, first)
    assert [len(one.verdicts) for one in results] == [2, 4]
    (found,) = judge_sets(analyse(path))
    assert [v.rep.number for v in found.verdicts] == [1, 2, 3, 4]
    assert [v.grade for v in found.verdicts] == [v.grade for v in results[-1].verdicts]
    assert (found.type, found.load_kg, found.side) == (SetType.B, 31.0, "L")
    assert found.target.tempo == results[-1].target.tempo


def test_a_marked_set_ends_when_the_pose_is_left() -> None:
    curve = Curve().hold(2.0).rep().rep().hold(2.0).to(-80.0, 1.0).hold(4.0)
    (state, t, why) = states(curve)[-1]
    assert (state, why) == (SessionState.REST, Ending.LEFT)
    left = curve.truth()[-1].t_bottom + 0.5 + 2.0
    assert left < t < left + 3.0
    # A shift on the pad is none.
    shifted = Curve().hold(2.0).rep().rep().hold(2.0).to(-20.0, 0.4).to(0.0, 0.4).hold(4.0).rep()
    seen = [state for state, _, _ in states(shifted.hold(2.0))]
    assert seen == [SessionState.READY, SessionState.SET]
