"""The offline ankle angle against the live one and the truth, on a leg built from geometry alone."""

from dataclasses import replace

import numpy as np
import pytest

from processing.calibration.fit import self_calibrate
from processing.motion.calibrated import Calibration
from processing.motion.estimator import AngleEstimator, estimate_offline
from processing.types import AngleBlock, PairedBlock
from sensor.types import FloatArray, frozen_bool
from tests.processing.motion.hinge import Hinge, hinge_block


def _errors_deg(angles: AngleBlock, truth: FloatArray) -> FloatArray:
    """Return the errors of the valid samples, (k,) °; the calibration's zero is the truth's."""
    return np.degrees(angles.ankle - truth)[angles.valid]


def _rms(error: FloatArray) -> float:
    return float(np.sqrt(np.mean(error * error)))


@pytest.fixture(scope="module")
def leg() -> tuple[PairedBlock, FloatArray, Calibration]:
    block, truth = hinge_block(Hinge(seconds=40.0, seed=3, noise_mps2=0.3, gyr_offset_dps=0.2))
    return block, truth, self_calibrate(block)


def test_what_comes_later_makes_the_angle_better(
    leg: tuple[PairedBlock, FloatArray, Calibration],
) -> None:
    block, truth, calibration = leg
    # Lever arms and offsets that are wrong at first: live they are learned, offline they are known.
    wrong = replace(
        calibration,
        foot=replace(calibration.foot, acc_offset=(0.3, -0.3, 0.3)),
        quality=replace(calibration.quality, acc_offset_mps2=0.3),
    )
    live = _errors_deg(AngleEstimator(wrong).feed(block), truth)
    offline = _errors_deg(estimate_offline(block, wrong), truth)
    assert _rms(offline) < 0.7 * _rms(live)
    assert _rms(offline) < 1.0


def test_axes_far_off_are_found_offline(leg: tuple[PairedBlock, FloatArray, Calibration]) -> None:
    block, truth, calibration = leg
    axis = np.array(calibration.shin.joint_axis)
    beside = np.cross(axis, [0.3, -0.5, 0.8])
    turned = np.cos(0.2) * axis + np.sin(0.2) * beside / np.linalg.norm(beside)
    x, y, z = turned.tolist()
    off = replace(calibration, shin=replace(calibration.shin, joint_axis=(x, y, z)))
    assert _rms(_errors_deg(estimate_offline(block, off), truth)) < 0.8


def test_the_angle_after_a_gap_knows_the_joint_from_before(
    leg: tuple[PairedBlock, FloatArray, Calibration],
) -> None:
    block, truth, calibration = leg
    there = (block.t < 30.0) | (block.t > 35.0)
    cut = replace(
        block,
        shin_valid=frozen_bool(block.shin_valid & there),
        foot_valid=frozen_bool(block.foot_valid & there),
    )
    angles = estimate_offline(cut, calibration)
    assert not angles.valid[~there].any()
    assert angles.valid[there].mean() > 0.95
    assert np.abs(_errors_deg(angles, truth)).max() < 2.0
