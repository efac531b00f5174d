"""Counters: the place of each message in the device's own time, and what is missing before it.

There are three kinds of device: some send ticks of a clock, some number their samples, some send
neither. For each, a counter turns a message into the device time of its first sample, the spacing of
its samples, and the number of samples lost before it.
"""

import math

import numpy as np

from sensor.compiled import compiled
from sensor.families.base import ClockKind, ClockModel, TickOf
from sensor.types import FloatArray, IntArray

SET_BACK_S = 0.2
"""Samples that are closer together than they can be, by this much, say that the device's clock was set
back. Ticks that are taken a little late or early by a busy device stay far below."""
DRIFT = 2.25e-6
"""Growth of the variance of a message's length with each message, for a variance of the ticks of 1: the
filter of ticks then remembers some 60 to 80 messages, so that it keeps following."""
UNKNOWN = 1e6
"""Variance of the spacing of samples before a second tick, for a variance of the ticks of 1."""

(
    KIND, NOMINAL_S, TICK_S, WRAP, OF_LAST, TOLERANCE, PERIOD_S, NEXT, MARKED, TICK_AT_S, NEXT_VAR, COVAR,
    PERIOD_VAR,
) = range(13)  # fmt: skip
"""Places in the state of a counter. The first six say how the device tells time: one of the kinds below, the
nominal spacing of samples in s, length of a tick in s, where marks start again from 0 (or 0), whether a
mark belongs to the last sample of its message, and the largest error of the rate as a fraction. The others
are the spacing of the samples in s; the place of the next sample (a number, or s of a device with a clock);
whether there was a mark; the newest tick in s; and the variances of the place and of the spacing with their
covariance between them, for a variance of the ticks of 1."""
COUNTER_PLACES = 13
"""Length of that state."""
BY_COUNT, BY_NUMBER, BY_TICK = 0.0, 1.0, 2.0
"""Kinds of counter: every sample follows the one before, samples have numbers, messages have ticks."""
_KINDS = {ClockKind.SEQUENCE: BY_NUMBER, ClockKind.TICKS: BY_TICK}


def begin_counter(counter: FloatArray, model: ClockModel, nominal_s: float) -> None:
    """Fill the state of the counter that suits a family's clock, at the start of a stream."""
    counter[:] = 0.0
    counter[KIND] = _KINDS.get(model.kind, BY_COUNT)
    counter[NOMINAL_S] = counter[PERIOD_S] = nominal_s
    counter[TICK_S] = model.tick_s
    counter[WRAP] = model.wrap
    counter[OF_LAST] = model.tick_of is TickOf.LAST
    counter[TOLERANCE] = model.rate_tolerance


@compiled("f8(f8)")
def whole(number: float) -> float:
    """Return the nearest whole number, as a float: a senseless mark may be too large for an integer."""
    return float(np.rint(number))


@compiled("f8(f8[::1], i8)")
def hidden_samples(counter: FloatArray, n: int) -> float:
    """Return the smallest loss that a mark does not show, infinite if every loss shows.

    It is a message of ``n`` samples of a device that sends no marks, and a whole round of a counter
    that starts again from 0.
    """
    if counter[KIND] == BY_COUNT:
        return float(n)
    hidden = counter[WRAP]
    if counter[KIND] == BY_TICK:
        hidden = counter[WRAP] * counter[TICK_S] / counter[PERIOD_S]
    return hidden if hidden > 0.0 else math.inf


@compiled("Tuple((f8, f8, f8, b1))(f8[::1], i8[::1], i8, b1, i8, f8)")
def place(
    counter: FloatArray, newest: IntArray, n: int, marked: bool, mark: int, elapsed_s: float
) -> tuple[float, float, float, bool]:
    """Return the place of a message of ``n`` samples in device time, after the shortest possible loss.

    It is the device time of the first sample, the spacing of the samples, both in s, how many are
    missing before the first one, and whether the device's clock or counter does not go on from the
    message before.

    Parameters
    ----------
    counter
        The state of the counter; changed.
    newest
        (1,) the newest mark; changed.
    n
        Number of its samples, at least 1.
    marked, mark
        Whether the device sent a tick or sequence number, and this.
    elapsed_s
        Time on the host since the message before arrived.
    """
    if counter[KIND] == BY_TICK:
        return _place_by_tick(counter, newest, n, marked, mark, elapsed_s)
    return _place_by_number(counter, newest, n, marked, mark, elapsed_s)


@compiled("void(f8[::1], f8)")
def skip(counter: FloatArray, samples: float) -> None:
    """Leave room for ``samples`` whose loss was noticed late; negative takes it back."""
    if counter[KIND] == BY_TICK:
        counter[TICK_AT_S] += samples * counter[PERIOD_S]
        counter[NEXT] += samples * counter[PERIOD_S]
    else:
        counter[NEXT] += whole(samples)


