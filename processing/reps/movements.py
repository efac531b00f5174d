"""The visible begin and end of one movement of the leg: of a lift, or of a lowering.

A movement lasts from the last moment near the plateau that it leaves until the first moment near the
plateau that it reaches. A plateau is the median of the hold there, or the extreme where the leg turns
without one. All limits are relative to the movement itself, because a slow lowering is slower
throughout than the end of a quick one.
"""

import math
from dataclasses import dataclass

import numpy as np

from processing.reps.rep_limits import (
    HOLD_FRACTION,
    HOLD_S,
    HOLD_SPEED_DPS,
    HOLD_SPEED_FRACTION,
    REST_SPEED_DPS,
)
from sensor.compiled import compiled
from sensor.compiled.arrays import highest, lowest
from sensor.types import BoolArray, FloatArray

_ROUNDS = 6
"""The mean speed tells the holds, and the holds tell where the mean speed is taken: repeated this
often, which is more than drawn movements of 0.3 to 12 s need."""
_SMOOTHING_SHARE = 0.02
"""Standard deviation of the smoothing as a share of the movement's duration.

A minimum-jerk movement then seems longer by 0.5 % at each end.
"""
_SMOOTHING_S = (0.01, 0.2)
"""Least and most standard deviation, s.

One sample; and what halves the movement of working muscle under the strap at 1 Hz, which would look
like stalls of a slow leg. More would hide the shortest hold.
"""
_SHORTENED = 1.7
"""Smoothing shortens a stall by this many standard deviations.

A stall between two stretches of even speed v seems to be faster than v / 5 within 0.84 standard
deviations of its ends.
"""
_LEAST_STALL_S = 0.15
"""No shorter stretch is a stall, however much it is smoothed, s: half of the shortest hold."""
_JOINED_S = 0.15
"""Two stalls that are no further apart are one hold, s: half of the shortest hold."""
_SWAY = math.radians(0.5)
"""A leg that goes back by more than this on its way sways, rad: a quarter of what is seen.

The tremor of a leg on the pad goes back by less than half of it once it is smoothed.
"""
_SWAY_SMOOTHING_S = 0.4
"""Most smoothing of a leg that sways, s: it leaves a twentieth of what turns once a second."""
_MORE_SMOOTHING = 1.4
"""Factor of the steps in which the smoothing grows until the leg goes one way."""
_FASTEST, _SLOWEST = math.radians(HOLD_SPEED_DPS), math.radians(REST_SPEED_DPS)
"""The limits of the speed of a hold, rad/s."""


@dataclass(frozen=True, slots=True)
class Movement:
    """The progress of one movement, from 0 at the extreme that it leaves; samples on an even grid."""

    t: FloatArray
    """(n,) s."""
    done: FloatArray
    """(n,) rad, growing in the direction of the movement."""
    speed: FloatArray
    """(n,) rad/s, its rate."""
    whole: float
    """The progress at the extreme that the movement reaches, rad; above 0."""
    near: float
    """Distance from a plateau at which the movement begins and ends, rad; at most a quarter of the whole."""


def visible_ends(movement: Movement) -> tuple[float, float]:
    """Return the times (s) at which a movement visibly begins and ends.

    The samples reach from the hold before to the hold after, as far as these are known.
    """
    t, whole = movement.t, movement.whole
    step_s = median(np.diff(t)) if t.size > 1 else None
    # Between a tenth and nine tenths no hold is in the way; a movement passes them in half its time.
    rough = _passed(t, movement.done, 0.1 * whole, 0.9 * whole)
    sigma_s = 2.0 * _SMOOTHING_SHARE * (rough[1] - rough[0])
    sigma_s = min(max(sigma_s, _SMOOTHING_S[0]), _SMOOTHING_S[1])
    # A tremor moves the leg little, and the corners of a stepped movement are sharp.
    sway_s, done = _smoothed_sway(movement, rough, 0.5 * sigma_s, step_s)
    lowest, highest = 0.0, whole
    if sway_s > 0.5 * sigma_s:
        # The extremes of a leg that sways are not those of its movement.
        sigma_s = max(sigma_s, sway_s)
        lowest, highest = _extremes(t, done, rough)
    speed = _smoothed(movement.speed, sigma_s, step_s)
    near = min(movement.near, 0.25 * whole)
    least_s = max(HOLD_S - _SHORTENED * sigma_s, _LEAST_STALL_S)
    return _bounded(t, done, speed, lowest, highest, near, least_s, *rough)


