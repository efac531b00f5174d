"""The coach's cues as they are heard."""

import numpy as np
import pytest
from scipy import signal

from gui.models.settings import Settings
from gui.sound.cues import PRIORITIES, TONES, play_cues
from gui.sound.pack import load_pack
from gui.sound.player import SoundPlayer
from gui.sound.tones import Tone, make_tone
from processing.coach.cues import Cue, CueKind, Sound
from processing.coach.speech import Pause, Phrase, Speech
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
    """Return where ``clip`` is in ``stream``, None if it is not."""
    fits = signal.correlate(stream, clip, "valid") / np.dot(clip, clip)
    return int(np.argmax(fits)) if fits.max() > 0.7 else None


def tone(name: Tone) -> FloatArray:
    return make_tone(name, "coach", RATE_HZ)


def test_every_kind_and_sound_has_its_place() -> None:
    assert set(PRIORITIES) == set(CueKind)
    assert set(TONES) == set(Sound)
    assert len(set(TONES.values())) == len(TONES)


def test_ready_is_said_behind_its_tone(player: SoundPlayer, system: FakeBackend) -> None:
    play_cues(player, [Cue(CueKind.READY, 7.0, 8.5, (Phrase.READY,), Sound.RISING_PAIR)], 7.0)
    heard = system.stream.pull(2.0)
    assert place(heard, tone(Tone.ARMED)) == 0
    assert place(heard, ENGLISH.clip("ready")) == len(tone(Tone.ARMED))


def test_a_cue_of_the_near_future_comes_at_its_time(
    player: SoundPlayer, system: FakeBackend
) -> None:
    play_cues(player, [Cue(CueKind.SWITCH, 7.12, 7.4, (), Sound.HIGH_TICK)], 7.0)
    heard = place(system.stream.pull(1.0), tone(Tone.SWITCH))
    assert heard == pytest.approx(0.12 * RATE_HZ, abs=2)


def test_a_cue_whose_time_is_over_is_left_out(player: SoundPlayer, system: FakeBackend) -> None:
    play_cues(player, [Cue(CueKind.TOO_FAST, 7.0, 7.25, (), Sound.FALLING_PAIR)], 7.3)
    assert not system.stream.pull(1.0).any()


def test_the_seconds_of_a_lowering_tick_and_are_not_counted_aloud(
    player: SoundPlayer, system: FakeBackend
) -> None:
    play_cues(player, [Cue(CueKind.TICK, 7.0, 7.25, (2,), Sound.SOFT_TICK)], 7.0)
    heard = system.stream.pull(1.0)
    assert place(heard, tone(Tone.SECOND)) == 0
    assert not heard[len(tone(Tone.SECOND)) :].any()


def test_a_tick_sinks_with_its_pitch(player: SoundPlayer, system: FakeBackend) -> None:
    play_cues(player, [Cue(CueKind.TICK, 7.0, 7.25, (2,), Sound.SOFT_TICK, pitch=0.6)], 7.0)
    heard = system.stream.pull(1.0)
    assert place(heard, tone(Tone.SECOND)) is None
    assert place(heard, make_tone(Tone.SECOND, "coach", RATE_HZ, 0.6)) == 0


def test_the_last_reps_are_told_behind_the_count(player: SoundPlayer, system: FakeBackend) -> None:
    cues = [
        Cue(CueKind.COUNT, 7.0, 8.5, (6, Pause.COMMA, Correction.SLOWER)),
        Cue(CueKind.LAST_REPS, 7.0, 8.5, (Phrase.TWO_MORE,)),
    ]
    play_cues(player, cues, 7.0)
    count = ENGLISH.sentence(("6", ",", "slower"))
    heard = system.stream.pull(3.0)
    assert place(heard, count) == 0
    assert place(heard, ENGLISH.clip("two more")) == len(count)


def test_a_lost_sensor_cuts_the_summary(player: SoundPlayer, system: FakeBackend) -> None:
    summary: Speech = (
        10,
        Phrase.REPS,
        Pause.COMMA,
        8,
        Phrase.GOOD,
        Pause.COMMA,
        Phrase.LOWERING,
        3.6,
        Phrase.SECONDS,
    )
    lost = Cue(
        CueKind.SENSOR_LOST,
        8.0,
        9.5,
        (Phrase.FOOT_LOST, Pause.COMMA, Phrase.KEEP_GOING, Pause.COMMA, Correction.NOT_JUDGED),
        Sound.TRIPLE,
    )
    play_cues(player, [Cue(CueKind.SUMMARY, 7.0, 9.0, summary)], 7.0)
    system.stream.pull(1.0)
    system.stream.clock.take(system.stream.mixer.position, 50.0)
    play_cues(player, [lost], 8.0)
    heard = system.stream.pull(5.0)
    said = ENGLISH.sentence(("foot sensor lost", ",", "keep going", ",", "not judged"))
    assert place(heard, said) == pytest.approx(len(tone(Tone.SENSOR_LOST)), abs=500)
    assert place(heard, ENGLISH.sentence(("lowering", "3", "point", "6"))) is None


def test_a_correction_never_sounds_in_the_count(player: SoundPlayer, system: FakeBackend) -> None:
    """The next sentence waits until the count is over, whatever comes in between."""
    play_cues(player, [Cue(CueKind.COUNT, 7.0, 8.5, (7,))], 7.0)
    play_cues(player, [Cue(CueKind.REST, 7.0, 8.0, (10,))], 7.0)
    heard = system.stream.pull(2.0)
    assert place(heard, ENGLISH.clip("7")) == 0
    assert place(heard, ENGLISH.clip("10")) == len(ENGLISH.clip("7"))
