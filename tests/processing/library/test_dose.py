"""The dose beside the soreness after it, and the warning before a jump of the dose."""

from datetime import date

import pytest

from processing.library.dose import DoseJump, dose_jump, dose_weeks, last_jump
from processing.library.history import Change
from processing.library.records import LibrarySession
from tests.processing.library.hand_made import at_day, made_set, on_day

USUAL = made_set(40.0, lowering_s=3.0)
"""8 reps of 3 s with 40 kg: 960 kg·s."""
STEADY = [on_day(d, USUAL) for d in (0, 3, 7, 10, 14, 17, 21, 24)]
"""Two sessions a week for four weeks: 1920 kg·s a week."""


def test_the_dose_of_a_week_is_load_times_lowering_time() -> None:
    found = dose_weeks(
        [
            on_day(0, USUAL, made_set(20.0, lowering_s=2.0)),
            on_day(2, USUAL, soreness=3.0),
            # The soreness before a session belongs to the week of the session before it.
            on_day(8, soreness=6.0),
            on_day(15, made_set(None), USUAL, soreness=1.0),
        ],
        at_day(15),
    )
    assert [w.monday for w in found.weeks] == [date(2026, 3, d) for d in (2, 9, 16)]
    # 960 + 20 x 16 + 960 kg·s.
    assert [w.dose for w in found.weeks] == pytest.approx([2240.0, 0.0, 960.0])
    # 3 after Monday and 6 after Wednesday; without a set there is nothing to be sore from.
    assert [w.soreness for w in found.weeks] == [6.0, None, None]
    assert [w.over for w in found.weeks] == [True, True, False]
    assert not found.in_seconds
    assert found.without_load == 1
    assert found.verdict is Change.TOO_EARLY


def test_soreness_weeks_later_belongs_to_no_session() -> None:
    found = dose_weeks([on_day(0, USUAL), on_day(9, USUAL, soreness=7.0)], at_day(9))
    assert [w.soreness for w in found.weeks] == [None, None]


def test_without_any_load_the_dose_is_the_time_of_the_lowerings() -> None:
    heels = made_set(None, lowering_s=3.0)
    found = dose_weeks([on_day(0, heels, heels)], at_day(1))
    assert found.in_seconds
    assert found.without_load == 0
    assert [w.dose for w in found.weeks] == pytest.approx([48.0])
    assert dose_weeks([], at_day(1)).weeks == ()


def test_the_dose_of_the_last_week_is_compared_with_those_before_it() -> None:
    loads = (40.0, 41.0, 39.0, 40.5, 39.5, 50.0)
    sessions = [on_day(7 * n, made_set(load)) for n, load in enumerate(loads)]
    # 24 s of lowering a week; the running seventh week has no dose yet and is not compared.
    found = dose_weeks(sessions, at_day(42))
    assert found.weeks_over == 6
    assert found.change == pytest.approx(24.0 * 10.0)
    assert found.verdict is Change.INCREASE


def jump(
    *more: LibrarySession, soreness: float | None = None, planned_kgs: float = 0.0
) -> DoseJump | None:
    """Return the jump of the seven days until the fifth Monday."""
    return dose_jump([*STEADY, *more], at_day(28), soreness=soreness, planned_kgs=planned_kgs)


def test_a_planned_jump_after_soreness_is_warned_of() -> None:
    # Days 22 to 28 hold the session of day 24. The three weeks before, days 1 to 21, hold those of
    # days 3, 7, 10, 14, 17 and 21: 6 x 960 / 3 = 1920 kg·s a week.
    found = jump(soreness=5.0, planned_kgs=1800.0)
    assert found is not None
    assert (found.soreness, found.weeks, found.planned) == (5.0, 3, True)
    assert found.dose == pytest.approx(2760.0)
    assert found.mean == pytest.approx(1920.0)
    assert found.percent == pytest.approx(43.75)


@pytest.mark.parametrize(
    ("soreness", "planned_kgs"),
    [(4.9, 5000.0), (None, 5000.0), (9.0, 1536.0), (9.0, 0.0)],
    ids=["hardly sore", "not asked", "just 30 % more", "nothing planned"],
)
def test_without_soreness_or_a_jump_nothing_is_said(
    soreness: float | None, planned_kgs: float
) -> None:
    assert jump(soreness=soreness, planned_kgs=planned_kgs) is None


def test_soreness_of_the_last_seven_days_counts() -> None:
    assert jump(on_day(26, soreness=6.0), planned_kgs=1800.0) is not None
    assert jump(on_day(20, soreness=6.0), planned_kgs=1800.0) is None


def test_with_less_than_two_weeks_before_it_is_too_early_to_tell() -> None:
    first, second = on_day(0, USUAL), on_day(7, USUAL)
    # The seven days until day 19 are 13 to 19: before them are not yet two weeks.
    early = on_day(19, USUAL, USUAL, soreness=8.0)
    assert dose_jump([first, second, early], at_day(19)) is None
    # Days 14 to 20 against days 0 to 13: 1920 against (960 + 960) / 2.
    later = on_day(20, USUAL, USUAL, soreness=8.0)
    found = dose_jump([first, second, later], at_day(20))
    assert found is not None
    assert found.weeks == 2
    assert found.mean == pytest.approx(960.0)
    assert found.percent == pytest.approx(100.0)


def test_coming_an_hour_earlier_than_last_week_is_no_jump() -> None:
    hour = 1.0 / 24.0
    found = dose_jump(STEADY, at_day(28 - hour), soreness=9.0, planned_kgs=960.0)
    # Thursday and today, as in every week.
    assert found is None


def test_a_jump_from_nothing_has_no_percentage() -> None:
    sessions = [on_day(0, USUAL), on_day(60, USUAL, soreness=5.0)]
    found = dose_jump(sessions, at_day(60))
    assert found is not None
    assert (found.mean, found.percent, found.weeks) == (0.0, None, 4)


def test_a_jump_that_was_done_is_found_at_its_session() -> None:
    done = on_day(27, USUAL, USUAL, USUAL, soreness=6.0)
    # Days 21 to 27: the sessions of days 21, 24 and 27, 5 x 960. The three weeks before, days 0 to
    # 20, have 6 x 960 / 3.
    found = last_jump([*STEADY, done], at_day(30))
    assert found is not None
    assert found.when == done.when
    assert found.dose == pytest.approx(4800.0)
    assert found.percent == pytest.approx(150.0)
    assert not found.planned
    assert last_jump([*STEADY, done], at_day(40)) is None
    assert last_jump(STEADY, at_day(28)) is None
