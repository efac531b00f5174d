"""The drawn curl against turns that are known in closed form."""

import math

import numpy as np
import pytest

from gui.models.live import LiveModel
from gui.models.shown_curl import CARRIED_S, GUESSED_S, ShownCurl
from processing.pipeline.shin_ahead import ShinAhead
from processing.types import AngleBlock

RATE_HZ = 100.0
SWING_HZ = 0.5


def _swing(t: np.ndarray) -> np.ndarray:
    """Return a curl in rad between 0 and 1.8 rad."""
    return 0.9 - 0.9 * np.cos(2.0 * np.pi * SWING_HZ * t)


def _rates(first: float, last: float) -> ShinAhead:
    t = np.arange(round(first * RATE_HZ), round(last * RATE_HZ)) / RATE_HZ
    return ShinAhead(t, 0.9 * 2.0 * np.pi * SWING_HZ * np.sin(2.0 * np.pi * SWING_HZ * t))


@pytest.mark.parametrize("now", [0.4, 0.47, 0.5, 0.53])
def test_a_swing_is_followed_to_and_beyond_the_newest_sample(now: float) -> None:
    shown = ShownCurl()
    for start in (0.30, 0.34, 0.38, 0.42, 0.46):
        shown.take(_rates(start, start + 0.04))
    turned = _swing(np.array(now)) - _swing(np.array(0.4))
    assert math.degrees(abs(shown.since(0.4, now) - turned)) < 0.1


def test_it_goes_no_further_than_is_known() -> None:
    shown = ShownCurl()
    shown.take(ShinAhead(np.array([0.0, 0.01]), np.array([2.0, 2.0])))
    assert shown.since(0.01, 60.0) == pytest.approx(2.0 * GUESSED_S)
    shown.take(ShinAhead(np.arange(0.02, 3.0, 0.01), np.full(298, 2.0)))
    assert shown.since(0.01, 60.0) == pytest.approx(2.0 * CARRIED_S)


def test_time_that_runs_back_replaces_the_samples_before() -> None:
    shown = ShownCurl()
    shown.take(_rates(0.0, 1.0))
    shown.take(ShinAhead(np.array([0.5, 0.51]), np.zeros(2)))
    assert shown.since(0.5, 0.55) == 0.0


def test_only_the_curl_is_carried_on_and_nothing_after_a_loss() -> None:
    live = LiveModel()
    one, valid = np.ones(1), np.ones(1, dtype=np.bool_)
    block = AngleBlock(one, 0.1 * one, 0.5 * one, one, one, valid, one)
    live.take([block, ShinAhead(np.array([0.99, 1.0, 1.01]), np.full(3, 3.0))])
    live.carry_on(1.02)
    assert live.curl_deg == pytest.approx(math.degrees(0.56))
    assert live.ankle_deg == pytest.approx(math.degrees(0.1))
    assert live.shown_t == pytest.approx(1.02)
    assert live.buffer.last(0.0)[2][-1] == pytest.approx(math.degrees(0.5))
    live.take([AngleBlock(2.0 * one, one, one, one, one, ~valid, one)])
    live.carry_on(2.01)
    assert live.curl_deg is None
