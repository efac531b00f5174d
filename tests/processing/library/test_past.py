"""The past of a person, from their earlier sessions and not from those of others."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from processing.coach.coach import Coach
from processing.coach.loads import Athlete, guarded
from processing.coach.protocol import RATIO_TEST, SetType
from processing.coach.protocol_file import built_in
from processing.coach.session_plan import SessionPlan
from processing.library import Library
from processing.library.past import Past, past_of
from processing.library.records import LibrarySession
from processing.pipeline.marks import PlanEventKind
from sensor.simulation.simulated_session import simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import Event, EventKind
from tests.processing.coach.session_output import plan_changes
from tests.processing.library.test_history import START, a_set, session

B, A = built_in("B"), built_in("A")
NOW = START + timedelta(days=30)


def test_after_weeks_of_training_a_person_is_no_beginner() -> None:
    past = past_of([session(23.0, a_set()), session(2.0, a_set())], B, NOW)
    assert past.weeks_trained == pytest.approx(4.0)
    assert past.hours_since_last == pytest.approx(7 * 24.0)
    athlete = Athlete(weeks_trained=past.weeks_trained)
    assert guarded(B, athlete) == B
    assert guarded(B, Athlete()) != B


def test_sessions_of_others_and_other_protocols_are_no_past() -> None:
    other = session(3.0, a_set(SetType.FREE))
    nobody = replace(session(3.0, a_set()), simulated=True)
    to_come = session(31.0, a_set())
    empty = session(3.0)
    assert past_of([other, nobody, to_come, empty], B, NOW) == Past()


def test_the_ratio_is_the_median_of_the_waves() -> None:
    waves = [a_set(SetType.DF, 50.0), a_set(SetType.PF, 42.0)]
    past = past_of([session(1.0, *waves), session(5.0, *waves)], A, NOW)
    assert past.ratio == pytest.approx(0.84)
    assert past.ratio_waves == 2


def a_test_day(day: float, up_kg: float | None, pointed_kg: float | None) -> LibrarySession:
    """Return a test day with these estimates of the 1RM; None where no reserve was reported."""
    sets = [
        replace(one, metrics=replace(one.metrics, one_rm_kg=one_rm_kg))
        for kind, best in ((SetType.DF, up_kg), (SetType.PF, pointed_kg))
        for one, one_rm_kg in ((a_set(kind, 20.0), best and 0.8 * best), (a_set(kind, 50.0), best))
    ]
    return replace(session(day, *sets), plan=RATIO_TEST)


def test_a_test_day_gives_the_first_ratio() -> None:
    past = past_of([a_test_day(3.0, 60.0, 48.0)], A, NOW)
    assert past.ratio == pytest.approx(0.80)
    assert past.ratio_waves == 0
    plan = SessionPlan(A, Athlete(ratio=past.ratio, loads_kg={SetType.DF: 50.0}))
    plan.begin()
    assert plan.next_set().ratio == pytest.approx(0.80)
    assert SessionPlan(A, Athlete()).ratio == 0.90


@pytest.mark.parametrize("best", [(60.0, None), (None, 48.0), (None, None)])
def test_a_test_day_without_a_reserve_gives_no_ratio(
    best: tuple[float | None, float | None],
) -> None:
    assert past_of([a_test_day(3.0, *best)], A, NOW).ratio is None


def test_waves_after_a_test_day_replace_its_ratio() -> None:
    waves = [a_set(SetType.DF, 50.0), a_set(SetType.PF, 43.0)]
    before, after = session(1.0, *waves), session(5.0, *waves)
    test = a_test_day(3.0, 60.0, 48.0)
    assert past_of([before, test], A, NOW).ratio == pytest.approx(0.80)
    past = past_of([before, test, after], A, NOW)
    assert past.ratio == pytest.approx(0.86)
    assert past.ratio_waves == 1


def test_the_same_sets_outside_a_test_day_count_as_waves() -> None:
    other = replace(a_test_day(3.0, 60.0, 48.0), plan="A")
    # The one wave among them is 50 kg with the toes up, then 20 kg pointed.
    assert past_of([other], A, NOW).ratio == pytest.approx(0.4)


@pytest.mark.parametrize(("known", "used"), [(0.5, 0.70), (1.4, 1.00), (0.83, 0.83)])
def test_a_known_ratio_is_kept_within_the_rule(known: float, used: float) -> None:
    assert SessionPlan(A, Athlete(ratio=known)).ratio == pytest.approx(used)


@pytest.mark.parametrize("reserve", [2, None], ids=["reserve reported", "no reserve"])
def test_a_recorded_test_day_sets_the_next_load(reserve: int | None, tmp_path: Path) -> None:
    """A simulated day: two reps with 40 kg and the toes up, two with 40 kg and the toes pointed."""
    simulated = simulate(parse_simulation("sim:protocol=A,sets=2,reps=2,rest_s=6,seed=2"))
    ends = [i.t_ns for i in simulated.items if isinstance(i, Event) and i.kind == EventKind.SET_END]
    answers = [
        Event(t_ns + 10**9, PlanEventKind.RESERVE, {"reserve": reserve}) for t_ns in ends[:2]
    ]
    items = sorted([*simulated.items, *answers], key=lambda item: item.t_ns)
    path = tmp_path / "session.mcap"
    header = replace(simulated.header, created_utc=START.isoformat())
    plan_changes(header, items, Coach(built_in(RATIO_TEST)), path)
    kept = Library(tmp_path).read(path)
    assert (kept.plan, kept.planned_sets) == (RATIO_TEST, 8)
    past = past_of([replace(kept, simulated=False)], A, NOW)
    assert past.ratio == (None if reserve is None else pytest.approx(1.0))
