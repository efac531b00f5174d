"""The sound system, as far as the player needs it."""

from collections.abc import Callable
from typing import Protocol

from gui.sound.devices import OutputDevice
from gui.sound.errors import SoundError
from gui.sound.mixer import Mixer
from gui.sound.stream_clock import StreamClock

Started = Callable[[tuple[str, ...], float], None]
"""Receives the labels that begin in a block, and the time when it was handed over (monotonic s).

Called in the thread of the stream.
"""
Failed = Callable[[SoundError], None]
"""Receives the error with which a stream ended, in the thread of the window."""


class Stream(Protocol):
    """A running stream to one output."""

    @property
    def device(self) -> OutputDevice:
        """The output that it plays on."""

    @property
    def mixer(self) -> Mixer:
        """The mixer of its sounds."""

    @property
    def clock(self) -> StreamClock:
        """The clock by which its frames are handed over."""

    @property
    def reserve_s(self) -> float:
        """The delay of a sound that begins in silence, s, without the device; longer on a busy machine."""

    def close(self) -> None:
        """End the stream."""


class Backend(Protocol):
    """A sound system."""

    def devices(self) -> list[OutputDevice]:
        """Return the outputs that there are now."""

    def watch(self, changed: Callable[[], None]) -> None:
        """Call ``changed`` whenever an output or the default one comes or goes."""

    def open(self, identity: str, started: Started, failed: Failed) -> Stream:
        """Return a stream to the output ``identity``; to the default one if it is empty or gone.

        Raises
        ------
        SoundError
            If there is none, or none that we can use.
        """
