"""The fit of the joint where the samples alone would mislead it."""

from dataclasses import replace

import numpy as np
import pytest

from processing.motion.joint_fit import JointFitConfig, fit_joint
from tests.processing.motion.hinge import RATE_HZ, Hinge, hinge_block


@pytest.mark.parametrize(("most_mps2", "believed"), [(1.5, False), (np.inf, True)])
def test_no_accelerometer_offset_is_as_large_as_half_of_gravity(
    most_mps2: float, believed: bool
) -> None:
    block, _ = hinge_block(Hinge(acc_offset_mps2=5.0, gyr_offset_dps=0.0))
    axis = np.linalg.svd(block.shin_gyr, full_matrices=False)[2][0]
    other = np.linalg.svd(block.foot_gyr, full_matrices=False)[2][0]
    fit = fit_joint(
        [block],
        np.zeros(3),
        np.zeros(3),
        [(axis, other), (axis, -other)],
        RATE_HZ,
        JointFitConfig(most_offset_mps2=most_mps2),
    )
    assert fit is not None
    offsets = np.abs([*fit.joint.shin_offset, *fit.joint.foot_offset])
    assert bool(offsets.max() > 1.5) is believed


def misfit_deg(seconds: float, still_s: float) -> float:
    """Return the misfit of a joint that also turns by 20° to and fro about another axis."""
    block, _ = hinge_block(Hinge(seconds=seconds, still_s=still_s, gyr_offset_dps=0.0))
    axis, other = (
        np.linalg.svd(gyr, full_matrices=False)[2] for gyr in (block.shin_gyr, block.foot_gyr)
    )
    moving = block.t > still_s
    aside = np.radians(20.0) * np.pi * np.cos(np.pi * (block.t - still_s)) * moving
    block = replace(block, foot_gyr=block.foot_gyr + aside[:, None] * other[1])
    guesses = [(axis[0], other[0]), (axis[0], -other[0])]
    fit = fit_joint([block], np.zeros(3), np.zeros(3), guesses, RATE_HZ, JointFitConfig())
    assert fit is not None
    return fit.misfit_deg


def test_a_joint_that_rests_moves_no_more_like_a_hinge() -> None:
    moving, resting = misfit_deg(43.0, 3.0), misfit_deg(80.0, 40.0)
    # A turn of 20° to and fro in two seconds, with a memory of one second, has 13° (root mean square).
    assert 11.0 < moving < 19.0
    assert resting == pytest.approx(moving, rel=0.1)
