"""The fit of the joint where the samples alone would mislead it."""

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
