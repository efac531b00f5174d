"""The live angles: the contract of a stage, and a hinge whose true angle is known by construction."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from processing.calibration.fit import self_calibrate
from processing.motion.calibrated import Calibration, SensorCalibration
from processing.motion.estimator import AngleEstimator, estimate_offline
from processing.types import AngleBlock, PairedBlock
from sensor.types import FloatArray
from tests.processing.motion.hinge import Hinge, hinge_block
from tests.processing.stage_contract import Stage, StageContract

HINGE = Hinge(seconds=24.0, seed=3)


@cache
def calibration() -> Calibration:
    return self_calibrate(hinge_block(HINGE)[0])


class TestContract(StageContract):
    def stage(self) -> Stage:
        return AngleEstimator(calibration())

    def signal(self) -> list[Any]:
        block: PairedBlock = hinge_block(HINGE)[0]
        # Gaps too, one that is bridged and one after which both angles are taken again.
        there = np.ones(len(block.t), dtype=np.bool_)
        there[500:507] = there[700:850] = False
        return [replace(block, foot_valid=there, shin_valid=there)]


def test_the_angle_of_a_hinge_is_found_to_a_degree() -> None:
    block, truth = hinge_block(HINGE)
    assert rms_deg(AngleEstimator(calibration()).feed(block), truth, from_s=5.0) < 1.0


def rms_deg(angles: AngleBlock, truth: FloatArray, from_s: float) -> float:
    """Return the RMS error of ``angles`` after ``from_s``, without its mean, in degrees."""
    used = angles.valid & (angles.t > from_s)
    return float(np.degrees((angles.ankle - truth)[used].std()))


def turned(
    sensor: SensorCalibration, degrees: float, rng: np.random.Generator
) -> SensorCalibration:
    """Return ``sensor`` with its joint axis turned by ``degrees`` in a random direction."""
    axis = np.array(sensor.joint_axis)
    beside = np.cross(axis, rng.standard_normal(3))
    turn = Rotation.from_rotvec(np.radians(degrees) * beside / np.linalg.norm(beside))
    x, y, z = (float(v) for v in turn.apply(axis))
    return replace(sensor, joint_axis=(x, y, z))


@pytest.mark.parametrize("late_ms", [-10, 10])
def test_the_time_between_both_clocks_is_found(late_ms: int) -> None:
    # The truth is at the time of the shin's clock, the angle at the middle of both clocks.
    block, _ = hinge_block(replace(HINGE, seconds=60.0, foot_late_ms=late_ms))
    _, truth = hinge_block(replace(HINGE, seconds=60.0))
    middle = np.interp(block.t - 0.0005 * late_ms, block.t, truth)
    live = AngleEstimator(calibration()).feed(block)
    assert rms_deg(live, middle, from_s=30.0) < 0.7
    assert rms_deg(estimate_offline(block, calibration()), middle, from_s=30.0) < 0.7


def test_axes_ten_degrees_off_are_corrected_live() -> None:
    block, truth = hinge_block(replace(HINGE, seconds=90.0))
    rng = np.random.default_rng(5)
    good = calibration()
    bad = replace(good, shin=turned(good.shin, 10.0, rng), foot=turned(good.foot, 10.0, rng))
    assert rms_deg(AngleEstimator(bad).feed(block), truth, from_s=60.0) < 1.0


def test_the_uncertainty_grows_with_the_time_since_the_last_still_pose() -> None:
    block, _ = hinge_block(replace(HINGE, seconds=300.0))
    angles = AngleEstimator(calibration()).feed(block)
    slow = np.abs(angles.ankle_rate) < np.radians(5.0)

    def width(start: float, stop: float) -> float:
        return float(angles.uncertainty[slow & (block.t > start) & (block.t < stop)].mean())

    assert width(280.0, 300.0) > 1.05 * width(40.0, 60.0)


def test_a_fast_joint_is_less_certain_than_a_slow_one() -> None:
    block, _ = hinge_block(HINGE)
    angles = AngleEstimator(calibration()).feed(block)
    speed = np.abs(angles.ankle_rate)
    used = block.t > 10.0
    fast, slow = (angles.uncertainty[used & part] for part in (speed > 1.0, speed < 0.1))
    assert fast.mean() > slow.mean()
