"""The places of a finished connection's messages in the device's own time, as its marks say.

Marks of a device that began again, or whose clock was set, do not go on from the message before. There
the host's time says what is missing: the messages after it wait as long as those before, at the least.
"""

from dataclasses import dataclass

import numpy as np

from sensor.clock.clock_steps import JUMP_AHEAD_S
from sensor.clock.counter import (
    BY_TICK,
    COUNTER_PLACES,
    KIND,
    begin_counter,
    hidden_samples,
    place,
)
from sensor.clock.lost_messages import AHEAD_S, BEHIND_S
from sensor.compiled import compiled
from sensor.families.base import ClockModel
from sensor.types import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Connection:
    """The messages of one connection, in their order."""

    arrival_s: FloatArray
    """(m,) s, arrival of each message."""
    samples: IntArray
    """(m,) number of samples of each message, at least 1."""
    marks: IntArray
    """(m,) its tick or sequence number."""
    marked: BoolArray
    """(m,) whether it has one."""
    rate_hz: float
    """The rate that the live clock saw at last."""


@dataclass(frozen=True, slots=True)
class DeviceTimes:
    """The messages of a connection in the device's time; losses that no mark shows are not in it."""

    newest_s: FloatArray
    """(m,) s, device time of the newest sample of each message; it never decreases."""
    period_s: FloatArray
    """(m,) s between its samples."""
    lost: IntArray
    """(m,) samples that are missing before it, as the marks say."""
    jumped: BoolArray
    """(m,) whether its mark does not go on from the message before."""
    hidden_s: float
    """The smallest loss that no mark shows, s; infinite if every loss shows."""
    slope: float
    """Host time over device time, as the live clock saw it at last."""


def device_times(
    one: Connection, model: ClockModel, nominal_s: float, tolerance: float
) -> DeviceTimes:
    """Return the places of a connection's messages, of which there is at least one.

    Parameters
    ----------
    one
        The connection.
    model
        The kind of clock that the family has.
    nominal_s
        Nominal spacing of samples, s.
    tolerance
        Largest error of the device's time, as a fraction.
    """
    count = len(one.arrival_s)
    counter = np.zeros(COUNTER_PLACES)
    begin_counter(counter, model, nominal_s)
    newest_s, period_s, lost = np.empty(count), np.empty(count), np.empty(count)
    jumped = np.empty(count, dtype=np.bool_)
    _place_all(
        counter, one.arrival_s, one.samples, one.marks, one.marked, newest_s, period_s, lost, jumped
    )
    slope = 1.0 if counter[KIND] == BY_TICK else 1.0 / (nominal_s * one.rate_hz)
    _join(one.arrival_s, newest_s, lost, jumped, slope, tolerance)
    # What a mark says of a loss is senseless beyond this.
    most = float(np.iinfo(np.int32).max)
    return DeviceTimes(
        np.maximum.accumulate(newest_s),
        period_s,
        np.minimum(lost, most).astype(np.int64),
        jumped,
        hidden_samples(counter, int(np.median(one.samples))) * float(np.median(period_s)),
        slope,
    )


@compiled(
    "void(f8[::1], Array(f8, 1, 'C', True), Array(i8, 1, 'C', True), Array(i8, 1, 'C', True),"
    " Array(b1, 1, 'C', True), f8[::1], f8[::1], f8[::1], b1[::1])"
)
def _place_all(
    counter: FloatArray,
    arrival_s: FloatArray,
    samples: IntArray,
    marks: IntArray,
    marked: BoolArray,
    newest_s: FloatArray,
    period_s: FloatArray,
    lost: FloatArray,
    jumped: BoolArray,
) -> None:
    """Fill the last four arrays, (m,), by the marks; see :class:`DeviceTimes`."""
    newest = np.zeros(1, np.int64)
    last_s = arrival_s[0]
    for k in range(len(arrival_s)):
        n = samples[k]
        # The host's clock never goes back, but the times of a damaged recording may.
        silence_s = max(0.0, arrival_s[k] - last_s)
        last_s = arrival_s[k]
        first_s, period_s[k], lost[k], jumped[k] = place(
            counter, newest, n, marked[k], marks[k], silence_s
        )
        newest_s[k] = first_s + (n - 1) * period_s[k]


@compiled("void(Array(f8, 1, 'C', True), f8[::1], f8[::1], b1[::1], f8, f8)")
def _join(
    arrival_s: FloatArray,
    newest_s: FloatArray,
    lost: FloatArray,
    jumped: BoolArray,
    slope: float,
    tolerance: float,
) -> None:
    """Find the jumps ahead, and move what follows a jump to where the host's time says that it is."""
    count = len(arrival_s)
    shift_s = 0.0
    for k in range(count):
        newest_s[k] += shift_s
        if k == 0 or not (jumped[k] or lost[k] > 0.0):
            continue
        before_s, i = np.inf, k - 1
        while i >= 0 and arrival_s[i] >= arrival_s[k - 1] - BEHIND_S:
            before_s = min(before_s, arrival_s[i] - slope * newest_s[i])
            i -= 1
        after_s, i = arrival_s[k] - slope * newest_s[k], k + 1
        while i < count and arrival_s[i] <= arrival_s[k] + AHEAD_S:
            if jumped[i] or lost[i] > 0.0:
                break
            after_s = min(after_s, arrival_s[i] - slope * (newest_s[i] + shift_s))
            i += 1
        ahead_s = before_s - after_s
        # There was no time for a loss, so only the host's time says what is missing.
        doubt_s = JUMP_AHEAD_S + tolerance * max(0.0, arrival_s[k] - arrival_s[k - 1])
        if jumped[k] or ahead_s > doubt_s:
            jumped[k] = True
            shift_s -= ahead_s / slope
            newest_s[k] -= ahead_s / slope
