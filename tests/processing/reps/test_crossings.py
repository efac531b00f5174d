"""The time at which a speed passes a level, against curves with a known solution."""

import numpy as np
import pytest

from processing.reps.crossings import crossing
from tests.processing.reps.curves import Array

LEVEL = np.deg2rad(10.0)
T = np.arange(0.0, 4.0, 0.01)
EVERYTHING = (float(T[0]), float(T[-1]))


def ramp(at: float, dps2: float) -> Array:
    """Return speeds (rad/s) that pass the level at ``at`` s, changing by ``dps2`` evenly."""
    return np.asarray(LEVEL + np.deg2rad(dps2) * (T - at))


def tremor(seed: int, dps: float) -> Array:
    """Return the speeds of a tremor of 7 to 11 Hz, rad/s."""
    rng = np.random.default_rng(seed)
    hz, phase = rng.uniform(7.0, 11.0, 6), rng.uniform(0.0, 2.0 * np.pi, 6)
    waves = np.sin(2.0 * np.pi * hz * T[:, None] + phase)
    return np.asarray(np.deg2rad(dps) * np.sqrt(2.0 / 6.0) * waves.sum(axis=1))


def first_sample(speed: Array) -> float:
    """Return the middle between the last sample below the level and the next."""
    return float(T[np.flatnonzero(speed < LEVEL)[-1]]) + 0.005


@pytest.mark.parametrize("dps2", [20.0, 100.0, 1000.0, -100.0])
def test_a_linear_change_is_located_between_the_samples(dps2: float) -> None:
    found = crossing(T, ramp(2.0037, dps2), 2.01, LEVEL, EVERYTHING, rises=dps2 > 0.0)
    assert found == pytest.approx(2.0037, abs=1e-6)


@pytest.mark.parametrize("dps2", [25.0, 50.0, 100.0])
def test_a_tremor_moves_the_line_less_than_the_sample(dps2: float) -> None:
    # The smoothing of the offline segmentation leaves this part of a strong tremor.
    by_line, by_sample = [], []
    for seed in range(40):
        speed = ramp(2.0, dps2) + tremor(seed, 1.5)
        near = first_sample(speed)
        by_sample.append(near - 2.0)
        by_line.append(crossing(T, speed, near, LEVEL, EVERYTHING, rises=True) - 2.0)
    assert np.std(by_line) < 0.5 * np.std(by_sample)
    assert abs(np.mean(by_line)) < 0.01


@pytest.mark.parametrize("lift_s", [0.3, 0.6, 1.5, 4.0])
def test_the_soft_start_of_a_minimum_jerk_lift_is_located(lift_s: float) -> None:
    share = np.clip((T - 1.0) / lift_s, 0.0, 1.0)
    speed = np.deg2rad(100.0) * 30.0 / lift_s * share**2 * (1.0 - share) ** 2
    shares = np.linspace(0.0, 0.5, 100_001)
    passed = np.rad2deg(LEVEL) <= 3000.0 / lift_s * shares**2 * (1.0 - shares) ** 2
    true = 1.0 + lift_s * float(shares[passed][0])
    near = float(T[np.flatnonzero(speed >= LEVEL)[0]]) - 0.005
    assert crossing(T, speed, near, LEVEL, EVERYTHING, rises=True) == pytest.approx(true, abs=0.015)


def test_missing_samples_do_not_move_the_crossing() -> None:
    speed = ramp(2.0, 50.0)
    there = (T < 1.93) | (T > 1.99)
    found = crossing(T[there], speed[there], 1.99, LEVEL, EVERYTHING, rises=True)
    assert found == pytest.approx(2.0, abs=1e-6)


def test_another_movement_nearby_is_left_out() -> None:
    speed = np.where(T < 2.3, ramp(2.0, 50.0), 3.0)
    assert crossing(T, speed, 2.0, LEVEL, (0.0, 2.29), rises=True) == pytest.approx(2.0, abs=1e-6)


@pytest.mark.parametrize(
    ("speed", "within"),
    [
        (np.full(T.size, LEVEL), EVERYTHING),
        (ramp(2.0, 50.0), (1.99, 2.02)),
        (ramp(2.0, 50.0), (2.1, 2.05)),
        (np.where(np.abs(T - 2.0) < 0.03, 1.0, 0.0), EVERYTHING),
    ],
)
def test_without_a_usable_line_the_samples_decide(
    speed: Array, within: tuple[float, float]
) -> None:
    assert crossing(T, speed, 2.0, LEVEL, within, rises=True) == 2.0
