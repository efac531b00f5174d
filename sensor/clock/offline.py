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
import numpy.typing as npt
from scipy.linalg import solveh_banded

from sensor.clock.clock import BEGINNING_S, STEP_GAP_S, SampleTimes
from sensor.clock.envelope import BUCKET_S, LATE_WEIGHT, SPREAD_S
from sensor.clock.loss import (
    CONFIRM_LEAST_S,
    FIRST_STEP_S,
    HIDDEN_FRACTION,
    JITTER_S,
    MIN_LAG_S,
    STEP_FRACTION,
)
from sensor.types import FloatArray

HELD_MESSAGES = 2.0
"""A burst after a silence was held back if its first message waited for this many messages longer than
those that follow it."""
AHEAD_S = 30.0
"""A late message is held up if any message of the next half minute comes without delay."""
BEHIND_S = 10.0
"""The shortest wait of so long before a message is the usual one."""
BEND = 1e4
"""Weight of the bend of the curve, with one node a second: it follows changes of a minute or two, as
those of a warming device, and no pattern of the link."""
SLOPE_SD = 2e-4
"""Usual distance of the speed within a stream from its mean; keeps short pieces from tilting."""
CURVE_ROUNDS = 12
"""Rounds of asymmetric least squares; the weights stop changing after about eight."""
DOUBTS = (1e-2, 1e-2, 1e-2, 3e-3, 3e-3, 1e-3, 3e-4)
"""Half-widths of the error of the speed while losses are looked for, first with the speed that the live
clock saw. Each search gives a better one; with a small doubt, smaller losses stand out."""

SEVERAL = 1.6
"""Losses of at least two messages exceed this many messages; a missed connection event does not."""
REGULAR_LOSSES = 5
REGULAR_SHARE = 0.2
"""So many single losses whose intervals differ by less than this share come from the pattern that
messages and connection events make; intervals of chance losses differ by more than half."""

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Connection:
    """The messages of one connection, in their order."""

    arrival_s: FloatArray
    """(m,) s, arrival of each message."""
    samples: IntArray
    """(m,) number of samples of each message, at least 1."""
    slope: float
    """Host time over device time, as the live clock saw it at last."""


class FittedClock:
    """A clock that gives the messages of a stream times that were computed before."""

    undecided = False

    def __init__(self, times: Sequence[SampleTimes], rate_hz: float) -> None:
        self._times = iter(times)
        self.rate_hz = rate_hz

    def stamp(
        self, arrival_s: float, n: int, mark: int | None = None, period_s: float | None = None
    ) -> SampleTimes:
        """Return the times of the next message; see :class:`sensor.clock.clock.SampleClock`."""
        del arrival_s, n, mark, period_s
        return next(self._times)

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
        return FittedClock((), rate_hz)
    # The speed belongs to the device: where a connection is short, that of the longest one is better.
    longest = max(connections, key=lambda c: len(c.arrival_s))
    first = _fitted(longest, period_s, tolerance / 2.0, tolerance)
    times: list[SampleTimes] = []
    for one in connections:
        given = replace(one, slope=first.slope)
        fit = first if one is longest else _fitted(given, period_s, SLOPE_SD, tolerance)
        times += _times(one, fit, period_s, times[-1].t.item(-1) if times else None)
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
    if _regular(device_s[lost == message]):
        # Messages that fall behind their connection events miss one at regular intervals.
        lost, slope = _search(one, device_s, message, period_s, slope_sd, tolerance, SEVERAL)
    placed_s = device_s + np.cumsum(lost) * period_s
    newest_s = slope * placed_s
    # A device may begin to count at another moment after a long gap, so each piece has its own height.
    edges = [0, *np.flatnonzero(lost * period_s >= STEP_GAP_S).tolist(), len(lost)]
    for start, stop in pairwise(edges):
        if stop > start:
            piece = slice(start, stop)
            newest_s[piece] += _edge(arrival_s[piece] - newest_s[piece], placed_s[piece])
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
        lost = _losses(one.arrival_s, device_s, slope, message, period_s, doubt, least_messages)
        placed_s = device_s + np.cumsum(lost) * period_s
        slope = _slope(one.arrival_s, placed_s, slope, slope_sd, tolerance)
    return lost, slope


def _regular(at_s: FloatArray) -> bool:
    """Return whether single losses at ``at_s`` (s) are too regular to be losses."""
    between_s = np.diff(at_s)
    if len(between_s) < REGULAR_LOSSES:
        return False
    usual_s = float(np.median(between_s))
    return float(np.median(np.abs(between_s - usual_s))) < REGULAR_SHARE * usual_s


