"""The own last weeks are medians of sessions, and the own best week is one that was trained."""

from datetime import date

import pytest

from processing.coach.protocol import SetType
from processing.library.history import Change
from processing.library.own_weeks import Aim, Quantity, SetKind, own_weeks
from tests.processing.library.hand_made import at_day, made_set, on_day

B = SetKind("leg_curl", SetType.B, "R")


def test_the_last_weeks_are_the_median_of_their_sessions() -> None:
    sessions = [
        # More than three weeks before: 9 s count for the best week alone.
        on_day(0, made_set(lowering_s=9.0)),
        on_day(10, made_set(lowering_s=3.0, range_deg=90.0, good=4)),
        on_day(17, made_set(lowering_s=3.4, range_deg=100.0, good=6)),
        # Two sets of one session are one value: (8 x 3 s + 8 x 4 s) / 16 reps = 3.5 s.
        on_day(24, made_set(lowering_s=3.0), made_set(lowering_s=4.0, good=8)),
    ]
    (found,) = own_weeks(sessions, at_day(25))
    assert found.kind == B
    assert found.recent_sessions == 3
    assert found.number(Quantity.LOWERING).recent == pytest.approx(3.4)
    assert found.number(Quantity.RANGE).recent == pytest.approx(100.0)
    # 4 of 8, 6 of 8, and 14 of 16 good.
    assert found.number(Quantity.QUALITY).recent == pytest.approx(75.0)
    assert found.number(Quantity.QUALITY).sessions == 4


def test_the_best_week_has_the_largest_share_of_good_reps() -> None:
    sessions = [
        on_day(0, made_set(good=5, lowering_s=5.0)),
        # 9 to 15 March: 13 of 16 good, its lowerings (8 x 3 + 8 x 4) / 16 = 3.5 s, 95°.
        on_day(8, made_set(good=6, lowering_s=3.0, range_deg=90.0)),
        on_day(11, made_set(good=7, lowering_s=4.0, range_deg=100.0)),
        # All of three judged reps are good, by chance.
        on_day(15, made_set(good=3, judged=3)),
        on_day(22, made_set(good=6)),
    ]
    (found,) = own_weeks(sessions, at_day(23))
    assert found.best_week == date(2026, 3, 9)
    best = {number.quantity: number.best for number in found.numbers}
    assert best == {
        Quantity.LOWERING: pytest.approx(3.5),
        Quantity.RANGE: pytest.approx(95.0),
        Quantity.QUALITY: pytest.approx(81.25),
    }
    assert found.aim(best=True) == Aim(B, 3.5, 95.0, 80.0)


def test_an_aim_is_rounded_to_what_can_be_counted_and_stays_within_reason() -> None:
    (slow,) = own_weeks([on_day(0, made_set(lowering_s=11.0, range_deg=98.6))], at_day(1))
    # 6 of 8 are 75 %; longer than 8 s is noted as slower than needed, so nobody aims at it.
    assert slow.aim(best=False) == Aim(B, 8.0, 99.0, 75.0)
    (fast,) = own_weeks([on_day(0, made_set(lowering_s=0.6, judged=0, good=0))], at_day(1))
    assert fast.aim(best=False) == Aim(B, 1.0, 100.0, None)
    assert fast.aim(best=True) is None


def test_kinds_of_sets_are_kept_apart_and_the_newest_comes_first() -> None:
    sessions = [
        on_day(0, made_set(kind=SetType.DF), made_set(kind=SetType.PF), made_set(side="L")),
        on_day(1, made_set(exercise="heel_raise", kind=SetType.FREE)),
        # Nothing was lifted.
        on_day(2, made_set(reps=0, judged=0, good=0)),
    ]
    kinds = [found.kind for found in own_weeks(sessions, at_day(3))]
    assert kinds[0] == SetKind("heel_raise", SetType.FREE, "R")
    assert set(kinds[1:]) == {
        SetKind("leg_curl", SetType.DF, "R"),
        SetKind("leg_curl", SetType.PF, "R"),
        SetKind("leg_curl", SetType.B, "L"),
    }


def test_a_change_against_before_is_told_only_beyond_chance() -> None:
    lowerings = [3.0, 3.1, 2.9, 3.05, 2.95]
    sessions = [on_day(3 * n, made_set(lowering_s=v)) for n, v in enumerate(lowerings)]
    (early,) = own_weeks(sessions, at_day(13))
    assert early.number(Quantity.LOWERING).verdict is Change.TOO_EARLY
    # Standard deviation 0.0791 s: a change of less than 1.96 x sqrt 2 x 0.0791 = 0.219 s is chance.
    (later,) = own_weeks([*sessions, on_day(15, made_set(lowering_s=3.2))], at_day(16))
    number = later.number(Quantity.LOWERING)
    assert number.verdict is Change.NONE
    assert number.least == pytest.approx(0.2192, abs=1e-3)
    (more,) = own_weeks([*sessions, on_day(15, made_set(lowering_s=3.3))], at_day(16))
    assert more.number(Quantity.LOWERING).verdict is Change.INCREASE


def test_sessions_to_come_are_no_weeks() -> None:
    assert own_weeks([on_day(5, made_set())], at_day(4)) == ()
