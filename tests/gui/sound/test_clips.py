"""Every sentence of the coach consists of clips in the pack."""

import pytest

from gui.sound.clips import clips_of
from gui.sound.pack import COMMA, load_pack
from processing.coach.loads import Suggestion
from processing.coach.protocol_file import built_in, built_in_names
from processing.coach.rest_cues import next_set_speech
from processing.coach.speech import PauseMark, Phrase, Speech, listed
from processing.judge.reasons import Correction, Fault


@pytest.mark.parametrize(
    ("speech", "clips"),
    [
        ((Phrase.READY,), "ready"),
        ((4, PauseMark.COMMA, Correction.SLOWER), "4 , slower"),
        ((Phrase.NEXT, PauseMark.COLON, Phrase.TOES_POINTED), "next , toes pointed"),
        ((142.5, Phrase.KILO), "100 42 point 5 kilo"),
        ((60, Phrase.SECONDS), "60 seconds"),
        ((4.0,), "4"),
        ((0,), "0"),
        ((200,), "200"),
        (
            (Fault.TOES_SLIPPED, Phrase.ON_REPS, *listed([8, 9, 10])),
            "toes slipped on reps 8 , 9 and 10",
        ),
        ((1024,), "1 0 2 4"),
    ],
)
def test_a_sentence_becomes_clips(speech: Speech, clips: str) -> None:
    assert clips_of(speech) == tuple(_split(clips))


def _split(clips: str) -> list[str]:
    """Return the clips of a text; the names of some contain spaces."""
    known = sorted(load_pack("en", 16_000).words | {COMMA}, key=len, reverse=True)
    found = []
    while clips:
        name = next(name for name in known if f"{clips} ".startswith(f"{name} "))
        found.append(name)
        clips = clips[len(name) :].strip()
    return found


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_number_can_be_said(language: str) -> None:
    known = load_pack(language, 16_000).words
    for number in range(1100):
        assert set(clips_of((number, number + 0.5))) <= known


def test_every_next_set_can_be_said() -> None:
    known = load_pack("de", 16_000).words | {COMMA}
    for name in built_in_names():
        for index, plan in enumerate(built_in(name).sets):
            for load_kg in (None, 5.0, 42.5, 137.5, 400.0, 2000.0):
                assert set(clips_of(next_set_speech(Suggestion(index, plan, load_kg)))) <= known
