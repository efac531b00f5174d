"""From messages to sample times: one clock for each stream of a sensor.

Arrival time is not sample time: notifications wait for connection events, stall and come in
bursts. So the place of a sample in the device's own time comes from its tick, its number or, if
the device says nothing, from counting (:mod:`sensor.clock.counter`, :mod:`sensor.clock.loss`); a
line along the lower edge of the arrivals maps that to the host's time
(:mod:`sensor.clock.envelope`); and the times given out follow the line smoothly, so that no
correction of the line tears the stream.

What remains is the delay of the quickest arrivals, a few milliseconds that all sensors share.
"""

import math
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from sensor.clock.counter import PacketPlace, SampleCounter, counter_for
from sensor.clock.envelope import Envelope, EnvelopeConfig
from sensor.clock.loss import LagConfig, LagDetector
from sensor.families.base import ClockKind, ClockModel
from sensor.types import FloatArray


@dataclass(frozen=True, slots=True)
class ClockConfig:
    """How a stream is put on the session's time base.

    ``max_drift`` is how wrong a device's clock may run, as a fraction (how far the rate of a
    device without a clock may be off, its family says). A correction is spread over
    ``slew_time_s`` and changes the speed of time by no more than ``slew_limit``; the ``settling_*``
    values hold in the first ``settling_s`` after a start or a gap. Only across a gap of ``gap_s``
    may time step. A device clock that seems ``ahead_s`` ahead of the arrivals was set
    anew.
    """

    envelope: EnvelopeConfig = field(default_factory=EnvelopeConfig)
    lag: LagConfig = field(default_factory=LagConfig)
    max_drift: float = 300e-6
    slew_time_s: float = 2.0
    slew_limit: float = 0.01
    settling_s: float = 3.0
    settling_slew_time_s: float = 0.3
    settling_slew_limit: float = 0.1
    gap_s: float = 0.2
    ahead_s: float = 0.5


class SampleTimes(NamedTuple):
    """The times of one message's samples, and how many are missing before them.

    ``t`` (n,) is in s on the session's time base, strictly increasing from call to call.
    ``unnoticed_s`` is for how long before it a loss had gone unnoticed: the samples given out since
    then had been placed too early, by what is missing.
    """

    t: FloatArray
    lost: int
    unnoticed_s: float = 0.0


class SampleClock:
    """Gives every sample of one stream its time.

    Causal and deterministic: the result depends on the calls so far and on nothing else.

    Parameters
    ----------
    model
        How the family tells time.
    rate_hz
        The nominal rate of the stream.
    """

    def __init__(
        self, model: ClockModel, rate_hz: float, config: ClockConfig | None = None
    ) -> None:
        self._model = model
        self._exact_marks = model.kind is ClockKind.SESSION
        self._nominal_s = 1.0 / rate_hz
        self._config = config or ClockConfig()
        self._last_t: float | None = None
        self._start()

    def reset(self) -> None:
        """Forget the device's time, since it was connected anew. Time still never goes back."""
        self._start()

    def _start(self) -> None:
        own_clock = self._model.kind is ClockKind.TICKS
        self._tolerance = self._config.max_drift if own_clock else self._model.rate_tolerance
        self._counter = counter_for(self._model, 1.0 / self._nominal_s)
        self._clockless = self._counter if isinstance(self._counter, SampleCounter) else None
        self._lag = LagDetector(self._config.lag)
        self._begin_line()
        self._arrival_s: float | None = None
        self._device_s: float | None = None  # of the newest sample
        self._period_s = self._nominal_s

    def _begin_line(self) -> None:
        self._line = Envelope(self._tolerance, self._config.envelope)
        self._settled_t: float | None = None

    @property
    def rate_hz(self) -> float:
        """The estimated true rate."""
        return 1.0 / (self._period_s * self._line.slope)

    def stamp(
        self, arrival_s: float, n: int, mark: int | None = None, period_s: float | None = None
    ) -> SampleTimes:
        """Return the times of the ``n`` > 0 samples of a message.

        Parameters
        ----------
        arrival_s
            When it arrived, in s on the session's time base.
        mark
            Its tick or sequence number, where the device sends one; for an imported table the time
            of its first sample, in ns on the session's time base.
        period_s
            The spacing of its samples, where an imported table says it.
        """
        if self._exact_marks and mark is not None:
            return self._exact(n, mark, period_s or self._nominal_s)
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
        elif self._line.started and self._line.at(newest_s) - arrival_s > self._config.ahead_s:
            # The device's clock was set: only the host can tell what is missing.
            self._begin_line()
            missing = max(0, round(silence_s / place.period_s) - n)
            place = place._replace(lost=missing, restarted=True)
        if not self._lag.lagging:
            self._line.add(newest_s, arrival_s)
        return self._smoothed(place, n, newest_s)

    def _corrected(self, counter: SampleCounter, place: PacketPlace, lost: int) -> PacketPlace:
        counter.skip(lost)
        shift_s = lost * place.period_s
        if lost < 0 and self._device_s is not None:
            self._device_s += shift_s
        return PacketPlace(place.first_s + shift_s, place.period_s, max(0, lost))

    def _smoothed(self, place: PacketPlace, n: int, newest_s: float) -> SampleTimes:
        first_s, period_s, lost, restarted = place
        config, slope = self._config, self._line.slope
        target_t = self._line.at(first_s)
        last_t, device_s = self._last_t, self._device_s
        self._period_s, self._device_s = period_s, newest_s
        step_s = slope * period_s
        if last_t is None:
            first_t = target_t
        elif device_s is None:
            # Connected anew: what is missing shows in the time that has passed.
            first_t = max(target_t, last_t + step_s)
            lost = round((first_t - last_t) / step_s) - 1
        elif restarted or lost * period_s >= config.gap_s:
            first_t = max(target_t, last_t + step_s)
            self._settled_t = None
        else:
            ahead_s = slope * max(first_s - device_s, 0.5 * period_s)
            span_s = ahead_s + (n - 1) * step_s
            if self._settled_t is None:
                self._settled_t = last_t + config.settling_s
            if last_t < self._settled_t:
                limit, spread_s = config.settling_slew_limit, config.settling_slew_time_s
            else:
                limit, spread_s = config.slew_limit, config.slew_time_s
            correction = (target_t - last_t - ahead_s) / max(spread_s, span_s)
            if abs(correction) > limit:
                correction = math.copysign(limit, correction)
            first_t = last_t + (1.0 + correction) * ahead_s
            step_s *= 1.0 + correction
        self._last_t = first_t + (n - 1) * step_s
        # Few samples: a list is quicker than arithmetic on arrays.
        t = np.array([first_t + i * step_s for i in range(n)])
        t.setflags(write=False)
        return SampleTimes(t, lost, self._lag.unnoticed_s if lost else 0.0)

    def _exact(self, n: int, mark: int, period_s: float) -> SampleTimes:
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
