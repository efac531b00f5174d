"""The places of losses in a finished stream that no mark shows."""

import numpy as np

from sensor.clock.counter import whole
from sensor.clock.loss import (
    CONFIRM_LEAST_S,
    HIDDEN_FRACTION,
    JITTER_S,
    MIN_LAG_S,
    STEP_FRACTION,
)
from sensor.compiled import compiled
from sensor.types import FloatArray, IntArray

AHEAD_S = 60.0
"""A late message is held up if any message of the next minute comes without delay: a host may sleep for
half of that."""
BEHIND_S = 10.0
"""The shortest wait of so long before a message is the usual one."""
HELD_TIMES = 2.0
"""A burst after a silence was held back if its first message waited for this many messages, and this many
usual spacings of arrivals, longer than those that follow it: one missed connection event makes a burst too."""
STEPS_SHARE = 0.05
"""A link has a pattern if its step stands between more than this share of the arrivals."""
REGULAR_LOSSES = 5
REGULAR_SHARE = 0.2
"""So many single losses whose intervals differ by less than this share come from the pattern that
messages and connection events make; intervals of chance losses differ by more than half."""

_OLDEST, _STOP, _SEEN = range(3)
"""Places of the oldest value that may still be the least, of the end of these, and of how many were added."""


def losses(
    arrival_s: FloatArray,
    device_s: FloatArray,
    slope: float,
    message_s: float,
    hidden_s: float,
    doubt: float,
    least_losses: float,
) -> IntArray:
    """Return how many of the smallest hidden loss are before each message, (m,).

    Parameters
    ----------
    arrival_s, device_s
        (m,) s, arrival of each message and device time of its newest sample.
    slope, doubt
        Host time over device time, and half-width of its error.
    message_s, hidden_s
        Time on the host that a message spans, and that of the smallest loss that no mark shows.
    least_losses
        Fewer of these at one place are not looked for.
    """
    count = len(arrival_s)
    wait_s = arrival_s - slope * device_s
    step_s = _step(arrival_s, message_s)
    share = max(HIDDEN_FRACTION, least_losses)
    least_s = max(MIN_LAG_S, share * hidden_s, STEP_FRACTION * step_s)
    # The shortest wait of the messages after each one. A wait may be wrong by the doubt times the
    # distance, so that near messages decide; the same holds for those before it.
    cone_s = doubt * device_s
    ahead = max(1, round(AHEAD_S / message_s))
    later_s = shortest(np.append((wait_s + cone_s)[1:], np.inf), ahead)
    later_s -= cone_s
    found = np.zeros(count, dtype=np.int64)
    behind = max(1, round(BEHIND_S / message_s))
    held_s = HELD_TIMES * max(message_s, _spacing(arrival_s)) + MIN_LAG_S
    _find(arrival_s, wait_s, cone_s, later_s, message_s, hidden_s, least_s, held_s, behind, found)
    return found


