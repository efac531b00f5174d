"""Tests of the simulated radio: delays, losses, drop-outs and clocks."""

from dataclasses import replace

import numpy as np
import pytest

from sensor.errors import SettingError
from sensor.simulation import simulate
from sensor.simulation.sensor_parameters import RadioParameters
from sensor.simulation.simulated_radio import DeviceClock, deliver, draw_clock
from sensor.types import FloatArray, Notification

CLEAN = RadioParameters(jitter_ms=0.0, retransmission_percent=0.0)
READY_S: FloatArray = np.linspace(0.0, 600.0, 15000)


def delays(radio: RadioParameters, ready_s: FloatArray = READY_S) -> FloatArray:
    delivery = deliver(radio, ready_s, np.random.default_rng(1))
    assert delivery.delivered.all()
    return delivery.arrival_s - ready_s


def test_notifications_arrive_in_order_and_never_before_they_are_ready() -> None:
    radio = RadioParameters(
        retransmission_percent=40.0, jitter_ms=5.0, stalls_per_min=6.0, latency_ms=2.0
    )
    delivery = deliver(radio, READY_S, np.random.default_rng(2))
    assert (delivery.arrival_s >= READY_S + 0.002).all()
    assert (np.diff(delivery.arrival_s) >= 0.0).all()


def test_a_clean_link_delivers_at_the_next_connection_event() -> None:
    arrival = READY_S + delays(replace(CLEAN, interval_ms=15.0))
    intervals = (arrival - arrival[0]) / 0.015
    np.testing.assert_allclose(intervals, np.rint(intervals), atol=1e-6)
    assert delays(replace(CLEAN, interval_ms=15.0)).max() < 0.015


def test_retransmissions_cost_whole_intervals_as_often_as_stated() -> None:
    radio = RadioParameters(jitter_ms=0.0, retransmission_percent=20.0, interval_ms=10.0)
    late = np.floor(delays(radio) / 0.010)
    for times in (1, 2, 3):  # geometric: each further interval with a fifth of the chance
        assert (late >= times).mean() == pytest.approx(0.2**times, abs=0.012)


def test_a_constant_latency_shifts_everything() -> None:
    shift = delays(replace(CLEAN, latency_ms=40.0)) - delays(CLEAN)
    np.testing.assert_allclose(shift, 0.040, atol=1e-9)


def test_a_stall_ends_in_a_burst() -> None:
    """Compare with a published case: nothing for 239 ms, then all waiting messages within 2 ms."""
    radio = replace(CLEAN, stalls_per_min=3.0, stall_ms=239.0)
    arrival = READY_S + delays(radio)
    gaps = np.diff(arrival)
    longest = int(np.argmax(gaps))
    assert gaps[longest] > 0.2
    assert (gaps[longest + 1 : longest + 4] < 0.002).all()
    assert 10 <= (gaps > 0.15).sum() <= 60  # 10 min with 3 a minute, some overlapping


def test_the_share_of_losses_is_as_stated() -> None:
    delivery = deliver(RadioParameters(loss_percent=3.0), READY_S, np.random.default_rng(3))
    assert 1.0 - delivery.delivered.mean() == pytest.approx(0.03, abs=0.005)


def test_a_sensor_is_silent_from_the_start_to_the_end_of_a_drop_out() -> None:
    radio = RadioParameters(dropouts_s=((30.0, 3.0), (70.0, 1.5)), stalls_per_min=20.0)
    delivery = deliver(radio, READY_S, np.random.default_rng(4))
    arrival = delivery.arrival_s[delivery.delivered]
    for start, duration in radio.dropouts_s:
        gone = (start <= READY_S) & (start + duration > READY_S)
        assert not delivery.delivered[gone].any()
        assert not ((arrival > start) & (arrival < start + duration)).any()
    assert delivery.delivered.sum() == READY_S.size - sum(
        ((s <= READY_S) & (s + d > READY_S)).sum() for s, d in radio.dropouts_s
    )


