"""A finished set is counted and judged again with all of its samples."""

from dataclasses import replace

import numpy as np

from processing.coach.coach import LONGEST_SET_S, Coach
from processing.coach.loads import Athlete
from processing.coach.protocol_file import built_in
from processing.judge.recount import CountChange, FinishedSet, recount
from processing.judge.verdict import Verdict
from processing.types import AngleBlock, Rep, SessionEvent, counted
from sensor.simulation import simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import EventKind
from tests.processing.pipeline_run import updates_of


def rep(number: int, at: float, *, partial: bool = False) -> Rep:
    return Rep(number, at, at + 1, at + 2, at + 5, at + 5, 1.5, 0.2, -0.5, partial=partial)


FOUR = [rep(n, 10.0 * n) for n in range(1, 5)]


def differences(live: list[Rep], final: list[Rep]) -> list[tuple[int, CountChange]]:
    found = recount(live, final)
    assert (found.live, found.final) == (len(counted(live)), len(counted(final)))
    more = sum(1 if one.added else -1 for one in found.differences)
    assert more == found.final - found.live
    return [(one.rep.number, one.why) for one in found.differences]


def test_an_equal_count_has_no_differences() -> None:
    assert differences(FOUR, [replace(r, noticed_t=None) for r in FOUR]) == []
    assert differences([], []) == []


def test_a_rep_found_only_at_the_end_is_named() -> None:
    live = [FOUR[0], replace(FOUR[2], number=2), replace(FOUR[3], number=3)]
    assert differences(live, FOUR) == [(2, CountChange.SEEN_LATER)]


def test_a_partial_rep_that_becomes_whole_is_named() -> None:
    live = [FOUR[0], replace(FOUR[1], number=1, partial=True), *FOUR[2:]]
    assert differences(live, FOUR) == [(2, CountChange.WHOLE)]


def test_a_whole_rep_that_becomes_partial_is_named() -> None:
    final = [*FOUR[:3], replace(FOUR[3], number=3, partial=True)]
    assert differences(FOUR, final) == [(4, CountChange.PARTIAL)]


def test_a_rep_that_disappears_is_named() -> None:
    assert differences(FOUR, FOUR[1:]) == [(1, CountChange.NONE)]


def test_one_rep_that_becomes_two_is_named() -> None:
    long = replace(FOUR[0], t_top=17.0, t_ecc=18.0, t_bottom=25.0, t_end=25.0)
    second = replace(rep(2, 17.0), t_bottom=25.0, t_end=25.0)
    assert differences([long], [FOUR[0], second]) == [(2, CountChange.SEEN_LATER)]


def test_the_coach_reports_each_finished_set() -> None:
    session = simulate(parse_simulation("sim:protocol=B,sets=2,reps=3,seed=4,rest_s=8"))
    coach = Coach(built_in("B"), Athlete(weeks_trained=10.0))
    outputs = coach.begin()
    for update in updates_of(session, 8):
        outputs += coach.feed(update)
    outputs += coach.finish()
    results = [one for one in outputs if isinstance(one, FinishedSet)]
    ends = [item.t_ns for item in session.items if getattr(item, "kind", "") == EventKind.SET_END]
    start_ns = session.header.start_ns
    assert [r.t_end for r in results] == [(t - start_ns) / 1e9 for t in ends]
    assert [(r.recount.live, r.recount.final) for r in results] == [(3, 3), (3, 3)]
    assert all(v.rep.noticed_t is None for r in results for v in r.verdicts)
    true_tops = [one.t_top for one in session.truth.reps]
    tops = [v.rep.t_top for r in results for v in r.verdicts]
    np.testing.assert_allclose(tops, true_tops, atol=0.15)


def test_a_set_cut_off_by_the_end_of_the_session_is_reported() -> None:
    session = simulate(parse_simulation("sim:protocol=B,sets=1,reps=3,seed=4"))
    coach = Coach(built_in("B"), Athlete(weeks_trained=10.0))
    coach.begin()
    verdicts = 0
    for update in updates_of(session, 8):
        verdicts += sum(isinstance(one, Verdict) for one in coach.feed(update))
        if verdicts == 2:
            break
    (result,) = coach.finish()
    assert isinstance(result, FinishedSet)
    assert result.recount.final == 2
    assert coach.finish() == []


def test_the_memory_of_an_endless_set_is_bounded() -> None:
    coach = Coach(built_in("free"), Athlete(weeks_trained=10.0))
    coach.begin()
    coach.feed(SessionEvent(0.5, EventKind.SET_START, {}))
    flat, valid = np.zeros(100), np.ones(100, dtype=np.bool_)
    for second in range(2000):
        t = second + np.arange(100) / 100.0
        coach.feed(AngleBlock(t, flat, flat, flat, flat, valid, flat))
    kept = sum(len(block.t) for block in coach._angles) / 100.0
    assert LONGEST_SET_S <= kept <= LONGEST_SET_S + 2.0
