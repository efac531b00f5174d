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
from typing import NamedTuple

import numpy as np

from sensor.clock.counter import PacketPlace, SampleCounter, counter_for
from sensor.clock.envelope import Envelope
from sensor.clock.loss import LagDetector
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
CLOCK_SET_AHEAD_S = 0.5
"""A device clock that is this far ahead of the arrivals was set: no sample arrives before it is
taken."""


class SampleTimes(NamedTuple):
    """The times of one message's samples, and how many samples are missing before them."""

    t: FloatArray
    """(n,) s on the session's time base, strictly increasing from call to call."""
    lost: int
    unnoticed_s: float = 0.0
    """For this long before the message a loss was not noticed: the samples returned since then are
    placed too early, by the time of what is missing."""


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
        """Forget the device's time after a reconnection. Session time still never goes back."""
        self._start()

    def _start(self) -> None:
        own_clock = self._model.kind is ClockKind.TICKS
        self._tolerance = MAX_CLOCK_DRIFT if own_clock else self._model.rate_tolerance
        self._counter = counter_for(self._model, 1.0 / self._nominal_s)
        self._clockless = self._counter if isinstance(self._counter, SampleCounter) else None
        self._lag = LagDetector()
        self._begin_line()
        self._arrival_s: float | None = None
        self._device_s: float | None = None  # of the newest sample
        self._period_s = self._nominal_s

    def _begin_line(self) -> None:
        self._line = Envelope(self._tolerance)
        self._settled_t: float | None = None

    @property
    def rate_hz(self) -> float:
        """The estimated true rate of the samples, in Hz."""
        return 1.0 / (self._period_s * self._line.slope)

    def stamp(
        self, arrival_s: float, n: int, mark: int | None = None, period_s: float | None = None
    ) -> SampleTimes:
        """Return the times of the samples of the next message.

        Parameters
        ----------
        arrival_s
            Arrival of the message, in s on the session's time base.
        n
            Number of its samples, at least 1.
        mark
            Its tick or sequence number, if the device sends one; for an imported table the time
            of its first sample, in ns on the session's time base.
        period_s
            The spacing of its samples, if it is from an imported table.
        """
        if self._exact_marks and mark is not None:
            return self._exact(n, mark, period_s or self._nominal_s)
        # The host's clock never goes back, but the times of a damaged recording may.
        silence_s = 0.0 if self._arrival_s is None else max(0.0, arrival_s - self._arrival_s)
        self._arrival_s = arrival_s
        place = self._counter.place(n, mark, silence_s)
        newest_s = place.first_s + (n - 1) * place.period_s
        if self._clockless is not None:
            slope = self._line.slope
            message_s = n * place.period_s * slope
            lost = n * self._lag.lost_messages(newest_s, arrival_s, slope, message_s, silence_s)
            if lost:
                place = self._corrected(self._clockless, place, lost)
                newest_s += lost * place.period_s
        elif place.restarted:
            self._begin_line()
        elif self._line.started and self._line.at(newest_s) - arrival_s > CLOCK_SET_AHEAD_S:
            # The device's clock was set, so its ticks do not say how many samples are missing.
            self._begin_line()
            missing = max(0, round(silence_s / place.period_s) - n)
            place = place._replace(lost=missing, restarted=True)
        # A message that waits says nothing about the clock; it would only pull the line up.
        if not self._lag.lagging:
            self._line.add(newest_s, arrival_s)
        return self._smoothed(place, n, newest_s)

    def _corrected(self, counter: SampleCounter, place: PacketPlace, lost: int) -> PacketPlace:
        counter.skip(lost)
        shift_s = lost * place.period_s
        # If samples arrived after all, the newest one is earlier in device time as well.
        if lost < 0 and self._device_s is not None:
            self._device_s += shift_s
        return PacketPlace(place.first_s + shift_s, place.period_s, max(0, lost))

    def _smoothed(self, place: PacketPlace, n: int, newest_s: float) -> SampleTimes:
        first_s, period_s, lost, restarted = place
        slope = self._line.slope
        target_t = self._line.at(first_s)
        last_t, device_s = self._last_t, self._device_s
        self._period_s, self._device_s = period_s, newest_s
        step_s = slope * period_s
        if last_t is None:
            first_t = target_t
        elif device_s is None:
            # After a reconnection only the time that has passed says how many are missing.
            first_t = max(target_t, last_t + step_s)
            lost = round((first_t - last_t) / step_s) - 1
        elif restarted or lost * period_s >= STEP_GAP_S:
            first_t = max(target_t, last_t + step_s)
            self._settled_t = None
        else:
            # At least half a sample, so that session time increases whatever the device says.
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
        self._last_t = first_t + (n - 1) * step_s
        # A message has few samples, for which a list is faster than arithmetic on arrays.
        t = np.array([first_t + i * step_s for i in range(n)])
        t.setflags(write=False)
        return SampleTimes(t, lost, self._lag.unnoticed_s if lost else 0.0)

    def _exact(self, n: int, mark: int, period_s: float) -> SampleTimes:
        # The rows of an imported table have exact times, for which no line is fitted.
        t_ns = mark + round(period_s * 1e9) * np.arange(n, dtype=np.int64)
        t = t_ns / 1e9
        lost = 0
        if self._last_t is not None:
            if t[0] <= self._last_t:
                t = t + (self._last_t + self._nominal_s - t[0])
            lost = max(0, round((float(t[0]) - self._last_t) / self._nominal_s) - 1)
        t.setflags(write=False)
        self._last_t = float(t[-1])
        return SampleTimes(t, lost)
