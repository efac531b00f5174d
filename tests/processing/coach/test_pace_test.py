"""A test of simulated heel raises with a metronome: the beats, the end when the pace is lost, the numbers."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from processing.coach.coach import Coach
from processing.coach.cues import Cue, CueKind, Sound
from processing.coach.plan_change import PlanChange
from processing.coach.plan_events import SessionState
from processing.coach.plan_reasons import PlanCause
from processing.coach.protocol_file import built_in
from processing.coach.speech import Phrase
from processing.judge.recount import FinishedSet
from processing.review.analysis import analyse
from processing.review.judged_sets import judge_sets
from sensor.recording import open_recording
from sensor.simulation.truth import TrueRep, Truth
from sensor.types import Event, EventKind, Item
from tests.paced_session import simulated
from tests.processing.coach.session_output import session_output

TEXT = "sim:exercise=heel_raise,sets=2,reps=6,rest_s=20,tempo=0.9-0-0.9-0.1,height_deg=34,side=left,seed=5"
REPS = 6


def true_height_deg(truth: Truth, rep: TrueRep) -> float:
    """Return the range of the angle of sole and shin, seen from the side: what a physio reads."""
    inside = (truth.t >= rep.t_start - 0.2) & (truth.t <= rep.t_bottom + 0.2)
    assert truth.sagittal is not None
    return float(np.ptp(np.degrees(truth.sagittal[inside])))


def items() -> list[Item]:
    """Return the session without tempo and without the mark that ends its first set."""
    found: list[Item] = []
    ends = 0
    for item in simulated(TEXT).items:
        if not isinstance(item, Event):
            found.append(item)
            continue
        ends += item.kind == EventKind.SET_END
        if item.kind == EventKind.SET_END and ends == 1:
            continue
        data = {k: v for k, v in item.data.items() if k not in ("tempo", "planned_reps")}
        starts = item.kind == EventKind.SET_START
        found.append(replace(item, data=data) if starts else item)
    return found


def test_the_test_ends_when_the_pace_is_lost_and_its_recording_tells_the_same(
    tmp_path: Path,
) -> None:
    path = tmp_path / "test.mcap"
    header, truth = simulated(TEXT).header, simulated(TEXT).truth
    out = session_output(header, items(), Coach(built_in("raise-30-a-minute")), path)

    (start,) = [c for c in out if isinstance(c, PlanChange) and c.state is SessionState.SET][:1]
    ends = [c for c in out if isinstance(c, PlanChange) and c.why is PlanCause.PACE_LOST]
    assert len(ends) == 1
    last_lift = truth.reps[REPS - 1].t_start
    # Two reps are missed for sure when the third one, and its lowering, would be over.
    assert ends[0].t == pytest.approx(last_lift + 3.5 * 2.0 + 1.0, abs=0.3)
    cues = [c for c in out if isinstance(c, Cue)]
    assert [c.speech for c in cues if c.kind is CueKind.STOP] == [(Phrase.TEST_OVER,)]

    beats = [c for c in cues if c.kind is CueKind.TICK and c.t < ends[0].t]
    # From two seconds after the mark on: a high tick to rise, a low one to sink.
    assert beats[0].t == pytest.approx(start.t + 2.0, abs=0.011)
    assert np.diff([c.t for c in beats]) == pytest.approx(1.0, abs=0.011)
    assert [c.sound for c in beats[:4]] == [Sound.HIGH_TICK, Sound.SOFT_TICK] * 2

    result = next(r for r in out if isinstance(r, FinishedSet))
    (judged, *_) = judge_sets(analyse(open_recording(path)))
    lifts = [rep.t_start for rep in truth.reps[:REPS]]
    for metrics in (result.metrics, judged.metrics):
        assert metrics.reps == REPS
        assert metrics.pace is not None
        assert metrics.pace.per_minute == pytest.approx(
            60.0 / float(np.median(np.diff(lifts))), rel=0.05
        )
        assert (metrics.pace.missed, metrics.pace.kept) == (0, REPS)
    heights = [true_height_deg(truth, rep) for rep in truth.reps[:REPS]]
    work, best = judged.metrics.work_index, judged.metrics.rom_best
    assert work is not None
    assert best is not None
    assert math.degrees(work) == pytest.approx(sum(heights), abs=2.0 * REPS)
    assert math.degrees(best) == pytest.approx(max(heights), abs=2.0)
    assert judged.side == "L"
