"""The samples of one sensor that the grid still needs, and their means over the grid's intervals."""

import numpy as np

from processing.motion.grid import GRID_HZ, LATE_BRIDGE_S
from sensor.compiled import compiled
from sensor.compiled.arrays import copy_row
from sensor.types import BoolArray, FloatArray, ImuBlock

MAX_GAP_S = 0.060
"""Longest time between neighbouring samples that is bridged.

The loss of one message of four samples at a little under 100 Hz leaves just less.
"""
_ROOM = 256
"""Samples for which there is room at first: more than the longest wait for the other sensor."""
_T, _X, _INTEGRAL, _GAPS, _CLIPS = 0, 1, 7, 13, 14
_COLUMNS = 15


class Track:
    """The samples of one sensor that the grid still needs, one row per sample.

    A row holds its time, acc and gyr, their running integral, and the number of gaps and of clipped
    samples up to and including it.
    """

    def __init__(self) -> None:
        self._rows = np.empty((_ROOM, _COLUMNS))
        self._start = self._stop = 0

    def append(self, block: ImuBlock) -> None:
        """Append the samples of ``block``; a gap adds nothing to the integral.

        Where time runs back, the samples before were placed too late: those that it runs back over are
        dropped, and what lies between is a gap.
        """
        if self._stop + len(block.t) > len(self._rows):
            self._make_room(len(block.t))
        late = block.lost if block.unnoticed_s else 0
        self._stop = _append(
            self._rows, self._start, self._stop, block.t, block.acc, block.gyr, block.clipped, late
        )

    def means(
        self, first: int, known_t: FloatArray, limit_t: FloatArray, t: FloatArray
    ) -> tuple[FloatArray, FloatArray, BoolArray, BoolArray]:
        """Return the means of acc and gyr (n, 3), validity and clipping (n,) of n grid intervals.

        Samples that only earlier intervals need are forgotten.

        Parameters
        ----------
        first
            Number of the first interval on the grid.
        known_t, limit_t
            (k,) s: the times that the sensor had reached, and up to which the grid was ready, after each of
            the last messages. Samples that came later are too late, so that the result does not depend on
            what has arrived since.
        t
            (n,) s, filled with the ends of the intervals.
        """
        n = len(t)
        acc, gyr = np.empty((n, 3)), np.empty((n, 3))
        valid, clipped = np.empty(n, dtype=np.bool_), np.empty(n, dtype=np.bool_)
        self._start = _means(
            self._rows, self._start, self._stop, first, known_t, limit_t, t, acc, gyr, valid, clipped
        )  # fmt: skip
        for array in (acc, gyr, valid, clipped):
            array.setflags(write=False)
        return acc, gyr, valid, clipped

    def _make_room(self, added: int) -> None:
        """Move the rows to the front, of a larger array if they and ``added`` ones fill half of this one."""
        part = self._rows[self._start : self._stop]
        size = max(len(self._rows), 2 * (len(part) + added))
        rows = np.empty((size, _COLUMNS))
        rows[: len(part)] = part
        self._rows, self._start, self._stop = rows, 0, len(part)


@compiled("i8(f8[:, ::1], i8, i8, f8)")
def _first_from(rows: FloatArray, start: int, stop: int, t: float) -> int:
    """Return the number of the first of the ``rows`` from ``start`` to ``stop`` that is not before ``t`` s."""
    while start < stop:
        middle = (start + stop) // 2
        if rows[middle, _T] < t:
            start = middle + 1
        else:
            stop = middle
    return start


@compiled(
    "i8(f8[:, ::1], i8, i8, Array(f8, 1, 'C', True), Array(f8, 2, 'A', True),"
    " Array(f8, 2, 'A', True), Array(b1, 1, 'A', True), i8)"
)
def _append(
    rows: FloatArray,
    start: int,
    stop: int,
    t: FloatArray,
    acc: FloatArray,
    gyr: FloatArray,
    clipped: BoolArray,
    late: int,
) -> int:
    """Append samples to the ``rows`` from ``start`` to ``stop``; return where the rows now end.

    ``late`` is how many samples a loss before them that was noticed late has taken.
    """
    runs_back = stop > start and t[0] <= rows[stop - 1, _T]
    if runs_back:
        stop = _first_from(rows, start, stop, t[0])
    for i in range(len(t)):
        row, old = rows[stop], rows[max(stop - 1, 0)]
        row[_T], row[_CLIPS] = t[i], clipped[i]
        for k in range(3):
            row[_X + k], row[_X + 3 + k] = acc[i, k], gyr[i, k]
        if stop == start:
            row[_INTEGRAL : _GAPS + 1] = 0.0
        else:
            width = t[i] - old[_T]
            gap = width > MAX_GAP_S
            if i == 0 and late:
                gap = width * late / (late + 1) > LATE_BRIDGE_S
            gap = gap or (i == 0 and runs_back)
            share = 0.0 if gap else 0.5 * width
            # Added in order, so that any split of the input gives the same bits.
            for k in range(6):
                row[_INTEGRAL + k] = old[_INTEGRAL + k] + (old[_X + k] + row[_X + k]) * share
            row[_GAPS] = old[_GAPS] + gap
            row[_CLIPS] += old[_CLIPS]
        stop += 1
    return stop


@compiled(
    "i8(f8[:, ::1], i8, i8, i8, f8[::1], f8[::1], f8[::1], f8[:, ::1], f8[:, ::1], b1[::1], b1[::1])"
)
def _means(
    rows: FloatArray,
    start: int,
    stop: int,
    first: int,
    known_t: FloatArray,
    limit_t: FloatArray,
    t: FloatArray,
    acc: FloatArray,
    gyr: FloatArray,
    valid: BoolArray,
    clipped: BoolArray,
) -> int:
    """Fill the means over grid intervals; return the start of the rows that are still needed."""
    before, after = np.zeros(6), np.zeros(6)
    was_inside, message, high, old, new = False, 0, start, start, start
    for i in range(-1, len(t)):
        edge = (first + i) / GRID_HZ
        inside = False
        if stop - start > 1:
            while high < stop and rows[high, _T] < edge:
                high += 1
            new = min(max(high, start + 1), stop - 1)
            low_t, high_t = rows[new - 1, _T], rows[new, _T]
            inside = low_t <= edge <= high_t
            into = edge - low_t
            for k in range(6):
                x = rows[new - 1, _X + k]
                change = (rows[new, _X + k] - x) / (high_t - low_t)
                after[k] = rows[new - 1, _INTEGRAL + k] + (x + 0.5 * change * into) * into
            if i < 0:
                old = new
        if i >= 0:
            t[i] = edge
            # The message with which a grid time became ready: what came later is too late for it.
            while message < len(limit_t) - 1 and limit_t[message] < edge:
                message += 1
            # An interval is sound if no gap lies between the samples that bracket it.
            sound = was_inside and inside and known_t[message] >= edge
            sound = sound and rows[new, _GAPS] == rows[old - 1, _GAPS]
            valid[i] = sound
            clipped[i] = sound and rows[new, _CLIPS] > rows[old - 1, _CLIPS]
            for k in range(3):
                acc[i, k] = (after[k] - before[k]) * GRID_HZ if sound else 0.0
                gyr[i, k] = (after[3 + k] - before[3 + k]) * GRID_HZ if sound else 0.0
            old = new
        copy_row(before, after)
        was_inside = inside
    # The two samples on either side of the last edge are still needed.
    return max(start, _first_from(rows, start, stop, edge) - 1)
