"""When samples are taken, what becomes of them in the air, and when the host hears of them."""

from dataclasses import dataclass

import numpy as np

from sensor.simulation.parameters import RadioParameters
from sensor.types import BoolArray, FloatArray

STALLED_AFTER_S = 0.3
LOST_AFTER_S = 1.0


@dataclass(frozen=True, slots=True)
class DeviceClock:
    """The oscillator of a device against true time.

    ``rate_hz`` is the true rate at the start, ``rate_drift_per_s`` its relative change a second;
    ``speed`` is how fast the device's own clock runs (1: right), ``epoch_s`` what it showed at the
    start of the session.
    """

    rate_hz: float
    rate_drift_per_s: float
    speed: float
    epoch_s: float

    def sample_times(self, first_s: float, end_s: float) -> FloatArray:
        """Return the true times (n,) s of the samples from ``first_s`` until ``end_s``."""
        elapsed = np.arange(int((end_s - first_s) * self.rate_hz * 1.01) + 1) / self.rate_hz
        t = first_s + elapsed * (1.0 - 0.5 * self.rate_drift_per_s * elapsed)
        return t[t < end_s]

    def shown(self, t: FloatArray) -> FloatArray:
        """Return what the device's clock shows, in s, at true times ``t`` (n,) s."""
        return self.epoch_s + self.speed * t


def draw_clock(
    radio: RadioParameters, nominal_hz: float, tolerance: float, rng: np.random.Generator
) -> DeviceClock:
    """Return a device's clock; a rate error that is not given is drawn within ``tolerance``."""
    rate_error = 0.8 * tolerance * rng.uniform(-1.0, 1.0)
    clock_error = 1e-6 * 50.0 * rng.uniform(-1.0, 1.0)
    epoch_s = rng.uniform(1.0, 60.0)
    if radio.rate_error_percent is not None:
        rate_error = 0.01 * radio.rate_error_percent
    if radio.clock_error_ppm is not None:
        clock_error = 1e-6 * radio.clock_error_ppm
    return DeviceClock(
        nominal_hz * (1.0 + rate_error),
        1e-6 * radio.rate_drift_ppm_per_min / 60.0,
        1.0 + clock_error,
        epoch_s,
    )


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of ``m`` notifications: ``arrival_s`` (m,), and ``delivered`` (m,)."""

    arrival_s: FloatArray
    delivered: BoolArray


def deliver(radio: RadioParameters, ready_s: FloatArray, rng: np.random.Generator) -> Delivery:
    """Send notifications that are ready at ``ready_s`` (m,) s, in order, through the air.

    A notification goes out at the first connection event that succeeds after it is ready. What
    waits goes out together, so a stall ends in a burst and the order is always kept. While a
    sensor has dropped out, and in ``loss_percent`` of all cases, the device discards it.
    """
    interval = 1e-3 * radio.interval_ms
    phase = rng.uniform(0.0, interval)
    end_s = float(ready_s[-1]) + 60.0
    events = phase + interval * np.arange(int(end_s / interval))
    open_ = rng.random(events.size) >= 0.01 * radio.retransmission_percent
    minutes = end_s / 60.0
    for start in rng.uniform(0.0, end_s, rng.poisson(radio.stalls_per_min * minutes)):
        open_[(events >= start) & (events < start + 1e-3 * radio.stall_ms)] = False
    index = np.arange(events.size)
    next_open = np.minimum.accumulate(np.where(open_, index, events.size - 1)[::-1])[::-1]
    wanted = np.searchsorted(events, ready_s)
    heard = events[next_open[np.minimum(wanted, events.size - 1)]]
    host_delay = rng.exponential(1e-3 * radio.jitter_ms, ready_s.size)
    in_burst = np.concatenate([[0.0], np.where(np.diff(heard) == 0.0, 2e-4, 0.0)])
    arrival = np.maximum.accumulate(heard + host_delay + in_burst) + 1e-3 * radio.latency_ms
    delivered = rng.random(ready_s.size) >= 0.01 * radio.loss_percent
    for start, duration in radio.dropouts_s:
        delivered &= ~((ready_s >= start) & (ready_s < start + duration))
        before = ready_s < start
        arrival[before] = np.minimum(arrival[before], start)  # nothing is heard once it is gone
    return Delivery(arrival, delivered)
