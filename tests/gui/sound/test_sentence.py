"""Every sentence that the coach can say is made of clips."""

import pytest

from gui.sound import session_voice
from gui.sound.errors import SoundError, SoundFault
from gui.sound.pack import load_pack
from gui.sound.sentence import clips_of
from processing.calibration.steps import CalibrationStep
from processing.coach import set_cues
from processing.coach import spoken as words
from processing.coach.loads import NextSet
from processing.coach.protocol import built_in, built_in_names
from processing.coach.rest_cues import describe_next
from processing.judge.reasons import Correction, Fault
from sensor.types import Segment


@pytest.mark.parametrize(
    ("sentence", "clips"),
    [
        ("ready", "ready"),
        ("four, slower", "4 , slower"),
        ("seven, you let it drop", "7 , you let it drop"),
        ("two more", "two more"),
        ("twenty-two more", None),
        ("foot sensor lost, keep going, not judged", "foot sensor lost , keep going , not judged"),
        ("next: toes pointed, thirty-five kilo", "next , toes pointed , 35 kilo"),
        ("one hundred forty-two point five kilo", "100 42 point 5 kilo"),
        ("60 seconds", "60 seconds"),
        (
            "ten reps, eight good, toes slipped on nine and ten, lowering three point six seconds",
            "10 reps , 8 good , toes slipped on 9 and 10 , lowering 3 point 6 seconds",
        ),
    ],
)
def test_sentences_are_taken_apart(sentence: str, clips: str | None) -> None:
    if clips is None:
        with pytest.raises(SoundError, match="“more”") as caught:
            clips_of(sentence)
        assert caught.value.fault is SoundFault.PACK
    else:
        assert " ".join(clips_of(sentence)) == clips


def test_every_number_of_the_coach_can_be_said() -> None:
    known = load_pack("de", 16_000).words
    for number in range(1000):
        assert set(clips_of(words.number(number))) <= known


@pytest.mark.parametrize("correction", Correction)
def test_every_correction_can_be_said(correction: Correction) -> None:
    assert clips_of(f"six, {correction}")


def test_every_fault_of_a_summary_can_be_said() -> None:
    for fault in Fault:
        assert clips_of(f"one rep, zero good, {fault} on {words.listed([1, 2, 3])}")
    assert clips_of("no reps")
    assert clips_of("two reps, not judged")


def test_every_next_set_can_be_said() -> None:
    for name in built_in_names():
        for index, plan in enumerate(built_in(name).sets):
            for load_kg in (None, 5.0, 42.5, 137.5, 400.0):
                assert clips_of(describe_next(NextSet(index, plan, load_kg, "")))


def test_what_a_set_says_can_be_said() -> None:
    for said in (*set_cues._LAST_REPS.values(), "ready"):
        assert clips_of(said)
    for segment in (Segment.SHIN, Segment.FOOT):
        assert clips_of(f"{segment} sensor lost, keep going, not judged")


def test_what_a_calibration_says_can_be_said() -> None:
    said = [*session_voice.PROMPTS.values(), *session_voice.DONE.values(), "again"]
    said.append(session_voice.AFTER_BENCH)
    for segment in (Segment.SHIN, Segment.FOOT):
        said += [f"{segment} sensor moved, again", f"{segment} sensor lost"]
    for sentence in (*said, "sensors look swapped, again", "not usable, angles only"):
        assert clips_of(sentence)
    assert set(session_voice.PROMPTS) == set(CalibrationStep)
