"""The gate before supramaximal sets."""

from datetime import UTC, datetime, timedelta

import pytest

from processing.coach.protocol import SetType
from processing.coach.protocol_file import built_in, built_in_names
from processing.coach.supramaximal import gate_of

START = datetime(2026, 1, 5, 18, tzinfo=UTC)


def days(*after: int) -> list[datetime]:
    """Return times so many days after the first session."""
    return [START + timedelta(days=day) for day in after]


@pytest.mark.parametrize(
    ("trained", "is_open"),
    [
        (days(), False),
        (days(0, 1, 2, 3), False),  # four sessions, one week
        (days(0, 28), False),  # four weeks ago, but two weeks with a session
        (days(0, 8, 15), False),
        (days(0, 8, 15, 22), True),
        (days(22, 3, 15, 8, 0), True),
    ],
)
def test_four_weeks_of_b_open_the_gate(trained: list[datetime], is_open: bool) -> None:
    gate = gate_of(built_in("B-two-legs-up"), trained)
    assert gate is not None
    assert gate.is_open is is_open


def test_only_sets_above_the_maximum_have_a_gate_and_a_type_of_their_own() -> None:
    gated = [name for name in built_in_names() if gate_of(built_in(name), ()) is not None]
    assert gated == ["B-two-legs-up"]
    assert [asked.type for asked in built_in("B-two-legs-up").sets] == [SetType.B2]
