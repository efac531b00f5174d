"""The sound of a calibration capture: a start tone, a steady one, an end tone, without gaps."""

from gui.sound.mixer import Mixer
from gui.sound.tones import Tone
from sensor.types import FloatArray


class CaptureSound:
    """The sound of captures, one after the other, on one stream. Positions are frames of its mixer."""

    def __init__(self, mixer: Mixer) -> None:
        self._mixer = mixer
        self._steady_from = 0
        self._free_from = 0

    def begin(self, start: FloatArray, steady: FloatArray) -> int:
        """Play ``start``, and ``steady`` in a loop behind it; return where the loop begins.

        It begins after the end tone of the capture before it.
        """
        first = max(self._mixer.position, self._free_from)
        self._steady_from = first + len(start)
        self._mixer.play(Tone.CAPTURE_START, start, first)
        self._mixer.hold(Tone.CAPTURE_STEADY, steady, self._steady_from)
        return self._steady_from

    def end(self, end: FloatArray, at: int) -> None:
        """Play ``end`` so that its last sample is the one before ``at``, or else as soon as possible.

        The steady tone lasts until the end tone begins.
        """
        first = max(at - len(end), self._mixer.position, self._steady_from)
        self._free_from = first + len(end)
        self._mixer.release(first)
        self._mixer.play(Tone.CAPTURE_END, end, first)

    def abort(self) -> None:
        """Stop without an end tone."""
        self._mixer.release()
