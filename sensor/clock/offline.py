"""The times of a whole stream, once all of its messages are known.

Live, a late message may be the first after a loss or the first of a hold-up, and the speed of the
device is hardly known at first. Afterwards both can be seen:

1. Marks place the messages in the device's time (:mod:`sensor.clock.device_times`). Without them, and
   for whole rounds of them, the fastest message of any half minute shows how long messages wait at least. Where this shortest
   wait rises for good, messages were lost; where it comes back, the link or the host was held up.
2. With the losses in place, the lower edge of the arrivals is followed over the whole stream, as in
   :mod:`sensor.clock.envelope` but looking forward as well: a smooth curve by asymmetric least squares
   with a penalty on its bend (Eilers, "A perfect smoother", Analytical Chemistry 2003).
3. The curve is lowered where it lies above an arrival, so that no sample is later than its message.

A gap with a known loss changes nothing of this: the curve goes through it.
Dejittering in the Lab Streaming Layer splits a stream at its breaks and fits a line to each part; this
does the same with the losses as breaks, but keeps to the lower edge.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from sensor.clock.clock import MAX_CLOCK_DRIFT, Break, SampleTimes
from sensor.clock.clock_steps import BEGINNING_S, STEP_GAP_S
from sensor.clock.device_times import Connection, DeviceTimes, device_times
from sensor.clock.lost_messages import are_regular, losses
from sensor.clock.lower_edge import SLOPE_SD, edge_slope, lower_edge
from sensor.families.base import ClockKind, ClockModel
from sensor.types import BoolArray, FloatArray, IntArray

APART_S = 600.0
"""Across a gap longer than this the curve does not go: the temperature may have changed."""
SEVERAL = 1.6
"""Losses of at least two messages exceed this many messages; a missed connection event does not."""
DOUBTS = (1e-2, 1e-2, 1e-2, 3e-3, 3e-3, 1e-3, 3e-4)
"""Half-widths of the error of the speed while losses are looked for, first with the speed that the live
clock saw. Each search gives a better one; with a small doubt, smaller losses stand out."""


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
    connections: Sequence[Connection], model: ClockModel, rate_hz: float
) -> FittedClock:
    """Return the clock of a stream that has ended.

    Parameters
    ----------
    connections
        Its messages; each connection has at least one.
    model
        The kind of clock that the family has.
    rate_hz
        Nominal rate.
    """
    if not connections:
        return FittedClock([], rate_hz)
    tolerance = MAX_CLOCK_DRIFT if model.kind is ClockKind.TICKS else model.rate_tolerance
    placed = [device_times(one, model, 1.0 / rate_hz, tolerance) for one in connections]
    # The speed belongs to the device: where a connection is short, that of the longest one is better.
    longest = max(range(len(connections)), key=lambda k: len(placed[k].newest_s))
    first = _fitted(connections[longest], placed[longest], tolerance / 2.0, tolerance)
    times: list[FittedTimes] = []
    for k, (one, places) in enumerate(zip(connections, placed, strict=True)):
        given = replace(places, slope=first.slope)
        fit = first if k == longest else _fitted(one, given, SLOPE_SD, tolerance)
        before_s = times[-1].newest_s.item(-1) if times else None
        times.append(_times(one, fit, before_s))
    return FittedClock(times, 1.0 / (first.slope * float(np.median(placed[longest].period_s))))


@dataclass(frozen=True, slots=True)
class _Fit:
    """The fit of one connection."""

    slope: float
    """Host time over device time."""
    newest_s: FloatArray
    """(m,) time of the newest sample of each message."""
    step_s: FloatArray
    """(m,) usual time between its samples."""
    lost: IntArray
    """(m,) samples that are missing before each message."""
    jumped: BoolArray
    """(m,) whether its mark does not go on from the message before."""


def _fitted(one: Connection, places: DeviceTimes, slope_sd: float, tolerance: float) -> _Fit:
    arrival_s = one.arrival_s
    hidden, slope = _search(one, places, slope_sd, tolerance, 0.0)
    if are_regular(places.newest_s[hidden == 1]):
        # Messages that fall behind their connection events miss one at regular intervals.
        hidden, slope = _search(one, places, slope_sd, tolerance, SEVERAL)
    hidden_s = hidden * places.hidden_s if hidden.any() else np.zeros(len(hidden))
    placed_s = places.newest_s + np.cumsum(hidden_s)
    newest_s = slope * placed_s
    # A device may begin to count at another moment after a long gap that no mark spans, and where its
    # marks jump: so each piece has its own height.
    apart = places.jumped | (hidden_s >= STEP_GAP_S) | (np.diff(placed_s, prepend=0.0) > APART_S)
    edges = [0, *np.flatnonzero(apart).tolist(), len(apart)]
    for start, stop in pairwise(edges):
        if stop > start:
            piece = slice(start, stop)
            newest_s[piece] += lower_edge(arrival_s[piece] - newest_s[piece], placed_s[piece])
    lost = np.rint(hidden_s / places.period_s).astype(np.int64)
    # The first messages may be from before the stream was configured.
    lost[one.arrival_s - one.arrival_s[0] < BEGINNING_S] = 0
    return _Fit(
        slope,
        np.minimum(newest_s, arrival_s),
        slope * places.period_s,
        lost + places.lost,
        places.jumped,
    )


def _search(
    one: Connection,
    places: DeviceTimes,
    slope_sd: float,
    tolerance: float,
    least_losses: float,
) -> tuple[IntArray, float]:
    """Return how many of the smallest hidden loss are before each message, (m,), and the slope with it.

    Fewer than ``least_losses`` at one place are not looked for.
    """
    slope = places.slope
    hidden = np.zeros(len(places.newest_s), dtype=np.int64)
    whole = places.hidden_s > one.arrival_s.max() - one.arrival_s.min()
    message_s = float(np.median(one.samples * places.period_s))
    for count, doubt in enumerate(DOUBTS):
        # A whole stream needs no better speed to be seen as whole.
        if count and doubt > DOUBTS[-1] and not hidden.any():
            continue
        placed_s = places.newest_s
        if not whole:
            hidden = losses(
                one.arrival_s,
                placed_s,
                slope,
                message_s * slope,
                places.hidden_s * slope,
                doubt,
                least_losses,
            )
            placed_s = placed_s + np.cumsum(hidden) * places.hidden_s
        slope = edge_slope(one.arrival_s, placed_s, slope, slope_sd, tolerance)
    return hidden, slope


def _times(one: Connection, fit: _Fit, before_s: float | None) -> FittedTimes:
    """Return the times of all messages; ``before_s`` is the last time of the connection before."""
    step_s, newest_s, lost = fit.step_s, fit.newest_s, fit.lost.copy()
    since_s = np.diff(newest_s, prepend=-np.inf) / one.samples
    # Within a message the spacing follows the curve, unless the messages say nonsense.
    usual = (fit.lost == 0) & (since_s > 0.5 * step_s) & (since_s < 1.5 * step_s)
    spacing_s = np.where(usual, since_s, step_s)
    oldest_s = newest_s - spacing_s * (one.samples - 1)
    before = np.concatenate([[-np.inf if before_s is None else before_s], newest_s[:-1]])
    unknown = fit.jumped.copy()
    unknown[0] = before_s is not None
    missing = np.rint((oldest_s[unknown] - before[unknown]) / step_s[unknown]) - 1.0
    lost[unknown] = np.maximum(0.0, missing).astype(np.int64)
    at = np.flatnonzero((lost > 0) | fit.jumped | (oldest_s <= before))
    breaks = [Break(k, lost.item(k), jumped=fit.jumped.item(k)) for k in at.tolist()]
    return FittedTimes(newest_s, spacing_s, breaks)
