"""The clock of a stream: from a time to the frame that is handed over then."""

import threading

ADAPTION = 0.05
"""Share of each new observation: the output asks for blocks at slightly uneven times."""
JUMP_S = 0.1
"""A stream that is this far from its place has stalled or was opened again."""


class StreamClock:
    """A clock that follows the times at which an output takes its blocks. Any thread may ask."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._zero_s: float | None = None
        self._lock = threading.Lock()

    def take(self, position: int, now_s: float) -> None:
        """Note that the block that begins with frame ``position`` was asked for at ``now_s``."""
        zero_s = now_s - position / self._rate_hz
        with self._lock:
            if self._zero_s is None or abs(zero_s - self._zero_s) > JUMP_S:
                self._zero_s = zero_s
            self._zero_s += ADAPTION * (zero_s - self._zero_s)

    def frame_at(self, time_s: float) -> int:
        """Return the frame that is handed over at ``time_s``; 0 before the stream began."""
        with self._lock:
            # Frame 0 is not ahead of the stream, so the mixer plays at once.
            return 0 if self._zero_s is None else round((time_s - self._zero_s) * self._rate_hz)