def _smoothed_sway(
    movement: Movement, span: tuple[float, float], least_s: float, step_s: float | None
) -> tuple[float, FloatArray]:
    """Return the standard deviation (s) with which the leg goes one way within ``span`` s, and its progress (n,) rad.

    The standard deviation is ``least_s`` or more. A person who stands sways by more than a coach takes for a
    movement. The sway shows on the way, where the leg goes back; so how much is smoothed depends on this
    movement alone.
    """
    first, last = np.searchsorted(movement.t, span).tolist()
    sigma_s = least_s
    while True:
        done = _smoothed(movement.done, sigma_s, step_s)
        if sigma_s >= _SWAY_SMOOTHING_S or _goes_back(done, first, last) <= _SWAY:
            return sigma_s, done
        sigma_s = min(max(_MORE_SMOOTHING * sigma_s, 0.05), _SWAY_SMOOTHING_S)


@compiled("f8(f8[::1], i8, i8)")
def _goes_back(done: FloatArray, first: int, last: int) -> float:
    """Return by how much the progress goes back at most from the sample ``first`` to ``last``, rad."""
    most, highest = 0.0, -np.inf
    for i in range(first, min(last + 1, len(done))):
        highest = max(highest, done[i])
        most = max(most, highest - done[i])
    return most


def _extremes(t: FloatArray, done: FloatArray, span: tuple[float, float]) -> tuple[float, float]:
    """Return the least progress until the start of ``span`` s, and the most from its end on, rad."""
    first, last = np.searchsorted(t, span).tolist()
    return float(done[: first + 1].min()), float(done[min(last, done.size - 1) :].max())


@compiled("f8(f8, f8)")
def hold_speed(rom: float, seconds: float) -> float:
    """Return the speed (rad/s) below which a movement over ``rom`` rad in ``seconds`` is a hold."""
    if seconds <= 0.0:
        return _FASTEST
    return min(max(HOLD_SPEED_FRACTION * rom / seconds, _SLOWEST), _FASTEST)


@compiled("UniTuple(f8, 2)(f8[::1], f8[::1], f8[::1], f8, f8, f8, f8, f8, f8)")
def _bounded(
    t: FloatArray,
    done: FloatArray,
    speed: FloatArray,
    lowest: float,
    highest: float,
    near: float,
    least_s: float,
    begin: float,
    end: float,
) -> tuple[float, float]:
    """Return the times (s) at which a movement begins and ends, by the holds before and after it.

    Parameters
    ----------
    t, done, speed
        (n,) s, rad and rad/s, smoothed.
    lowest, highest
        The extremes of the progress, rad.
    near
        Distance from a plateau at which the movement begins and ends, rad.
    least_s
        Shortest hold, s.
    begin, end
        The times to start from, s.
    """
    floor, ceiling = lowest, highest
    margin = HOLD_FRACTION * (highest - lowest)
    for _ in range(_ROUNDS):
        before = begin, end
        begin, end = _passed(t, done, floor + near, ceiling - near)
        slowest = hold_speed(ceiling - floor, end - begin)
        slow = np.abs(speed) < slowest
        # Of two stalls at one end, the one beside the movement bounds it.
        left = _hold(t, done, slow & (done <= lowest + margin), near, slowest, least_s, True)
        reached = _hold(t, done, slow & (done >= highest - margin), near, slowest, least_s, False)
        floor = median(done[left[0] : left[1]]) if left[1] else lowest
        ceiling = median(done[reached[0] : reached[1]]) if reached[1] else highest
        if begin == before[0] and end == before[1]:
            break
    return begin, end


@compiled("UniTuple(f8, 2)(f8[::1], f8[::1], f8, f8)")
def _passed(t: FloatArray, done: FloatArray, low: float, high: float) -> tuple[float, float]:
    """Return when ``done`` was last at ``low``, before it was first at ``high`` after that."""
    begin = 0
    for i in range(len(done)):
        if done[i] <= low:
            begin = i
        if done[i] >= 0.5 * (low + high):
            break
    end = begin
    while end < len(done) - 1 and done[end] < high:
        end += 1
    return _crossing(t, done, low, begin), _crossing(t, done, high, max(end - 1, 0))


