"""The offset of a gyro that never was still, against the package of VQF and against the truth."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from processing.motion.moving_offset import moving_offset, smoothed_offsets
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray

vqf = pytest.importorskip("vqf", reason="vqf has no wheels for Python 3.14")

OFFSET = np.array([0.012, -0.006, 0.008])


def swinging(
    seconds: float, rate_hz: float, offset: FloatArray, rest_s: float = 0.0
) -> tuple[FloatArray, FloatArray]:
    """Return the rates and forces (n, 3) of a sensor that rests ``rest_s`` of every 20 s."""
    random = np.random.default_rng(11)
    t = np.arange(round(seconds * rate_hz) + 1) / rate_hz
    # The time of the movement stands still in a rest.
    moved = t // 20.0 * (20.0 - rest_s) + np.minimum(t % 20.0, 20.0 - rest_s)
    angles = [0.8 * np.sin(1.9 * moved), 1.2 * np.sin(1.3 * moved), 0.7 * np.sin(2.3 * moved)]
    attitudes = Rotation.from_euler("xyz", np.stack(angles, axis=1))
    turns = rate_hz * (attitudes[:-1].inv() * attitudes[1:]).as_rotvec()
    forces = attitudes[1:].inv().apply([0.0, 0.0, STANDARD_GRAVITY_MPS2])
    acc = forces + 0.5 * turns + random.normal(scale=0.05, size=turns.shape)
    return turns + offset + random.normal(scale=0.002, size=turns.shape), acc


@pytest.mark.parametrize(
    ("seconds", "rate_hz", "offset", "rest_s"),
    [
        (60.0, 100.0, OFFSET, 0.0),
        (60.0, 100.0, OFFSET, 8.0),
        # More than the filter takes an offset to be.
        (60.0, 50.0, 5.0 * OFFSET, 8.0),
        (40.0, 104.0, OFFSET, 15.0),
        # Less than the low pass of the force needs to settle.
        (2.0, 100.0, OFFSET, 0.0),
    ],
)
def test_it_is_the_offset_that_vqf_finds(
    seconds: float, rate_hz: float, offset: FloatArray, rest_s: float
) -> None:
    gyr, acc = swinging(seconds, rate_hz, offset, rest_s)
    wanted = vqf.offlineVQF(gyr, acc, None, 1.0 / rate_hz)
    assert bool(wanted["restDetected"].any()) == (rest_s > 0.0 and offset is OFFSET)
    found = smoothed_offsets(gyr, acc, rate_hz)
    np.testing.assert_allclose(found, wanted["bias"], rtol=0, atol=1e-9)


def test_it_is_found_upside_down() -> None:
    gyr, acc = swinging(20.0, 100.0, OFFSET)
    gyr = gyr @ np.diag([1.0, -1.0, -1.0])
    acc = acc @ np.diag([1.0, -1.0, -1.0])
    wanted = vqf.offlineVQF(gyr, acc, None, 0.01)["bias"]
    np.testing.assert_allclose(smoothed_offsets(gyr, acc, 100.0), wanted, rtol=0, atol=1e-9)


def test_the_offset_of_a_leg_that_never_rests_is_near_the_true_one() -> None:
    gyr, acc = swinging(600.0, 100.0, 10.0 * OFFSET)
    valid = np.ones(len(gyr), dtype=np.bool_)
    valid[500:700] = False
    gyr[~valid] = np.nan
    error = moving_offset(gyr, acc, valid, 100.0) - 10.0 * OFFSET
    assert np.degrees(np.abs(error)).max() < 0.3
