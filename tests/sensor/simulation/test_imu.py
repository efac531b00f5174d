"""Tests of a part's errors against the figures of its parameters."""

from dataclasses import replace

import numpy as np
import pytest

from sensor.errors import SettingError
from sensor.simulation.imu import (
    PARTS,
    MeasuredSamples,
    SensorPart,
    draw_device,
    measure,
    part_named,
)
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray

G = STANDARD_GRAVITY_MPS2
RATE_HZ = 100.0
STILL = np.tile([0.0, 0.0, G], (60000, 1))
NO_TURN = np.zeros_like(STILL)


def measured(
    part: SensorPart, force: FloatArray, rate: FloatArray, seed: int = 1
) -> MeasuredSamples:
    rng = np.random.default_rng(seed)
    device = draw_device(part, rng, acc_range_g=16.0, gyr_range_dps=2000.0)
    return measure(device, force, rate, RATE_HZ, rng)


def test_an_ideal_part_differs_by_half_a_step_of_16_bits_at_most() -> None:
    rng = np.random.default_rng(1)
    force, rate = 20.0 * rng.standard_normal((500, 3)), 5.0 * rng.standard_normal((500, 3))
    samples = measured(PARTS["ideal"], force, rate)
    assert np.abs(samples.acc - force).max() <= 0.5 * 16.0 * G / 32768 * 1.0001
    assert np.abs(samples.gyr - rate).max() <= 0.5 * np.deg2rad(2000.0) / 32768 * 1.0001
    assert not samples.clipped.any()


def test_values_beyond_full_scale_are_clipped_and_marked() -> None:
    force = np.array([[0.0, 0.0, 15.0 * G], [0.0, 0.0, 17.0 * G], [0.0, -40.0 * G, 0.0]])
    rate = np.deg2rad([[1999.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 2500.0, 0.0]])
    samples = measured(PARTS["ideal"], force, rate)
    assert samples.clipped.tolist() == [False, True, True]
    assert samples.acc[1, 2] == pytest.approx(16.0 * G, rel=1e-4)
    assert samples.acc[2, 1] == pytest.approx(-16.0 * G, rel=1e-4)
    assert samples.gyr[2, 1] == pytest.approx(np.deg2rad(2000.0), rel=1e-4)


def test_noise_has_the_density_of_the_data_sheet() -> None:
    """400 ug and 5 mdps per root Hz over the 50 Hz that 100 samples a second can hold."""
    part = replace(PARTS["MPU6050"], gyr_walk_dps_per_sqrt_min=0.0)
    samples = measured(part, STILL, NO_TURN)
    np.testing.assert_allclose(samples.acc.std(axis=0), 400e-6 * G * np.sqrt(50.0), rtol=0.03)
    np.testing.assert_allclose(
        samples.gyr.std(axis=0), np.deg2rad(0.005 * np.sqrt(50.0)), rtol=0.15
    )  # coarser: a step of the converter is 0.061 degrees a second


def test_offsets_and_scales_spread_over_devices_as_stated() -> None:
    part = PARTS["MPU6050"]
    rng = np.random.default_rng(2)
    devices = [draw_device(part, rng, acc_range_g=2.0, gyr_range_dps=500.0) for _ in range(1000)]
    acc_mg = np.array([device.acc_offset for device in devices]) / G * 1000.0
    gyr_dps = np.rad2deg([device.gyr_offset for device in devices])
    assert acc_mg.std() == pytest.approx(part.acc_offset_sigma_mg, rel=0.05)
    assert gyr_dps.std() == pytest.approx(part.gyr_offset_sigma_dps, rel=0.05)
    scales = np.array([device.acc_scale for device in devices])
    assert scales.mean() == pytest.approx(1.0, abs=0.001)
    assert 100.0 * scales.std() == pytest.approx(part.acc_scale_sigma_percent, rel=0.05)


def test_given_offsets_are_in_the_samples() -> None:
    rng = np.random.default_rng(3)
    device = draw_device(
        PARTS["ideal"],
        rng,
        acc_range_g=16.0,
        gyr_range_dps=2000.0,
        acc_offset_mg=(20.0, -10.0, 5.0),
        gyr_offset_dps=(1.0, 0.0, -2.0),
    )
    samples = measure(device, STILL[:10], NO_TURN[:10], RATE_HZ, rng)
    np.testing.assert_allclose(samples.acc[0] / G, [0.02, -0.01, 1.005], atol=0.0003)
    np.testing.assert_allclose(np.rad2deg(samples.gyr[0]), [1.0, 0.0, -2.0], atol=0.04)


def test_the_gyro_offset_walks_as_far_in_a_minute_as_stated() -> None:
    part = replace(PARTS["ideal"], gyr_walk_dps_per_sqrt_min=1.0)
    ends = [measured(part, STILL[:6000], NO_TURN[:6000], seed).gyr[-1] for seed in range(100)]
    assert np.rad2deg(ends).std() == pytest.approx(1.0, rel=0.12)


def test_at_its_bandwidth_a_part_passes_seven_tenths() -> None:
    part = replace(PARTS["ideal"], bandwidth_hz=3.0)
    wave = np.zeros((4000, 3))
    wave[:, 1] = 5.0 * np.sin(2.0 * np.pi * 3.0 * np.arange(4000) / RATE_HZ)
    passed = measured(part, STILL[:4000], wave).gyr[1000:, 1]
    assert passed.std() / wave[1000:, 1].std() == pytest.approx(np.sqrt(0.5), rel=0.05)


def test_an_unknown_part_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingError, match="WT901BLE67, MPU6050"):
        part_named("WT902")
