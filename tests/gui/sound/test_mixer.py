"""The output of the mixer, by signal analysis and without a device."""

from collections.abc import Sequence
from itertools import cycle

import numpy as np
import pytest
from scipy import signal

from gui.sound.mixer import FADE_S, Mixer
from gui.sound.speech_plan import Priority
from gui.sound.tones import Tone, make_tone
from sensor.types import FloatArray

RATE_HZ = 48_000
BLOCKS = ([480], [1], [997, 13, 256], [48_000])


def rendered(mixer: Mixer, count: int, blocks: Sequence[int] = (480,)) -> FloatArray:
    """Return the next ``count`` frames, requested in blocks of these lengths in turn."""
    parts, sizes = [], cycle(blocks)
    while count > 0:
        parts.append(mixer.render(min(count, next(sizes))).samples)
        count -= len(parts[-1])
    return np.concatenate(parts)


def onset(stream: FloatArray, clip: FloatArray) -> int:
    """Return the frame of ``stream`` at which ``clip`` fits best."""
    return int(np.argmax(signal.correlate(stream, clip, "valid")))


def voice(seconds: float, seed: int = 0) -> FloatArray:
    """Return noise with the bandwidth of speech, different for each seed."""
    noise = np.random.default_rng(seed).normal(size=round(seconds * RATE_HZ))
    return np.asarray(0.1 * noise / noise.std()).clip(-0.4, 0.4)


@pytest.mark.parametrize("blocks", BLOCKS)
def test_a_sound_starts_at_its_frame_with_any_blocks(blocks: list[int]) -> None:
    mixer = Mixer(RATE_HZ)
    click = make_tone(Tone.CLICK, "coach", RATE_HZ)
    places = [123, 5_000, 9_601]
    for place in places:
        mixer.play("click", click, place)
    count = 14_000 if blocks != [1] else 9_000
    stream = rendered(mixer, count, blocks)
    for place in places:
        if place + len(click) <= count:
            window = stream[max(place - 500, 0) : place + len(click) + 500]
            assert onset(window, click) == min(place, 500)
    assert not stream[: places[0]].any()


def test_any_split_gives_the_same_stream() -> None:
    streams = []
    for blocks in BLOCKS:
        mixer = Mixer(RATE_HZ)
        mixer.play("tone", make_tone(Tone.ARMED, "coach", RATE_HZ), 100)
        mixer.say("word", voice(0.1), Priority.COUNT, at=50)
        mixer.hold("steady", make_tone(Tone.CAPTURE_STEADY, "coach", RATE_HZ), 33)
        mixer.release(7_000)
        streams.append(rendered(mixer, 8_000, blocks))
    for stream in streams[1:]:
        np.testing.assert_array_equal(stream, streams[0])


def test_a_sound_without_a_time_starts_with_the_next_frame() -> None:
    mixer = Mixer(RATE_HZ)
    rendered(mixer, 1_000)
    click = make_tone(Tone.CLICK, "coach", RATE_HZ)
    mixer.play("click", click)
    block = mixer.render(4_000)
    assert onset(block.samples, click) == 0
    assert block.started == ("click",)
    assert mixer.render(10).started == ()


def test_a_sound_with_a_past_time_starts_now() -> None:
    mixer = Mixer(RATE_HZ)
    rendered(mixer, 5_000)
    click = make_tone(Tone.CLICK, "coach", RATE_HZ)
    mixer.play("click", click, 10)
    assert onset(rendered(mixer, 4_000), click) == 0


def test_sounds_add_up() -> None:
    mixer = Mixer(RATE_HZ)
    one, other = 0.3 * voice(0.1, 1), 0.3 * voice(0.1, 2)
    mixer.play("one", one)
    mixer.play("other", other, 100)
    stream = rendered(mixer, 6_000)
    wanted = np.zeros(6_000)
    wanted[: len(one)] += one
    wanted[100 : 100 + len(other)] += other
    np.testing.assert_allclose(stream, wanted, atol=1e-12)