@compiled("Tuple((f8, f8, f8, b1))(f8[::1], i8[::1], i8, b1, i8, f8)")
def _place_by_number(
    counter: FloatArray, newest: IntArray, n: int, marked: bool, mark: int, elapsed_s: float
) -> tuple[float, float, float, bool]:
    """Return the place that the message's number gives, or right after the message before."""
    period_s, lost, restarted = counter[PERIOD_S], 0.0, False
    if marked and counter[KIND] == BY_NUMBER:
        if counter[OF_LAST] > 0.0:
            mark -= n - 1
        if counter[MARKED] > 0.0:
            lost = float(_step(mark - newest[0], int(counter[WRAP])))
            restarted = lost < 0.0
            if restarted:
                # The numbers of a restarted device do not count what was lost; the host does.
                lost = missing_samples(n, period_s, elapsed_s)
        newest[0], counter[MARKED] = mark + n, 1.0
    first = counter[NEXT] + lost
    counter[NEXT] = first + n
    return first * period_s, period_s, lost, restarted


@compiled("Tuple((f8, f8, f8, b1))(f8[::1], i8[::1], i8, b1, i8, f8)")
def _place_by_tick(
    counter: FloatArray, newest: IntArray, n: int, marked: bool, mark: int, elapsed_s: float
) -> tuple[float, float, float, bool]:
    """Return the place that the message's tick gives.

    Ticks may be coarse (8 ms on some boards) although the device samples evenly. So a Kalman filter of
    place and spacing follows them, and a tick far from where the filter expects it means lost samples.
    The longer a loss, the less is known of the place after it, and the more counts the tick.
    """
    if not marked:
        first_s = counter[NEXT]
        counter[NEXT] = first_s + n * counter[PERIOD_S]
        return first_s, counter[PERIOD_S], 0.0, False
    nominal_s, period_s, tick_s = counter[NOMINAL_S], counter[PERIOD_S], counter[TICK_S]
    tolerance = counter[TOLERANCE]
    behind = n - 1 if counter[OF_LAST] > 0.0 else 0
    if counter[MARKED] == 0.0:
        first_s = _begin_ticks(counter, newest, n, mark, behind)
        return first_s, nominal_s, 0.0, False
    step = _step(mark - newest[0], int(counter[WRAP]))
    ahead_s = counter[TICK_AT_S] + step * tick_s - behind * period_s - counter[NEXT]
    if step < 0 or ahead_s < -SET_BACK_S:
        # Only the host's time shows how many samples are missing.
        lost = missing_samples(n, nominal_s, elapsed_s)
        first_s = _begin_ticks(counter, newest, n, mark, behind)
        return first_s, nominal_s, lost, True
    newest[0] = mark
    counter[TICK_AT_S] += step * tick_s
    # Without any loss a tick may be off by half a sample, or by its own resolution and the error of the
    # rate over a message.
    slack_s = max(0.5 * period_s, tick_s + tolerance * n * period_s)
    lost = max(1.0, whole(ahead_s / period_s)) if ahead_s > slack_s else 0.0
    ahead_s -= lost * period_s
    _pass_by(counter, lost)
    spread = counter[NEXT_VAR] + 1.0
    alpha, beta = counter[NEXT_VAR] / spread, counter[COVAR] / spread
    counter[NEXT_VAR] = alpha
    counter[PERIOD_VAR] = max(0.0, counter[PERIOD_VAR] - beta * counter[COVAR])
    counter[COVAR] = beta
    first_s = counter[NEXT] + lost * period_s + alpha * ahead_s
    period_s += beta * ahead_s
    # A few bad ticks must not move the spacing further than the family's rate can be off.
    limit_s = tolerance * nominal_s
    period_s = min(nominal_s + limit_s, max(nominal_s - limit_s, period_s))
    counter[PERIOD_S], counter[NEXT] = period_s, first_s + n * period_s
    counter[PERIOD_VAR] += DRIFT / n**2
    _pass_by(counter, float(n))
    return first_s, period_s, lost, False


@compiled("void(f8[::1], f8)")
def _pass_by(counter: FloatArray, samples: float) -> None:
    """Let ``samples`` go by: what is not known of their spacing is not known of the next place."""
    counter[NEXT_VAR] += samples * (2.0 * counter[COVAR] + samples * counter[PERIOD_VAR])
    counter[COVAR] += samples * counter[PERIOD_VAR]


@compiled("f8(f8[::1], i8[::1], i8, i8, i8)")
def _begin_ticks(counter: FloatArray, newest: IntArray, n: int, mark: int, behind: int) -> float:
    """Begin again at a tick; return the device time of the first sample of its message, in s."""
    nominal_s = counter[NOMINAL_S]
    newest[0], counter[MARKED] = mark, 1.0
    counter[TICK_AT_S], counter[PERIOD_S] = 0.0, nominal_s
    first_s = -behind * nominal_s
    counter[NEXT] = first_s + n * nominal_s
    counter[NEXT_VAR], counter[COVAR], counter[PERIOD_VAR] = 1.0, 0.0, UNKNOWN
    _pass_by(counter, float(n))
    return float(first_s)


@compiled("f8(i8, f8, f8)")
def missing_samples(n: int, period_s: float, elapsed_s: float) -> float:
    """Return how many samples are missing before a message of ``n``, by the host's time alone."""
    return max(0.0, whole(elapsed_s / period_s) - n)


@compiled("i8(i8, i8)")
def _step(step: int, wrap: int) -> int:
    """Return the shortest step forward of a counter that starts again from 0 at ``wrap``, if any."""
    return step % wrap if wrap else step
