"""Remarks on ankle angles not to be believed, on legs whose faults are known by construction."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from processing.calibration.fit import calibrate
from processing.motion.calibrated import Calibration
from processing.motion.estimator import AngleEstimator
from processing.review.angle_remarks import AngleFlag, AngleRemark, angle_remarks
from processing.types import PairedBlock, slice_block
from sensor.simulation import (
    PersonParameters,
    RestActivity,
    SimulatedExercise,
    SimulationParameters,
    simulate,
)
from sensor.types import frozen
from tests.processing.motion.legs import Leg, leg_of, simulated_leg


def remarks_of(block: PairedBlock, calibration: Calibration) -> list[AngleRemark]:
    return angle_remarks(block, AngleEstimator(calibration).feed(block), calibration)


def calibrated(leg: Leg) -> Calibration:
    return calibrate(leg.steps["still"], leg.steps["pumps"], leg.steps["curls"])


def turned_foot(block: PairedBlock, from_s: float, axis: np.ndarray, degrees: float) -> PairedBlock:
    """Return ``block`` with the foot turned by ``degrees`` about ``axis`` from ``from_s`` on."""
    turn = Rotation.from_rotvec(np.radians(degrees) * axis / np.linalg.norm(axis)).as_matrix()
    later = (block.t > from_s)[:, None]
    return replace(
        block,
        foot_acc=frozen(np.where(later, block.foot_acc @ turn.T, block.foot_acc)),
        foot_gyr=frozen(np.where(later, block.foot_gyr @ turn.T, block.foot_gyr)),
    )


@pytest.mark.parametrize("exercise", list(SimulatedExercise))
def test_an_ordinary_leg_has_no_remarks(exercise: SimulatedExercise) -> None:
    person = PersonParameters(exercise=exercise)
    leg = leg_of(
        simulate(
            SimulationParameters(
                seed=21, sets=2, reps=4, rest=RestActivity.WALK, rest_s=10.0, person=person
            )
        )
    )
    assert remarks_of(leg.block, calibrated(leg)) == []


def test_a_joint_axis_that_points_up_is_remarked_and_makes_the_angle_uncertain() -> None:
    level, side = simulated_leg(4), simulated_leg(4, axis_incline_deg=75.0)
    remarks = remarks_of(side.block, calibrated(side))
    steep = [r for r in remarks if r.flag is AngleFlag.STEEP_AXIS]
    assert sum(r.t_end - r.t_start for r in steep) > 0.5 * (side.block.t[-1] - side.block.t[0])
    assert max(r.value for r in steep) == pytest.approx(np.radians(75.0), abs=np.radians(12.0))
    widths = [
        np.median(AngleEstimator(calibrated(leg)).feed(leg.block).uncertainty[3000:])
        for leg in (level, side)
    ]
    assert widths[1] > 1.05 * widths[0]


def test_a_foot_turned_in_is_remarked_from_then_on() -> None:
    leg = simulated_leg(5)
    calibration = calibrated(leg)
    # In the start pose gravity is across the length of the foot: a turn about it is a turn in or out.
    axis = np.array(calibration.foot.joint_axis)
    length = np.cross(axis, np.array(calibration.foot.neutral_acc))
    block = turned_foot(leg.block, 40.0, length, 30.0)
    aside = [r for r in remarks_of(block, calibration) if r.flag is AngleFlag.TURNED_ASIDE]
    assert aside
    assert all(r.t_start >= 39.0 for r in aside)
    assert max(r.value for r in aside) == pytest.approx(np.radians(30.0), abs=np.radians(6.0))


def flipped(calibration: Calibration) -> Calibration:
    x, y, z = calibration.foot.joint_axis
    return replace(calibration, foot=replace(calibration.foot, joint_axis=(-x, -y, -z)))


def swapped(calibration: Calibration) -> Calibration:
    return replace(calibration, shin=calibration.foot, foot=calibration.shin)


@pytest.mark.parametrize("spoil", [flipped, swapped])
def test_an_axis_with_the_wrong_sign_or_sensor_gives_a_remark(
    spoil: Callable[[Calibration], Calibration],
) -> None:
    leg = simulated_leg(6)
    flags = {r.flag for r in remarks_of(leg.block, spoil(calibrated(leg)))}
    assert flags & {AngleFlag.CONTRADICTED, AngleFlag.BEYOND_RANGE, AngleFlag.TURNED_ASIDE}


def test_a_few_samples_have_no_remarks() -> None:
    leg = simulated_leg(1)
    calibration = calibrated(leg)
    for n in (0, 1, 50, 150):
        assert remarks_of(slice_block(leg.block, 0, n), calibration) == []
