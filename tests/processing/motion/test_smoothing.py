"""The smoother against the forward and backward recursions of a textbook, and over whole turns."""

import numpy as np

from processing.motion.smoothing import smooth_angle
from sensor.types import FloatArray


def rauch_tung_striebel(
    values: FloatArray, variance: FloatArray, wander: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return smoothed means and variances of a random walk, by the recursions of a textbook."""
    n = len(values)
    mean, var = np.empty(n), np.empty(n)
    predicted, predicted_var = 0.0, 1e9
    for i in range(n):
        if i:
            predicted, predicted_var = mean[i - 1], var[i - 1] + wander[i - 1]
        gain = predicted_var / (predicted_var + variance[i])
        mean[i] = predicted + gain * (values[i] - predicted)
        var[i] = (1 - gain) * predicted_var
    out, out_var = mean.copy(), var.copy()
    for i in range(n - 2, -1, -1):
        gain = var[i] / (var[i] + wander[i])
        out[i] = mean[i] + gain * (out[i + 1] - mean[i])
        out_var[i] = var[i] + gain**2 * (out_var[i + 1] - var[i] - wander[i])
    return out, out_var


def test_the_smoother_equals_the_kalman_smoother() -> None:
    rng = np.random.default_rng(1)
    wander = rng.uniform(1e-5, 1e-3, 199)
    truth = np.concatenate([[0.4], 0.4 + np.cumsum(np.sqrt(wander) * rng.standard_normal(199))])
    variance = rng.uniform(0.01, 0.05, 200)
    # Errors so small that no measurement counts for less.
    values = truth + np.clip(rng.standard_normal(200), -0.5, 0.5) * np.sqrt(variance)
    path, spread = smooth_angle(values, 1.0 / variance, wander)
    expected, expected_spread = rauch_tung_striebel(values, variance, wander)
    np.testing.assert_allclose(path, expected, atol=1e-6)
    np.testing.assert_allclose(spread, expected_spread, rtol=1e-4)


def test_a_correction_is_followed_over_whole_turns() -> None:
    truth = np.linspace(0.0, 5.0 * np.pi, 3000)
    measured = np.angle(np.exp(1j * truth))
    path, _ = smooth_angle(measured, np.full(3000, 100.0), np.full(2999, 1e-3))
    inner = slice(50, -50)
    np.testing.assert_allclose(path[inner], truth[inner], atol=0.01)


def test_between_measurements_the_variance_grows() -> None:
    weight = np.full(300, 400.0)
    weight[100:200] = 0.0
    path, spread = smooth_angle(np.full(300, 0.3), weight, np.full(299, 1e-4))
    np.testing.assert_allclose(path, 0.3, atol=1e-6)
    assert spread[150] > 5.0 * spread[50]
    assert np.all(np.diff(spread[100:149]) > 0.0)


def test_an_outlier_has_little_weight() -> None:
    values = np.zeros(200)
    values[100] = 1.5
    path, _ = smooth_angle(values, np.full(200, 400.0), np.full(199, 1e-5))
    assert np.abs(path).max() < 0.01


def test_without_measurements_the_result_is_finite() -> None:
    path, spread = smooth_angle(np.zeros(50), np.zeros(50), np.full(49, 1e-4))
    assert np.isfinite(path).all()
    assert np.isfinite(spread).all()
