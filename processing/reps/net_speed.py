"""The net speed of a leg over a short time, from its position: a tremor hardly changes it."""

import numpy as np

from sensor.compiled import compiled
from sensor.types import FloatArray

_ROOM = 1024
"""Samples for which there is room at first: several windows at 200 Hz."""


class NetSpeed:
    """The speed between the mean positions in the earlier and the later half of a window.

    Over 0.5 s a tremor of 7 to 11 Hz and 0.3° is left with less than 0.5 °/s, of 20 °/s in the rate
    itself. Any split of the input gives the same bits.

    Parameters
    ----------
    window_s
        Length of the window, s.
    """

    def __init__(self, window_s: float) -> None:
        self.window_s = window_s
        self._t, self._angle = np.empty(_ROOM), np.empty(_ROOM)
        self._start = self._stop = 0

    def reset(self) -> None:
        """Forget all samples: the leg may have moved unseen."""
        self._start = self._stop = 0

    def feed(self, t: float, angle: float) -> None:
        """Take a sample, in s and rad."""
        if self._stop == len(self._t):
            self._make_room()
        self._t[self._stop], self._angle[self._stop] = t, angle
        self._stop += 1
        # Half a microsecond for the rounding of sample times.
        while t - self._t.item(self._start) > self.window_s + 5e-7:
            self._start += 1

    @property
    def value(self) -> float | None:
        """The speed, rad/s; None until the samples fill nine tenths of the window."""
        first, stop = self._start, self._stop
        if stop - first < 4:
            return None
        if self._t.item(stop - 1) - self._t.item(first) < 0.9 * self.window_s:
            return None
        return _net_speed(self._t, self._angle, first, stop)

    def _make_room(self) -> None:
        """Move the samples to the front, of a larger array if they fill more than half of this one."""
        part = slice(self._start, self._stop)
        count = self._stop - self._start
        size = len(self._t) * (2 if 2 * count > len(self._t) else 1)
        t, angle = np.empty(size), np.empty(size)
        t[:count], angle[:count] = self._t[part], self._angle[part]
        self._t, self._angle = t, angle
        self._start, self._stop = 0, count


@compiled("f8(f8[::1], f8[::1], i8, i8)")
def _net_speed(t: FloatArray, angle: FloatArray, first: int, stop: int) -> float:
    """Return the speed, rad/s, through the samples from ``first`` to ``stop``."""
    half = (stop - first) // 2
    earlier_t = earlier = later_t = later = 0.0
    for index in range(first, first + half):
        earlier_t, earlier = earlier_t + t[index], earlier + angle[index]
    for index in range(first + half, stop):
        later_t, later = later_t + t[index], later + angle[index]
    rest = stop - first - half
    return (later / rest - earlier / half) / (later_t / rest - earlier_t / half)
