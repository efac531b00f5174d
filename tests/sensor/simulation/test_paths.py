"""Tests of paths against the published minimum-jerk curve and numerical derivatives."""

import numpy as np
import pytest
from scipy.interpolate import BPoly

from sensor.simulation.paths import KeyPath, Motion, wander

STEP_S = 1e-4


def derivatives_hold(motion: Motion, step_s: float, tolerance: float) -> None:
    rate = np.gradient(motion.value, step_s)[2:-2]
    acceleration = np.gradient(motion.rate, step_s)[2:-2]
    scale = np.abs(motion.acceleration).max()
    assert np.abs(rate - motion.rate[2:-2]).max() < tolerance * scale
    assert np.abs(acceleration - motion.acceleration[2:-2]).max() < tolerance * scale


def test_a_path_between_rests_is_the_minimum_jerk_movement() -> None:
    """Flash and Hogan 1985, equation 5: x0 + (xf - x0)(10 s³ - 15 s⁴ + 6 s⁵)."""
    path = KeyPath(np.array([2.0, 5.0]), np.array([0.5, 2.5]), np.zeros(2))
    t = np.linspace(2.0, 5.0, 301)
    s = (t - 2.0) / 3.0
    expected = 0.5 + 2.0 * (10 * s**3 - 15 * s**4 + 6 * s**5)
    np.testing.assert_allclose(path.at(t).value, expected, atol=1e-12)
    assert path.at(np.array([3.5])).rate[0] == pytest.approx(1.875 * 2.0 / 3.0)


def test_a_path_passes_its_keyframes_with_their_rates_and_without_a_jump() -> None:
    path = KeyPath(
        np.array([0.0, 0.4, 1.5, 2.0]), np.array([0.0, 0.1, 0.9, 1.0]), np.array([0, 0.7, 0.6, 0])
    )
    at_keys = path.at(path.t)
    np.testing.assert_allclose(at_keys.value, path.value, atol=1e-12)
    np.testing.assert_allclose(at_keys.rate, path.rate, atol=1e-12)
    before, after = path.at(path.t - 1e-9), path.at(path.t + 1e-9)
    np.testing.assert_allclose(before.acceleration, after.acceleration, atol=1e-5)
    derivatives_hold(path.at(np.arange(-0.5, 2.5, STEP_S)), STEP_S, 1e-2)


def test_a_path_is_constant_before_the_first_and_after_the_last_keyframe() -> None:
    path = KeyPath(np.array([1.0, 2.0]), np.array([0.3, 0.7]), np.zeros(2))
    motion = path.at(np.array([0.0, 0.99, 2.01, 50.0]))
    np.testing.assert_allclose(motion.value, [0.3, 0.3, 0.7, 0.7])
    np.testing.assert_allclose(motion.rate, 0.0, atol=1e-12)


def test_a_wander_has_its_rms_within_its_band() -> None:
    motion = wander(0.02, (0.5, 2.0), np.random.default_rng(4)).at(np.arange(0.0, 400.0, 0.01))
    assert np.sqrt(np.mean(motion.value**2)) == pytest.approx(0.02, rel=0.05)
    power = np.abs(np.fft.rfft(motion.value)) ** 2
    hz = np.fft.rfftfreq(motion.value.size, 0.01)
    assert power[(hz > 0.45) & (hz < 2.05)].sum() > 0.99 * power.sum()


def test_sums_products_and_multiples_keep_their_derivatives() -> None:
    rng = np.random.default_rng(5)
    t = np.arange(0.0, 3.0, STEP_S)
    a, b = (wander(0.3, (0.5, 3.0), rng).at(t) for _ in range(2))
    for motion in (a, a + b, a.times(b), a.scaled(-2.5)):
        derivatives_hold(motion, STEP_S, 1e-4)
    np.testing.assert_allclose(a.times(b).value, a.value * b.value)
    np.testing.assert_allclose((a + b).value, a.value + b.value)


def test_a_path_through_keyframes_is_the_one_that_scipy_draws() -> None:
    rng = np.random.default_rng(7)
    t = np.cumsum(rng.uniform(0.1, 1.0, 12))
    value, rate, acceleration = rng.normal(size=(3, 12))
    path = BPoly.from_derivatives(t, np.stack([value, rate, acceleration], axis=1))
    at = np.concatenate([t, np.linspace(t[0], t[-1], 500)])
    motion = KeyPath(t, value, rate, acceleration).at(at)
    np.testing.assert_allclose(motion.value, path(at), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(motion.rate, path.derivative()(at), rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(
        motion.acceleration[len(t) :], path.derivative(2)(at[len(t) :]), rtol=1e-7, atol=1e-7
    )
