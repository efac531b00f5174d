"""The device's clock and the radio: when samples are taken, which are lost, when they arrive."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from sensor.simulation.sensor_parameters import RadioParameters
from sensor.types import BoolArray, FloatArray

STALLED_AFTER_S = 0.3
LOST_AFTER_S = 1.0
"""Silence after which a live link reports ``stalled`` and ``lost``, as in
``sensor.ble.live_stream``; it is not imported, since the simulation does without Bleak."""

_TAKE_S = 2e-5
"""Time in which a host takes one of many waiting notifications."""
_LONGEST_HOLD_UP_S = 10.0
"""Longest drawn hold-up of the host."""


@dataclass(frozen=True, slots=True)
class DeviceClock:
    """The oscillator of a device, compared with true time."""

    rate_hz: float
    """True sampling rate at the start."""
    rate_drift_per_s: float
    """Relative change of the rate per second."""
    speed: float
    """Speed of the device's own clock; 1 is right."""
    epoch_s: float
    """Reading of that clock at the start of the session."""

    def sample_times(self, first_s: float, end_s: float) -> FloatArray:
        """Return the true times (n,) s of the samples from ``first_s`` until ``end_s``."""
        # One percent more than fit: a drift may bring the samples closer together.
        elapsed = np.arange(int((end_s - first_s) * self.rate_hz * 1.01) + 1) / self.rate_hz
        t = first_s + elapsed * (1.0 - 0.5 * self.rate_drift_per_s * elapsed)
        return t[t < end_s]

    def shown(self, t: FloatArray) -> FloatArray:
        """Return the readings (n,) s of the device's clock at true times ``t`` (n,) s."""
        return self.epoch_s + self.speed * t


def draw_clock(
    radio: RadioParameters, nominal_hz: float, tolerance: float, rng: np.random.Generator
) -> DeviceClock:
    """Return the clock of a device.

    Parameters
    ----------
    radio
        Its errors; an error that is None is drawn at random.
    nominal_hz
        Nominal sampling rate.
    tolerance
        Largest error of the rate, as a fraction; a drawn error stays within 0.8 of it.
    rng
        Source of chance.
    """
    # Drawn even if it is given, so that the other draws do not depend on it.
    rate_error = 0.8 * tolerance * rng.uniform(-1.0, 1.0)
    clock_error = 1e-6 * 50.0 * rng.uniform(-1.0, 1.0)  # usual crystals stay within 50 ppm
    epoch_s = rng.uniform(1.0, 60.0)  # the device was switched on before the session
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
    """The fate of ``m`` notifications."""

    arrival_s: FloatArray
    """(m,) arrival at the host, in s."""
    delivered: BoolArray
    """(m,) whether it arrived at all."""


def deliver(radio: RadioParameters, ready_s: FloatArray, rng: np.random.Generator) -> Delivery:
    """Send notifications through the air.

    A notification leaves at the first successful connection event after it is ready. Waiting
    notifications leave together, so a stall ends in a burst and the order never changes. The device
    discards notifications during a drop-out, and ``loss_percent`` of the others.

    Parameters
    ----------
    radio
        The errors of the radio.
    ready_s
        (m,) increasing times in s at which the device has a notification ready.
    rng
        Source of chance.
    """
    interval = 1e-3 * radio.interval_ms
    phase = rng.uniform(0.0, interval)
    end_s = float(ready_s[-1]) + 60.0  # room for what waits after the last notification
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
    # Notifications of one connection event follow each other by 0.2 ms.
    in_burst = np.concatenate([[0.0], np.where(np.diff(heard) == 0.0, 2e-4, 0.0)])
    arrival = np.maximum.accumulate(heard + host_delay + in_burst) + 1e-3 * radio.latency_ms
    delivered = rng.random(ready_s.size) >= 0.01 * radio.loss_percent
    for start, duration in radio.dropouts_s:
        delivered &= ~((ready_s >= start) & (ready_s < start + duration))
        before = ready_s < start
        arrival[before] = np.minimum(arrival[before], start)  # nothing arrives once it is gone
    for start, duration in radio.hold_ups_s:
        held = (arrival >= start) & (arrival < start + duration)
        # The host takes what waits for it one by one.
        arrival[held] = start + duration + _TAKE_S * np.arange(held.sum())
    return Delivery(np.maximum.accumulate(arrival), delivered)


def with_drawn_hold_ups(
    radio: RadioParameters, end_s: float, rng: np.random.Generator
) -> RadioParameters:
    """Return ``radio`` with its hold-ups at random times among those at given times.

    Parameters
    ----------
    radio
        The errors of the radio.
    end_s
        End of the session.
    rng
        Source of chance; the same state gives sensors with the same parameters the same times.
    """
    starts = rng.uniform(0.0, end_s, rng.poisson(radio.hold_ups_per_min * end_s / 60.0))
    drawn = rng.uniform(0.0, _LONGEST_HOLD_UP_S, starts.size)
    if radio.hold_up_s is not None:
        drawn = np.full(starts.size, radio.hold_up_s)
    spans: list[tuple[float, float]] = []
    for start, duration in sorted(
        [*radio.hold_ups_s, *zip(starts.tolist(), drawn.tolist(), strict=True)]
    ):
        # A hold-up that begins in another one is part of it.
        if spans and start <= sum(spans[-1]):
            first = spans[-1][0]
            spans[-1] = (first, max(sum(spans[-1]), start + duration) - first)
        else:
            spans.append((start, duration))
    return dataclasses.replace(radio, hold_ups_s=tuple(spans))
