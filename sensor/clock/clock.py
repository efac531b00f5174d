"""The times of samples: one clock for each stream of a sensor.

Arrival time is not sample time: notifications wait for connection events, stall and come in
bursts. So a sample is timed in three steps:

1. Its place in the device's own time comes from its tick, from its number or, if the device sends
   neither, from counting (:mod:`sensor.clock.counter`, :mod:`sensor.clock.loss`).
2. A line along the lower edge of the arrivals maps device time to the host's time
   (:mod:`sensor.clock.envelope`).
3. The times that are returned follow that line smoothly, so that a correction of the line never
   makes the stream jump.

What remains is the delay of the fastest arrivals, a few milliseconds that all sensors share.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sensor.clock.clock_steps import (
    CLOCK,
    CLOCK_PLACES,
    COUNTER,
    EXACT,
    LAG,
    LAST_T,
    LINE,
    NOMINAL_S,
    PERIOD_S,
    ROWS,
    stamp_messages,
)
from sensor.clock.counter import COUNTER_PLACES, begin_counter
from sensor.clock.envelope import LINE_PLACES, SLOPE, begin_line, make_room
from sensor.clock.loss import LAG_PLACES, LATE, begin_lag
from sensor.families.base import ClockKind, ClockModel
from sensor.types import FloatArray, IntArray

MAX_CLOCK_DRIFT = 300e-6
"""Largest error of a device clock's speed, as a fraction; usual crystals stay within 50 ppm.

For a device without a clock the rate tolerance of its family is used instead."""
_ROOM = 256
"""Room is made for so many messages more than come: not for each message of a live sensor."""
_BITS_64 = 1 << 64
_NO_MARKS: IntArray = np.empty(0, dtype=np.int64)


class Break(NamedTuple):
    """A message that does not simply follow the one before it."""

    message: int
    """Its number among the messages that were stamped together."""
    lost: int = 0
    """Samples missing before it."""
    unnoticed_s: float = 0.0
    """For this long before the message a loss was not noticed: the samples returned since then are
    placed too early, by the time of what is missing."""
    found: int = 0
    """Samples that had been counted as lost, and have arrived after all."""
    jumped: bool = False
    """Whether the device's clock or counter does not go on from the message before."""


class SampleTimes(NamedTuple):
    """The times of the samples of consecutive messages, and where these do not simply follow.

    Times increase, within a message and from message to message. The exception is a message whose
    first time is not after the last time before it: time runs back, and the samples before were placed
    too late. Such a message is among ``breaks``.
    """

    t: FloatArray
    """(n,) s on the session's time base; the last of a message is never after its arrival."""
    breaks: Sequence[Break] = ()
    """The messages before which something is missing, was found, or jumped, or time runs back."""


class SampleClock:
    """The clock of one stream, which gives every sample its time.

    Causal and deterministic: the result depends on the calls so far and on nothing else.

    Parameters
    ----------
    model
        The kind of clock that the family has.
    rate_hz
        The nominal rate of the stream.
    """

    def __init__(self, model: ClockModel, rate_hz: float) -> None:
        nominal_s = self._nominal_s = 1.0 / rate_hz
        own_clock = model.kind is ClockKind.TICKS
        width = max(CLOCK_PLACES, COUNTER_PLACES, LINE_PLACES, LAG_PLACES)
        start = self._start = np.zeros((ROWS, width))
        start[CLOCK, LAST_T:CLOCK_PLACES] = math.nan
        start[CLOCK, EXACT] = model.kind is ClockKind.SESSION
        start[CLOCK, NOMINAL_S] = start[CLOCK, PERIOD_S] = nominal_s
        begin_counter(start[COUNTER], model, nominal_s)
        begin_line(start[LINE], MAX_CLOCK_DRIFT if own_clock else model.rate_tolerance)
        begin_lag(start[LAG])
        self._state = np.concatenate([start, start])
        self._newest_mark = np.zeros(1, dtype=np.int64)
        self._points, self._late, self._breaks = (
            np.empty((0, 2)),
            np.empty((0, 4)),
            np.empty((0, 5)),
        )
        self._room = 0  # for so many messages there is room in these

    def reset(self) -> None:
        """Forget the device's time after a reconnection."""
        last_t = self._state[CLOCK, LAST_T]
        self._state[:ROWS] = self._start
        self._state[CLOCK, LAST_T] = last_t

    @property
    def rate_hz(self) -> float:
        """The estimated true rate of the samples, in Hz."""
        period_s, slope = float(self._state[CLOCK, PERIOD_S]), float(self._state[LINE, SLOPE])
        return 1.0 / (period_s * slope)

    @property
    def undecided(self) -> bool:
        """Whether the newest message is late, and it is not known yet whether samples are lost."""
        return bool(self._state[LAG, LATE] > 0.0)

    def stamp(
        self,
        arrivals_s: Sequence[float],
        n: int,
        marks: Sequence[int] | None = None,
        period_s: float | None = None,
    ) -> SampleTimes:
        """Return the times of the samples of the next messages, which have ``n`` samples each.

        However the messages are divided among the calls, each gets the same times.

        Parameters
        ----------
        arrivals_s
            Arrival of each message, in s on the session's time base.
        n
            Number of samples of each, at least 1.
        marks
            The tick or sequence number of each, if the device sends one; for an imported table the
            time of its first sample, in ns on the session's time base.
        period_s
            The spacing of the samples, if they are from an imported table.
        """
        messages = len(arrivals_s)
        if messages > self._room:
            self._make_room(messages + _ROOM)
        self._room -= messages
        t = np.empty(messages * n)
        count = stamp_messages(
            np.array(arrivals_s),
            _NO_MARKS if marks is None else int64(marks),
            n,
            period_s or self._nominal_s,
            self._state,
            self._newest_mark,
            self._points,
            self._late,
            t,
            self._breaks,
        )
        t.setflags(write=False)
        breaks = [
            Break(int(message), int(lost), unnoticed_s, int(found), bool(jumped))
            for message, lost, unnoticed_s, found, jumped in self._breaks[:count].tolist()
        ] if count else []  # fmt: skip
        return SampleTimes(t, breaks)

    def _make_room(self, messages: int) -> None:
        """Make room for so many messages: each may be late, or a point of the line, and follow a break."""
        self._points = make_room(self._state[LINE], self._points, messages)
        waiting = int(self._state[LAG, LATE])
        late = np.empty((waiting + messages, 4))
        late[:waiting] = self._late[:waiting]
        self._late, self._breaks, self._room = late, np.empty((messages, 5)), messages


def int64(marks: Sequence[int]) -> IntArray:
    """Return marks of up to 64 bits as integers with a sign; the steps between them stay the same."""
    return np.array([mark % _BITS_64 for mark in marks], dtype=np.uint64).view(np.int64)
