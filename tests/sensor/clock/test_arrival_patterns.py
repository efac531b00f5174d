"""Whatever way messages arrive in: the invariants of sample times, live and offline.

The true time of every sample is known. A stream is drawn from what links, hosts and devices do: slow
connection events, stalls, a host that is asleep, batches, rates and clocks that are off, counters that
start again from 0, and device clocks that jump.
"""

from dataclasses import dataclass

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sensor.clock.clock import SampleClock, SampleTimes
from sensor.clock.offline import fitted_clock
from sensor.families.base import ClockKind, ClockModel, TickOf
from sensor.types import BoolArray, FloatArray, IntArray
from tests.sensor.arrivals import NONE, connection

LASTS_S = 100.0
LEARNT_S = 20.0
"""Troubles begin after this time, when the rate is known."""
SETTLED_S = 3.0
"""For so long after a trouble the live times may be off."""
UNNOTICED_S = 5.0
"""A loss that no mark shows is known after this time, since only what follows tells it from a hold-up."""
SOON_S = 0.3
"""From so long after it is known the times are right."""
MODELS = {
    "none": NONE,
    "number": ClockModel(ClockKind.SEQUENCE, wrap=1 << 16),
    "number of the last": ClockModel(ClockKind.SEQUENCE, wrap=0, tick_of=TickOf.LAST),
    "us": ClockModel(ClockKind.TICKS, 1e-6, 1 << 26),
    "us of the last": ClockModel(ClockKind.TICKS, 1e-6, 1 << 32, TickOf.LAST),
    "ms": ClockModel(ClockKind.TICKS, 1e-3, 1 << 16),
}
"""Counters and ticks that start again from 0 within the stream, after more than the longest gap."""


@dataclass(frozen=True)
class Pattern:
    """One way in which the messages of a device arrive."""

    kind: str
    nominal_hz: float
    n: int
    rate_error: float
    drift: float
    interval_s: float
    jitter_s: float
    held: tuple[tuple[float, float], ...]
    """Start and length of the times in which nothing arrives, then all of it at once, s."""
    lost: tuple[tuple[float, float], ...]
    """Start and length of the times in which messages are lost, s."""
    jump_s: float
    """By so much the device's own clock is set ahead or back at the middle of the stream."""
    seed: int


@dataclass(frozen=True)
class Stream:
    """The messages that arrive; m messages of n samples."""

    arrival_s: FloatArray
    marks: IntArray | None
    true_t: FloatArray
    """(m, n) s."""
    sent: IntArray
    """(m,) number of each message among those that were sent."""


def stream_of(one: Pattern) -> Stream:
    rng = np.random.default_rng(one.seed)
    model, n = MODELS[one.kind], one.n
    true_hz = one.nominal_hz * (1.0 + one.rate_error)
    count = int(LASTS_S * true_hz / n)
    true_t = 0.05 + np.arange(count * n).reshape(count, n) / true_hz
    ready_s = true_t[:, -1] + 0.001
    events = np.ceil(ready_s / one.interval_s) + (rng.random(count) < 0.05)
    arrival_s = events * one.interval_s + rng.exponential(one.jitter_s, count)
    for start_s, length_s in one.held:
        held = (arrival_s >= start_s) & (arrival_s < start_s + length_s)
        arrival_s[held] = start_s + length_s
    arrival_s = np.maximum.accumulate(arrival_s)
    marks = None
    tagged = true_t[:, 0 if model.tick_of is TickOf.FIRST else -1]
    if model.kind is ClockKind.SEQUENCE:
        marks = np.arange(count) * n + (0 if model.tick_of is TickOf.FIRST else n - 1)
    elif model.kind is ClockKind.TICKS:
        own_s = 300.0 + tagged * (1.0 + one.drift)
        own_s = own_s + one.jump_s * (tagged > 0.5 * LASTS_S)
        marks = np.floor(own_s / model.tick_s).astype(np.int64)
    if marks is not None and model.wrap:
        marks = marks % model.wrap
    kept: BoolArray = np.ones(count, dtype=np.bool_)
    for start_s, length_s in one.lost:
        kept &= (ready_s < start_s) | (ready_s >= start_s + length_s)
    numbers = np.arange(count)
    return Stream(
        arrival_s[kept], None if marks is None else marks[kept], true_t[kept], numbers[kept]
    )


def live(one: Pattern, stream: Stream) -> tuple[SampleTimes, float]:
    clock = SampleClock(MODELS[one.kind], one.nominal_hz)
    marks = None if stream.marks is None else stream.marks.tolist()
    times = clock.stamp(stream.arrival_s.tolist(), one.n, marks)
    return times, clock.rate_hz


def offline(one: Pattern, stream: Stream, rate_hz: float) -> SampleTimes:
    count = len(stream.arrival_s)
    marks = [None] * count if stream.marks is None else stream.marks.tolist()
    messages = connection(stream.arrival_s, [one.n] * count, marks, rate_hz)
    clock = fitted_clock([messages], MODELS[one.kind], one.nominal_hz)
    return clock.stamp(stream.arrival_s.tolist(), one.n)