def test_many_loud_sounds_do_not_clip() -> None:
    mixer = Mixer(RATE_HZ)
    for tone in (Tone.ARMED, Tone.TOO_FAST, Tone.SENSOR_LOST, Tone.POINT, Tone.SET_END):
        mixer.play(tone, make_tone(tone, "coach", RATE_HZ))
    mixer.say("word", 4 * voice(0.3), Priority.COUNT)
    stream = rendered(mixer, 20_000)
    assert 0.8 < np.abs(stream).max() < 1.0
    # Clipping would repeat the highest value.
    loud = np.abs(stream) > 0.999 * np.abs(stream).max()
    assert not (loud[1:] & loud[:-1] & (np.diff(stream) == 0)).any()


def test_sums_that_are_not_loud_are_not_changed() -> None:
    mixer = Mixer(RATE_HZ)
    sound = voice(0.1)
    mixer.play("sound", sound)
    np.testing.assert_array_equal(rendered(mixer, len(sound)), sound)


@pytest.mark.parametrize("blocks", BLOCKS[::2])
def test_a_held_tone_ends_at_its_frame(blocks: list[int]) -> None:
    mixer = Mixer(RATE_HZ)
    steady = make_tone(Tone.CAPTURE_STEADY, "coach", RATE_HZ)
    mixer.hold("steady", steady, 1_000)
    rendered(mixer, 60_000, blocks)
    mixer.release(100_001)
    stream = rendered(mixer, 60_000, blocks)
    last = int(np.flatnonzero(stream)[-1]) + 60_000
    # The sample before the end may be at a zero of the wave.
    assert 100_001 - 3 <= last <= 100_000


