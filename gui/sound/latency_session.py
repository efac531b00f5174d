"""A run of the tap test: plays its clicks and collects the taps."""

import time
from collections.abc import Callable

from gui.sound.latency import CLICKS, INTERVAL_S, TapResult, TapTest
from gui.sound.player import SoundPlayer
from gui.sound.tones import Tone

BEFORE_S = 0.8
"""From the start to the first click: time to find the key."""


class TapSession:
    """One run of the test on the player's output.

    ``clock`` gives the time in s, on the same time base as the player's streams.
    """

    def __init__(self, player: SoundPlayer, clock: Callable[[], float] = time.monotonic) -> None:
        self._player = player
        self._clock = clock
        self._device = player.device
        self._test = TapTest()
        self._began_s = clock()
        # Anything else that sounds would be tapped to, or would cover a click.
        player.silence()
        for number in range(CLICKS):
            player.tone(Tone.CLICK, BEFORE_S + number * INTERVAL_S)

    @property
    def clicks(self) -> int:
        """Number of clicks that have been played."""
        return len(self._played())

    @property
    def broken(self) -> bool:
        """Whether the output has changed since the test began."""
        return self._player.device != self._device

    @property
    def over(self) -> bool:
        """Whether the last click has been played and its tap has had its time."""
        played = self._played()
        return len(played) >= CLICKS and self._clock() > played[-1] + INTERVAL_S

    def tap(self) -> None:
        """Note a tap, now."""
        self._test.add_tap(self._clock())

    def result(self) -> TapResult:
        """Return the result of the taps so far."""
        self._test.clicks = self._played()
        return self._test.result()

    def stop(self) -> None:
        """Play no more clicks."""
        self._player.silence()

    def _played(self) -> list[float]:
        # The list is copied, since the stream's thread adds to it. It still holds the clicks of an
        # earlier test, which do not count.
        return [
            played.handed_s
            for played in tuple(self._player.played)
            if played.label == Tone.CLICK and played.handed_s > self._began_s
        ]
