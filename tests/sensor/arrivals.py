"""Arrivals of the messages of a simulated sensor: sample clock, connection events, faults.

Independent of the project's own simulator, so that the clocks are not tested on the data that they
were tuned on. The true time of every sample is known.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sensor.clock.clock import Break, SampleClock, int64
from sensor.clock.device_times import Connection
from sensor.clock.offline import fitted_clock
from sensor.families.base import ClockKind, ClockModel, TickOf
from sensor.streams import Clock
from sensor.types import FloatArray


@dataclass(frozen=True)
class Device:
    """A true sensor: ``rate_hz`` is nominal, ``rate_error`` and ``drift`` are fractions."""

    model: ClockModel
    rate_hz: float
    samples_per_message: int
    rate_error: float = 0.0
    drift: float = 0.0
    switched_on_s: float = 1234.5
    """Time for which its own clock has been running at the start."""


@dataclass(frozen=True)
class Link:
    """A connection: its interval, how often a packet must be sent again, its stalls and losses."""

    interval_s: float = 0.015
    retransmission: float = 0.05
    stalls_s: tuple[float, ...] = ()
    stall_length_s: float = 0.239
    per_event: int = 4
    lost_messages: frozenset[int] = frozenset()
    held: tuple[tuple[float, float], ...] = ()
    """Start and length of times in which the host takes nothing in; then it all comes at once."""


@dataclass(frozen=True)
class Message:
    """A message that arrives, with the true times ``t`` (n,) that the clock does not know."""

    arrival_s: float
    n: int
    mark: int | None
    t: FloatArray


def messages(device: Device, link: Link, duration_s: float, seed: int) -> Iterator[Message]:
    """Yield the messages of ``duration_s`` that arrive."""
    rng = np.random.default_rng(seed)
    n = device.samples_per_message
    true_rate_hz = device.rate_hz * (1.0 + device.rate_error)
    phase_s = float(rng.uniform(0.0, link.interval_s))
    start_s = float(rng.uniform(0.0, 0.1))
    event = -1
    in_event = 0
    previous_s = 0.0
    for i in range(int(duration_s * true_rate_hz / n)):
        t = start_s + (i * n + np.arange(n)) / true_rate_hz
        mark = _mark(device, i * n, t)
        if i in link.lost_messages:
            continue
        ready_s = float(t[-1]) + 0.001
        at = max(event, math.ceil((ready_s - phase_s) / link.interval_s))
        if at == event and in_event >= link.per_event:
            at += 1
        while rng.random() < link.retransmission:
            at += 1
        for stall_s in link.stalls_s:
            if stall_s <= phase_s + at * link.interval_s < stall_s + link.stall_length_s:
                at = math.ceil((stall_s + link.stall_length_s - phase_s) / link.interval_s)
        in_event = in_event + 1 if at == event else 1
        event = at
        host_s = float(rng.gamma(2.0, 0.0005))
        arrival_s = max(previous_s, phase_s + at * link.interval_s) + 1e-4 + host_s
        previous_s = arrival_s
        for held_s, length_s in link.held:
            if held_s <= arrival_s < held_s + length_s:
                arrival_s = held_s + length_s
        yield Message(arrival_s, n, mark, t)


def _mark(device: Device, index: int, t: FloatArray) -> int | None:
    model = device.model
    first = model.tick_of is TickOf.FIRST
    if model.kind is ClockKind.SEQUENCE:
        mark = index if first else index + len(t) - 1
    elif model.kind is ClockKind.TICKS:
        own_s = (t[0] if first else t[-1]) * (1.0 + device.drift) + device.switched_on_s
        mark = int(own_s / model.tick_s)
    else:
        return None
    return mark % model.wrap if model.wrap else mark


@dataclass(frozen=True)
class Stamped:
    """The times that a clock gave a stream, the true times, and the losses it reported."""

    t: FloatArray
    true_t: FloatArray
    arrival_s: FloatArray
    lost: npt.NDArray[np.int64]
    unnoticed_s: FloatArray
    """(m,) for how long each loss that was reported was not noticed."""

    @property
    def error_s(self) -> FloatArray:
        error: FloatArray = self.t - self.true_t
        return error


class OneMessage(NamedTuple):
    """The times of one message, and what a clock says is before it."""

    t: FloatArray
    lost: int = 0
    unnoticed_s: float = 0.0
    found: int = 0
    jumped: bool = False


def stamp_one(
    clock: Clock, arrival_s: float, n: int, mark: int | None = None, period_s: float | None = None
) -> OneMessage:
    """Stamp one message of ``n`` samples."""
    times = clock.stamp([arrival_s], n, None if mark is None else [mark], period_s)
    (before,) = times.breaks or [Break(0)]
    return OneMessage(times.t, before.lost, before.unnoticed_s, before.found, before.jumped)


def stamped(device: Device, link: Link, duration_s: float, seed: int) -> Stamped:
    """Run a clock over a simulated stream."""
    clock = SampleClock(device.model, device.rate_hz)
    times: list[FloatArray] = []
    true: list[FloatArray] = []
    arrivals: list[float] = []
    lost: list[int] = []
    unnoticed: list[float] = []
    for message in messages(device, link, duration_s, seed):
        given = stamp_one(clock, message.arrival_s, message.n, message.mark)
        times.append(given.t)
        true.append(message.t)
        arrivals.append(message.arrival_s)
        lost.append(given.lost)
        unnoticed.append(given.unnoticed_s)
    return Stamped(
        np.concatenate(times),
        np.concatenate(true),
        np.array(arrivals),
        np.array(lost),
        np.array(unnoticed),
    )


def connection(
    arrival_s: npt.ArrayLike,
    samples: Sequence[int],
    marks: Sequence[int | None],
    rate_hz: float = 100.0,
) -> Connection:
    """Return the messages of a connection, as the clock of a stream that has ended gets them."""
    return Connection(
        np.array(arrival_s, dtype=np.float64),
        np.array(samples, dtype=np.int64),
        int64([mark or 0 for mark in marks]),
        np.array([mark is not None for mark in marks], dtype=np.bool_),
        rate_hz,
    )


def fitted(device: Device, stream: Sequence[Message]) -> Stamped:
    """Date a stream live, then again once it has ended."""
    live = SampleClock(device.model, device.rate_hz)
    for message in stream:
        stamp_one(live, message.arrival_s, message.n, message.mark)
    arrival_s = np.array([message.arrival_s for message in stream])
    one = connection(arrival_s, [m.n for m in stream], [m.mark for m in stream], live.rate_hz)
    clock = fitted_clock([one], device.model, device.rate_hz)
    times = [stamp_one(clock, message.arrival_s, message.n) for message in stream]
    assert all(found.t[-1] <= m.arrival_s for found, m in zip(times, stream, strict=True))
    return Stamped(
        np.concatenate([found.t for found in times]),
        np.concatenate([message.t for message in stream]),
        arrival_s,
        np.array([found.lost for found in times]),
        np.array([found.unnoticed_s for found in times]),
    )


def misalignment_s(one: Stamped, other: Stamped, from_s: float = 3.0) -> FloatArray:
    """Return how far apart two streams put the same true moments, every 50 ms from ``from_s`` on."""
    end_s = min(one.true_t[-1], other.true_t[-1])
    moments = np.arange(from_s, end_s, 0.05)
    return np.abs(
        np.interp(moments, one.true_t, one.error_s)
        - np.interp(moments, other.true_t, other.error_s)
    )


NONE = ClockModel(ClockKind.NONE)
DEVICES = {
    # As the families have them: WitMotion, MetaMotion, board, DOT, Movesense, Polar, BlueST.
    "no clock, 4 at 100 Hz": Device(NONE, 100.0, 4),
    "no clock, 3 at 100 Hz": Device(NONE, 100.0, 3),
    "no clock, 8 at 200 Hz": Device(NONE, 200.0, 8),
    "counter of 8 bits, 4 at 100 Hz": Device(ClockModel(ClockKind.SEQUENCE, wrap=256), 100.0, 4),
    "us ticks, 1 at 60 Hz": Device(ClockModel(ClockKind.TICKS, 1e-6, 1 << 32), 60.0, 1),
    "us ticks, 8 at 100 Hz": Device(ClockModel(ClockKind.TICKS, 1e-6, 1 << 32), 100.0, 8),
    "ms ticks, 8 at 104 Hz": Device(ClockModel(ClockKind.TICKS, 1e-3, 1 << 32), 104.0, 8),
    "ns ticks of the last, 36 at 52 Hz": Device(
        ClockModel(ClockKind.TICKS, 1e-9, 0, TickOf.LAST), 52.0, 36
    ),
    "8 ms ticks of 16 bits, 1 at 50 Hz": Device(
        ClockModel(ClockKind.TICKS, 8e-3, 1 << 16), 50.0, 1
    ),
}
"""Every kind of clock that a family has."""
