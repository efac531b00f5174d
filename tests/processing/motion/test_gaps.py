"""Gaps of any length: outside of them the angles are as without them."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from processing.calibration.fit import self_calibrate
from processing.motion.calibrated import Calibration
from processing.motion.estimator import AngleEstimator, estimate_offline
from processing.types import AngleBlock, PairedBlock
from sensor.types import FloatArray, frozen
from tests.processing.motion.hinge import Hinge, hinge_block

HINGE = Hinge(seconds=30.0, seed=3)


@cache
def hinge() -> tuple[PairedBlock, Calibration, AngleBlock, AngleBlock]:
    """Return the samples of a hinge, its calibration, and its live and offline angles."""
    block, _ = hinge_block(HINGE)
    calibration = replace(self_calibrate(block), reference_rom=1.4)
    return (
        block,
        calibration,
        AngleEstimator(calibration).feed(block),
        estimate_offline(block, calibration),
    )


def without(block: PairedBlock, start: float, stop: float, foot: bool) -> PairedBlock:
    """Return ``block`` without the samples of the shin, and of the foot, from ``start`` to ``stop`` s."""
    there = (block.t < start) | (block.t >= stop)

    def kept(samples: FloatArray) -> FloatArray:
        return frozen(samples * there[:, None])

    out = replace(
        block,
        shin_acc=kept(block.shin_acc),
        shin_gyr=kept(block.shin_gyr),
        shin_valid=block.shin_valid & there,
    )
    if not foot:
        return out
    return replace(
        out,
        foot_acc=kept(block.foot_acc),
        foot_gyr=kept(block.foot_gyr),
        foot_valid=block.foot_valid & there,
    )


@pytest.mark.parametrize("foot", [False, True])
@pytest.mark.parametrize("length_s", [0.15, 1.0, 9.0])
def test_a_gap_changes_no_angle_outside_of_it(length_s: float, foot: bool) -> None:
    block, calibration, live, offline = hinge()
    start, stop = 14.3, 14.3 + length_s
    cut = without(block, start, stop, foot)
    for before, after in (
        (live, AngleEstimator(calibration).feed(cut)),
        (offline, estimate_offline(cut, calibration)),
    ):
        for name, flags in (("ankle", "valid"), ("curl", "curl_valid")):
            known = getattr(after, flags)
            outside = known & getattr(before, flags)
            assert outside[block.t > stop + 2.0].all()
            assert not known[(block.t > start + 0.02) & (block.t < stop - 0.02)].any()
            off = np.degrees(getattr(after, name) - getattr(before, name))[outside]
            assert np.abs(off).max() < 0.5, name
        # A few degrees are enough to count reps by.
        assert after.driving_valid[block.t > stop + 0.7].all()


def test_a_moment_between_two_gaps_is_not_known() -> None:
    block, calibration, _, _ = hinge()
    cut = without(without(block, 14.0, 15.0, foot=False), 15.05, 16.0, foot=False)
    between = (block.t > 14.99) & (block.t < 15.06)
    for after in (AngleEstimator(calibration).feed(cut), estimate_offline(cut, calibration)):
        assert not (after.valid | after.driving_valid)[between].any()
        assert np.isfinite(after.ankle).all()
        assert np.isfinite(after.curl).all()


def test_a_block_may_end_with_a_long_gap() -> None:
    block, calibration, _, _ = hinge()
    after = AngleEstimator(calibration).feed(without(block, 20.0, 31.0, foot=False))
    assert not after.valid[block.t > 20.0].any()
    assert np.isfinite(after.curl).all()


@pytest.mark.parametrize("foot", [False, True])
def test_a_gap_that_is_bridged_leaves_the_ankle_known(foot: bool) -> None:
    block, calibration, live, offline = hinge()
    # Two lost messages of four samples, which are parts of eleven intervals of the grid.
    cut = without(block, 14.3, 14.41, foot)
    missing = (block.t >= 14.3) & (block.t < 14.41)
    for before, after in (
        (live, AngleEstimator(calibration).feed(cut)),
        (offline, estimate_offline(cut, calibration)),
    ):
        assert np.array_equal(after.both_judged, before.both_judged & ~missing)
        assert not (after.valid & after.settling).any()
        off = np.abs(after.ankle - before.ankle)
        assert (off <= after.uncertainty)[after.both_judged].all()
        assert np.degrees(off[after.valid & before.valid].max()) < 0.5
