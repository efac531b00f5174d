"""Reminders: weeks in a row, the next day by the plan, and an easier week by the rule of the dose."""

from datetime import date

import pytest

from processing.library import LibrarySession
from processing.library.reminders import NextDay, SetStreak, WeekStreak, reminders
from tests.processing.library.hand_made import at_day, made_set, on_day

GOOD, BAD = made_set(good=7, judged=8), made_set(good=2, judged=8)


def trained(*days: float) -> list[LibrarySession]:
    return [on_day(day, GOOD) for day in days]


@pytest.mark.parametrize(
    ("days", "now", "weeks"),
    [
        # Monday and Thursday of three weeks; on the Tuesday of the fourth nothing is broken.
        ((0, 3, 7, 10, 14, 17), 22, 3),
        # The running week counts once it is complete.
        ((0, 3, 7, 10, 14, 17, 21, 22), 22, 4),
        # A missed session in the week before last.
        ((0, 3, 7, 14, 17), 22, None),
        ((0, 3), 8, None),
        ((), 8, None),
    ],
)
def test_weeks_in_a_row_are_those_with_all_planned_sessions(
    days: tuple[float, ...], now: float, weeks: int | None
) -> None:
    found = reminders(trained(*days), at_day(now), 2).streak
    assert found == (None if weeks is None else WeekStreak(weeks))


def test_without_planned_sessions_good_sets_count() -> None:
    sessions = [on_day(0, GOOD, BAD), on_day(3, GOOD, GOOD), on_day(5, GOOD)]
    found = reminders(sessions, at_day(6), None)
    assert found.streak == SetStreak(3)
    assert found.following is None
    assert reminders([on_day(0, GOOD, BAD)], at_day(6), None).streak is None


@pytest.mark.parametrize(
    ("days", "now", "a_week", "due", "week_done"),
    [
        # Twice a week: four days after Monday is Friday.
        ((0,), 1, 2, date(2026, 3, 6), False),
        # Late is never said: then today fits.
        ((0,), 5, 2, date(2026, 3, 7), False),
        ((0,), 40, 2, date(2026, 4, 11), False),
        # Both are done: not before Monday.
        ((0, 1), 2, 2, date(2026, 3, 9), True),
        ((0, 6), 6, 2, date(2026, 3, 12), True),
        ((0,), 1, 7, date(2026, 3, 3), False),
        ((0,), 0, 1, date(2026, 3, 9), True),
    ],
)
def test_the_next_day_spreads_the_sessions_over_the_week(
    days: tuple[float, ...], now: float, a_week: int, due: date, *, week_done: bool
) -> None:
    found = reminders(trained(*days), at_day(now), a_week).following
    assert found == NextDay(due, a_week, week_done)


def test_an_easier_week_is_offered_after_a_jump_with_soreness_only() -> None:
    before = trained(0, 7, 14, 21)
    jump = [on_day(28, GOOD, GOOD, GOOD), on_day(30, GOOD, soreness=6.0)]
    assert reminders([*before, *jump], at_day(31), 2).easy_week is not None
    calm = [on_day(28, GOOD, GOOD, GOOD), on_day(30, GOOD, soreness=2.0)]
    assert reminders([*before, *calm], at_day(31), 2).easy_week is None
    assert reminders([*before, *jump], at_day(45), 2).easy_week is None
