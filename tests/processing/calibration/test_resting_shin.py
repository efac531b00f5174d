"""Pumps under a shin that rests do not show the shin's axis: what is stated of the angle must say so."""

import numpy as np
import pytest

from processing.calibration.fit import calibrate
from processing.calibration.grade import CalibrationGrade, Finding, grade, worst
from processing.motion.calibrated import Calibration
from processing.motion.estimator import AngleEstimator, estimate_offline
from processing.types import PairedBlock, slice_block
from tests.processing.motion.hinge import RATE_HZ, Hinge, hinge_block

PUMPED_S = 18.0
"""End of the pumps, after three seconds of rest."""


def calibrated(block: PairedBlock) -> Calibration:
    """Return a calibration by the still pose and the pumps."""
    still, end = round(3.0 * RATE_HZ), round(PUMPED_S * RATE_HZ)
    return calibrate(
        slice_block(block, 0, still - 10),
        slice_block(block, still - 10, end),
        None,
        whole=slice_block(block, 0, end),
    )


@pytest.mark.parametrize("seed", [1, 3, 5])
def test_the_uncertainty_grows_as_a_shin_turns_that_rested_in_the_calibration(seed: int) -> None:
    hinge = Hinge(seconds=32.0, seed=seed, shin_swing_deg=10.0, shin_from_s=PUMPED_S + 2.0)
    block, truth = hinge_block(hinge)
    calibration = calibrated(block)
    later = block.t > hinge.shin_from_s
    wrong = 0.0
    for angles in (AngleEstimator(calibration).feed(block), estimate_offline(block, calibration)):
        error = np.abs(angles.ankle - truth)
        wrong = max(wrong, float(error[later].max()))
        assert angles.valid[later].all()
        assert (error <= angles.uncertainty)[later].mean() > 0.98
        # While the shin rests, its axis matters to nothing.
        resting = angles.valid & ~later
        assert np.degrees(angles.uncertainty[resting]).max() < 4.0
        assert np.degrees(error[resting]).max() < 2.0
    # The axis cannot be known here, and is not by chance.
    assert np.degrees(wrong) > 10.0
    remarks = grade(calibration)
    assert [remark.finding for remark in remarks] == [Finding.AXIS_UNKNOWN]
    assert worst(remarks) is CalibrationGrade.USABLE


def test_a_shin_that_turns_in_the_calibration_shows_its_axis() -> None:
    block, truth = hinge_block(Hinge(seconds=32.0, seed=3, shin_swing_deg=10.0))
    calibration = calibrated(block)
    assert not grade(calibration)
    angles = AngleEstimator(calibration).feed(block)
    assert np.degrees(angles.uncertainty[angles.valid]).max() < 4.0
    assert np.degrees(np.abs(angles.ankle - truth)[angles.valid]).max() < 2.0
