"""The spoken summary of a set, and spoken numbers."""

import dataclasses

from processing.coach.speech import Phrase, listed, speech_s, tenths, written
from processing.coach.spoken_summary import LIMIT_S, summary
from processing.judge.checks import Grade
from processing.judge.set_metrics import set_metrics
from processing.judge.verdict import Verdict, judge
from tests.processing.coach.constructed_reps import UP, Foot, draw, held, switched, target
from tests.processing.reps.curves import Curve

GOOD_B = switched(0.95)
ONE_REP = Curve().hold(2.0).rep(up=1.3, top=0.7, down=4.6, bottom=0.5, cruise=True).hold(1.0)


def verdicts_of(foot: Foot, curve: Curve) -> list[Verdict]:
    reps, angles = draw(curve, foot)
    return [judge(rep, angles, target()) for rep in reps]


def test_the_summary_names_count_quality_fault_and_tempo() -> None:
    curve = Curve().hold(2.0)
    for down in (4.6, 4.6, 2.8, 2.8):
        curve.rep(up=1.3, top=0.7, down=down, bottom=0.0, cruise=True)
    verdicts = verdicts_of(GOOD_B, curve.hold(1.0))
    spoken_summary = summary(verdicts, set_metrics(verdicts))
    assert (
        written(spoken_summary)
        == "four reps, two good, lowering three point two seconds, too fast on reps three and four"
    )
    assert speech_s(spoken_summary) < LIMIT_S


def test_one_rep_and_many_reps_never_sound_alike() -> None:
    (template,) = verdicts_of(held(UP), ONE_REP)
    words = {}
    for count in (1, 8):
        verdicts = [
            dataclasses.replace(
                template, rep=dataclasses.replace(template.rep, number=9 - count + i)
            )
            for i in range(count)
        ]
        words[count] = written(summary(verdicts, set_metrics(verdicts)))
    assert "never pointed on rep eight" in words[1]
    assert "never pointed, eight times" in words[8]


def test_the_summary_is_short_whatever_happened() -> None:
    (template,) = verdicts_of(held(UP), ONE_REP)
    for count in (0, 1, 12, 60):
        for grade in Grade:
            verdicts = [
                dataclasses.replace(
                    template, grade=grade, rep=dataclasses.replace(template.rep, number=i + 1)
                )
                for i in range(count)
            ]
            spoken_summary = summary(verdicts, set_metrics(verdicts))
            assert speech_s(spoken_summary) < LIMIT_S
            assert spoken_summary[0] == (count or Phrase.NO_REPS)


def test_numbers_are_written_in_words() -> None:
    assert [written((n,)) for n in (0, 13, 20, 35, 60, 100, 142)] == [
        "zero",
        "thirteen",
        "twenty",
        "thirty-five",
        "sixty",
        "one hundred",
        "one hundred forty-two",
    ]
    assert written((tenths(3.6),)) == "three point six"
    assert written((tenths(3.96),)) == "four"
    assert written(listed([2, 9, 10])) == "two, nine and ten"
    assert written(listed([4])) == "four"
    assert written((1000,)) == "1000"
