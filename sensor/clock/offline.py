"""The times of a whole stream without clock and counter, once all of its messages are known.

Live, a late message may be the first after a loss or the first of a hold-up, and the speed of the
device is hardly known at first. Afterwards both can be seen:

1. The fastest message of any half minute shows how long messages wait at least. Where this shortest
   wait rises for good, messages were lost; where it comes back, the link or the host was held up.
2. With the losses in place, the lower edge of the arrivals is followed over the whole stream, as in
   :mod:`sensor.clock.envelope` but looking forward as well: a smooth curve by asymmetric least squares
   with a penalty on its bend (Eilers, "A perfect smoother", Analytical Chemistry 2003).
3. The curve is lowered where it lies above an arrival, so that no sample is later than its message.

Dejittering in the Lab Streaming Layer splits a stream at its breaks and fits a line to each part; this
does the same with the losses as breaks, but keeps to the lower edge.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from sensor.clock.clock import Break, SampleTimes
from sensor.clock.clock_steps import BEGINNING_S, STEP_GAP_S
from sensor.clock.lost_messages import IntArray, are_regular, lost_samples
from sensor.clock.lower_edge import SLOPE_SD, edge_slope, lower_edge
from sensor.types import FloatArray

SEVERAL = 1.6
"""Losses of at least two messages exceed this many messages; a missed connection event does not."""
DOUBTS = (1e-2, 1e-2, 1e-2, 3e-3, 3e-3, 1e-3, 3e-4)
"""Half-widths of the error of the speed while losses are looked for, first with the speed that the live
clock saw. Each search gives a better one; with a small doubt, smaller losses stand out."""


@dataclass(frozen=True, slots=True)
class Connection:
    """The messages of one connection, in their order."""

    arrival_s: FloatArray
    """(m,) s, arrival of each message."""
    samples: IntArray
    """(m,) number of samples of each message, at least 1."""
    slope: float
    """Host time over device time, as the live clock saw it at last."""


@dataclass(frozen=True, slots=True)
class FittedTimes:
    """The times of consecutive messages, and where these do not simply follow."""

    newest_s: FloatArray
    """(m,) s, time of the newest sample of each message."""
    spacing_s: FloatArray
    """(m,) s between its samples."""
    breaks: Sequence[Break]
    """The messages before which something is missing, or time runs back."""


class FittedClock:
    """A clock that gives the messages of a stream times that were computed before.

    Parameters
    ----------
    times
        The times of all messages of each connection; those of the breaks are numbered within it.
    rate_hz
        The true rate.
    """

    undecided = False

    def __init__(self, times: Sequence[FittedTimes], rate_hz: float) -> None:
        self._times = deque(times)
        self._breaks = deque(times[0].breaks if times else ())
        """Those that come next, of the connection in hand."""
        self._messages = 0
        """Messages of it that have their times."""
        self.rate_hz = rate_hz

    def stamp(
        self,
        arrivals_s: Sequence[float],
        n: int,
        marks: Sequence[int] | None = None,
        period_s: float | None = None,
    ) -> SampleTimes:
        """Return the times of the next messages; see :class:`sensor.clock.clock.SampleClock`."""
        del marks, period_s
        # No packet has messages of two connections. What is dated makes room.
        while self._messages == len(self._times[0].newest_s):
            self._times.popleft()
            self._messages, self._breaks = 0, deque(self._times[0].breaks)
        times = self._times[0]
        first, self._messages = self._messages, self._messages + len(arrivals_s)
        own = slice(first, self._messages)
        after = np.arange(n - 1.0, -1.0, -1.0)
        t: FloatArray = (times.newest_s[own, None] - times.spacing_s[own, None] * after).reshape(-1)
        t.flags.writeable = False
        breaks: list[Break] = []
        while self._breaks and self._breaks[0].message < self._messages:
            found = self._breaks.popleft()
            breaks.append(found._replace(message=found.message - first))
        return SampleTimes(t, breaks)

    def reset(self) -> None:
        """Do nothing: the times already follow the connections."""


def fitted_clock(
    connections: Sequence[Connection], rate_hz: float, tolerance: float
) -> FittedClock:
    """Return the clock of a stream that has ended.

    Parameters
    ----------
    connections
        Its messages; each connection has at least one.
    rate_hz
        Nominal rate.
    tolerance
        Largest error of the rate, as a fraction.
    """
    period_s = 1.0 / rate_hz
    if not connections:
        return FittedClock([], rate_hz)
    # The speed belongs to the device: where a connection is short, that of the longest one is better.
    longest = max(connections, key=lambda c: len(c.arrival_s))
    first = _fitted(longest, period_s, tolerance / 2.0, tolerance)
    times: list[FittedTimes] = []
    for one in connections:
        given = replace(one, slope=first.slope)
        fit = first if one is longest else _fitted(given, period_s, SLOPE_SD, tolerance)
        before_s = times[-1].newest_s.item(-1) if times else None
        times.append(_times(one, fit, period_s, before_s))
    return FittedClock(times, rate_hz / first.slope)


@dataclass(frozen=True, slots=True)
class _Fit:
    """The fit of one connection."""

    slope: float
    """Host time over device time."""
    newest_s: FloatArray
    """(m,) time of the newest sample of each message."""
    lost: IntArray
    """(m,) samples that are missing before each message."""


def _fitted(one: Connection, period_s: float, slope_sd: float, tolerance: float) -> _Fit:
    arrival_s = one.arrival_s
    device_s = np.asarray((np.cumsum(one.samples) - 1) * period_s, dtype=np.float64)
    message = int(np.median(one.samples))
    lost, slope = _search(one, device_s, message, period_s, slope_sd, tolerance, 0.0)
    if are_regular(device_s[lost == message]):
        # Messages that fall behind their connection events miss one at regular intervals.
        lost, slope = _search(one, device_s, message, period_s, slope_sd, tolerance, SEVERAL)
    # The same array: a stream of hours has a million messages.
    placed_s = device_s
    placed_s += np.cumsum(lost) * period_s
    newest_s = slope * placed_s
    # A device may begin to count at another moment after a long gap, so each piece has its own height.
    edges = [0, *np.flatnonzero(lost * period_s >= STEP_GAP_S).tolist(), len(lost)]
    for start, stop in pairwise(edges):
        if stop > start:
            piece = slice(start, stop)
            newest_s[piece] += lower_edge(arrival_s[piece] - newest_s[piece], placed_s[piece])
    return _Fit(slope, np.minimum(newest_s, arrival_s), lost)


def _search(
    one: Connection,
    device_s: FloatArray,
    message: int,
    period_s: float,
    slope_sd: float,
    tolerance: float,
    least_messages: float,
) -> tuple[IntArray, float]:
    """Return how many samples are lost before each message, (m,), and the slope that goes with it.

    Losses of fewer than ``least_messages`` are not looked for.
    """
    slope = one.slope
    lost = np.zeros(len(device_s), dtype=np.int64)
    for count, doubt in enumerate(DOUBTS):
        # A whole stream needs no better speed to be seen as whole.
        if count and doubt > DOUBTS[-1] and not lost.any():
            continue
        lost = lost_samples(
            one.arrival_s, device_s, slope, message, period_s, doubt, least_messages
        )
        placed_s = device_s + np.cumsum(lost) * period_s
        slope = edge_slope(one.arrival_s, placed_s, slope, slope_sd, tolerance)
    return lost, slope


def _times(one: Connection, fit: _Fit, period_s: float, before_s: float | None) -> FittedTimes:
    """Return the times of all messages; ``before_s`` is the last time of the connection before."""
    step_s = fit.slope * period_s
    newest_s = fit.newest_s
    since_s = np.diff(newest_s, prepend=-np.inf) / one.samples
    # Within a message the spacing follows the curve, unless the messages say nonsense.
    usual = (fit.lost == 0) & (since_s > 0.5 * step_s) & (since_s < 1.5 * step_s)
    spacing_s = np.where(usual, since_s, step_s)
    oldest_s = newest_s - spacing_s * (one.samples - 1)
    # The first messages may be from before the stream was configured.
    lost = np.where(one.arrival_s - one.arrival_s[0] >= BEGINNING_S, fit.lost, 0)
    if before_s is not None:
        lost[0] = max(0, round((oldest_s.item(0) - before_s) / step_s) - 1)
    before = np.concatenate([[-np.inf if before_s is None else before_s], newest_s[:-1]])
    at = np.flatnonzero((lost > 0) | (oldest_s <= before))
    return FittedTimes(newest_s, spacing_s, [Break(k, lost.item(k)) for k in at.tolist()])
