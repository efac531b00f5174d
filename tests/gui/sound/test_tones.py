"""The tones, by signal analysis: pitch, length, fades, and that they differ from each other."""

from itertools import combinations

import numpy as np
import pytest
from scipy import signal

from gui.sound.tones import SCHEMES, Tone, make_tone
from sensor.types import FloatArray

RATE_HZ = 48_000
MELODIES = {
    Tone.ARMED: "rising",
    Tone.TOES_UP: "rising",
    Tone.POINT: "falling",
    Tone.TOO_FAST: "same",
    Tone.SET_END: "rising",
    Tone.CAPTURE_END: "rising",
    Tone.SENSOR_LOST: "same",
}
COUNTS = {
    Tone.ARMED: 2,
    Tone.TOES_UP: 2,
    Tone.POINT: 2,
    Tone.TOO_FAST: 2,
    Tone.SET_END: 3,
    Tone.CAPTURE_END: 2,
    Tone.SENSOR_LOST: 3,
}


def notes(samples: FloatArray) -> list[FloatArray]:
    """Return the spans in which the envelope is above a thousandth of its peak."""
    envelope = np.convolve(np.abs(samples), np.ones(96) / 96, "same")
    loud = np.flatnonzero(envelope > 1e-3 * envelope.max())
    parts = np.split(loud, np.flatnonzero(np.diff(loud) > 240) + 1)
    return [samples[part[0] : part[-1] + 1] for part in parts]


def pitch_hz(samples: FloatArray) -> float:
    """Return the frequency of the highest peak of the spectrum."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 1 << 17))
    return float(np.argmax(spectrum)) * RATE_HZ / (1 << 17)


short_tones = pytest.mark.parametrize(
    ("tone", "scheme"),
    [(t, s) for t in Tone if t is not Tone.CAPTURE_STEADY for s in SCHEMES],
)


@short_tones
def test_tones_have_the_notes_they_should(tone: Tone, scheme: str) -> None:
    found = notes(make_tone(tone, scheme, RATE_HZ))
    assert len(found) == COUNTS.get(tone, 1)
    pitches = [pitch_hz(note) for note in found]
    assert all(400 <= pitch <= 2000 for pitch in pitches)
    if tone in MELODIES:
        steps = np.diff(pitches)
        wanted = {"rising": steps > 30, "falling": steps < -30, "same": np.abs(steps) < 5}
        assert wanted[MELODIES[tone]].all()


@short_tones
def test_notes_are_short_and_do_not_click(tone: Tone, scheme: str) -> None:
    for note in notes(make_tone(tone, scheme, RATE_HZ)):
        assert 0.05 <= len(note) / RATE_HZ <= 0.125
        assert abs(note[0]) < 0.02
        assert abs(note[-1]) < 0.02


@short_tones
def test_nothing_lies_outside_400_to_2000_hz(tone: Tone, scheme: str) -> None:
    frequencies, power = signal.periodogram(make_tone(tone, scheme, RATE_HZ), RATE_HZ)
    # The fades of such short notes widen their spectrum by some tens of hertz.
    outside = (frequencies < 370) | (frequencies > 2050)
    assert power[outside].sum() < 0.02 * power.sum()


@pytest.mark.parametrize("pitch", [1.0, 0.8, 0.5, 0.1])
def test_a_tone_can_fall_in_pitch_but_not_below_the_lowest(pitch: float) -> None:
    tick = make_tone(Tone.SECOND, "tone", RATE_HZ, pitch)
    spectrum = np.abs(np.fft.rfft(tick, 16 * len(tick)))
    hz = float(np.fft.rfftfreq(16 * len(tick), 1.0 / RATE_HZ)[np.argmax(spectrum)])
    assert hz == pytest.approx(max(988.0 * pitch, 400.0), rel=0.02)
    assert len(tick) == len(make_tone(Tone.SECOND, "tone", RATE_HZ))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_tone_resembles_another(scheme: str) -> None:
    made = {tone: make_tone(tone, scheme, RATE_HZ) for tone in Tone}
    for one, other in combinations(made, 2):
        a, b = made[one], made[other]
        alike = np.abs(signal.correlate(a, b)).max() / np.sqrt(np.dot(a, a) * np.dot(b, b))
        assert alike < 0.75, (one, other, alike)


@pytest.mark.parametrize("rate_hz", [44_100, 48_000])
def test_the_steady_tone_repeats_without_a_seam(rate_hz: int) -> None:
    loop = make_tone(Tone.CAPTURE_STEADY, "coach", rate_hz)
    around = np.concatenate([loop, loop])
    steps = np.abs(np.diff(around))
    assert steps[len(loop) - 1] <= steps[: len(loop) - 1].max()
    assert np.abs(loop).max() < 0.15


def test_schemes_differ() -> None:
    coach, soft = (make_tone(Tone.NEAR, scheme, RATE_HZ) for scheme in ("coach", "soft"))
    overtone = [
        np.abs(np.vdot(note, np.exp(2j * np.pi * 1040 * np.arange(len(note)) / RATE_HZ)))
        for note in (coach, soft)
    ]
    assert overtone[1] < 0.1 * overtone[0]