def test_a_clock_samples_at_its_true_rate_and_shows_its_own_time() -> None:
    clock = DeviceClock(99.2, 0.0, 1.0 + 50e-6, 7.0)
    t = clock.sample_times(0.1, 600.1)
    assert t.size == pytest.approx(99.2 * 600, abs=2)
    np.testing.assert_allclose(np.diff(t), 1.0 / 99.2)
    shown = clock.shown(t)
    assert (shown[-1] - shown[0]) / (t[-1] - t[0]) - 1.0 == pytest.approx(50e-6, rel=1e-6)


def test_a_rate_drifts_as_stated() -> None:
    radio = RadioParameters(
        rate_error_percent=-0.8, clock_error_ppm=20.0, rate_drift_ppm_per_min=10.0
    )
    clock = draw_clock(radio, 100.0, 0.015, np.random.default_rng(5))
    t = clock.sample_times(0.0, 1200.0)
    first, last = t[:1001], t[-1001:]
    assert 1000.0 / (first[-1] - first[0]) == pytest.approx(99.2, rel=3e-6)
    # 20 minutes less ten seconds at 10 ppm a minute.
    ratio = (first[-1] - first[0]) / (last[-1] - last[0])
    assert ratio - 1.0 == pytest.approx(10e-6 * (20.0 - 10.0 / 60.0), rel=0.02)


def test_rates_that_are_not_given_are_drawn_within_the_tolerance() -> None:
    rng = np.random.default_rng(6)
    rates = [draw_clock(RadioParameters(), 100.0, 0.015, rng).rate_hz for _ in range(200)]
    assert 98.5 < min(rates) < 99.3
    assert 100.7 < max(rates) < 101.5


@pytest.mark.parametrize(
    "dropouts_s",
    [((10.0, 0.5),), ((10.0, 5.0), (12.0, 2.0)), ((-1.0, 3.0),), ((float("nan"), 3.0),)],
    ids=["too short", "overlapping", "before the start", "not a number"],
)
def test_impossible_dropouts_are_refused(dropouts_s: tuple[tuple[float, float], ...]) -> None:
    with pytest.raises(SettingError, match="in order of time"):
        RadioParameters(dropouts_s=dropouts_s)


def arrivals(text: str) -> list[FloatArray]:
    """Return the arrivals from the shin and from the foot, in s of the session."""
    session = simulate(f"sets=1,reps=2,calibration=no,{text}")
    return [
        1e-9
        * np.array(
            [
                item.t_ns - session.header.start_ns
                for item in session.items
                if isinstance(item, Notification) and item.source == source
            ]
        )
        for source in ("sim-shin", "sim-foot")
    ]


def test_a_hold_up_delays_every_notification_to_its_end_and_loses_none() -> None:
    plain, held_up = arrivals("seed=1"), arrivals("hold_ups_s=5+3/10+0.5")
    for before, after in zip(plain, held_up, strict=True):
        assert before.size == after.size
        held = ((before >= 5.0) & (before < 8.0)) | ((before >= 10.0) & (before < 10.5))
        assert held.sum() > 80
        assert (after[(before >= 5.0) & (before < 8.0)] - 8.0).max() < 0.01
        assert (after[(before >= 5.0) & (before < 8.0)] >= 8.0).all()
        np.testing.assert_array_equal(after[~held], before[~held])


def test_one_sensor_alone_can_be_held_up_and_random_hold_ups_are_those_of_the_host() -> None:
    (shin, foot), (same, alone) = arrivals("seed=1"), arrivals("foot_hold_ups_s=5+3")
    np.testing.assert_array_equal(shin, same)
    assert (alone - foot).max() > 2.9
    ends = []
    for arrived in arrivals("hold_ups_per_min=10,hold_up_s=2"):
        gaps = np.diff(arrived)
        assert gaps.max() > 1.9
        ends.append(arrived[np.flatnonzero(gaps > 0.5) + 1])
    # The first notification after a hold-up arrives at its end, from both sensors.
    np.testing.assert_allclose(ends[0], ends[1], atol=0.05)
