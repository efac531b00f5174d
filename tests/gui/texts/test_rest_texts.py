"""The result of a set in words, in every language."""

import pytest

from gui.texts.catalogue import ENGLISH, GERMAN
from processing.judge.reasons import (
    FastestPart,
    HeldPointed,
    HeldUp,
    Incomplete,
    KneeBent,
    Lifted,
    Lowered,
    NeverPointed,
    Pointed,
    RangeReached,
    Reason,
    RestedAtBottom,
    RestedAtTop,
)
from processing.types import Withheld, WithheldCause
from sensor.types import Segment

GAP = Incomplete(Withheld(WithheldCause.GAP, 2.14, (Segment.FOOT,)))
ADVICE: dict[Reason, tuple[str, str]] = {
    Pointed(0.9, 0.55): ("switch the foot at the top", "den Fuß schon oben umstellen"),
    NeverPointed(): ("point your toes at the top", "oben die Zehen strecken"),
    HeldPointed(61.0, 20.0, after_switch=True): (
        "keep your toes pointed to the end",
        "die Zehen bis zum Ende gestreckt lassen",
    ),
    HeldUp(61.0): ("keep your toes up", "die Zehen oben halten"),
    RangeReached(70.0): ("use the whole range", "den ganzen Weg nutzen"),
    FastestPart(3.1): ("let it down evenly", "gleichmäßig absenken"),
    Lowered(2.1, 3.5, needlessly_slow=False): (
        "take 3.5 s to lower",
        "langsamer absenken, in 3,5 s",
    ),
    Lowered(7.0, 4.0, needlessly_slow=False): (
        "lower faster, in 4 s",
        "schneller absenken, in 4 s",
    ),
    Lifted(3.0, None): ("lift faster", "schneller heben"),
    Lifted(0.5, 2.0): ("lift slower, in 2 s", "langsamer heben, in 2 s"),
    RestedAtTop(3.0, 1.0): ("rest less at the top", "oben kürzer ruhen"),
    RestedAtBottom(3.0, 1.0): ("rest less at the bottom", "unten kürzer ruhen"),
    KneeBent(20.0): ("keep the knee as it is", "das Knie halten, wie es ist"),
}


@pytest.mark.parametrize(("reason", "words"), ADVICE.items())
def test_the_advice_says_what_to_do(reason: Reason, words: tuple[str, str]) -> None:
    english, german = words
    assert ENGLISH.rest.next_time((4,), reason) == f"Rep 4: {english}."
    assert ENGLISH.rest.next_time((2, 4, 7), reason) == f"Reps 2, 4 and 7: {english}."
    assert GERMAN.rest.next_time((4,), reason) == f"Wdh. 4: {german}."
    assert GERMAN.rest.next_time((2, 4, 7), reason) == f"Wdh. 2, 4 und 7: {german}."


def test_a_rep_that_is_not_judged_says_why() -> None:
    assert ENGLISH.rest.next_time((3,), GAP) == "Rep 3 was not judged: foot gap 2.1 s."
    assert GERMAN.rest.next_time((3,), GAP).startswith("Wdh. 3 nicht gewertet: ")


def test_the_result_names_reps_good_ones_and_the_lowering() -> None:
    assert ENGLISH.rest.set_result(8, 8, 6, 3.94) == "8 reps, 6 good. Lowering 3.9\u00a0s."
    assert ENGLISH.rest.set_result(8, 8, 8, None) == "8 reps, all good."
    assert ENGLISH.rest.set_result(1, 0, 0, None) == "1 rep."
    assert ENGLISH.rest.set_result(0, 0, 0, None) == "No rep was counted."
    assert ENGLISH.rest.set_result(9, 9, 2, None, 24.2) == "9 reps, 2 good. Best\u00a024°."
    assert GERMAN.rest.set_result(8, 8, 6, 3.94) == "8 Wdh., 6 gut. Absenken 3,9\u00a0s."
    assert GERMAN.rest.set_result(8, 0, 0, None) == "8 Wdh."


def test_the_name_of_a_curve_says_where_the_foot_was_switched() -> None:
    late = Pointed(0.9, 0.55)
    assert ENGLISH.rest.on_curve(4, late) == "rep 4: switched at 55 % of the height"
    assert GERMAN.rest.on_curve(4, late) == "Wdh. 4: bei 55 % der Höhe umgestellt"