def assert_times_are_possible(one: Pattern, stream: Stream, times: SampleTimes) -> None:
    t = times.t.reshape(-1, one.n)
    assert np.isfinite(t).all()
    assert (t[:, -1] <= stream.arrival_s).all(), "no sample is later than its arrival"
    assert (np.diff(t, axis=1) > 0.0).all(), "time increases within a message"
    edges = {found.message for found in times.breaks}
    back = np.flatnonzero(t[1:, 0] <= t[:-1, -1]) + 1
    assert edges.issuperset(back.tolist()), "time increases from message to message"
    assert all(found.lost >= 0 and found.found >= 0 for found in times.breaks)


def missing(times: SampleTimes) -> int:
    return sum(found.lost - found.found for found in times.breaks)


def worst_s(one: Pattern, stream: Stream, times: SampleTimes, settled_s: float | None) -> float:
    """Return the largest error, s; with ``settled_s`` only from so long after a trouble on."""
    # The first sample of the message with which the clock jumps may be before the jump.
    message_s = one.n / one.nominal_hz
    jumps = [(0.5 * LASTS_S - message_s, message_s)] if one.jump_s else []
    troubles = [*one.held, *one.lost, *jumps]
    true_t = stream.true_t.ravel()
    counts: BoolArray = np.ones(len(true_t), dtype=np.bool_)
    if settled_s is not None:
        counts = true_t > LEARNT_S
        for start_s, length_s in troubles:
            counts &= (true_t < start_s) | (true_t > start_s + length_s + settled_s)
    return float(np.abs(times.t - true_t)[counts].max())


TROUBLE = st.tuples(st.floats(LEARNT_S, 60.0), st.sampled_from([0.3, 1.0, 5.0, 30.0]))


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    kind = draw(st.sampled_from(list(MODELS)))
    nominal_hz = draw(st.sampled_from([50.0, 60.0, 100.0, 104.0, 200.0]))
    # Without ticks no family sends more than 8 samples at once.
    sizes = [4, 8, 16, 36] if MODELS[kind].kind is ClockKind.TICKS else [3, 4, 8]
    n = draw(st.sampled_from([size for size in sizes if 0.02 <= size / nominal_hz < 0.7]))
    trouble = draw(st.sampled_from(["held", "bursts", "lost", "jump"]))
    start_s, length_s = draw(TROUBLE)
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    bursts = tuple((t, float(rng.uniform(0.1, 1.5))) for t in np.arange(LEARNT_S, 80.0, 2.0))
    return Pattern(
        kind,
        nominal_hz,
        n,
        draw(st.sampled_from([-0.0145, -0.01, 0.0, 0.003, 0.01, 0.0145])),
        draw(st.sampled_from([-200e-6, 0.0, 200e-6])),
        draw(st.sampled_from([0.0075, 0.015, 0.03, 0.05])),
        draw(st.sampled_from([0.0005, 0.002])),
        {"held": ((start_s, length_s),), "bursts": bursts}.get(trouble, ()),
        ((start_s, length_s),) if trouble == "lost" else (),
        draw(st.sampled_from([-5.0, 1.0, 5.0, 3600.0])) if trouble == "jump" else 0.0,
        draw(st.integers(0, 1000)),
    )


def beating(rate_error: float, lost: tuple[float, float], n: int = 3) -> Pattern:
    """Messages without marks that miss a connection event, or share one, every few seconds."""
    hz = 60.0 if n == 3 else 200.0
    return Pattern("none", hz, n, rate_error, 0.0, 0.05, 0.002, (), (lost,), 0.0, 257)


@given(patterns())
@example(beating(0.003, (52.05, 0.3)))
@example(beating(-0.01, (36.36, 5.0)))
@example(beating(0.01, (30.0, 30.0), n=4))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_times_hold_in_whatever_way_messages_arrive(one: Pattern) -> None:
    stream = stream_of(one)
    found, rate_hz = live(one, stream)
    fitted = offline(one, stream, rate_hz)
    for times in (found, fitted):
        assert_times_are_possible(one, stream, times)
    # What is missing before the first or after the last message nobody can tell.
    lost = one.n * int(stream.sent[-1] - stream.sent[0] + 1 - len(stream.sent))
    assert abs(missing(fitted) - lost) <= (1 if one.jump_s or one.lost else 0)
    # Where a clock jumps, only the host tells what is missing, up to two connection events.
    jumped = 2.0 * one.interval_s * one.nominal_hz if one.jump_s else 0.0
    assert abs(missing(found) - lost) <= max(jumped, 1.0 if one.lost else 0.0)
    message_s = one.n / one.nominal_hz if one.kind == "none" and one.lost else 0.0
    assert worst_s(one, stream, fitted, None) < one.interval_s + message_s + 0.010
    unnoticed_s = max((each.unnoticed_s for each in found.breaks), default=0.0)
    assert unnoticed_s <= UNNOTICED_S
    settled_s = max(SETTLED_S, unnoticed_s + SOON_S)
    assert worst_s(one, stream, found, settled_s) < one.interval_s + message_s + 0.015