def _losses(
    arrival_s: FloatArray,
    device_s: FloatArray,
    slope: float,
    message: int,
    period_s: float,
    doubt: float,
    least_messages: float,
) -> IntArray:
    """Return how many samples are lost before each message, (m,)."""
    count = len(arrival_s)
    message_s = message * period_s * slope
    wait_s = arrival_s - slope * device_s
    step_s = _step(arrival_s, message_s)
    share = max(HIDDEN_FRACTION, least_messages)
    least_s = max(MIN_LAG_S, share * message_s, STEP_FRACTION * step_s)
    # The shortest wait of the messages after each one. A wait may be wrong by the doubt times the
    # distance, so that near messages decide; the same holds for those before it.
    cone_s = doubt * device_s
    ahead = max(1, round(AHEAD_S / message_s))
    later_s = (_shortest(np.append((wait_s + cone_s)[1:], np.inf), ahead) - cone_s).tolist()
    usual = _Usual(max(1, round(BEHIND_S / message_s)))
    waits, arrivals, cones = wait_s.tolist(), arrival_s.tolist(), cone_s.tolist()
    lost = np.zeros(count, dtype=np.int64)
    shift_s = 0.0
    k = 0
    # What follows a late message must be seen before it is anything.
    while k + 1 < count and arrivals[-1] - arrivals[k + 1] >= CONFIRM_LEAST_S:
        usual.add(waits[k] - cones[k] - shift_s)
        usual_s = usual.least_s + cones[k] + shift_s
        k += 1
        if later_s[k - 1] - usual_s < least_s:
            continue
        # A device that has no room keeps its oldest messages, which then come in one burst.
        end = k
        while end + 1 < count and arrivals[end + 1] - arrivals[end] < 0.5 * message_s:
            end += 1
        if waits[k] - later_s[end] > HELD_MESSAGES * message_s:
            for held in range(k, end + 1):
                usual.add(waits[held] - cones[held] - shift_s)
            k = end + 1
        if k >= count:
            break
        times = round((later_s[k - 1] - usual_s) / message_s) or 1
        shift_s += times * message_s
        lost[k] = times * message
    return lost


class _Usual:
    """The least of the last ``count`` values."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._seen = 0
        # Increasing; a value that a later one is less than can never be the least again.
        self._values: deque[tuple[float, int]] = deque()

    @property
    def least_s(self) -> float:
        """The least value."""
        return self._values[0][0]

    def add(self, value_s: float) -> None:
        """Add a value, and forget the one that is too old."""
        values = self._values
        while values and values[-1][0] >= value_s:
            values.pop()
        values.append((value_s, self._seen))
        self._seen += 1
        while values[0][1] < self._seen - self._count:
            values.popleft()


def _shortest(wait_s: FloatArray, count: int) -> FloatArray:
    """Return the least of each element and the ``count - 1`` after it."""
    least = wait_s
    span = 1
    while span < count:
        step = min(span, count - span)
        shifted = np.append(least[step:], np.full(min(step, len(least)), np.inf))
        least = np.minimum(least, shifted[: len(least)])
        span += step
    return least


def _step(arrival_s: FloatArray, message_s: float) -> float:
    """Return the step of the pattern that messages and connection events make, s."""
    difference_s = np.abs(np.diff(arrival_s) - message_s)
    steps = difference_s[difference_s > JITTER_S]
    return float(np.median(steps)) if len(steps) else FIRST_STEP_S


def _nodes(placed_s: FloatArray) -> FloatArray:
    """Return the device times, s, at which the edge is fitted: one a second, two at least."""
    first_s, last_s = float(placed_s[0]), float(placed_s[-1])
    count = max(2, int((last_s - first_s) / BUCKET_S) + 2)
    return first_s + BUCKET_S * np.arange(count, dtype=np.float64)


def _slope(
    arrival_s: FloatArray, placed_s: FloatArray, slope: float, slope_sd: float, tolerance: float
) -> float:
    """Return the slope of the line along the lower edge of the arrivals."""
    x, y = _fastest(arrival_s - slope * placed_s, placed_s)
    x = x - x.mean()
    weight: FloatArray = np.full(len(x), LATE_WEIGHT)
    excess = 0.0
    for _ in range(CURVE_ROUNDS):
        total = weight.sum()
        mean_x, mean_y = (weight * x).sum() / total, (weight * y).sum() / total
        spread = (weight * (x - mean_x) ** 2).sum() + LATE_WEIGHT * (SPREAD_S / slope_sd) ** 2
        excess = float((weight * (x - mean_x) * (y - mean_y)).sum() / spread)
        weight = _weights(y - mean_y - excess * (x - mean_x))
    return min(1.0 + tolerance, max(1.0 - tolerance, slope + excess))


def _weights(above_s: FloatArray) -> FloatArray:
    """Return the weights of waits that are ``above_s`` the edge; negative is below it."""
    # A hold-up says nothing about the edge, however long it is.
    held = SPREAD_S / np.maximum(above_s, SPREAD_S)
    return np.asarray(np.where(above_s < 0.0, 1.0, LATE_WEIGHT * held**2), dtype=np.float64)


def _fastest(wait_s: FloatArray, placed_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return device time and wait of the message that waits least of each second, s."""
    second = ((placed_s - placed_s[0]) / BUCKET_S).astype(np.int64)
    first = np.flatnonzero(np.diff(second, prepend=-1))
    least = np.minimum.reduceat(wait_s, first)
    # The device time of the least wait: the first message of its second that has it.
    at = np.flatnonzero(wait_s == np.repeat(least, np.diff([*first, len(wait_s)])))
    at = at[np.diff(second[at], prepend=-1) > 0]
    return placed_s[at], wait_s[at]


