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

from sensor.clock.counter import PacketPlace, counter_for, missing_samples
from sensor.clock.envelope import Envelope
from sensor.clock.loss import Lag, LagDetector
from sensor.families.base import ClockKind, ClockModel
from sensor.types import FloatArray

MAX_CLOCK_DRIFT = 300e-6
"""Largest error of a device clock's speed, as a fraction; usual crystals stay within 50 ppm.

For a device without a clock the rate tolerance of its family is used instead."""
SLEW_TIME_S = 2.0
"""A correction is spread over this time, so that it does not show as a change of speed."""
MAX_SLEW = 0.01
"""Largest change of the speed of time by a correction, as a fraction: angular rates that are
integrated are then wrong by at most 1 %."""
SETTLING_S = 3.0
"""For this long after a start or a gap the two values below hold: the line has few points yet."""
SETTLING_SLEW_TIME_S = 0.3
SETTLING_MAX_SLEW = 0.1
STEP_GAP_S = 0.2
"""Time may jump only across a gap of at least this: nothing is measured there anyway."""
HOLD_UP_S = 1.0
"""After a silence this long time settles again: what the live path shows of it is not valid."""
RUN_BACK_S = 0.05
"""Times that are too late by more than this are not slewed: at once they run back. Two sensors that
are so far apart cost more degrees than the samples that the live path then leaves out."""
LEAST_SPACING = 0.5
"""Least spacing of samples, as a share of the usual one. Without room for it time runs back."""
JUMP_AHEAD_S = 0.05
"""A device clock or counter that is this far ahead of the arrivals, with samples missing, has jumped:
no sample arrives before it is taken."""
BEGINNING_S = 0.5
"""A lag that begins within this time of a stream's start is no loss: its first messages may be from
before it was configured."""


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
        self._model = model
        self._exact_marks = model.kind is ClockKind.SESSION
        self._nominal_s = 1.0 / rate_hz
        self._last_t: float | None = None
        self._start()

    def reset(self) -> None:
        """Forget the device's time after a reconnection."""
        self._start()

    def _start(self) -> None:
        own_clock = self._model.kind is ClockKind.TICKS
        self._tolerance = MAX_CLOCK_DRIFT if own_clock else self._model.rate_tolerance
        self._counter = counter_for(self._model, 1.0 / self._nominal_s)
        self._begin_line()
        self._arrival_s: float | None = None
        self._device_s: float | None = None  # of the newest sample
        self._period_s = self._nominal_s

    def _begin_line(self) -> None:
        self._line = Envelope(self._tolerance)
        self._lag = LagDetector()
        self._settled_t: float | None = None
        self._began_s: float | None = None

    @property
    def rate_hz(self) -> float:
        """The estimated true rate of the samples, in Hz."""
        return 1.0 / (self._period_s * self._line.slope)

    @property
    def undecided(self) -> bool:
        """Whether the newest message is late, and it is not known yet whether samples are lost."""
        return self._lag.lagging

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
        times: list[float] = []
        breaks: list[Break] = []
        exact = self._exact_marks and marks is not None
        for message, arrival_s in enumerate(arrivals_s):
            last_t = self._last_t
            mark = None if marks is None else marks[message]
            if exact and mark is not None:
                found = self._exact(times, arrival_s, n, mark, period_s or self._nominal_s)
            else:
                found = self._fitted(times, arrival_s, n, mark)
            lost, unnoticed_s, returned, jumped = found
            back = last_t is not None and times[-n] <= last_t
            if lost or returned or jumped or back:
                breaks.append(Break(message, lost, unnoticed_s if lost else 0.0, returned, jumped))
        # A message has few samples, for which a list is faster than arithmetic on arrays.
        t = np.array(times)
        t.setflags(write=False)
        return SampleTimes(t, breaks)

    def _fitted(
        self, times: list[float], arrival_s: float, n: int, mark: int | None
    ) -> tuple[int, float, int, bool]:
        """Append the times of a message; return the fields of its :class:`Break`."""
        # The host's clock never goes back, but the times of a damaged recording may.
        silence_s = 0.0 if self._arrival_s is None else max(0.0, arrival_s - self._arrival_s)
        self._arrival_s = arrival_s
        place = self._counter.place(n, mark, silence_s)
        line = self._line
        newest_s = place.first_s + (n - 1) * place.period_s
        ahead_s = line.at(newest_s) - arrival_s if line.started else 0.0
        if not place.restarted and place.lost and ahead_s > JUMP_AHEAD_S:
            # There was no time for a loss, so only the host's time says what is missing.
            missing = missing_samples(n, place.period_s, silence_s)
            place = place._replace(lost=missing, restarted=True)
        if place.restarted:
            self._begin_line()
        place, found, unnoticed_s = self._with_hidden_losses(place, n, newest_s, silence_s)
        newest_s = place.first_s + (n - 1) * place.period_s
        # A message that waits says nothing about the clock; it would only pull the line up.
        if not self._lag.lagging:
            self._line.add(newest_s, arrival_s)
        if silence_s >= HOLD_UP_S:
            self._settled_t = None
            self._line.hurry()
        lost = self._smoothed(times, place, n, arrival_s)
        return lost, unnoticed_s, found, place.restarted

    def _with_hidden_losses(
        self, place: PacketPlace, n: int, newest_s: float, silence_s: float
    ) -> tuple[PacketPlace, int, float]:
        """Return the place after losses that no mark shows.

        Beside it: the samples that were found again, and for how many s the loss was not noticed.
        """
        arrival_s, line, lag = self._arrival_s or 0.0, self._line, self._lag
        if self._began_s is None:
            self._began_s = arrival_s
        hidden = self._counter.hidden_samples
        slope, period_s = line.slope, place.period_s
        times = lag.hidden_losses(
            Lag(
                newest_s,
                arrival_s,
                slope,
                line.uncertainty_s(1.0),
                n * period_s * slope,
                hidden * period_s * slope,
                silence_s,
            )
        )
        if lag.moved:
            self._begin_line()
        if not times:
            return place, 0, 0.0
        samples = times * hidden
        self._counter.skip(samples)
        place = place._replace(first_s=place.first_s + samples * period_s)
        if times < 0:
            # The newest sample is earlier in device time as well.
            if self._device_s is not None:
                self._device_s += samples * period_s
            return place, round(-samples), 0.0
        began_s = arrival_s - lag.unnoticed_s - self._began_s
        lost = round(samples) if began_s >= BEGINNING_S else 0
        return place._replace(lost=place.lost + lost), 0, lag.unnoticed_s

    def _smoothed(self, times: list[float], place: PacketPlace, n: int, arrival_s: float) -> int:
        """Append the times of the samples at ``place``; return how many are missing before them."""
        first_s, period_s, lost, restarted = place
        slope = self._line.slope
        target_t = self._line.at(first_s)
        last_t, device_s = self._last_t, self._device_s
        self._period_s, self._device_s = period_s, first_s + (n - 1) * period_s
        step_s = slope * period_s
        if last_t is None:
            first_t = target_t
        elif device_s is None:
            # After a reconnection only the time that has passed says how many are missing.
            first_t = max(target_t, last_t + step_s)
            lost = max(0, round((target_t - last_t) / step_s) - 1)
        elif restarted or lost * period_s >= STEP_GAP_S:
            first_t = max(target_t, last_t + step_s)
            self._settled_t = None
        else:
            # At least half a sample, so that time increases whatever the device says.
            ahead_s = slope * max(first_s - device_s, 0.5 * period_s)
            span_s = ahead_s + (n - 1) * step_s
            if self._settled_t is None:
                self._settled_t = last_t + SETTLING_S
            if last_t < self._settled_t:
                limit, spread_s = SETTLING_MAX_SLEW, SETTLING_SLEW_TIME_S
            else:
                limit, spread_s = MAX_SLEW, SLEW_TIME_S
            correction = (target_t - last_t - ahead_s) / max(spread_s, span_s)
            if abs(correction) > limit:
                correction = math.copysign(limit, correction)
            first_t = last_t + (1.0 + correction) * ahead_s
            step_s *= 1.0 + correction
        if first_t - target_t > RUN_BACK_S:
            first_t, step_s = target_t, slope * period_s
        newest_t = first_t + (n - 1) * step_s
        if newest_t > arrival_s:
            room_s = math.inf if last_t is None else (arrival_s - last_t) / n
            if last_t is not None and LEAST_SPACING * step_s <= room_s < step_s:
                step_s = room_s
            first_t, newest_t = arrival_s - (n - 1) * step_s, arrival_s
        self._last_t = newest_t
        times += [first_t + i * step_s for i in range(n)]
        times[-1] = newest_t
        return lost

    def _exact(
        self, times: list[float], arrival_s: float, n: int, mark: int, period_s: float
    ) -> tuple[int, float, int, bool]:
        """Append the times of a message of an imported table, for which no line is fitted."""
        t_ns = mark + round(period_s * 1e9) * np.arange(n, dtype=np.int64)
        t = t_ns / 1e9
        late_s = float(t[-1]) - arrival_s
        if late_s > 0.5 * period_s:
            t = t - late_s
        if late_s > 0.0:
            t[-1] = arrival_s
        lost = 0
        if self._last_t is not None:
            lost = max(0, round((float(t[0]) - self._last_t) / self._nominal_s) - 1)
        times += t.tolist()
        self._last_t = times[-1]
        return lost, 0.0, 0, False
