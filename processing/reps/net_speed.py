"""The net speed of a leg over a short time, from its position: a tremor hardly changes it."""

import numpy as np

from sensor.compiled import compiled
from sensor.types import BoolArray, FloatArray

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

    def feed(self, t: FloatArray, angle: FloatArray, known: BoolArray) -> FloatArray:
        """Take the next samples; return the speeds (n,) rad/s after them.

        A speed is not a number until the samples fill nine tenths of the window.

        Parameters
        ----------
        t, angle
            (n,) s and rad.
        known
            (n,) which of the samples count.
        """
        if self._stop + len(t) > len(self._t):
            self._make_room(len(t))
        speeds = np.empty(len(t))
        self._start, self._stop = _feed(
            self._t, self._angle, self._start, self._stop, self.window_s, t, angle, known, speeds
        )
        return speeds

    def _make_room(self, more: int) -> None:
        """Move the samples to the front, of a larger array if they and ``more`` fill half of this one."""
        part = slice(self._start, self._stop)
        count = self._stop - self._start
        size = max(len(self._t), 2 * (count + more))
        t, angle = np.empty(size), np.empty(size)
        t[:count], angle[:count] = self._t[part], self._angle[part]
        self._t, self._angle = t, angle
        self._start, self._stop = 0, count


@compiled(
    "UniTuple(i8, 2)(f8[::1], f8[::1], i8, i8, f8, Array(f8, 1, 'A', True), Array(f8, 1, 'A', True),"
    " Array(b1, 1, 'A', True), f8[::1])"
)
def _feed(
    kept_t: FloatArray,
    kept: FloatArray,
    first: int,
    stop: int,
    window_s: float,
    t: FloatArray,
    angle: FloatArray,
    known: BoolArray,
    speeds: FloatArray,
) -> tuple[int, int]:
    """Return where the samples of the window begin and end among the kept ones; fill ``speeds`` (n,).

    ``first`` and ``stop`` are where they did before. The others are as of :meth:`NetSpeed.feed`.
    """
    for i in range(len(t)):
        speeds[i] = np.nan
        if not known[i]:
            continue
        kept_t[stop], kept[stop] = t[i], angle[i]
        stop += 1
        # Half a microsecond for the rounding of sample times.
        while t[i] - kept_t[first] > window_s + 5e-7:
            first += 1
        if stop - first >= 4 and kept_t[stop - 1] - kept_t[first] >= 0.9 * window_s:
            speeds[i] = _net_speed(kept_t, kept, first, stop)
    return first, stop


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
