"""The last minute of angles, in arrays of fixed size, for the live plots."""

from typing import NamedTuple

import numpy as np

from processing.types import AngleBlock
from sensor.types import FloatArray


class RecentAngles(NamedTuple):
    """Views of the newest angles, NaN where an angle is not known."""

    t: FloatArray
    """(n,) s since the start of the session."""
    ankle: FloatArray
    """(n,) degrees, positive with the toes up."""
    curl: FloatArray
    """(n,) degrees."""
    driving: FloatArray
    """(n,) degrees: the driving angle of the exercise in hand."""


class LiveBuffer:
    """A ring of ``seconds`` of angles on a grid of ``grid_hz``; memory does not grow.

    Every sample is written twice, half a buffer apart, so that the newest ones are always one
    contiguous view and no sample is ever moved.
    """

    def __init__(self, seconds: float = 60.0, grid_hz: float = 100.0) -> None:
        self._size = int(seconds * grid_hz)
        self._rows = np.full((4, 2 * self._size), np.nan)
        self._count = 0

    def append(self, block: AngleBlock) -> None:
        """Append the angles of ``block``; what is not known becomes NaN."""
        n = len(block.t)
        if n > self._size:
            raise ValueError(f"a block of {n} samples does not fit a buffer of {self._size}")
        at = (self._count + np.arange(n)) % self._size
        values = (
            block.t,
            np.where(block.valid, np.degrees(block.ankle), np.nan),
            np.where(block.curl_valid, np.degrees(block.curl), np.nan),
            np.where(block.driving_valid, np.degrees(block.driving), np.nan),
        )
        for row, value in zip(self._rows, values, strict=True):
            row[at] = value
            # The second copy: a window over the seam is then contiguous as well.
            row[at + self._size] = value
        self._count += n

    def clear(self) -> None:
        """Forget everything."""
        self._rows[:] = np.nan
        self._count = 0

    def last(self, seconds: float) -> RecentAngles:
        """Return the newest ``seconds``."""
        held = min(self._count, self._size)
        end = self._count % self._size + self._size
        t = self._rows[0, end - held : end]
        first = int(np.searchsorted(t, t[-1] - seconds)) if held else 0
        return RecentAngles(*self._rows[:, end - held + first : end])
