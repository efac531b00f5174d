"""The cues of a recorded session as one sound track, for a clip of it."""

from collections.abc import Iterable

import numpy as np

from gui.sound.clips import clips_of
from gui.sound.cue_player import play_cues
from gui.sound.mixer import Mixer
from gui.sound.pack import load_pack
from gui.sound.speech_plan import Priority
from gui.sound.tones import SCHEMES, Tone, make_tone
from processing.coach.cues import Cue
from processing.coach.speech import Speech, written
from sensor.types import FloatArray

_LEAD_S = 10.0
"""A sentence that began before the stretch may last into it."""


def cue_track(
    cues: Iterable[Cue], start_s: float, count: int, rate_hz: int, *, language: str, scheme: str
) -> FloatArray:
    """Return what is heard of ``cues``, by the rules by which a session plays them.

    Parameters
    ----------
    cues
        In order of time.
    start_s
        Session time of the first sample, s.
    count, rate_hz
        Number of samples, and how many there are in a second.
    language, scheme
        The language of the voice, and the scheme of the tones.

    Returns
    -------
    samples
        (count,), within -1 to 1.

    Raises
    ------
    SoundError
        If there is no such language, or its clips are damaged.
    """
    voice = _Voice(rate_hz, language, scheme)
    begin_s = start_s - _LEAD_S
    lead = round(_LEAD_S * rate_hz)
    for cue in cues:
        frame = round((cue.t - begin_s) * rate_hz)
        if 0 <= frame < lead + count:
            voice.go_to(frame)
            play_cues(voice, (cue,), cue.t)
    voice.go_to(lead + count)
    return voice.sound()[lead:]


class _Voice:
    """A speaker whose now is the next frame of its mixer."""

    def __init__(self, rate_hz: int, language: str, scheme: str) -> None:
        self._mixer = Mixer(rate_hz)
        self._pack = load_pack(language, rate_hz)
        self._scheme = scheme
        self._parts: list[FloatArray] = []

    def go_to(self, frame: int) -> None:
        """Mix until ``frame``."""
        if frame > self._mixer.position:
            self._parts.append(self._mixer.render(frame - self._mixer.position).samples)

    def sound(self) -> FloatArray:
        """Return everything that was mixed."""
        return np.concatenate(self._parts)

    def tone(self, tone: Tone, after_s: float = 0.0, pitch: float = 1.0) -> float:
        samples = make_tone(tone, self._scheme, self._mixer.rate_hz, pitch)
        self._mixer.play(tone, samples, self._frame(after_s))
        return len(samples) / self._mixer.rate_hz

    def say(
        self,
        speech: Speech,
        priority: Priority = Priority.TALK,
        *,
        after_s: float = 0.0,
        patience_s: float = 0.0,
    ) -> None:
        if not SCHEMES[self._scheme].words:
            return
        patience = round(patience_s * self._mixer.rate_hz)
        samples = self._pack.sentence(clips_of(speech))
        at = self._frame(after_s)
        self._mixer.say(written(speech), samples, priority, at=at, patience=patience)

    def _frame(self, after_s: float) -> int:
        return self._mixer.position + round(after_s * self._mixer.rate_hz)