def test_a_held_tone_has_a_constant_level_and_pitch() -> None:
    mixer = Mixer(RATE_HZ)
    steady = make_tone(Tone.CAPTURE_STEADY, "coach", RATE_HZ)
    mixer.hold("steady", steady)
    stream = rendered(mixer, 3 * RATE_HZ)[RATE_HZ // 2 :]
    levels = np.sqrt(np.square(stream).reshape(-1, 4_800).mean(axis=1))
    assert np.ptp(levels) < 0.01 * levels.mean()
    spectrum = np.abs(np.fft.rfft(stream * np.hanning(len(stream))))
    assert abs(np.argmax(spectrum) * RATE_HZ / len(stream) - 440) < 1


def test_a_tone_released_at_once_fades_out_soon() -> None:
    mixer = Mixer(RATE_HZ)
    mixer.hold("steady", make_tone(Tone.CAPTURE_STEADY, "coach", RATE_HZ))
    rendered(mixer, 10_000)
    mixer.release()
    stream = rendered(mixer, 10_000)
    assert np.flatnonzero(stream)[-1] < FADE_S * RATE_HZ
    assert np.abs(np.diff(stream)).max() < 0.05


def test_a_sentence_waits_for_the_end_of_another() -> None:
    mixer = Mixer(RATE_HZ)
    count, correction = voice(0.3, 1), voice(0.2, 2)
    mixer.say("seven", count, Priority.COUNT)
    rendered(mixer, 480)
    mixer.say("slower", correction, Priority.CORRECTION, patience=RATE_HZ)
    stream = rendered(mixer, RATE_HZ)
    assert onset(stream, correction) == len(count) - 480


def test_a_sentence_past_its_deadline_is_left_out() -> None:
    mixer = Mixer(RATE_HZ)
    mixer.say("seven", voice(0.5, 1), Priority.COUNT)
    mixer.say("slower", voice(0.2, 2), Priority.CORRECTION, patience=RATE_HZ // 4)
    assert not rendered(mixer, RATE_HZ)[RATE_HZ // 2 :].any()


def test_a_more_important_sentence_interrupts_talk_without_a_click() -> None:
    mixer = Mixer(RATE_HZ)
    tone = make_tone(Tone.CAPTURE_STEADY, "coach", RATE_HZ)
    count = voice(0.2, 2)
    mixer.say("summary", np.concatenate([tone, tone]), Priority.TALK)
    rendered(mixer, 10_000)
    mixer.say("one", count, Priority.COUNT, patience=RATE_HZ)
    stream = rendered(mixer, RATE_HZ)
    begin = onset(stream, count)
    assert begin <= FADE_S * RATE_HZ
    assert not stream[begin + len(count) :].any()
    assert np.abs(np.diff(stream[:begin])).max() < 0.02


def test_the_more_important_of_waiting_sentences_is_first() -> None:
    mixer = Mixer(RATE_HZ)
    clips = {p: voice(0.1, int(p) + 1) for p in Priority}
    mixer.say("now", voice(0.1, 9), Priority.COUNT)
    for priority in Priority:
        mixer.say(priority.name, clips[priority], priority, patience=RATE_HZ)
    stream = rendered(mixer, RATE_HZ)
    places = [onset(stream, clips[p]) for p in sorted(Priority, reverse=True)]
    assert places == [4_800, 9_600, 14_400, 19_200]


def test_a_planned_sentence_is_not_overlapped() -> None:
    mixer = Mixer(RATE_HZ)
    three, long = voice(0.2, 1), voice(0.6, 2)
    mixer.say("three", three, Priority.CORRECTION, at=24_000)
    mixer.say("next", long, Priority.TALK, patience=2 * RATE_HZ)
    stream = rendered(mixer, 2 * RATE_HZ)
    assert onset(stream, three) == 24_000
    assert onset(stream, long) == 24_000 + len(three)


def test_tones_sound_during_a_sentence() -> None:
    mixer = Mixer(RATE_HZ)
    word, buzz = voice(0.5), make_tone(Tone.POINT, "coach", RATE_HZ)
    mixer.say("seven", word, Priority.COUNT)
    mixer.play("buzz", buzz, 6_000)
    stream = rendered(mixer, RATE_HZ)
    assert onset(stream, word) == 0
    assert abs(onset(stream, buzz) - 6_000) <= 2


@pytest.mark.parametrize("volume", [0.0, 0.25, 0.5])
def test_the_volume_scales_the_output(volume: float) -> None:
    tone = make_tone(Tone.CAPTURE_STEADY, "coach", RATE_HZ)
    mixer = Mixer(RATE_HZ, volume)
    mixer.play("tone", tone)
    np.testing.assert_allclose(rendered(mixer, len(tone)), volume * tone, atol=1e-12)


def test_a_change_of_volume_does_not_click() -> None:
    mixer = Mixer(RATE_HZ)
    tone = make_tone(Tone.CAPTURE_STEADY, "coach", RATE_HZ)
    mixer.play("tone", tone)
    before = rendered(mixer, 10_000)
    mixer.set_volume(0.2)
    after = rendered(mixer, 10_000)
    assert (
        np.abs(np.diff(np.concatenate([before, after]))).max() <= np.abs(np.diff(tone)).max() * 1.1
    )
    np.testing.assert_allclose(after[1_000:], 0.2 * tone[11_000:20_000], atol=1e-12)


def test_silence_ends_everything() -> None:
    mixer = Mixer(RATE_HZ)
    mixer.hold("steady", make_tone(Tone.CAPTURE_STEADY, "coach", RATE_HZ))
    mixer.say("word", voice(1.0), Priority.TALK)
    mixer.say("later", voice(1.0), Priority.TALK, patience=RATE_HZ * 9)
    mixer.play("later", voice(0.1), RATE_HZ)
    rendered(mixer, 1_000)
    mixer.silence()
    assert not rendered(mixer, 3 * RATE_HZ)[round(FADE_S * RATE_HZ) :].any()


def test_it_sounds_until_the_end_of_what_has_begun() -> None:
    mixer = Mixer(RATE_HZ)
    mixer.play("first", np.ones(100), at=500)
    mixer.play("second", np.ones(300), at=550)
    assert [mixer.sounding_until(at) for at in (499, 500, 550)] == [499, 600, 850]
    mixer.render(900)
    assert mixer.sounding_until(900) == 900
