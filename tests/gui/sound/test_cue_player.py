"""The cues of the coach in the stream of sound."""

import numpy as np
import pytest
from scipy import signal

from gui.models.settings import Settings
from gui.sound.cue_player import PRIORITIES, TONES, play_cues
from gui.sound.pack import load_pack
from gui.sound.player import SoundPlayer
from gui.sound.tones import Tone, make_tone
from processing.coach.cues import Cue, CueKind, Sound
from processing.coach.speech import PauseMark, Phrase, Speech
from processing.judge.reasons import Correction
from sensor.types import FloatArray
from tests.gui.sound.fakes import RATE_HZ, FakeBackend

ENGLISH = load_pack("en", RATE_HZ)


@pytest.fixture
def system() -> FakeBackend:
    return FakeBackend()


@pytest.fixture
def player(system: FakeBackend, monkeypatch: pytest.MonkeyPatch) -> SoundPlayer:
    made = SoundPlayer(Settings(volume=1.0), lambda: system)
    made.start()
    system.stream.pull(0.1)
    monkeypatch.setattr("gui.sound.player.time.monotonic", lambda: 50.0)
    system.stream.clock.take(system.stream.mixer.position, 50.0)
    return made


def place(stream: FloatArray, clip: FloatArray) -> int | None:
    """Return the frame at which ``clip`` starts in ``stream``, None if it is not in it."""
    fits = signal.correlate(stream, clip, "valid") / np.dot(clip, clip)
    return int(np.argmax(fits)) if fits.max() > 0.7 else None


def tone(name: Tone) -> FloatArray:
    return make_tone(name, "coach", RATE_HZ)


def test_every_kind_of_cue_has_a_priority_and_every_sound_a_tone() -> None:
    assert set(PRIORITIES) == set(CueKind)
    assert set(TONES) == set(Sound)
    assert len(set(TONES.values())) == len(TONES)


def test_ready_is_spoken_after_its_tone(player: SoundPlayer, system: FakeBackend) -> None:
    play_cues(player, [Cue(CueKind.READY, 7.0, 8.5, (Phrase.READY,), Sound.RISING_PAIR)], 7.0)
    stream = system.stream.pull(2.0)
    assert place(stream, tone(Tone.ARMED)) == 0
    assert place(stream, ENGLISH.clip("ready")) == len(tone(Tone.ARMED))


def test_a_cue_of_the_near_future_is_played_at_its_time(
    player: SoundPlayer, system: FakeBackend
) -> None:
    play_cues(player, [Cue(CueKind.SWITCH, 7.12, 7.4, (), Sound.HIGH_TICK)], 7.0)
    start = place(system.stream.pull(1.0), tone(Tone.SWITCH))
    assert start == pytest.approx(0.12 * RATE_HZ, abs=2)


def test_a_cue_past_its_deadline_is_left_out(player: SoundPlayer, system: FakeBackend) -> None:
    play_cues(player, [Cue(CueKind.TOO_FAST, 7.0, 7.25, (), Sound.BEATS)], 7.3)
    assert not system.stream.pull(1.0).any()


def test_the_seconds_of_a_lowering_tick_and_are_not_counted_aloud(
    player: SoundPlayer, system: FakeBackend
) -> None:
    play_cues(player, [Cue(CueKind.TICK, 7.0, 7.25, (2,), Sound.SOFT_TICK)], 7.0)
    stream = system.stream.pull(1.0)
    assert place(stream, tone(Tone.SECOND)) == 0
    assert not stream[len(tone(Tone.SECOND)) :].any()


def test_a_tick_is_played_at_its_pitch(player: SoundPlayer, system: FakeBackend) -> None:
    play_cues(player, [Cue(CueKind.TICK, 7.0, 7.25, (2,), Sound.SOFT_TICK, pitch=0.6)], 7.0)
    stream = system.stream.pull(1.0)
    assert place(stream, tone(Tone.SECOND)) is None
    assert place(stream, make_tone(Tone.SECOND, "coach", RATE_HZ, 0.6)) == 0


def test_the_last_reps_are_announced_after_the_count(
    player: SoundPlayer, system: FakeBackend
) -> None:
    cues = [
        Cue(CueKind.COUNT, 7.0, 8.5, (6, PauseMark.COMMA, Correction.SLOWER)),
        Cue(CueKind.LAST_REPS, 7.0, 8.5, (Phrase.TWO_MORE,)),
    ]
    play_cues(player, cues, 7.0)
    count = ENGLISH.sentence(("6", ",", "slower"))
    stream = system.stream.pull(3.0)
    assert place(stream, count) == 0
    assert place(stream, ENGLISH.clip("two more")) == len(count)


def test_a_lost_sensor_interrupts_the_summary(player: SoundPlayer, system: FakeBackend) -> None:
    summary: Speech = (
        10,
        Phrase.REPS,
        PauseMark.COMMA,
        8,
        Phrase.GOOD,
        PauseMark.COMMA,
        Phrase.LOWERING,
        3.6,
        Phrase.SECONDS,
    )
    lost = Cue(
        CueKind.SENSOR_LOST,
        8.0,
        9.5,
        (
            Phrase.FOOT_LOST,
            PauseMark.COMMA,
            Phrase.KEEP_GOING,
            PauseMark.COMMA,
            Correction.NOT_JUDGED,
        ),
        Sound.TRIPLE,
    )
    play_cues(player, [Cue(CueKind.SUMMARY, 7.0, 9.0, summary)], 7.0)
    system.stream.pull(1.0)
    system.stream.clock.take(system.stream.mixer.position, 50.0)
    play_cues(player, [lost], 8.0)
    stream = system.stream.pull(5.0)
    sentence = ENGLISH.sentence(("foot sensor lost", ",", "keep going", ",", "not judged"))
    assert place(stream, sentence) == pytest.approx(len(tone(Tone.SENSOR_LOST)), abs=500)
    assert place(stream, ENGLISH.sentence(("lowering", "3", "point", "6"))) is None


def test_a_correction_waits_for_the_end_of_the_count(
    player: SoundPlayer, system: FakeBackend
) -> None:
    """The next sentence waits until the count has ended."""
    play_cues(player, [Cue(CueKind.COUNT, 7.0, 8.5, (7,))], 7.0)
    play_cues(player, [Cue(CueKind.REST, 7.0, 8.0, (10,))], 7.0)
    stream = system.stream.pull(2.0)
    assert place(stream, ENGLISH.clip("7")) == 0
    assert place(stream, ENGLISH.clip("10")) == len(ENGLISH.clip("7"))
