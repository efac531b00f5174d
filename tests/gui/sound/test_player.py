"""The player on a fake sound system, and without any sound system."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from scipy import signal

from gui.models.settings import Language, Settings
from gui.sound.backend import Backend
from gui.sound.errors import SoundError, SoundFault
from gui.sound.load_backend import load_backend
from gui.sound.pack import load_pack
from gui.sound.player import SoundPlayer, amplitude
from gui.sound.speech_plan import Priority
from gui.sound.tones import Tone, make_tone
from processing.coach.speech import PauseMark, Phrase
from processing.judge.reasons import Correction
from sensor.types import FloatArray
from tests.gui.sound.fakes import HEADSET, RATE_HZ, SPEAKER, FakeBackend

LOUD = Settings(volume=1.0)


@pytest.fixture
def system() -> FakeBackend:
    return FakeBackend()


@pytest.fixture
def player(system: FakeBackend) -> SoundPlayer:
    made = SoundPlayer(LOUD, lambda: system)
    made.start()
    system.stream.pull(0.1)
    return made


def device_of(player: SoundPlayer) -> str:
    """Return the identity of the output in use, or an empty text."""
    return player.device.id if player.device else ""


def fault_of(player: SoundPlayer) -> SoundFault | None:
    """Return the reason why there is no sound."""
    return player.error.fault if player.error else None


def found(stream: FloatArray, clip: FloatArray) -> tuple[int, float]:
    """Return the frame at which ``clip`` fits best, and its level there relative to itself."""
    fits = signal.correlate(stream, clip, "valid") / np.dot(clip, clip)
    at = int(np.argmax(fits))
    return at, float(fits[at])


def test_a_tone_is_played_at_once(player: SoundPlayer, system: FakeBackend) -> None:
    length_s = player.tone(Tone.ARMED)
    clip = make_tone(Tone.ARMED, "coach", RATE_HZ)
    at, level = found(system.stream.pull(0.5), clip)
    assert at == 0
    assert level == pytest.approx(1.0)
    assert length_s == pytest.approx(len(clip) / RATE_HZ)


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_sentence_is_spoken_in_the_chosen_language(
    system: FakeBackend, language: Language
) -> None:
    player = SoundPlayer(replace(LOUD, language=language), lambda: system)
    player.start()
    system.stream.pull(0.05)
    player.say((4, PauseMark.COMMA, Correction.SLOWER), Priority.COUNT)
    pack = load_pack(language, RATE_HZ)
    stream = system.stream.pull(2.0)
    at, level = found(stream, pack.sentence(("4", ",", "slower")))
    assert at == 0
    assert level == pytest.approx(1.0, abs=0.01)


def test_played_sounds_and_their_times_are_kept(player: SoundPlayer, system: FakeBackend) -> None:
    player.tone(Tone.SENSOR_LOST)
    player.say((Phrase.READY,), Priority.ALERT)
    system.stream.pull(0.5)
    assert [p.label for p in player.played] == [Tone.SENSOR_LOST, "ready"]


def test_a_tone_in_the_future_is_played_at_its_time(
    player: SoundPlayer, system: FakeBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.sound.player.time.monotonic", lambda: 50.0)
    system.stream.clock.take(system.stream.mixer.position, 50.0)
    player.tone(Tone.SECOND, after_s=0.25)
    at, _ = found(system.stream.pull(1.0), make_tone(Tone.SECOND, "coach", RATE_HZ))
    assert at == 0.25 * RATE_HZ


def test_a_capture_ends_with_the_last_sample_of_its_end_tone(
    player: SoundPlayer, system: FakeBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.sound.player.time.monotonic", lambda: 50.0)
    system.stream.clock.take(system.stream.mixer.position, 50.0)
    player.begin_capture()
    player.end_capture(after_s=3.0)
    stream = system.stream.pull(4.0)
    start, end = (make_tone(t, "coach", RATE_HZ) for t in (Tone.CAPTURE_START, Tone.CAPTURE_END))
    assert found(stream, start)[0] == 0
    assert found(stream, end)[0] + len(end) == 3 * RATE_HZ
    assert not stream[3 * RATE_HZ :].any()
    # Between them the sound never stops.
    inner = stream[len(start) : 3 * RATE_HZ - len(end)]
    levels = np.sqrt(np.square(inner[: len(inner) // 960 * 960]).reshape(-1, 960).mean(axis=1))
    assert levels[1:-1].min() > 0.04


def test_a_capture_with_an_unknown_end_ends_at_once(
    player: SoundPlayer, system: FakeBackend
) -> None:
    player.begin_capture()
    system.stream.pull(1.0)
    player.end_capture()
    end = make_tone(Tone.CAPTURE_END, "coach", RATE_HZ)
    stream = system.stream.pull(1.0)
    assert found(stream, end)[0] < 20
    assert not stream[len(end) + 20 :].any()


def test_a_disturbed_capture_ends_without_its_end_tone(
    player: SoundPlayer, system: FakeBackend
) -> None:
    player.begin_capture()
    system.stream.pull(1.0)
    player.abort_capture()
    assert not system.stream.pull(1.0)[1_000:].any()


def test_a_capture_ends_earlier_on_a_late_output(
    system: FakeBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = SoundPlayer(replace(LOUD, audio_delays_s={"speaker": 0.2}), lambda: system)
    player.start()
    monkeypatch.setattr("gui.sound.player.time.monotonic", lambda: 50.0)
    system.stream.clock.take(0, 50.0)
    player.begin_capture()
    player.end_capture(after_s=3.0)
    stream = system.stream.pull(4.0)
    assert abs(np.flatnonzero(stream)[-1] - 2.8 * RATE_HZ) < 50


def test_the_scheme_tone_speaks_no_words(system: FakeBackend) -> None:
    player = SoundPlayer(replace(LOUD, sound_scheme="tone"), lambda: system)
    player.start()
    player.say((Phrase.READY,))
    assert not system.stream.pull(1.0).any()
    player.preview()
    assert system.stream.pull(1.0).any()


def test_a_clip_that_is_missing_is_reported(
    player: SoundPlayer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = {Correction.SLOWER: "sideways"}
    monkeypatch.setattr("gui.sound.player.clips_of", lambda _: tuple(damaged.values()))
    with qtbot.waitSignal(player.changed):
        player.say((4, PauseMark.COMMA, Correction.SLOWER))
    assert fault_of(player) is SoundFault.PACK
    assert "sideways" in str(player.error)


def test_the_preview_is_a_number_at_the_volume(player: SoundPlayer, system: FakeBackend) -> None:
    player.apply(replace(LOUD, volume=0.5))
    system.stream.pull(0.1)
    player.preview()
    clip = load_pack("en", RATE_HZ).clip("7")
    _, level = found(system.stream.pull(1.0), clip)
    assert level == pytest.approx(amplitude(0.5), rel=0.01)


def test_another_volume_or_scheme_needs_no_new_stream(
    player: SoundPlayer, system: FakeBackend
) -> None:
    player.apply(replace(LOUD, volume=0.3, sound_scheme="soft"))
    system.stream.pull(0.1)
    player.tone(Tone.ARMED)
    stream = system.stream.pull(0.5)
    assert len(system.opened) == 1
    at, level = found(stream, make_tone(Tone.ARMED, "soft", RATE_HZ))
    assert at == 0
    assert level == pytest.approx(amplitude(0.3))


def test_switching_sound_off_closes_the_output_and_on_opens_it(
    player: SoundPlayer, system: FakeBackend
) -> None:
    player.apply(replace(LOUD, sound=False))
    assert system.opened[0].closed
    assert device_of(player) == ""
    assert fault_of(player) is None
    player.tone(Tone.ARMED)
    player.apply(LOUD)
    assert len(system.opened) == 2
    assert device_of(player) == SPEAKER.id


def test_sound_that_is_off_opens_no_output(system: FakeBackend) -> None:
    player = SoundPlayer(replace(LOUD, sound=False), lambda: system)
    player.start()
    assert not system.opened


def test_another_output_can_be_chosen(player: SoundPlayer, system: FakeBackend) -> None:
    assert player.devices() == [SPEAKER, HEADSET]
    player.use(HEADSET.id)
    assert system.opened[0].closed
    assert device_of(player) == HEADSET.id


def test_a_bluetooth_output_may_be_late_until_it_is_measured(
    player: SoundPlayer, system: FakeBackend
) -> None:
    stands = [(player.may_be_late, player.delay_s)]
    player.use(HEADSET.id)
    stands += [(player.may_be_late, player.delay_s)]
    player.apply(replace(LOUD, audio_delays_s={HEADSET.id: 0.18}))
    stands += [(player.may_be_late, player.delay_s)]
    assert stands == [(False, 0.0), (True, 0.0), (False, 0.18)]


def test_a_new_default_output_is_followed(
    player: SoundPlayer, system: FakeBackend, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(player.changed):
        system.change_to(replace(SPEAKER, is_default=False), replace(HEADSET, is_default=True))
    assert device_of(player) == HEADSET.id
    assert system.opened[0].closed


def test_a_chosen_output_is_kept_when_the_default_changes(
    player: SoundPlayer, system: FakeBackend
) -> None:
    player.use(SPEAKER.id)
    opened = len(system.opened)
    system.change_to(replace(SPEAKER, is_default=False), replace(HEADSET, is_default=True))
    assert len(system.opened) == opened


def test_a_removed_output_is_reported_and_replaced(
    player: SoundPlayer, system: FakeBackend, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(player.changed):
        system.stream.failed(SoundError(SoundFault.LOST, "Speakers: IOError"))
    assert device_of(player) == ""
    assert fault_of(player) is SoundFault.LOST
    player.tone(Tone.ARMED)
    player.say((Phrase.READY,))
    system.change_to(replace(HEADSET, is_default=True))
    assert device_of(player) == HEADSET.id
    assert fault_of(player) is None


def test_without_an_output_nothing_fails(system: FakeBackend) -> None:
    system.outputs = []
    player = SoundPlayer(LOUD, lambda: system)
    player.start()
    assert fault_of(player) is SoundFault.NO_DEVICE
    assert player.error is not None
    assert player.error.remedy
    use_everything(player)
    system.change_to(SPEAKER)
    assert device_of(player) == SPEAKER.id
    assert fault_of(player) is None


def test_without_the_library_nothing_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a computer without the library of PulseAudio, the import of QtMultimedia fails."""

    def missing(name: str) -> None:
        raise ImportError("libpulse.so.0: cannot open shared object file")

    monkeypatch.setattr("gui.sound.load_backend.importlib.import_module", missing)
    player = SoundPlayer(LOUD, load_backend)
    player.start()
    assert fault_of(player) is SoundFault.LIBRARY
    assert "libpulse" in str(player.error)
    assert player.devices() == []
    use_everything(player)


