"""Losses, hold-ups and silences in simulated arrivals, against what was truly sent."""

import dataclasses

import numpy as np
import pytest

from sensor.clock.clock import SampleClock
from tests.sensor.arrivals import (
    DEVICES,
    NONE,
    Link,
    stamp_one,
    stamped,
)
from tests.sensor.clock.kinds import KINDS, WITMOTION, assert_runs_forward, stalls


@pytest.mark.parametrize("kind", ["sequence", "ticks"])
def test_a_gap_in_the_numbers_is_a_loss_at_once(kind: str) -> None:
    device = KINDS[kind]
    n = device.samples_per_message
    lost = frozenset({100, 200, 201, 202, 300})
    stream = stamped(device, Link(lost_messages=lost), 20.0, seed=1)
    at = np.flatnonzero(stream.lost)
    assert at.tolist() == [100, 199, 296]
    assert stream.lost[at].tolist() == [n, 3 * n, n]
    assert np.abs(stream.error_s[stream.t > 3.0]).max() < 0.025


@pytest.mark.parametrize("interval_s", [0.0075, 0.015, 0.030, 0.050])
@pytest.mark.parametrize("rate_error", [-0.0145, -0.009, 0.002, 0.012])
def test_without_a_clock_a_loss_shows_within_three_seconds(
    rate_error: float, interval_s: float
) -> None:
    device = dataclasses.replace(WITMOTION, rate_error=rate_error)
    first = 1500
    link = Link(interval_s, lost_messages=frozenset({first, first + 1, first + 2}))
    stream = stamped(device, link, 120.0, seed=2)
    at = np.flatnonzero(stream.lost)
    assert stream.lost.sum() == 12
    assert at[0] >= first
    assert stream.arrival_s[at[-1]] - stream.arrival_s[first] < 3.0
    settled = stream.true_t > stream.true_t[4 * first] + 8.0
    assert np.abs(stream.error_s[settled]).max() < 0.025
    assert_runs_forward(stream)


@pytest.mark.parametrize("interval_s", [0.0075, 0.015])
def test_on_a_steady_link_a_loss_shows_within_a_second(interval_s: float) -> None:
    device = dataclasses.replace(WITMOTION, rate_error=0.002)
    losses = frozenset(range(2000, 3000, 100))
    seen = stamped(device, Link(interval_s, 0.02, lost_messages=losses), 125.0, seed=3)
    at = np.flatnonzero(seen.lost)
    assert seen.lost[at].tolist() == [4] * len(losses)
    lost_at = np.array([seen.arrival_s[k - i] for i, k in enumerate(sorted(losses))])
    assert np.median(seen.arrival_s[at] - lost_at) < 0.8
    assert np.max(seen.arrival_s[at] - lost_at) < 1.2


def test_each_of_two_losses_within_a_second_is_known_and_dated() -> None:
    # Messages that are sent again are late besides: they hide neither a loss nor its place.
    losses = [k + after for k in range(1000, 3000, 100) for after in (0, 8)]
    link = Link(retransmission=0.1, lost_messages=frozenset(losses))
    seen = stamped(WITMOTION, link, 125.0, seed=4)
    at = np.flatnonzero(seen.lost)
    assert seen.lost.sum() == 4 * len(losses)
    assert len(at) == len(losses)
    message_s = 0.04
    # Numbers of the messages that arrived: those before each loss are missing.
    since = at - np.round(seen.unnoticed_s[at] / message_s)
    first_after = np.array(losses) - np.arange(len(losses))
    assert np.mean(since == first_after) >= 0.9
    assert np.abs(since - first_after).max() <= 2


@pytest.mark.parametrize("name", [n for n in DEVICES if n.startswith("no clock")])
@pytest.mark.parametrize("interval_s", [0.0075, 0.015, 0.030, 0.050])
def test_without_a_clock_stalls_and_retransmissions_are_no_loss(
    name: str, interval_s: float
) -> None:
    for rate_error in (-0.0145, -0.009, -0.002, 0.0, 0.002, 0.012):
        device = dataclasses.replace(DEVICES[name], rate_error=rate_error)
        link = Link(interval_s, retransmission=0.1, stalls_s=stalls(7, 100.0))
        assert stamped(device, link, 100.0, seed=7).lost.sum() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_after_a_long_silence_the_samples_are_soon_where_they_belong(kind: str) -> None:
    device = dataclasses.replace(KINDS[kind], rate_error=-0.009)
    n = device.samples_per_message
    silent = range(int(20 * device.rate_hz / n), int(25 * device.rate_hz / n))
    stream = stamped(device, Link(lost_messages=frozenset(silent)), 60.0, seed=4)
    assert stream.lost.sum() == pytest.approx(len(silent) * n, abs=n)
    # What follows must be seen first: a loss goes on at the usual rate, a hold-up in a burst.
    known = (stream.true_t < 20.0) | (stream.true_t > 26.2)
    assert np.abs(stream.error_s[known & (stream.t > 3.0)]).max() < 0.060
    assert np.abs(stream.error_s[stream.t > 30.0]).max() < 0.020
    assert_runs_forward(stream)


@pytest.mark.parametrize("at_s", [4.0, 40.0])
@pytest.mark.parametrize("name", DEVICES)
def test_a_hold_up_is_no_loss_and_leaves_no_trace(name: str, at_s: float) -> None:
    # A blocked host or a disturbed radio: everything comes, late and at once.
    for held_s in (0.5, 1.6, 4.0, 10.0):
        device = dataclasses.replace(DEVICES[name], rate_error=-0.009, drift=200e-6)
        seen = stamped(device, Link(held=((at_s, held_s),)), at_s + held_s + 5.0, seed=3)
        assert seen.lost.sum() == 0
        after = seen.true_t > at_s + held_s + 0.5
        assert np.abs(seen.error_s[after]).max() < 0.012
        assert_runs_forward(seen)


@pytest.mark.parametrize("name", ["no clock, 4 at 100 Hz", "counter of 8 bits, 4 at 100 Hz"])
def test_a_host_that_is_often_held_up_loses_nothing(name: str) -> None:
    rng = np.random.default_rng(11)
    starts = np.cumsum(rng.exponential(2.0, 60))
    held = tuple(zip(starts.tolist(), rng.exponential(1.0, 60).tolist(), strict=True))
    device = dataclasses.replace(DEVICES[name], rate_error=-0.009)
    seen = stamped(device, Link(0.03, held=held), 120.0, seed=2)
    assert seen.lost.sum() == 0
    assert np.abs(seen.error_s[seen.t > 10.0]).max() < 0.025


def test_samples_that_were_called_lost_and_come_after_all_are_found() -> None:
    clock = SampleClock(NONE, 100.0)
    given = [stamp_one(clock, 0.04 * (k + 1), 4) for k in range(500)]
    # For 3.5 s every message is 2 s late, without any burst; then they come when they should.
    given += [stamp_one(clock, 22.04 + 0.04 * k, 4) for k in range(88)]
    given += [stamp_one(clock, 25.53 + 0.001 * k, 4) for k in range(51)]
    given += [stamp_one(clock, 25.6 + 0.04 * k, 4) for k in range(500)]
    assert sum(g.lost for g in given) == 200
    assert sum(g.found for g in given) == pytest.approx(200, abs=4)
    assert abs(given[-1].t[-1] - (25.6 + 0.04 * 499)) < 0.06
