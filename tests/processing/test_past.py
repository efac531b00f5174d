"""What a person's earlier sessions say before the next one, and what those of others do not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from processing.coach.loads import Athlete, guarded
from processing.coach.protocol import SetType, built_in
from processing.library.past import Past, past_of
from tests.processing.test_history import START, a_set, session

B, A = built_in("B"), built_in("A")
NOW = START + timedelta(days=30)


def test_who_has_trained_for_weeks_is_no_beginner_any_more() -> None:
    past = past_of([session(23.0, a_set()), session(2.0, a_set())], B, NOW)
    assert past.weeks_trained == pytest.approx(4.0)
    assert past.hours_since_last == pytest.approx(7 * 24.0)
    athlete = Athlete(weeks_trained=past.weeks_trained)
    assert guarded(B, athlete) == B
    assert guarded(B, Athlete()) != B


def test_what_is_no_past_of_this_protocol() -> None:
    other = session(3.0, a_set(SetType.FREE))
    nobody = replace(session(3.0, a_set()), simulated=True)
    to_come = session(31.0, a_set())
    empty = session(3.0)
    assert past_of([other, nobody, to_come, empty], B, NOW) == Past()


def test_the_ratio_comes_from_the_waves() -> None:
    waves = [a_set(SetType.DF, 50.0), a_set(SetType.PF, 42.0)]
    past = past_of([session(1.0, *waves), session(5.0, *waves)], A, NOW)
    assert past.ratio == pytest.approx(0.84)
    assert past.ratio_waves == 2