@compiled("void(Array(f8, 1, 'A', True), f8[::1], f8[::1], f8[::1], f8, f8, f8, f8, i8, i8[::1])")
def _find(
    arrival_s: FloatArray,
    wait_s: FloatArray,
    cone_s: FloatArray,
    later_s: FloatArray,
    message_s: float,
    hidden_s: float,
    least_s: float,
    held_s: float,
    behind: int,
    found: IntArray,
) -> None:
    """Find how many of the smallest hidden loss are before each of m messages.

    Parameters
    ----------
    arrival_s, wait_s, cone_s
        (m,) s, arrival and wait of each, and the doubt about its wait.
    later_s
        (m,) s, the shortest wait of the messages after each one.
    message_s, hidden_s, least_s
        Time on the host that a message spans, that of the smallest hidden loss, and the least that is one.
    held_s
        A burst was held back if its first message waited so much longer than those that follow it.
    behind
        The shortest wait of so many messages is the usual one.
    found
        (m,), zeros; filled where a message follows a loss.
    """
    count = len(arrival_s)
    values, numbers = np.empty(behind + 1), np.empty(behind + 1, np.int64)
    ends = np.zeros(3, np.int64)
    shift_s = 0.0
    k = 0
    # What follows a late message must be seen before it is anything.
    while k + 1 < count and arrival_s[count - 1] - arrival_s[k + 1] >= CONFIRM_LEAST_S:
        _add_usual(values, numbers, ends, behind, wait_s[k] - cone_s[k] - shift_s)
        usual_s = values[ends[_OLDEST] % len(values)] + cone_s[k] + shift_s
        k += 1
        if later_s[k - 1] - usual_s < least_s:
            continue
        # A device that has no room keeps its oldest messages, which then come in one burst.
        end = k
        while end + 1 < count and arrival_s[end + 1] - arrival_s[end] < 0.5 * message_s:
            end += 1
        if wait_s[k] - later_s[end] > held_s:
            for held in range(k, end + 1):
                _add_usual(values, numbers, ends, behind, wait_s[held] - cone_s[held] - shift_s)
            k = end + 1
            if k >= count:
                break
            # What was held back may be all that was late.
            usual_s = values[ends[_OLDEST] % len(values)] + cone_s[k - 1] + shift_s
            if later_s[k - 1] - usual_s < 0.5 * hidden_s:
                continue
        times = max(1.0, whole((later_s[k - 1] - usual_s) / hidden_s))
        shift_s += times * hidden_s
        found[k] = int(times)


@compiled("void(f8[::1], i8[::1], i8[::1], i8, f8)")
def _add_usual(
    values: FloatArray, numbers: IntArray, ends: IntArray, count: int, value_s: float
) -> None:
    """Add a value to those of which the oldest is the least of the last ``count``.

    Parameters
    ----------
    values, numbers
        (count + 1,) those that may still be the least, increasing, and their numbers, round and round;
        changed. A value that a later one is less than can never be the least again.
    ends
        (3,) see :data:`_OLDEST`; changed.
    count, value_s
        So many values count; the new one.
    """
    stop, size = ends[_STOP], len(values)
    while stop > ends[_OLDEST] and values[(stop - 1) % size] >= value_s:
        stop -= 1
    values[stop % size], numbers[stop % size] = value_s, ends[_SEEN]
    ends[_STOP] = stop + 1
    ends[_SEEN] += 1
    while numbers[ends[_OLDEST] % size] < ends[_SEEN] - count:
        ends[_OLDEST] += 1


def are_regular(at_s: FloatArray) -> bool:
    """Return whether single losses at ``at_s`` (s) are too regular to be losses."""
    between_s = np.diff(at_s)
    if len(between_s) < REGULAR_LOSSES:
        return False
    usual_s = float(np.median(between_s))
    return float(np.median(np.abs(between_s - usual_s))) < REGULAR_SHARE * usual_s


def shortest(wait_s: FloatArray, count: int) -> FloatArray:
    """Return the least of each element and the ``count - 1`` after it."""
    least = wait_s.copy()
    span = 1
    while span < count:
        step = min(span, count - span)
        np.minimum(least[:-step], least[step:], out=least[:-step])
        span += step
    return least


def _spacing(arrival_s: FloatArray) -> float:
    """Return the usual time between arrivals that do not come together, s."""
    between_s = np.diff(arrival_s)
    apart_s = between_s[between_s > JITTER_S]
    return float(np.median(apart_s)) if len(apart_s) else 0.0


def _step(arrival_s: FloatArray, message_s: float) -> float:
    """Return the step of the pattern that messages and connection events make, s."""
    difference_s = np.abs(np.diff(arrival_s) - message_s)
    steps = difference_s[difference_s > JITTER_S]
    # Few of them are losses, and no pattern.
    return float(np.median(steps)) if len(steps) > STEPS_SHARE * len(arrival_s) else JITTER_S
