"""Times that are fitted to a whole stream, against the known true times of simulated arrivals."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensor.clock.offline import fitted_clock
from tests.sensor.arrivals import (
    DEVICES,
    NONE,
    Device,
    Link,
    Message,
    connection,
    fitted,
    messages,
    stamp_one,
)

CLOCKLESS = [name for name in DEVICES if name.startswith("no clock")]


@pytest.mark.parametrize("at_s", [0.5, 30.0])
@pytest.mark.parametrize("name", CLOCKLESS)
def test_a_hold_up_is_no_loss_and_moves_nothing(name: str, at_s: float) -> None:
    for held_s, rate_error in ((1.6, -0.0145), (10.0, 0.012)):
        device = dataclasses.replace(DEVICES[name], rate_error=rate_error)
        link = Link(held=((at_s, held_s),))
        seen = fitted(device, list(messages(device, link, at_s + held_s + 3.0, seed=3)))
        assert seen.lost.sum() == 0
        assert np.abs(seen.error_s).max() < 0.010


def test_messages_that_miss_connection_events_regularly_are_not_lost() -> None:
    # Messages of 30.3 ms at an interval of 30 ms miss one event in a hundred, on a busy host.
    rng = np.random.default_rng(0)
    device = dataclasses.replace(DEVICES["no clock, 3 at 100 Hz"], rate_error=-0.009)
    starts_s = np.cumsum(rng.exponential(0.4, 300)).tolist()
    held = tuple(zip(starts_s, rng.exponential(0.1, 300).tolist(), strict=True))
    seen = fitted(device, list(messages(device, Link(0.03, held=held), 100.0, seed=1)))
    assert seen.lost.sum() == 0
    assert np.abs(seen.error_s).max() < 0.010


@pytest.mark.parametrize("interval_s", [0.0075, 0.015])
def test_a_loss_is_where_it_happened(interval_s: float) -> None:
    rng = np.random.default_rng(5)
    device = dataclasses.replace(DEVICES["no clock, 4 at 100 Hz"], rate_error=-0.008)
    # Single messages, and a second without any.
    alone = rng.choice(np.arange(50, 2900), 12, replace=False).tolist()
    missing = sorted({*alone, *range(1500, 1525)})
    link = Link(interval_s, lost_messages=frozenset(missing))
    seen = fitted(device, list(messages(device, link, 120.0, seed=1)))
    assert seen.lost.sum() == 4 * len(missing)
    assert np.abs(seen.error_s).max() < 0.010


def test_what_a_device_kept_through_a_silence_is_older_than_the_loss() -> None:
    # Three seconds of silence; the device kept the ten oldest messages and dropped the others.
    made = [0.04 * (k + 1) for k in range(2000)]
    arrivals = [*made[:1000], *[43.0 + 0.001 * k for k in range(10)], *made[1075:]]
    stream = [
        Message(arrival, 4, None, np.array([t - 0.03, t - 0.02, t - 0.01, t]))
        for arrival, t in zip(arrivals, [*made[:1010], *made[1075:]], strict=True)
    ]
    seen = fitted(Device(NONE, 100.0, 4), stream)
    assert seen.lost.sum() == 4 * 65
    assert np.abs(seen.error_s).max() < 0.045


def test_a_device_that_warms_is_followed() -> None:
    # 60 ppm in ten minutes, far more than a crystal in a room.
    true_s = [0.04 * k * (1.0 + 1e-7 * 0.04 * k / 2) for k in range(15000)]
    stream = [Message(t + 0.002, 4, None, np.array([t] * 4)) for t in true_s]
    seen = fitted(Device(NONE, 100.0, 4), stream)
    assert seen.lost.sum() == 0
    newest = seen.error_s[3::4]
    assert np.ptp(newest) < 0.002


@given(
    st.lists(
        st.tuples(
            st.one_of(st.just(0.0), st.floats(-3.0, 12.0), st.sampled_from([1e-9, 0.04, 0.3])),
            st.integers(1, 8),
            st.booleans(),
        ),
        min_size=1,
        max_size=80,
    )
)
def test_no_sample_is_later_than_its_arrival(arriving: list[tuple[float, int, bool]]) -> None:
    connections: list[list[tuple[float, int]]] = [[]]
    arrival_s = 0.0
    for since_s, n, again in arriving:
        if again and connections[-1]:
            connections.append([])
        arrival_s += since_s
        connections[-1].append((arrival_s, n))
    streams = [
        connection([a for a, _ in one], [n for _, n in one], [None] * len(one))
        for one in connections
    ]
    clock = fitted_clock(streams, NONE, 100.0)
    for a, n in (message for one in connections for message in one):
        found = stamp_one(clock, a, n)
        assert len(found.t) == n
        assert np.isfinite(found.t).all()
        assert found.t[-1] <= a
        assert (np.diff(found.t) > 0.0).all()
        assert found.lost >= 0


@pytest.mark.parametrize("name", DEVICES)
def test_a_gap_changes_nothing_outside_of_itself(name: str) -> None:
    device = dataclasses.replace(DEVICES[name], rate_error=0.004, drift=40e-6)
    stream = list(messages(device, Link(), 60.0, seed=4))
    first = round(20.0 * device.rate_hz / device.samples_per_message)
    missing = range(first, first + round(18.0 * device.rate_hz / device.samples_per_message))
    link = Link(lost_messages=frozenset(missing))
    gap = list(messages(device, link, 60.0, seed=4))
    whole, torn = fitted(device, stream), fitted(device, gap)
    assert torn.lost.sum() == pytest.approx(len(missing) * device.samples_per_message, abs=1)
    same = np.interp(torn.true_t, whole.true_t, whole.error_s)
    # Ticks of 8 ms, and a message in 0.7 s, say less.
    vague = name.startswith(("8 ms", "ns ticks of the last, 36"))
    assert np.abs(torn.error_s - same).max() < (0.006 if vague else 0.002)
