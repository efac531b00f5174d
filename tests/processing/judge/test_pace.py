"""The pace of a test, against times of lifts whose pace is counted by hand."""

import math

import pytest

from processing.coach.pace_watch import PaceWatch
from processing.judge.pace import Pace, PaceRule, over_t, pace_of
from processing.judge.reasons import Correction
from processing.types import Rep

THIRTY = PaceRule(30.0)
"""A rep every two seconds."""


@pytest.mark.parametrize(
    ("starts_s", "expected"),
    [
        ([], Pace(30.0, None, off=0, missed=0, kept=0)),
        ([5.0], Pace(30.0, None, off=0, missed=0, kept=1)),
        ([0.0, 2.0, 4.0, 6.0], Pace(30.0, 30.0, off=0, missed=0, kept=4)),
        # 2.4 s is a fifth too long; 2.6 s and 1.4 s are three tenths off.
        ([0.0, 2.4, 5.0, 6.4], Pace(30.0, 25.0, off=2, missed=0, kept=4)),
        # Once a rep is left out: the lift after it is on its beat again.
        ([0.0, 2.0, 6.0, 8.0], Pace(30.0, 30.0, off=0, missed=1, kept=4)),
        # The second one that is missed ends the test after the third rep.
        ([0.0, 2.0, 6.0, 10.0, 12.0], Pace(30.0, 60.0 / 3.0, off=0, missed=2, kept=3)),
        ([0.0, 2.0, 8.0, 10.0], Pace(30.0, 30.0, off=0, missed=2, kept=2)),
    ],
)
def test_reps_are_compared_with_the_beats(starts_s: list[float], expected: Pace) -> None:
    found = pace_of(starts_s, THIRTY)
    assert found == expected


def test_the_pace_and_the_number_of_missed_reps_are_those_of_the_protocol() -> None:
    found = pace_of([0.0, 1.0, 3.0, 5.0, 6.0], PaceRule(60.0, most_missed=1))
    assert (found.missed, found.kept, found.off) == (2, 2, 0)


def test_a_test_is_over_when_no_rep_can_come_in_time() -> None:
    assert over_t([], THIRTY) == math.inf
    # The last lift in time would start 2.5 reps after the last one, and take a rep and a second to be known.
    assert over_t([0.0, 2.0], THIRTY) == pytest.approx(2.0 + 2.5 * 2.0 + 2.0 + 1.0)
    assert over_t([0.0, 4.0], THIRTY) == pytest.approx(4.0 + 1.5 * 2.0 + 2.0 + 1.0)


def rep(t: float, *, partial: bool = False) -> Rep:
    return Rep(
        number=1,
        t_start=t,
        t_top=t + 0.8,
        t_ecc=t + 1.0,
        t_bottom=t + 1.8,
        t_end=t + 2.0,
        rom=0.6,
        ankle_con=0.0,
        ankle_ecc=0.0,
        partial=partial,
    )


def test_the_word_for_a_rep_off_the_pace_says_what_to_change() -> None:
    watch = PaceWatch(THIRTY)
    starts = [0.0, 2.0, 4.7, 6.0, 7.0, 8.6]
    words = [watch.count(rep(t, partial=t == 7.0)) for t in starts]
    # Too late, then too early; the partial rep is none, so that the last one is late.
    assert words == [None, None, Correction.FASTER, Correction.SLOWER, None, Correction.FASTER]