@compiled("f8(f8[::1], f8[::1], f8, i8)")
def _crossing(t: FloatArray, done: FloatArray, level: float, index: int) -> float:
    """Return when a line from the sample ``index`` to the next one passes ``level``."""
    if index + 1 >= len(t):
        return float(t[-1])
    rise = done[index + 1] - done[index]
    share = (level - done[index]) / rise if rise > 0.0 else 0.0
    share = min(max(share, 0.0), 1.0)
    return float(min(t[index] + share * (t[index + 1] - t[index]), t[index + 1]))


@compiled("UniTuple(i8, 2)(f8[::1], f8[::1], b1[::1], f8, f8, f8, b1)")
def _hold(
    t: FloatArray,
    done: FloatArray,
    slow: BoolArray,
    near: float,
    slowest: float,
    least_s: float,
    last: bool,
) -> tuple[int, int]:
    """Return start and stop of a hold among the stretches of ``slow`` samples, zeros if there is none.

    Parameters
    ----------
    t, done
        (n,) times in s and progress in rad.
    slow
        (n,) the samples that are slower than a hold allows.
    near
        Distance from its middle within which a plateau lies, rad.
    slowest
        That speed, rad/s.
    least_s
        Shortest hold, s.
    last
        Whether the last hold is asked for, not the first.
    """
    found = (0, 0)
    begin = stop = i = 0
    while i < len(slow):
        if not slow[i]:
            i += 1
            continue
        start = i
        while i < len(slow) and slow[i]:
            i += 1
        if stop and not _is_one_hold(t, done, begin, stop, start, i, near, slowest):
            if t[stop - 1] - t[begin] >= least_s:
                found = (begin, stop)
                if not last:
                    return found
            begin = start
        elif not stop:
            begin = start
        stop = i
    if stop and t[stop - 1] - t[begin] >= least_s:
        found = (begin, stop)
    return found


@compiled("b1(f8[::1], f8[::1], i8, i8, i8, i8, f8, f8)")
def _is_one_hold(
    t: FloatArray,
    done: FloatArray,
    begin: int,
    stop: int,
    start: int,
    end: int,
    near: float,
    slowest: float,
) -> bool:
    """Return whether the stretches ``begin:stop`` and ``start:end`` of slow samples are one hold; see `_hold`."""
    apart_s = t[start] - t[stop - 1]
    # A leg that creeps, or stays on its plateau, is held although its sway is faster now and then.
    crept = abs(done[start] - done[stop - 1]) < (slowest + _SLOWEST) * apart_s
    stayed = highest(done[begin:end]) - lowest(done[begin:end]) <= 2.0 * near
    return bool(crept or stayed or apart_s <= _JOINED_S)


@compiled("f8(f8[::1])")
def median(values: FloatArray) -> float:
    """Return the median of ``values`` (n,), n >= 1."""
    ordered = values.copy()
    for count in range(len(ordered) // 2, 0, -1):
        _sift(ordered, count - 1, len(ordered))
    for count in range(len(ordered) - 1, 0, -1):
        ordered[0], ordered[count] = ordered[count], ordered[0]
        _sift(ordered, 0, count)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return float(ordered[half])
    return float((ordered[half - 1] + ordered[half]) / 2.0)


# Heapsort, since numba's own sort takes longer to compile than everything else here.
@compiled("void(f8[::1], i8, i8)")
def _sift(heap: FloatArray, at: int, count: int) -> None:
    """Let the number at place ``at`` sink in the first ``count`` of ``heap`` below those that are larger."""
    while 2 * at + 1 < count:
        larger = 2 * at + 1
        if larger + 1 < count and heap[larger + 1] > heap[larger]:
            larger += 1
        if heap[at] >= heap[larger]:
            return
        heap[at], heap[larger] = heap[larger], heap[at]
        at = larger


def _smoothed(signal: FloatArray, sigma_s: float, step_s: float | None) -> FloatArray:
    """Return ``signal`` (n,) after a Gaussian filter, which shifts nothing in time.

    ``step_s`` is the time between two samples, None if there is one only.
    """
    step_s = step_s or sigma_s
    reach = max(1, round(3.0 * sigma_s / step_s))
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) * step_s / sigma_s) ** 2)
    padded = np.empty(signal.size + 2 * reach)
    padded[:reach], padded[reach:-reach], padded[-reach:] = signal[0], signal, signal[-1]
    # The weights are the same both ways round, so this is the convolution.
    return np.correlate(padded, weights / weights.sum(), mode="valid")
