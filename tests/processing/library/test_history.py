"""The history adds up the weeks, and reports no change that chance alone would make."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from processing.coach.protocol import SetType
from processing.judge.set_metrics import SetMetrics, set_metrics
from processing.library import LibrarySession, LibrarySet
from processing.library.history import (
    Change,
    load_trends,
    monday_of,
    quality_trends,
    recent,
    trend,
    trends_by_protocol,
    weeks,
)

START = datetime(2026, 3, 4, 18, 0, tzinfo=UTC)  # a Wednesday
EMPTY = set_metrics([])


def a_set(
    kind: SetType = SetType.B,
    load_kg: float | None = 40.0,
    *,
    good: int = 6,
    judged: int = 8,
    pointed_s: float = 25.0,
) -> LibrarySet:
    metrics: SetMetrics = replace(
        EMPTY, reps=8, judged=judged, good=good, pointed_eccentric_s=pointed_s
    )
    return LibrarySet(1, kind, "R", load_kg, 4.0, metrics)


def session(day: float, *sets: LibrarySet) -> LibrarySession:
    when = (START + timedelta(days=day)).isoformat()
    return LibrarySession(Path(f"{day}.mcap"), when, 1800.0, False, True, "", sets)


def of_values(values: list[float]) -> list[LibrarySession]:
    return [session(3 * n, a_set(pointed_s=v)) for n, v in enumerate(values)]


def pointed(each: LibrarySession) -> float:
    return each.pointed_eccentric_s


@pytest.mark.parametrize("count", range(6))
def test_before_six_sessions_it_is_too_early_to_tell(count: int) -> None:
    found = trend("B", of_values([20.0] * (count - 1) + [90.0] if count else []), pointed)
    assert found.verdict is Change.TOO_EARLY
    assert found.least is None
    assert found.missing == 6 - count


def test_a_step_far_beyond_the_spread_is_a_change() -> None:
    before = [20.0, 21.0, 19.0, 20.5, 19.5]
    spread = float(np.std(before, ddof=1))
    found = trend("B", of_values([*before, 30.0]), pointed)
    assert found.least == pytest.approx(1.96 * np.sqrt(2) * spread)
    assert found.change == pytest.approx(10.0)
    assert found.verdict is Change.INCREASE
    assert found.missing == 0
    assert trend("B", of_values([*before, 10.0]), pointed).verdict is Change.DECREASE


def test_a_step_within_the_spread_is_no_change() -> None:
    before = [20.0, 26.0, 17.0, 23.0, 14.0]
    assert trend("B", of_values([*before, 28.0]), pointed).verdict is Change.NONE


def test_equal_sessions_show_no_change() -> None:
    values = [0.1 + 0.2] * 5 + [0.3]
    assert trend("B", of_values(values), pointed).verdict is Change.NONE


def test_chance_alone_is_rarely_called_a_change() -> None:
    rng = np.random.default_rng(1)
    people = [rng.normal(25.0, 4.0, 12).tolist() for _ in range(300)]
    called = sum(
        trend("B", of_values(values), pointed).verdict is not Change.NONE for values in people
    )
    assert called / len(people) < 0.05


def test_sessions_are_sorted_by_time() -> None:
    sessions = of_values([1.0, 2.0, 3.0])
    assert trend("B", sessions[::-1], pointed).values == (1.0, 2.0, 3.0)


def test_sessions_without_a_value_are_left_out() -> None:
    sessions = [session(0, a_set()), session(1, a_set(judged=0, good=0)), session(2, a_set())]
    found = trend("B", sessions, lambda s: s.quality_percent)
    assert found.values == (75.0, 75.0)
    assert [s.path.name for s in found.sessions] == ["0.mcap", "2.mcap"]


def test_protocols_are_not_compared_with_each_other() -> None:
    sessions = [
        session(0, a_set(SetType.B, pointed_s=30.0)),
        session(1, a_set(SetType.DF, pointed_s=0.0), a_set(SetType.PF, pointed_s=22.0)),
        session(2, a_set(SetType.B, pointed_s=31.0)),
    ]
    found = trends_by_protocol(sessions, pointed)
    assert [(t.name, t.values) for t in found] == [("A", (22.0,)), ("B", (30.0, 31.0))]


def test_loads_are_the_heaviest_of_each_type() -> None:
    sessions = [
        session(0, a_set(SetType.DF, 40.0), a_set(SetType.PF, 36.0), a_set(SetType.DF, 42.5)),
        session(1, a_set(SetType.DF, None)),
    ]
    assert [(t.name, t.values) for t in load_trends(sessions)] == [
        ("DF", (42.5,)),
        ("PF", (36.0,)),
    ]


def test_weeks_are_summed_and_empty_weeks_included() -> None:
    sessions = [
        session(0, a_set(), a_set()),
        session(1, a_set(SetType.DF, pointed_s=1.0), a_set(SetType.PF, pointed_s=2.0)),
        session(15, a_set()),
    ]
    found = weeks(sessions)
    assert [w.monday for w in found] == [date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)]
    assert [dict(w.sets) for w in found] == [{"B": 2, "A": 2}, {}, {"B": 1}]
    assert [w.pointed_eccentric_s for w in found] == [53.0, 0.0, 25.0]
    assert sum(w.pointed_eccentric_s for w in found) == sum(map(pointed, sessions))
    assert weeks([]) == ()


def test_a_week_begins_on_monday() -> None:
    assert monday_of(datetime(2026, 3, 8, 23, 59, tzinfo=UTC)) == date(2026, 3, 2)
    assert monday_of(datetime(2026, 3, 9, 0, 0, tzinfo=UTC)) == date(2026, 3, 9)


def test_the_numbers_of_the_last_weeks() -> None:
    sessions = [
        session(0, a_set(SetType.DF, 40.0), a_set(SetType.PF, 36.0)),
        session(2, a_set(SetType.B, good=8)),
        session(4, a_set(SetType.B, good=4)),
    ]
    found = recent(sessions)
    assert found.sessions == 3
    assert dict(found.sets) == {SetType.DF: 1, SetType.PF: 1, SetType.B: 2}
    assert found.pointed_eccentric_s == 100.0
    assert found.quality_percent == 75.0
    assert found.ratio == pytest.approx(0.9)
    nothing = recent([])
    assert (nothing.sessions, nothing.quality_percent, nothing.ratio) == (0, None, None)


def test_one_rep_more_is_no_change_of_the_quality() -> None:
    before = [session(3 * n, a_set(good=4)) for n in range(5)]
    # Five equal sessions do not scatter; one of eight reps is still chance.
    (one_more,) = quality_trends([*before, session(20, a_set(good=5))])
    assert (one_more.verdict, one_more.least) == (Change.NONE, 12.5)
    (two_more,) = quality_trends([*before, session(20, a_set(good=6))])
    assert (two_more.verdict, two_more.change) == (Change.INCREASE, 25.0)
