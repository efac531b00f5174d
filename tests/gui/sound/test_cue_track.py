"""The cues of a recording are heard again at their times, as they were played."""

import numpy as np
import pytest

from gui.sound.clips import KEYS, clips_of
from gui.sound.cue_track import cue_track
from gui.sound.mixer import FADE_S
from gui.sound.pack import load_pack
from gui.sound.tones import Tone, make_tone
from processing.coach.cues import Cue, CueKind, Sound
from processing.coach.speech import PauseMark, Phrase, read_written, written
from processing.judge.reasons import Correction
from sensor.types import Event, EventKind
from tests.processing.judge.simulated_cases import Case, coached

RATE_HZ = 16_000
START_NS = 1_000_000


def track(
    *cues: Cue, start_s: float = 0.0, seconds: float = 4.0
) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    count = round(seconds * RATE_HZ)
    return cue_track(cues, start_s, count, RATE_HZ, language="en", scheme="coach")


def test_a_tone_and_its_sentence_are_there_to_the_sample() -> None:
    speech = (7, PauseMark.COMMA, Correction.SLOWER)
    cue = Cue(CueKind.COUNT, 101.5, 103.0, speech, Sound.CLICK)
    heard = track(cue, start_s=100.0)
    tone = make_tone(Tone.NEAR, "coach", RATE_HZ)
    words = load_pack("en", RATE_HZ).sentence(clips_of(speech))
    at = round(1.5 * RATE_HZ)
    assert not heard[:at].any()
    np.testing.assert_allclose(heard[at : at + len(tone)], tone, atol=1e-9)
    behind = at + len(tone)
    np.testing.assert_allclose(heard[behind : behind + len(words)], words, atol=0.02)
    assert not heard[behind + len(words) + 1 :].any()


def test_a_sentence_that_began_before_lasts_into_it() -> None:
    cue = Cue(CueKind.SUMMARY, 99.8, 103.0, (Phrase.LOWERING, 3.4))
    whole, late = track(cue, start_s=99.8), track(cue, start_s=100.0)
    shift = round(0.2 * RATE_HZ)
    np.testing.assert_allclose(late[:-shift], whole[shift : len(late)], atol=1e-9)
    assert late.any()


def test_a_count_interrupts_a_summary() -> None:
    summary = Cue(CueKind.SUMMARY, 0.0, 9.0, (8, Phrase.REPS, PauseMark.COMMA, 5, Phrase.GOOD))
    count = Cue(CueKind.COUNT, 0.5, 1.0, (3,))
    heard, alone = track(summary, count), track(count)
    # The summary fades out, then the count alone is heard.
    begins, fade = round(0.5 * RATE_HZ), round(FADE_S * RATE_HZ)
    np.testing.assert_allclose(heard[begins + fade :], alone[begins:-fade], atol=1e-9)
    assert heard[:begins].any()


def test_every_written_sentence_is_read_as_the_same_clips() -> None:
    sentences = [(key,) for key in KEYS] + [(n,) for n in (*range(0, 999, 7), 1200)]
    sentences += [
        (4, PauseMark.COMMA, Correction.SLOWER),
        (8, Phrase.REPS, PauseMark.COMMA, Phrase.LOWERING, 3.4, Phrase.SECONDS),
        (Correction.TOES_UP, PauseMark.COLON, 2, Phrase.TIMES, Phrase.AND, Correction.POINT_EARLIER),
        (42.5, Phrase.KILO, PauseMark.COMMA, 342.5),
    ]  # fmt: skip
    for speech in sentences:
        # "Toes up" is a phrase and a correction, with one clip.
        assert clips_of(read_written(written(speech))) == clips_of(speech)
    assert read_written("seven, words of a later version") == (7, PauseMark.COMMA)


def test_the_cues_of_a_session_come_back_as_they_were_recorded() -> None:
    played = [one for one in coached(Case("faults=slip")) if isinstance(one, Cue)]
    assert len(played) > 10
    for cue in played:
        again = Cue.from_event(cue.to_event(START_NS), START_NS)
        assert again is not None
        assert (again.kind, again.sound, again.pitch) == (cue.kind, cue.sound, cue.pitch)
        assert again.t == pytest.approx(cue.t, abs=1e-8)
        assert clips_of(again.speech) == clips_of(cue.speech)
    other = Event(START_NS, EventKind.CUE, {"kind": "of a later version"})
    assert Cue.from_event(other, START_NS) is None
