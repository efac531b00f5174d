"""The tones: short, pitched, between 400 and 2000 Hz, so that they stand out from music.

They are computed at the rate of the output, with the notes of one table and the sound of a scheme.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from sensor.types import FloatArray


class Tone(StrEnum):
    """The tones, by their meaning."""

    ARMED = "armed"
    SWITCH = "switch"
    """Switch foot now."""
    SECOND = "second"
    """One second of the lowering has passed."""
    TOES_UP = "toes up"
    POINT = "point"
    """Point the toes."""
    TOO_FAST = "too fast"
    NEAR = "near"
    """The rep was near: no fault, and not good."""
    SET_END = "set end"
    SENSOR_LOST = "sensor lost"
    CAPTURE_START = "capture start"
    CAPTURE_STEADY = "capture steady"
    """It sounds as long as the capture lasts."""
    CAPTURE_END = "capture end"
    CLICK = "click"
    """The beat of the tap test."""


@dataclass(frozen=True, slots=True)
class ToneNote:
    """A pitch, and a silence after it."""

    hz: float
    """The pitch."""
    length_s: float = 0.09
    """Duration of the tone."""
    gap_s: float = 0.0
    """The silence after it."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The timbre of the tones, and whether words are spoken."""

    overtones: tuple[float, ...]
    """Amplitudes of the fundamental and of its multiples, as far as they are below 2000 Hz."""
    fade_s: float
    """Rise and fall of a note."""
    decay_s: float
    """Time constant of a note that dies away; infinite for an even one."""
    level: float
    """Amplitude at full volume, 0 to 1."""
    words: bool = True
    """Whether words are spoken."""


LOWEST_HZ: Final = 400.0
HIGHEST_HZ: Final = 2000.0
"""Between these the tones stand out from music and talk."""
_FULL: Final = Scheme((1.0, 0.35, 0.15), fade_s=0.008, decay_s=np.inf, level=0.32)
SCHEMES: Final = {
    "coach": _FULL,
    "soft": Scheme((1.0,), fade_s=0.02, decay_s=0.06, level=0.30),
    "tone": replace(_FULL, words=False),
}
"""The schemes by their names in ``Settings.sound_scheme``."""
NOTES: Final = {
    Tone.ARMED: (ToneNote(660.0, gap_s=0.03), ToneNote(880.0, 0.12)),
    Tone.SWITCH: (ToneNote(1568.0, 0.07),),
    Tone.SECOND: (ToneNote(988.0, 0.06),),
    # The pitch goes the way that the toes should go.
    Tone.TOES_UP: (ToneNote(415.0, 0.07, 0.01), ToneNote(622.0, 0.12)),
    Tone.POINT: (ToneNote(622.0, 0.07, 0.01), ToneNote(415.0, 0.12)),
    # A slow, even beat, as the lowering should be.
    Tone.TOO_FAST: (ToneNote(740.0, 0.12, 0.12), ToneNote(740.0, 0.12)),
    Tone.NEAR: (ToneNote(520.0, 0.06),),
    Tone.SET_END: (ToneNote(523.0, 0.12, 0.02), ToneNote(659.0, 0.12, 0.02), ToneNote(784.0, 0.12)),
    Tone.SENSOR_LOST: (
        ToneNote(1319.0, 0.06, 0.05),
        ToneNote(1319.0, 0.06, 0.05),
        ToneNote(1319.0, 0.06),
    ),
    Tone.CAPTURE_START: (ToneNote(784.0, 0.12),),
    # One second has whole periods of 440 Hz, so that the loop has no seam.
    Tone.CAPTURE_STEADY: (ToneNote(440.0, 1.0),),
    Tone.CAPTURE_END: (ToneNote(784.0, 0.08, 0.02), ToneNote(1047.0, 0.12)),
    Tone.CLICK: (ToneNote(1200.0, 0.06),),
}
"""The notes of each tone: no two tones sound alike, and every note lasts 60 to 120 ms (but the steady
one)."""
SOFTER: Final = {Tone.SECOND: 0.5, Tone.CAPTURE_STEADY: 0.3}
"""Share of the scheme's level, for tones that must not cover words."""


def make_tone(tone: Tone, scheme: str, rate_hz: int, pitch: float = 1.0) -> FloatArray:
    """Return the samples (n,) of ``tone``, within -1 to 1, its pitches multiplied by ``pitch``.

    The steady tone is one second of whole periods without fades, to be played in a loop.

    Raises
    ------
    KeyError
        If there is no such scheme.
    """
    made_as = SCHEMES[scheme]
    level = made_as.level * SOFTER.get(tone, 1.0)
    if tone is Tone.CAPTURE_STEADY:
        return level * _wave(NOTES[tone][0], made_as, rate_hz)
    parts = []
    for note in NOTES[tone]:
        # A falling tick must not leave the band in which tones are heard well.
        pitched = replace(note, hz=min(max(pitch * note.hz, LOWEST_HZ), HIGHEST_HZ))
        parts += [_shaped(_wave(pitched, made_as, rate_hz), made_as, rate_hz)]
        parts += [np.zeros(round(note.gap_s * rate_hz))]
    return level * np.concatenate(parts)


def _wave(note: ToneNote, scheme: Scheme, rate_hz: int) -> FloatArray:
    t = np.arange(round(note.length_s * rate_hz)) / rate_hz
    kept = [a for k, a in enumerate(scheme.overtones, 1) if k * note.hz <= HIGHEST_HZ]
    waves = [a * np.sin(2 * np.pi * k * note.hz * t) for k, a in enumerate(kept, 1)]
    # Divided by the sum, so that overtones never take a note beyond its level.
    return np.asarray(sum(waves) / sum(kept))


def _shaped(wave: FloatArray, scheme: Scheme, rate_hz: int) -> FloatArray:
    t = np.arange(len(wave)) / rate_hz
    left = t[::-1]
    rise = np.clip(t / scheme.fade_s, 0.0, 1.0)
    fall = np.clip(left / scheme.fade_s, 0.0, 1.0)
    # Half a cosine, so that neither end clicks.
    edges = (0.5 - 0.5 * np.cos(np.pi * rise)) * (0.5 - 0.5 * np.cos(np.pi * fall))
    return wave * edges * np.exp(-t / scheme.decay_s)