def test_a_missing_pack_is_reported_and_the_output_released(system: FakeBackend) -> None:
    klingon = replace(LOUD, language="tlh")  # type: ignore[arg-type]  # no such language
    player = SoundPlayer(klingon, lambda: system)
    player.start()
    assert fault_of(player) is SoundFault.PACK
    assert system.stream.closed


def use_everything(player: SoundPlayer) -> None:
    assert player.tone(Tone.ARMED) == 0.0
    player.say((Phrase.READY,))
    player.begin_capture()
    player.end_capture(1.0)
    player.abort_capture()
    player.preview()
    player.silence()
    player.use("nothing")
    player.apply(replace(LOUD, volume=0.1))
    assert device_of(player) == ""
    assert not player.may_be_late


def test_closing_twice_does_no_harm(player: SoundPlayer, system: FakeBackend) -> None:
    player.close()
    player.close()
    assert system.stream.closed


def a_backend(make: Callable[[], Backend]) -> Backend:
    try:
        return make()
    except SoundError as error:
        pytest.skip(str(error))


def test_the_real_sound_system_plays_or_gives_a_reason(qtbot: QtBot) -> None:
    """On a machine with an output it plays; on any other it has a reason."""
    a_backend(load_backend)
    player = SoundPlayer(LOUD)
    with qtbot.waitSignal(player.changed):
        player.start()
    if player.error is not None:
        assert player.error.fault in {SoundFault.NO_DEVICE, SoundFault.NOT_OPENED}
        return
    player.tone(Tone.ARMED)
    qtbot.waitUntil(lambda: bool(player.played) or player.error is not None)
    player.close()


def test_new_settings_do_not_open_a_player_that_was_not_started(system: FakeBackend) -> None:
    player = SoundPlayer(LOUD, lambda: system)
    player.apply(replace(LOUD, language="de"))
    player.use(HEADSET.id)
    assert not system.opened


def test_a_closed_player_stays_closed(player: SoundPlayer, system: FakeBackend) -> None:
    player.close()
    player.apply(replace(LOUD, language="de"))
    system.change_to(HEADSET)
    assert len(system.opened) == 1
