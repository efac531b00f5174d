"""The stream to a device: bytes in its format, and a clock that follows it."""

import numpy as np
import numpy.typing as npt
import pytest

from gui.sound.mixer import Mixer
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
    tone = make_tone(Tone.SWITCH, "coach", RATE_HZ)
    stream = output._Stream(
        None, form, Mixer(RATE_HZ), StreamClock(RATE_HZ), lambda _labels, _s: None
    )
    frames: npt.NDArray[np.float64] = np.frombuffer(stream.encoded(tone), dtype).astype(float)
    for channel in frames.reshape(-1, channels).T:
        np.testing.assert_allclose(channel / full, tone, atol=1e-4)


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