def _edge(wait_s: FloatArray, placed_s: FloatArray) -> FloatArray:
    """Return the lower edge of the waits at each message, (m,) s: smooth, and never above a wait."""
    x, y = _fastest(wait_s, placed_s)
    nodes = _nodes(placed_s)
    # Each wait counts at its two neighbouring nodes.
    left = np.minimum(((x - nodes[0]) / BUCKET_S).astype(np.int64), len(nodes) - 2)
    share = (x - nodes[left]) / BUCKET_S
    stiff = LATE_WEIGHT * (SPREAD_S / SLOPE_SD) ** 2 / len(nodes)
    level = float(y.min())
    curve = np.full(len(nodes), level)
    for _ in range(CURVE_ROUNDS):
        on_curve = curve[left] * (1.0 - share) + curve[left + 1] * share
        weight = _weights(y - on_curve)
        curve = level + _smooth(left, share, weight, y - level, len(nodes), stiff)
    height: FloatArray = np.interp(placed_s, nodes, curve)
    return height + _lowered(wait_s - height, placed_s, nodes)


def _smooth(
    left: IntArray, share: FloatArray, weight: FloatArray, y: FloatArray, n: int, stiff: float
) -> FloatArray:
    """Return the curve on n nodes that minimises weighted squares, its bend, and its tilt."""
    bands = np.zeros((3, n))  # main diagonal, first and second beside it
    right = np.zeros(n)
    one, other = 1.0 - share, share
    np.add.at(bands[0], left, weight * one * one)
    np.add.at(bands[0], left + 1, weight * other * other)
    np.add.at(bands[1], left, weight * one * other)
    np.add.at(right, left, weight * one * y)
    np.add.at(right, left + 1, weight * other * y)
    bands[0, :-1] += stiff
    bands[0, 1:] += stiff
    bands[1, :-1] -= stiff
    if n > 2:
        for at, value in ((0, 1.0), (1, 4.0), (2, 1.0)):
            bands[0, at : n - 2 + at] += BEND * LATE_WEIGHT * value
        bands[1, : n - 2] -= 2.0 * BEND * LATE_WEIGHT
        bands[1, 1 : n - 1] -= 2.0 * BEND * LATE_WEIGHT
        bands[2, : n - 2] += BEND * LATE_WEIGHT
    return np.asarray(solveh_banded(bands, right, lower=True), dtype=np.float64)


def _lowered(room_s: FloatArray, placed_s: FloatArray, nodes: FloatArray) -> FloatArray:
    """Return by how much a curve must be lowered, smoothly, so that no ``room_s`` is below it."""
    _, least = _fastest(np.minimum(room_s, 0.0), placed_s)
    second = np.unique(((placed_s - placed_s[0]) / BUCKET_S).astype(np.int64))
    needed = np.zeros(len(nodes) + 1)
    # A wait lies between two nodes, so both must be low enough.
    np.minimum.at(needed, second, least)
    np.minimum.at(needed, second + 1, least)
    half = round(AHEAD_S / BUCKET_S)
    padded = np.pad(needed[: len(nodes)], 2 * half, mode="edge")
    # Each mean is over windows that all hold its own node, so it is nowhere above what is needed.
    lowest = _shortest(padded, 2 * half + 1)[: len(nodes) + 2 * half]
    mean = np.convolve(lowest, np.full(2 * half + 1, 1.0 / (2 * half + 1)), mode="valid")
    lowered: FloatArray = np.interp(placed_s, nodes, mean)
    return lowered


def _times(
    one: Connection, fit: _Fit, period_s: float, before_s: float | None
) -> list[SampleTimes]:
    """Return the times of each message; ``before_s`` is the last time of the connection before."""
    step_s = fit.slope * period_s
    samples = one.samples
    since_s = np.diff(fit.newest_s, prepend=-np.inf) / samples
    # Within a message the spacing follows the curve, unless the messages say nonsense.
    usual = (fit.lost == 0) & (since_s > 0.5 * step_s) & (since_s < 1.5 * step_s)
    spacing_s = np.where(usual, since_s, step_s).tolist()
    begun_s = (one.arrival_s - one.arrival_s[0]).tolist()
    lost = fit.lost.tolist()
    times: list[SampleTimes] = []
    for k, (newest_s, n) in enumerate(zip(fit.newest_s.tolist(), samples.tolist(), strict=True)):
        t = newest_s - spacing_s[k] * np.arange(n - 1, -1, -1.0)
        t.flags.writeable = False
        # The first messages may be from before the stream was configured.
        missing = lost[k] if begun_s[k] >= BEGINNING_S else 0
        if k == 0 and before_s is not None:
            missing = max(0, round((t.item(0) - before_s) / step_s) - 1)
        times.append(SampleTimes(t, missing))
    return times
