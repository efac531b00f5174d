"""The weeks against the plan: sessions of those planned, sets of those in their plans."""

from datetime import date

import pytest

from processing.library.adherence import adherence
from tests.processing.library.hand_made import at_day, made_set, on_day

ONE, NONE = made_set(), made_set(reps=0, judged=0, good=0)


def test_weeks_are_compared_with_what_was_planned() -> None:
    sessions = [
        # 2 to 8 March: one of two sessions, three of four sets.
        on_day(1, ONE, ONE, ONE, planned_sets=4, per_week=2),
        # 9 to 15 March: nothing. 16 to 22 March: three sessions; 4 + 5 + 1 sets of 4 + 4 + 4.
        on_day(14, ONE, ONE, ONE, ONE, planned_sets=4, per_week=2),
        on_day(16, ONE, ONE, ONE, ONE, ONE, planned_sets=4, per_week=2),
        on_day(18, ONE, NONE, planned_sets=4, per_week=2),
        # The running week: one session, all of its two sets.
        on_day(22, ONE, ONE, planned_sets=2, per_week=2),
    ]
    found = adherence(sessions, at_day(23))
    assert [w.monday for w in found.weeks] == [date(2026, 3, d) for d in (2, 9, 16, 23)]
    assert [w.sessions for w in found.weeks] == [1, 0, 3, 1]
    assert [w.planned_sessions for w in found.weeks] == [2, 2, 2, 2]
    assert [w.sets for w in found.weeks] == [3, 0, 10, 2]
    assert [w.planned_sets for w in found.weeks] == [4, None, 12, 2]
    assert [w.followed_sets for w in found.weeks] == [3, 0, 9, 2]
    assert [w.over for w in found.weeks] == [True, True, True, False]
    assert found.weeks_over == 3
    # A third session makes up for none of another week: (1 + 0 + 2) of 6.
    assert found.sessions_percent == pytest.approx(50.0)
    # (3 + 4 + 4 + 1 + 2) of 18 sets.
    assert found.sets_percent == pytest.approx(100.0 * 14 / 18)


def test_the_own_plan_goes_before_the_advice_of_the_protocol() -> None:
    sessions = [on_day(1, ONE, per_week=2), on_day(8, ONE)]
    assert adherence(sessions, at_day(15)).sessions_percent == pytest.approx(50.0)
    assert adherence(sessions, at_day(15), 1).sessions_percent == pytest.approx(100.0)
    assert adherence(sessions, at_day(15), 4).sessions_percent == pytest.approx(25.0)


def test_without_a_plan_the_weeks_are_only_counted() -> None:
    found = adherence([on_day(1, ONE, ONE)], at_day(8))
    assert (found.sessions_percent, found.sets_percent) == (None, None)
    assert [(w.sessions, w.planned_sessions, w.sets) for w in found.weeks] == [
        (1, None, 2),
        (0, None, 0),
    ]
    assert adherence([], at_day(8)).weeks == ()
    assert adherence([on_day(1, NONE)], at_day(8)).weeks == ()


def test_only_the_last_weeks_count() -> None:
    sessions = [on_day(7 * n, ONE, per_week=1) for n in range(12)]
    found = adherence(sessions, at_day(77))
    assert len(found.weeks) == 8
    assert found.weeks[0].monday == date(2026, 3, 30)
    assert found.sessions_percent == pytest.approx(100.0)
