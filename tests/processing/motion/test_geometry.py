"""The plane across a joint and the lever arm's acceleration, against positions and rotations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from processing.motion.geometry import joint_frame, lever_rows, wrapped

RATE_HZ = 2000.0


@given(
    st.lists(st.floats(-1.0, 1.0), min_size=3, max_size=3).filter(
        lambda v: np.any(np.abs(v) > 0.01)
    )
)
def test_a_joint_frame_is_right_handed_with_the_axis_last(axis: list[float]) -> None:
    frame = joint_frame(np.array(axis))
    np.testing.assert_allclose(frame @ frame.T, np.eye(3), atol=1e-12)
    assert np.linalg.det(frame) == pytest.approx(1.0)
    np.testing.assert_allclose(frame[2], np.array(axis) / np.linalg.norm(axis), atol=1e-12)


def test_a_lever_arm_adds_the_second_derivative_of_its_position() -> None:
    t = np.arange(4000) / RATE_HZ
    angles = np.column_stack([np.sin(3 * t), 0.7 * np.cos(2 * t), 0.4 * np.sin(5 * t)])
    turn = Rotation.from_euler("zyx", angles)
    arm = np.array([0.12, -0.05, 0.2])
    position = turn.apply(arm)
    step = 1.0 / RATE_HZ
    moved = np.gradient(np.gradient(position, step, axis=0), step, axis=0)
    own = turn.inv().apply(moved)
    between = (turn[:-1].inv() * turn[1:]).as_rotvec() * RATE_HZ
    rate = 0.5 * (between[1:] + between[:-1])
    change = (between[1:] - between[:-1]) * RATE_HZ
    frame = joint_frame(np.array([0.2, 0.9, -0.3]))
    rows = lever_rows(frame, np.ascontiguousarray(rate.T), np.ascontiguousarray(change.T))
    ours = np.einsum("ijn,j->ni", rows, arm)
    inner = slice(10, -10)
    np.testing.assert_allclose(ours[inner], (own[1:-1] @ frame.T)[inner], atol=2e-3)


@given(st.floats(-100.0, 100.0))
def test_wrapping_keeps_the_direction(angle: float) -> None:
    assert -np.pi <= wrapped(angle) <= np.pi
    assert np.cos(wrapped(angle)) == pytest.approx(np.cos(angle), abs=1e-9)
    assert np.sin(wrapped(angle)) == pytest.approx(np.sin(angle), abs=1e-9)
