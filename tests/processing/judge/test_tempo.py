"""Tempo notation as lifters write it, and errors that point at the character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.judge.tempo import Tempo, TempoError, parse_tempo


@pytest.mark.parametrize(
    ("text", "tempo"),
    [
        ("4-0-1-0", Tempo(4, 0, 1, 0)),
        ("4010", Tempo(4, 0, 1, 0)),
        ("4/0/1/0", Tempo(4, 0, 1, 0)),
        ("40X1", Tempo(4, 0, None, 1)),
        ("40x1", Tempo(4, 0, None, 1)),
        ("3-1-X-2", Tempo(3, 1, None, 2)),
        ("12-0-2.5-0.5", Tempo(12, 0, 2.5, 0.5)),
    ],
)
def test_every_notation_is_read(text: str, tempo: Tempo) -> None:
    assert parse_tempo(text) == tempo


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("", 0, "nothing"),
        ("  ", 0, "nothing"),
        ("401", 3, "the pause at the top is missing"),
        ("4-0-1", 5, "the pause at the top is missing"),
        ("40100", 4, "more than four"),
        ("4-0-1-0-0", 8, "more than four"),
        ("4a10", 1, "'a' is no number"),
        ("4-0-1s-0", 5, "'s' is no number"),
        ("4--1-0", 2, "the pause at the bottom is missing"),
        ("4-0/1-0", 3, "separated by '-'"),
        ("X010", 0, "only the lift can be X"),
        ("4X10", 1, "only the lift can be X"),
        ("401X", 3, "only the lift can be X"),
        ("0010", 0, "the lowering takes more"),
        ("4000", 2, "write X"),
        ("4-0-99-0", 4, "at most 30 s"),
        ("4-0-1.5.2-0", 7, "'.' is no number"),
        ("4-0-.-0", 4, "'.' is no number"),
        ("4-0--1-0", 4, "the lift is missing"),
        ("４010", 0, "is no number"),
    ],
)
def test_errors_point_at_the_character(text: str, position: int, reason: str) -> None:
    with pytest.raises(TempoError, match=reason) as caught:
        parse_tempo(text)
    assert caught.value.position == position
    assert str(caught.value).endswith("\n  " + " " * position + "^")


@given(st.text(max_size=12))
def test_any_text_gives_a_tempo_or_a_tempo_error(text: str) -> None:
    try:
        tempo = parse_tempo(text)
    except TempoError as error:
        position = error.position
    else:
        assert parse_tempo(tempo.notation) == tempo
        return
    assert 0 <= position <= len(text)
