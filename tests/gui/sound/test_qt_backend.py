"""The stream to a device: bytes in its format, without buffering, and a clock that follows it."""

import numpy as np
import numpy.typing as npt
import pytest

from gui.sound.mixer import Mixer
from gui.sound.reserve import LONGEST_S, Reserve
from gui.sound.stream_clock import StreamClock
from gui.sound.tones import Tone, make_tone

RATE_HZ = 48_000


@pytest.mark.parametrize(
    ("name", "dtype", "full"),
    [("Int16", np.int16, 2**15), ("Int32", np.int32, 2**31), ("Float", np.float32, 1)],
)
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_samples_are_written_in_the_format_of_the_device(
    name: str, dtype: type, full: int, channels: int
) -> None:
    output = pytest.importorskip("gui.sound.qt_backend", exc_type=ImportError)
    form = output.QAudioFormat()
    form.setSampleRate(RATE_HZ)
    form.setChannelCount(channels)
    form.setSampleFormat(getattr(output.QAudioFormat.SampleFormat, name))
    mixer = Mixer(RATE_HZ)
    tone = make_tone(Tone.SWITCH, "coach", RATE_HZ)
    mixer.play("switch", tone)
    started: list[tuple[str, ...]] = []
    stream = output._Stream(
        None, form, mixer, StreamClock(RATE_HZ), lambda labels, _: started.append(labels)
    )
    feed = stream._feed
    mode = output.QIODevice.OpenModeFlag
    feed.open(mode.ReadOnly | mode.Unbuffered)
    data = bytes(feed.read(form.bytesForFrames(1_000)).data())
    # Unbuffered: exactly the requested samples were mixed.
    assert mixer.position == 1_000
    assert started == [("switch",)]
    frames: npt.NDArray[np.generic] = np.frombuffer(data, dtype).reshape(-1, channels)
    assert frames.shape == (1_000, channels)
    for channel in frames.T:
        np.testing.assert_allclose(channel / full, tone[:1_000], atol=1e-4)
    feed.close()


def test_a_long_reserve_is_mixed_in_few_blocks_without_a_lost_sample() -> None:
    output = pytest.importorskip("gui.sound.qt_backend", exc_type=ImportError)
    form = output.QAudioFormat()
    form.setSampleRate(RATE_HZ)
    form.setChannelCount(1)
    form.setSampleFormat(output.QAudioFormat.SampleFormat.Float)
    mixer, tone = Mixer(RATE_HZ), make_tone(Tone.SWITCH, "coach", RATE_HZ)
    mixer.play("switch", tone)
    stream = output._Stream(None, form, mixer, StreamClock(RATE_HZ), lambda *_: None)
    stream.reserve = Reserve(LONGEST_S)
    mode = output.QIODevice.OpenModeFlag
    stream._feed.open(mode.ReadOnly | mode.Unbuffered)
    data = b"".join(bytes(stream._feed.read(form.bytesForFrames(240)).data()) for _ in range(20))
    assert mixer.position == 2 * stream.block
    np.testing.assert_allclose(
        np.frombuffer(data, np.float32)[: len(tone)], tone[:4_800], atol=1e-6
    )
    stream._feed.close()


def test_full_scale_does_not_wrap_around() -> None:
    output = pytest.importorskip("gui.sound.qt_backend", exc_type=ImportError)
    for dtype, scale in output._SCALES.values():
        top = np.rint(np.array([1.0, -1.0]) * scale).astype(dtype)
        assert top[0] > 0 > top[1]


def test_the_clock_follows_the_device() -> None:
    clock, random = StreamClock(RATE_HZ), np.random.default_rng(1)
    for number in range(400):
        # Blocks of 5 ms, requested up to 4 ms late.
        clock.take(number * 240, 100.0 + number * 0.005 + random.uniform(0, 0.004))
    assert clock.frame_at(102.002) == pytest.approx(RATE_HZ * 2, abs=0.0015 * RATE_HZ)
    assert clock.frame_at(103.002) - clock.frame_at(102.002) == RATE_HZ


def test_the_clock_recovers_after_a_stall() -> None:
    clock = StreamClock(RATE_HZ)
    clock.take(0, 10.0)
    clock.take(4_800, 15.1)
    assert clock.frame_at(15.1) == pytest.approx(4_800, abs=1)


def test_a_clock_that_never_ran_gives_the_present() -> None:
    assert StreamClock(RATE_HZ).frame_at(5.0) == 0
