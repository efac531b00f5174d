"""The newest angular rates of a segment, for losses that are noticed late."""

from collections import deque
from collections.abc import Sequence

import numpy as np

from processing.motion.grid import Run
from sensor.types import FloatArray

KEPT_S = 6.0
"""Losses are noticed within 3 s (:data:`sensor.clock.loss.CONFIRM_MOST_S`), and later where the link is
silent meanwhile.
"""


class RecentRates:
    """The rates of the last :data:`KEPT_S`."""

    def __init__(self) -> None:
        self._kept: deque[tuple[FloatArray, FloatArray]] = deque()

    def feed(self, t: FloatArray, gyr: FloatArray, runs: Sequence[Run]) -> None:
        """Add the rates ``gyr`` (n, 3) rad/s at ``t`` (n,) s in the valid ones of ``runs``."""
        for start, stop, valid, _ in runs:
            if not valid:
                continue
            self._kept.append((t[start:stop], gyr[start:stop]))
            while self._kept[0][0].item(-1) < t.item(stop - 1) - KEPT_S:
                self._kept.popleft()

    def at(self, t: float) -> FloatArray:
        """Return the rate (3,) rad/s at ``t`` s; zero if none is known."""
        if not self._kept:
            return np.zeros(3)
        times, gyr = self._joined()
        return np.array([np.interp(t, times, axis) for axis in gyr.T])

    def _joined(self) -> tuple[FloatArray, FloatArray]:
        t, gyr = (np.concatenate(parts) for parts in zip(*self._kept, strict=True))
        self._kept = deque([(t, gyr)])
        return t, gyr
