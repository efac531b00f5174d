"""The robust fit of a joint: its derivatives against differences, its minimum against a known one."""

import numpy as np
import pytest

from processing.motion.geometry import joint_frame
from processing.motion.joint_comparison import PARAMETERS, Comparison, Joint, Scales
from processing.motion.joint_pieces import cut_pieces, prepare_piece, stack_pieces
from processing.motion.robust_minimum import robust_minimum
from sensor.types import FloatArray
from tests.processing.motion.hinge import RATE_HZ, Hinge, hinge_block

STEP = 1e-6


def test_the_derivatives_are_those_of_the_differences() -> None:
    block, _ = hinge_block(Hinge(seconds=40.0, seed=5, noise_mps2=0.2))
    cut = cut_pieces([block], RATE_HZ)
    (pieces,) = stack_pieces(
        [prepare_piece(one, np.zeros(3), np.zeros(3), RATE_HZ, 5.0) for one in cut]
    )
    rng = np.random.default_rng(1)
    frames = [joint_frame(rng.standard_normal(3)) for _ in range(2)]
    values = rng.uniform(-0.3, 0.3, PARAMETERS - 4)

    def joint(p: FloatArray) -> Joint:
        axes = [f[2] + t @ f[:2] for f, t in zip(frames, (p[:2], p[2:4]), strict=True)]
        shin, foot = (axis / np.linalg.norm(axis) for axis in axes)
        other = values + p[4:]
        arms, offsets = other[:6] * 0.2, other[6:12] * 0.5
        return Joint(shin, foot, arms[:3], arms[3:], offsets[:3], offsets[3:], other[12] * 0.01)

    def differences(p: FloatArray) -> FloatArray:
        return Comparison(pieces, joint(p), 5.0).differences()

    scales = Scales(frames[0][:2], frames[1][:2], 0.2, 0.5, 0.01)
    found = Comparison(pieces, joint(np.zeros(PARAMETERS)), 5.0).derivatives(scales)
    for at, own in enumerate(found):
        step = STEP * np.eye(PARAMETERS)[at]
        expected = (differences(step) - differences(-step)) / (2.0 * STEP)
        assert own == pytest.approx(expected, abs=1e-6 * max(1.0, np.abs(expected).max()))


@pytest.mark.parametrize(("most", "expected"), [(np.inf, 2.0), (0.5, 0.5)])
def test_one_wild_value_moves_the_minimum_little_and_limits_hold(
    most: float, expected: float
) -> None:
    values = np.array([1.9, 1.95, 2.0, 2.05, 2.1, 50.0])
    found = robust_minimum(
        lambda p: 10.0 * (p[0] - values),
        lambda p: np.full((1, len(values)), 10.0),
        np.array([most]),
        30,
        1e-6,
    )
    assert found.x[0] == pytest.approx(expected, abs=0.05)
