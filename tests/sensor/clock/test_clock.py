"""Sample times against the known true times of simulated arrivals."""

import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sensor.clock.clock import SampleClock
from sensor.families.base import ClockKind, ClockModel, TickOf
from tests.drawn import examples
from tests.sensor.arrivals import (
    DEVICES,
    NONE,
    Device,
    Link,
    messages,
    misalignment_s,
    stamp_one,
    stamped,
)
from tests.sensor.clock.kinds import KINDS, TICKING, WITMOTION, assert_runs_forward, stalls
from tests.shared_data import shared_file

# Two sensors on one time base -----------------------------------------------------------------


@pytest.mark.parametrize(("interval_s", "seed"), [(0.015, 1), (0.030, 2)], ids=["15ms", "30ms"])
@pytest.mark.parametrize("name", DEVICES)
def test_two_sensors_stay_within_10_ms_over_ten_minutes(
    name: str, interval_s: float, seed: int
) -> None:
    one = dataclasses.replace(DEVICES[name], rate_error=0.002, drift=250e-6)
    other = dataclasses.replace(DEVICES[name], rate_error=-0.009, drift=-250e-6, switched_on_s=77.7)
    a, b = (
        stamped(device, Link(interval_s, stalls_s=stalls(s, 600.0)), 600.0, s)
        for device, s in ((one, seed), (other, seed + 50))
    )
    apart_s = misalignment_s(a, b)
    assert np.percentile(apart_s, 95) < 0.010
    assert np.mean(apart_s) < 0.005
    for stream in (a, b):
        assert_runs_forward(stream)
        assert stream.lost.sum() == 0, "a stall is no loss"


def test_two_sensors_of_different_makes_stay_within_10_ms() -> None:
    slow = dataclasses.replace(WITMOTION, rate_error=-0.009)
    polar = dataclasses.replace(DEVICES["ns ticks of the last, 36 at 52 Hz"], drift=100e-6)
    a = stamped(slow, Link(0.015, stalls_s=stalls(1, 300.0)), 300.0, 1)
    b = stamped(polar, Link(0.030, stalls_s=stalls(2, 300.0)), 300.0, 2)
    assert np.percentile(misalignment_s(a, b), 95) < 0.010


@pytest.mark.parametrize("rate_error", [-0.0145, -0.009, 0.0, 0.0145])
@pytest.mark.parametrize("kind", KINDS)
def test_the_true_rate_is_found(kind: str, rate_error: float) -> None:
    device = dataclasses.replace(KINDS[kind], rate_error=rate_error)
    clock = SampleClock(device.model, device.rate_hz)
    for message in messages(device, Link(), 90.0, seed=3):
        stamp_one(clock, message.arrival_s, message.n, message.mark)
    assert clock.rate_hz == pytest.approx(device.rate_hz * (1 + rate_error), rel=3e-4)


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_seconds_are_usable(kind: str) -> None:
    for seed in range(10):
        device = dataclasses.replace(KINDS[kind], rate_error=-0.009)
        stream = stamped(device, Link(), 6.0, seed)
        assert np.abs(stream.error_s).max() < 0.075, "never worse than one late first message"
        assert np.abs(stream.error_s[stream.t > 2.0]).max() < 0.025


# Smoothness -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_stall_and_its_burst_bend_time_by_less_than_a_millisecond(kind: str) -> None:
    device = dataclasses.replace(KINDS[kind], rate_error=-0.009)
    calm = stamped(device, Link(retransmission=0.0), 30.0, seed=5)
    stalled = stamped(device, Link(retransmission=0.0, stalls_s=(20.0,)), 30.0, seed=5)
    late = stalled.arrival_s - calm.arrival_s
    assert late.max() > 0.2
    near = (calm.true_t > 19.0) & (calm.true_t < 22.0)
    bent_s = np.diff(stalled.t[near]) - 1 / (device.rate_hz * 0.991)
    assert np.abs(bent_s).max() < 0.001
    assert stalled.lost.sum() == 0


def test_three_messages_within_two_milliseconds_keep_their_spacing() -> None:
    clock = SampleClock(NONE, 100.0)
    made = [0.08 * k for k in range(100)]
    # 239 ms of nothing, then three messages at once, as in the public WitMotion recording.
    arrivals = [*made[:50], 4.159, 4.160, 4.161, *made[53:]]
    t = np.concatenate([stamp_one(clock, arrival, 8).t for arrival in arrivals])
    steps = np.diff(t[40:])
    assert steps.min() > 0.0095
    assert steps.max() < 0.0105


