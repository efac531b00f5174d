"""The causal angles: the stage's promises, and a hinge whose true angle is known by construction."""

from functools import cache
from typing import Any

import numpy as np

from processing.motion.calibration import Calibration, self_calibrate
from processing.motion.estimator import AngleEstimator
from processing.types import PairedBlock
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
        return [block]


def test_the_angle_of_a_hinge_is_found_to_a_degree() -> None:
    block, truth = hinge_block(HINGE)
    angles = AngleEstimator(calibration()).feed(block)
    moving = angles.valid & (block.t > 5.0)
    error = np.degrees(angles.ankle - truth)[moving]
    assert np.sqrt(np.mean((error - error.mean()) ** 2)) < 1.0
