"""The coach on the whole path: from simulated bytes to verdicts and cues."""

import dataclasses
import functools
from typing import Any

import numpy as np
import pytest

from processing.coach.coach import Coach, CoachOutput
from processing.coach.cues import Cue, CueConfig, CueKind, Level
from processing.coach.loads import Athlete
from processing.coach.plan_change import PlanChange
from processing.coach.plan_events import SessionState
from processing.coach.protocol_file import built_in
from processing.coach.speech import written
from processing.judge.bands import personal_bands
from processing.judge.checks import Grade
from processing.judge.reasons import CheckKey
from processing.judge.verdict import Verdict, judge
from processing.pipeline.update_kinds import Update
from processing.types import Rep
from sensor.simulation import (
    PersonParameters,
    SimulatedFault,
    SimulatedProtocol,
    SimulatedSession,
    SimulationParameters,
    simulate,
)
from sensor.simulation.truth import TrueRep
from tests.processing.pipeline_run import updates_of
from tests.processing.reps.curves import block

SKILLED = Athlete(weeks_trained=10.0)
ITEMS_AT_ONCE = 4
"""About 80 ms: short enough for the times of cues, and much faster than single items."""
FAULTS = (SimulatedFault.FAST, SimulatedFault.LATE, SimulatedFault.NEVER)


@functools.cache
def session() -> SimulatedSession:
    """Return two sets of protocol B in which every other rep has a fault."""
    return simulate(
        SimulationParameters(
            seed=11,
            protocol=SimulatedProtocol.B,
            sets=2,
            reps=6,
            faults=FAULTS,
            rest_s=8.0,
            person=PersonParameters(held_percent=85.0),
        )
    )


@functools.cache
def updates() -> tuple[Update, ...]:
    return tuple(updates_of(session(), ITEMS_AT_ONCE))


def coached(config: CueConfig | None = None) -> tuple[Coach, list[CoachOutput]]:
    coach = Coach(built_in("B"), SKILLED, config)
    outputs = coach.begin()
    for update in updates():
        outputs += coach.feed(update)
    return coach, outputs


def of(kind: type[Any], outputs: list[CoachOutput]) -> list[Any]:
    return [each for each in outputs if isinstance(each, kind)]


def true_verdict(rep: TrueRep, seen: Verdict) -> Verdict:
    """Return the verdict on the true movement, against the same target."""
    truth, person = session().truth, PersonParameters()
    rate = np.asarray(np.gradient(np.rad2deg(truth.shin_turn), truth.t), dtype=np.float64)
    angles = block(truth.t, np.rad2deg(truth.shin_turn), rate, np.rad2deg(truth.ankle))
    lifting = (truth.t >= rep.t_start) & (truth.t < rep.t_top)
    lowering = (truth.t >= rep.t_ecc) & (truth.t < rep.t_bottom)
    bands = personal_bands(
        np.deg2rad(person.dorsiflexion_max_deg), np.deg2rad(person.plantarflexion_max_deg)
    )
    true = Rep(
        rep.number,
        rep.t_start,
        rep.t_top,
        rep.t_ecc,
        rep.t_bottom,
        rep.t_bottom,
        rep.rom,
        float(np.median(truth.ankle[lifting])),
        float(np.median(truth.ankle[lowering])),
    )
    return judge(true, angles, dataclasses.replace(seen.target, bands=bands))


def test_every_rep_gets_the_verdict_of_its_true_movement() -> None:
    verdicts = of(Verdict, coached()[1])
    truth = session().truth.reps
    assert len(verdicts) == len(truth)
    for seen, rep in zip(verdicts, truth, strict=True):
        true = true_verdict(rep, seen)
        assert seen.grade is true.grade
        seen_key = seen.reason.check if seen.reason else None
        assert seen_key == (true.reason.check if true.reason else None)


def test_each_simulated_fault_gets_its_own_reason() -> None:
    reasons: dict[str, set[CheckKey | None]] = {}
    for seen, rep in zip(of(Verdict, coached()[1]), session().truth.reps, strict=True):
        reasons.setdefault(rep.fault, set()).add(seen.reason.check if seen.reason else None)
        assert (seen.grade is Grade.MISS) is bool(rep.fault)
    assert reasons == {
        "": {None},
        SimulatedFault.FAST: {CheckKey.ECCENTRIC},
        SimulatedFault.LATE: {CheckKey.SWITCH},
        SimulatedFault.NEVER: {CheckKey.SWITCH},
    }


def test_the_states_of_the_session_follow_its_plan() -> None:
    coach, outputs = coached()
    states = [change.state for change in of(PlanChange, outputs)]
    assert states == [
        SessionState.READY,
        SessionState.SET,
        SessionState.REST,
        SessionState.SET,
        SessionState.REST,
    ]
    assert [done.reps for done in coach.plan.done] == [6, 6]
    assert [len(result.verdicts) for result in coach.results] == [6, 6]


def test_counts_last_reps_and_summaries_are_spoken() -> None:
    cues: list[Cue] = of(Cue, coached()[1])
    counts = [written(cue.speech[:1]) for cue in cues if cue.kind is CueKind.COUNT]
    assert counts == 2 * ["one", "two", "three", "four", "five", "six"]
    assert [written(c.speech) for c in cues if c.kind is CueKind.LAST_REPS] == 2 * [
        "two more",
        "last one",
    ]
    summaries = [written(cue.speech) for cue in cues if cue.kind is CueKind.SUMMARY]
    assert len(summaries) == 2
    assert all(text.startswith("six reps, ") for text in summaries)


def test_the_switch_cue_comes_before_the_true_top() -> None:
    cues = [c.t for c in of(Cue, coached()[1]) if c.kind is CueKind.SWITCH]
    tops = np.array([rep.t_top for rep in session().truth.reps])
    # The first reps of a set have it; after good ones in a row it falls silent.
    assert len(cues) >= 4
    errors = np.array([t - tops[np.argmin(np.abs(tops - t))] for t in cues])
    assert np.all((errors > -0.4) & (errors < 0.0))
    assert errors.std() < 0.1


def test_the_same_updates_give_the_same_outputs() -> None:
    assert coached()[1] == coached()[1]


@pytest.mark.parametrize("level", list(Level))
def test_the_level_changes_only_the_cues(level: Level) -> None:
    everything = coached()[1]
    outputs = coached(CueConfig(level=level))[1]
    assert of(Verdict, outputs) == of(Verdict, everything)
    assert of(PlanChange, outputs) == of(PlanChange, everything)
    assert len(of(Cue, outputs)) <= len(of(Cue, everything))


def test_no_next_level_is_offered_after_bad_sets() -> None:
    coach, _ = coached()
    assert coach.suggested_level is Level.LEARN
