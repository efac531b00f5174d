"""Every reason has its sentence, its word and its clip in every language."""

import re
from typing import get_args

import pytest

from gui.models.settings import Language
from gui.sound.pack import load_pack
from gui.texts.catalogue import ENGLISH, TEXTS
from processing.judge.reasons import (
    BeforeLift,
    BeyondReach,
    CalibrationNotUsable,
    CheckKey,
    Correction,
    FastestPart,
    Fault,
    FewSamples,
    HeldPointed,
    HeldUp,
    Incomplete,
    KneeBent,
    LiftAnkle,
    Lifted,
    Lowered,
    NeverPointed,
    NotCalibrated,
    Pointed,
    PointedEarly,
    RangeReached,
    Reason,
    RestedAtBottom,
    RestedAtTop,
    SmallRange,
    ZeroMoved,
)
from processing.types import Withheld, WithheldCause
from sensor.types import Segment

ENGLISH_SENTENCES: dict[Reason, str] = {
    Incomplete(Withheld(WithheldCause.GAP, 0.42, (Segment.FOOT, Segment.SHIN))): (
        "foot and shin gap 0.4 s"
    ),
    Incomplete(Withheld(WithheldCause.GAP, 1.0)): "sensor gap 1.0 s",
    Incomplete(Withheld(WithheldCause.BY_HAND)): "added by hand",
    Incomplete(Withheld(WithheldCause.NO_SAMPLES)): "no samples",
    NotCalibrated(): "not calibrated since the sensors were strapped on",
    ZeroMoved(9.0): "a sensor has slipped",
    CalibrationNotUsable(): "the calibration is not usable; only the angles are shown",
    FewSamples(33.0): "too few samples arrive",
    BeyondReach(14.6): "the ankle goes 15° beyond its range: a sensor has slipped",
    SmallRange(CheckKey.HOLD): "range too small to judge; showing angle only",
    RangeReached(71.6): "72 % of the full range",
    NeverPointed(): "the toes were never pointed",
    Pointed(0.84, 0.4): "toes pointed 0.8 s after the top, at 40 % height",
    HeldPointed(61.0, 12.0, after_switch=True): (
        "61 % of the lowering pointed, after the switch (12 % in the last third)"
    ),
    HeldPointed(61.0, 12.0, after_switch=False): (
        "61 % of lift and lowering with toes pointed (12 % in the last third)"
    ),
    HeldUp(55.0): "55 % of lift and lowering with toes up",
    FastestPart(3.62): "fastest part 3.6 times the mean speed of the lowering",
    Lowered(2.14, 4.0, needlessly_slow=False): "lowered in 2.1 s, target 4 s",
    Lowered(9.0, 4.0, needlessly_slow=True): "lowered in 9.0 s, target 4 s: slower than needed",
    Lifted(2.5, 1.5): "lifted in 2.5 s, target 1.5 s",
    Lifted(2.5, None): "lifted in 2.5 s, target as fast as you can",
    RestedAtTop(1.7, 0.0): "rested 1.7 s at the top, target 0 s",
    RestedAtBottom(1.7, 1.0): "rested 1.7 s at the bottom, target 1 s",
    LiftAnkle(4.6): "toes up 5° on the way up",
    LiftAnkle(-8.0): "toes down 8° on the way up",
    PointedEarly(0.31): "toes pointed too early, for 0.3 s of the way up",
    KneeBent(22.4): "the knee bent or straightened by 22°",
    BeforeLift(pointed=True): "the lift began with the toes pointed",
    BeforeLift(pointed=False): "the toes were back up before the lift",
}


def test_every_reason_has_an_example_here() -> None:
    assert {type(reason) for reason in ENGLISH_SENTENCES} == set(get_args(Reason))


@pytest.mark.parametrize("reason", ENGLISH_SENTENCES, ids=str)
def test_the_english_sentence(reason: Reason) -> None:
    assert ENGLISH.verdicts.reason(reason) == ENGLISH_SENTENCES[reason]


def test_every_language_of_the_settings_has_texts() -> None:
    assert set(TEXTS) == set(get_args(Language))


@pytest.mark.parametrize("language", TEXTS)
def test_the_sentences_differ_and_have_the_numbers_of_the_english_ones(language: str) -> None:
    sentences = {reason: TEXTS[language].verdicts.reason(reason) for reason in ENGLISH_SENTENCES}
    assert len(set(sentences.values())) == len(sentences)
    for reason, english in ENGLISH_SENTENCES.items():
        numbers = re.findall(r"\d+(?:\.\d+)?", english)
        assert sorted(re.findall(r"\d+(?:\.\d+)?", sentences[reason].replace(",", "."))) == sorted(
            numbers
        )


@pytest.mark.parametrize("language", TEXTS)
def test_every_correction_has_its_own_word_that_fits_on_a_tile(language: str) -> None:
    words = [TEXTS[language].verdicts.correction(correction) for correction in Correction]
    assert len(set(words)) == len(words)
    assert all(0 < len(word) <= 16 for word in words)


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("key", [*Correction, *Fault])
def test_the_voice_has_a_clip_for_every_correction_and_fault(
    language: str, key: Correction | Fault
) -> None:
    assert key.value in load_pack(language, 16_000).words


@pytest.mark.parametrize("reason", ENGLISH_SENTENCES, ids=str)
def test_reasons_that_can_miss_have_a_fault_and_others_have_none(reason: Reason) -> None:
    withholds = reason.check is CheckKey.DATA or isinstance(reason, SmallRange)
    # The knee is only ever noted, and never counted.
    assert (reason.fault is None) is (withholds or isinstance(reason, KneeBent))
    assert (reason.correction is Correction.NOT_JUDGED) is withholds
