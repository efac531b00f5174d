"""The tap test with simulated people who have a delay, an anticipation, a scatter and make mistakes."""

import numpy as np
import pytest

from gui.sound.latency import (
    ANTICIPATION_S,
    CLICKS,
    INTERVAL_S,
    MOST_SPREAD_S,
    TapFault,
    TapResult,
    TapTest,
)

START_S = 1234.5


def tapped(delay_s: float, scatter_s: float = 0.02, seed: int = 0, clicks: int = CLICKS) -> TapTest:
    """Return the test of a person who hears ``delay_s`` late and taps a little early."""
    random = np.random.default_rng(seed)
    test = TapTest()
    for number in range(clicks):
        click = START_S + number * INTERVAL_S
        test.add_click(click)
        test.add_tap(click + delay_s - ANTICIPATION_S + random.normal(scale=scatter_s))
    return test


@pytest.mark.parametrize("delay_s", [0.0, 0.04, 0.15, 0.25, 0.4])
def test_the_delay_is_found_within_20_ms(delay_s: float) -> None:
    results = [tapped(delay_s, seed=seed).result() for seed in range(50)]
    assert sum(r.accepted for r in results) >= 47
    errors = [abs(r.delay_s - delay_s) for r in results]
    assert np.percentile(errors, 90) < 0.02


def test_without_scatter_the_delay_is_exact() -> None:
    result = tapped(0.18, scatter_s=0.0).result()
    assert result.delay_s == pytest.approx(0.18)
    assert result.spread_s == pytest.approx(0.0, abs=1e-9)
    assert result == TapResult(result.delay_s, result.spread_s, CLICKS - 1)


def test_a_delay_is_never_below_zero() -> None:
    assert tapped(-0.05, scatter_s=0.0).result().delay_s == 0.0


def test_missed_and_doubled_taps_change_nothing() -> None:
    test = tapped(0.15, scatter_s=0.005)
    del test.taps[4]
    test.add_tap(test.taps[6] + 0.1)
    result = test.result()
    assert result.accepted
    assert result.delay_s == pytest.approx(0.15, abs=0.01)


def test_the_order_of_taps_changes_nothing() -> None:
    test = tapped(0.15)
    wanted = test.result()
    test.taps.reverse()
    assert test.result() == wanted


@pytest.mark.parametrize("taps", [0, 1, 4])
def test_too_few_taps_are_refused(taps: int) -> None:
    test = tapped(0.1)
    del test.taps[taps:]
    assert test.result().fault is TapFault.TOO_FEW


def test_no_taps_are_refused() -> None:
    assert TapTest().result().fault is TapFault.TOO_FEW


def test_random_taps_are_refused() -> None:
    believed = 0
    for seed in range(200):
        random = np.random.default_rng(seed)
        test = tapped(0.0)
        test.taps = list(START_S + random.uniform(0, CLICKS * INTERVAL_S, size=CLICKS))
        believed += test.result().accepted
    assert believed <= 4


def test_uneven_taps_are_refused() -> None:
    result = tapped(0.2, scatter_s=0.12, seed=3).result()
    assert result.spread_s > MOST_SPREAD_S
    assert result.fault is TapFault.UNEVEN


def test_a_result_is_available_before_the_end() -> None:
    assert tapped(0.1, scatter_s=0.0, clicks=7).result().taps == 6