def test_the_loss_in_a_real_recording_is_found() -> None:
    # A WT901BLE67 whose owner measured 99.26 Hz. After its stall the arrivals stay 12 samples late.
    path = shared_file("data", "witmotion_capture", "wt901-100hz.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    arrivals = np.array([json.loads(line)["t"] for line in lines])
    waits = arrivals - 4 * np.arange(len(arrivals)) / 99.26
    stall = int(np.argmax(np.diff(arrivals)))
    lag_s = waits[stall + 4 :].min() - waits[: stall + 1].min()
    assert round(lag_s * 99.26 / 4) == 3

    clock = SampleClock(NONE, 100.0)
    given = [stamp_one(clock, float(arrival), 4) for arrival in arrivals]
    assert sum(g.lost for g in given) == 12
    assert (np.diff(np.concatenate([g.t for g in given])) > 0).all()


def test_corrections_are_slewed_by_no_more_than_a_hundredth() -> None:
    for seed in range(5):
        device = dataclasses.replace(WITMOTION, rate_error=-0.009)
        stream = stamped(device, Link(0.03, stalls_s=stalls(seed, 120.0)), 120.0, seed)
        steps = np.diff(stream.t[stream.t > 5.0]) * device.rate_hz
        assert steps.min() > 0.975 * (1 / 0.991)
        assert steps.max() < 1.012 * (1 / 0.991)


@pytest.mark.parametrize("name", ["8 ms ticks of 16 bits, 1 at 50 Hz", "ms ticks, 8 at 104 Hz"])
def test_coarse_ticks_do_not_show_in_the_spacing(name: str) -> None:
    device = DEVICES[name]
    stream = stamped(device, Link(), 60.0, seed=1)
    steps = np.diff(stream.t[stream.t > 10.0]) * device.rate_hz
    assert np.abs(steps - 1.0).max() < 0.1
    assert stream.lost.sum() == 0


# Clocks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "model",
    [
        ClockModel(ClockKind.TICKS, 1e-6, 1 << 20),
        ClockModel(ClockKind.TICKS, 1e-3, 1 << 12, TickOf.LAST),
        ClockModel(ClockKind.SEQUENCE, wrap=256),
        ClockModel(ClockKind.SEQUENCE, wrap=256, tick_of=TickOf.LAST),
    ],
    ids=["20 bits of us", "12 bits of ms", "8 bits", "8 bits of the last"],
)
def test_wraps_do_not_show_even_across_a_silence(model: ClockModel) -> None:
    device = Device(model, 100.0, 4, drift=100e-6)
    silent = frozenset(range(500, 500 + 120))
    whole = stamped(device, Link(), 60.0, seed=1)
    assert whole.lost.sum() == 0
    assert np.abs(whole.error_s[whole.t > 3.0]).max() < 0.025
    gap = stamped(device, Link(lost_messages=silent), 60.0, seed=1)
    assert gap.lost.sum() == pytest.approx(4 * 120, abs=1)
    # Whole rounds of the counter show only in what follows.
    known = (gap.true_t < 20.0) | (gap.true_t > 26.0)
    assert np.abs(gap.error_s[known & (gap.t > 3.0)]).max() < 0.025


@pytest.mark.parametrize("kind", ["sequence", "ticks"])
def test_time_never_goes_back_when_a_device_restarts(kind: str) -> None:
    device = KINDS[kind]
    fresh = dataclasses.replace(
        device, switched_on_s=0.0, model=dataclasses.replace(device.model, wrap=0)
    )
    clock = SampleClock(fresh.model, fresh.rate_hz)
    old = list(messages(fresh, Link(), 20.0, seed=1))
    before = [stamp_one(clock, m.arrival_s, m.n, m.mark) for m in old]
    after = [
        (m, stamp_one(clock, 25.0 + m.arrival_s, m.n, m.mark))
        for m in messages(fresh, Link(), 20.0, seed=2)
    ]
    t = np.concatenate([g.t for g in [*before, *(g for _, g in after)]])
    assert (np.diff(t) > 0).all()
    true_t = np.concatenate([m.t + 25.0 for m, _ in after])
    error_s = t[-len(true_t) :] - true_t
    assert np.abs(error_s[true_t > 28.0]).max() < 0.025
    missing = (true_t[0] - old[-1].t[-1]) * device.rate_hz - 1
    assert after[0][1].lost == pytest.approx(missing, abs=0.06 * device.rate_hz)


def test_a_device_clock_that_is_set_ahead_does_not_shift_session_time() -> None:
    device = TICKING
    clock = SampleClock(device.model, device.rate_hz)
    stream = list(messages(device, Link(), 40.0, seed=1))
    ends = []
    lost = jumps = 0
    for i, m in enumerate(stream):
        ahead = 0 if i < len(stream) // 2 else 3_600_000_000
        mark = (m.mark or 0) + ahead
        stamped_times = stamp_one(clock, m.arrival_s, m.n, mark % (1 << 32))
        ends.append(stamped_times.t[-1] - m.t[-1])
        lost += stamped_times.lost
        jumps += stamped_times.jumped
    assert max(ends[-100:]) < 0.025
    assert min(ends[-100:]) > -0.025
    assert lost <= 2
    assert jumps == 1


