"""The visible ends of single movements, of legs that sway and sensors that lie on working muscle."""

import numpy as np
import pytest

from processing.reps.boundaries import find_boundaries
from processing.reps.movements import Movement, visible_ends
from tests.independent_judge.motions import RATE_HZ, Array, early_falling, even, minimum_jerk
from tests.independent_judge.visible import visible_reps

WAY_DEG = 100.0
REST_S = 1.5
NEAR = float(np.deg2rad(2.0))


def lowered(path: Array) -> Array:
    """Return a curve in deg: a rest, a lift of minimum jerk, a hold, the lowering of ``path``, a rest."""
    rest = np.zeros(round(REST_S * RATE_HZ))
    lift = minimum_jerk(1.0, np.random.default_rng(0))
    return WAY_DEG * np.concatenate([rest, lift, rest + 1.0, 1.0 - path, rest])


@pytest.mark.parametrize("seed", range(6))
def test_a_slow_landing_that_sways_ends_where_the_leg_lands(seed: int) -> None:
    rng = np.random.default_rng(seed)
    curl = lowered(early_falling(9.0, rng))
    t = np.arange(curl.size) / RATE_HZ
    (seen,) = visible_reps(t, curl, WAY_DEG)
    # The leg wanders at 0.1 to 0.8 Hz, the skin under the strap at up to 3 Hz.
    for rms_deg, hz in ((0.15, (0.1, 0.8)), (0.15, (0.3, 3.0))):
        waves = zip(rng.uniform(*hz, 6), rng.uniform(0.0, 2.0 * np.pi, 6), strict=True)
        curl = curl + rms_deg * np.sqrt(2.0 / 6.0) * sum(
            np.sin(2.0 * np.pi * f * t + phase) for f, phase in waves
        )
    top = int(np.argmax(curl))
    begins = int(np.searchsorted(t, seen.t_top))
    done = np.deg2rad(curl[top] - curl[begins:])
    movement = Movement(t[begins:], done, np.gradient(done, 1.0 / RATE_HZ), float(done.max()), NEAR)
    begin, end = visible_ends(movement)
    assert begin == pytest.approx(seen.t_lower, abs=0.35)
    assert end == pytest.approx(seen.t_bottom, abs=0.35)


@pytest.mark.parametrize("low_after", [0.1, -0.25], ids=["landed", "still on its way"])
def test_no_phase_ends_after_the_last_sample(low_after: float) -> None:
    """Reps without any rest: the last sample that is known yet is the lowest."""
    angle = np.sin(np.linspace(0.0, np.pi, 119)) ** 2
    for start in range(0, 20_000, 37):
        t = (start + np.arange(119)) / 100.0
        bounds = find_boundaries(t, angle, np.gradient(angle, t), (0.0, low_after))
        assert t[0] <= bounds.t_start <= bounds.t_bottom <= t[-1]


def test_sway_is_no_part_of_the_movement() -> None:
    """A heel raise on one leg: 32° that take 4 s, under a sway of 1.5° at 0.5 to 1.8 Hz."""
    errors_s = []
    for seed in range(16):
        rng = np.random.default_rng([seed, 7])
        rest, lift = np.zeros(round(REST_S * RATE_HZ)), minimum_jerk(2.0, rng)
        path = (even if seed % 2 else minimum_jerk)(4.0, rng)
        curl = 32.0 * np.concatenate([rest, lift, rest + 1.0, 1.0 - path, rest])
        t = np.arange(curl.size) / RATE_HZ
        (seen,) = visible_reps(t, curl, 32.0)
        waves = zip(rng.uniform(0.5, 1.8, 6), rng.uniform(0.0, 2.0 * np.pi, 6), strict=True)
        sway = sum(np.sin(2.0 * np.pi * f * t + phase) for f, phase in waves)
        angle = np.deg2rad(curl + 1.5 * np.sqrt(2.0 / 6.0) * sway)
        middle = int(np.searchsorted(t, 0.5 * (seen.t_lower + seen.t_bottom)))
        lows = float(angle[: round(2.0 * RATE_HZ)].min()), float(angle[middle:].min())
        found = find_boundaries(t, angle, np.gradient(angle, t), lows)
        errors_s.append(found.t_bottom - found.t_ecc - seen.lower_s)
    # The sway hides the true ends by some tenths of a second, but neither way more than the other.
    assert np.mean(errors_s) == pytest.approx(0.0, abs=0.2)
    assert np.std(errors_s) < 0.45
