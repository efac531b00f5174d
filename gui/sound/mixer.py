"""Mixes tones and speech into one stream, each beginning and ending at its exact sample."""

import threading
from dataclasses import dataclass, replace

import numpy as np

from gui.sound.speech_plan import Priority, Utterance, plan_speech
from sensor.types import FloatArray

FADE_S = 0.01
"""Fade of a sound that is cut off or changes its volume, so that it does not click."""
KNEE = 0.8
"""Amplitude from which the sum of several sounds is rounded off instead of clipped."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the mixed stream."""

    samples: FloatArray
    """Its samples (n,), within -1 to 1."""
    started: tuple[str, ...]
    """The labels of the sounds that begin in it."""


@dataclass(slots=True, eq=False)
class _Sound:
    """A tone in the stream."""

    label: str
    """Its name in the list of what was played."""
    samples: FloatArray
    """Its samples (n,), within -1 to 1."""
    start: int
    """Its first frame."""
    end: int | None
    """The frame after its last; None while a held tone has none."""
    looped: bool = False
    """Whether the samples repeat until the end."""


class Mixer:
    """The stream of one output. Cues and the output may come from different threads.

    Positions are frames since the stream began; ``position`` is the next one to be mixed.
    """

    def __init__(self, rate_hz: int, volume: float = 1.0) -> None:
        self.rate_hz = rate_hz
        self.position = 0
        self._fade = round(FADE_S * rate_hz)
        self._gain = self._wanted_gain = volume
        self._sounds: list[_Sound] = []
        self._speech: list[Utterance] = []
        self._lock = threading.Lock()

    def sounding_until(self, frame: int) -> int:
        """Return the frame after the last of what has begun by ``frame``; ``frame`` if it is silent."""
        with self._lock:
            every: list[_Sound | Utterance] = [*self._sounds, *self._speech]
        begun = [s for s in every if s.start <= frame]
        # A held tone has no end yet: as far ahead as anybody asks.
        ends = [frame + self.rate_hz if s.end is None else s.end for s in begun]
        return max(frame, *ends) if ends else frame

    def play(self, label: str, samples: FloatArray, at: int | None = None) -> None:
        """Mix ``samples`` (n,) in from frame ``at`` on, or from the next one."""
        with self._lock:
            start = max(self.position, at or 0)
            self._sounds.append(_Sound(label, samples, start, start + len(samples)))

    def say(
        self,
        label: str,
        samples: FloatArray,
        priority: Priority,
        *,
        at: int | None = None,
        patience: int = 0,
    ) -> None:
        """Speak ``samples`` (n,) when no sentence is spoken; drop them after ``patience`` frames."""
        with self._lock:
            wanted = max(self.position, at or 0)
            new = Utterance(label, samples, priority, wanted, wanted + patience)
            self._speech = plan_speech(self._speech, new, self.position, self._fade)

    def hold(self, label: str, loop: FloatArray, at: int | None = None) -> None:
        """Play ``loop`` (n,) over and over from frame ``at``, until :meth:`release`."""
        with self._lock:
            start = max(self.position, at or 0)
            self._sounds.append(_Sound(label, loop, start, None, looped=True))

    def release(self, at: int | None = None) -> None:
        """End the held sounds: their last frame is the one before ``at``, or soon if that is past."""
        with self._lock:
            end = max(self.position + self._fade, at or 0)
            for sound in self._sounds:
                if sound.looped:
                    sound.end = end if sound.end is None else min(sound.end, end)

    def silence(self) -> None:
        """Fade out everything and drop the sounds that are planned."""
        with self._lock:
            now, end = self.position, self.position + self._fade
            # What has not begun needs no fade: nobody heard it.
            self._sounds = [s for s in self._sounds if s.start < now]
            for sound in self._sounds:
                sound.end = end if sound.end is None else min(sound.end, end)
            begun = [u for u in self._speech if u.start < now]
            self._speech = [replace(u, end=min(u.end, end)) for u in begun]

    def set_volume(self, volume: float) -> None:
        """Go to another volume, 0 to 1, without a click."""
        with self._lock:
            self._wanted_gain = volume

    def render(self, count: int) -> Block:
        """Return the next ``count`` frames of the stream."""
        with self._lock:
            begin, end = self.position, self.position + count
            mixed = np.zeros(count)
            sounding: list[_Sound | Utterance] = [*self._sounds, *self._speech]
            for sound in sounding:
                self._add(sound, mixed, begin)
            started = tuple(s.label for s in sounding if begin <= s.start < end)
            self._sounds = [s for s in self._sounds if s.end is None or s.end > end]
            self._speech = [u for u in self._speech if u.end > end]
            self.position = end
            mixed *= self._gains(count)
        return Block(_rounded(mixed), started)

    def _add(self, sound: _Sound | Utterance, mixed: FloatArray, begin: int) -> None:
        stop = begin + len(mixed) if sound.end is None else min(begin + len(mixed), sound.end)
        start = max(begin, sound.start)
        if stop <= start:
            return
        at = np.arange(start - sound.start, stop - sound.start)
        samples = sound.samples[at % len(sound.samples)]
        looped = isinstance(sound, _Sound) and sound.looped
        # A loop has no soft beginning of its own: it repeats without a seam.
        if looped:
            samples = samples * np.minimum(1.0, at / self._fade)
        # What ends with its own last sample is soft there; what is cut off would click.
        if sound.end is not None and (looped or sound.end < sound.start + len(sound.samples)):
            left = sound.end - sound.start - at
            samples = samples * np.minimum(1.0, left / self._fade)
        mixed[start - begin : stop - begin] += samples

    def _gains(self, count: int) -> FloatArray | float:
        if self._gain == self._wanted_gain:
            return self._gain
        step = np.arange(1, count + 1) / self._fade
        way = self._wanted_gain - self._gain
        gains = self._gain + np.sign(way) * np.minimum(step, abs(way))
        self._gain = float(gains[-1]) if abs(way) > step[-1] else self._wanted_gain
        return np.asarray(gains)


def _rounded(mixed: FloatArray) -> FloatArray:
    """Return ``mixed`` with what exceeds the knee bent towards full scale, which it never reaches."""
    size = np.abs(mixed)
    if size.size == 0 or size.max() <= KNEE:
        return mixed
    bent = KNEE + (1.0 - KNEE) * np.tanh((size - KNEE) / (1.0 - KNEE))
    return np.where(size > KNEE, np.copysign(bent, mixed), mixed)