def test_an_imported_table_keeps_its_times_exactly() -> None:
    clock = SampleClock(ClockModel(ClockKind.SESSION, 1e-9), 100.0)
    starts_ns = [1_000_000_007, 1_030_000_007, 1_500_000_123]
    given = [stamp_one(clock, 99.0, 3, ns, period_s=0.01) for ns in starts_ns]
    expected = [[(ns + k * 10_000_000) / 1e9 for k in range(3)] for ns in starts_ns]
    np.testing.assert_array_equal(np.vstack([g.t for g in given]), expected)
    assert [g.lost for g in given] == [0, 0, 44]


def test_after_a_reset_time_goes_on_and_the_gap_is_counted() -> None:
    for device in KINDS.values():
        clock = SampleClock(device.model, device.rate_hz)
        first = [
            stamp_one(clock, m.arrival_s, m.n, m.mark) for m in messages(device, Link(), 10.0, 1)
        ]
        clock.reset()
        again = [
            stamp_one(clock, 12.0 + m.arrival_s, m.n, m.mark)
            for m in messages(device, Link(), 10.0, 2)
        ]
        assert again[0].t[0] > first[-1].t[-1]
        assert again[0].lost == pytest.approx(2.0 * device.rate_hz, abs=0.15 * device.rate_hz)
        assert all(g.lost == 0 for g in again[1:])


# Contents of a bad file -----------------------------------------------------------------------


MESSAGES = st.lists(
    st.tuples(
        st.one_of(st.just(0.0), st.floats(-2.0, 12.0), st.sampled_from([1e-9, 0.04, 0.3, 5.0])),
        st.integers(1, 8),
        st.one_of(st.none(), st.integers(0, 1 << 62), st.integers(0, 300)),
    ),
    min_size=1,
    max_size=60,
)
"""Time since the message before, samples and mark of messages as no link would deliver them."""


@given(MESSAGES, st.sampled_from([*DEVICES, "session"]))
@settings(max_examples=examples(150))
def test_no_sample_is_later_than_its_arrival(
    arriving: list[tuple[float, int, int | None]], name: str
) -> None:
    table = Device(ClockModel(ClockKind.SESSION, 1e-9), 100.0, 4)
    device = DEVICES.get(name, table)
    clock = SampleClock(device.model, device.rate_hz)
    arrival_s = 0.0
    for since_s, n, mark in arriving:
        arrival_s += since_s
        found = stamp_one(clock, arrival_s, n, mark)
        assert np.isfinite(found.t).all()
        assert found.t[-1] <= arrival_s
        assert (np.diff(found.t) > 0).all()
        assert found.lost >= 0
        assert found.found >= 0
        assert not found.t.flags.writeable


def test_a_link_that_stalls_again_and_again_gives_the_same_bits_in_any_division() -> None:
    # Each message begins a stretch of its own, and then each is late: more than there is room for at first.
    arrivals = np.cumsum(np.concatenate([np.full(700, 1.1), np.full(1500, 0.02)])).tolist()
    for name, device in KINDS.items():
        n = device.samples_per_message
        count = len(arrivals)
        marks = None if name == "none" else [(k * 7) % 256 for k in range(count)]
        whole, single = (SampleClock(device.model, device.rate_hz) for _ in range(2))
        together = whole.stamp(arrivals, n, marks)
        alone = [
            stamp_one(single, arrivals[k], n, None if marks is None else marks[k])
            for k in range(count)
        ]
        np.testing.assert_array_equal(together.t, np.concatenate([one.t for one in alone]))
        assert sum(b.lost for b in together.breaks) == sum(one.lost for one in alone)
        assert np.isfinite(together.t).all()


def test_a_senseless_mark_of_64_bits_is_a_jump() -> None:
    device = DEVICES["ns ticks of the last, 36 at 52 Hz"]
    clock = SampleClock(device.model, device.rate_hz)
    for message in messages(device, Link(), 20.0, seed=1):
        stamp_one(clock, message.arrival_s, message.n, message.mark)
    found = stamp_one(clock, 21.0, 36, (1 << 64) - 1)
    assert found.jumped
    assert found.t[-1] <= 21.0


def test_the_same_arrivals_give_the_same_bits() -> None:
    for device in KINDS.values():
        one = stamped(device, Link(stalls_s=(3.0,)), 20.0, seed=9)
        two = stamped(device, Link(stalls_s=(3.0,)), 20.0, seed=9)
        np.testing.assert_array_equal(one.t, two.t)
