"""The places of missing samples in a finished stream without clock and counter."""

from collections import deque

import numpy as np
import numpy.typing as npt

from sensor.clock.loss import (
    CONFIRM_LEAST_S,
    FIRST_STEP_S,
    HIDDEN_FRACTION,
    JITTER_S,
    MIN_LAG_S,
    STEP_FRACTION,
)
from sensor.types import FloatArray

AHEAD_S = 30.0
"""A late message is held up if any message of the next half minute comes without delay."""
BEHIND_S = 10.0
"""The shortest wait of so long before a message is the usual one."""
HELD_MESSAGES = 2.0
"""A burst after a silence was held back if its first message waited for this many messages longer than
those that follow it."""
REGULAR_LOSSES = 5
REGULAR_SHARE = 0.2
"""So many single losses whose intervals differ by less than this share come from the pattern that
messages and connection events make; intervals of chance losses differ by more than half."""

IntArray = npt.NDArray[np.int64]


def lost_samples(
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
    later_s = (shortest(np.append((wait_s + cone_s)[1:], np.inf), ahead) - cone_s).tolist()
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


def are_regular(at_s: FloatArray) -> bool:
    """Return whether single losses at ``at_s`` (s) are too regular to be losses."""
    between_s = np.diff(at_s)
    if len(between_s) < REGULAR_LOSSES:
        return False
    usual_s = float(np.median(between_s))
    return float(np.median(np.abs(between_s - usual_s))) < REGULAR_SHARE * usual_s


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


def shortest(wait_s: FloatArray, count: int) -> FloatArray:
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
