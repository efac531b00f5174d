"""Tests of a leg with its foot on the ground against geometry: gravity, derivatives, the flat foot."""

from collections.abc import Mapping

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from sensor.simulation.grounded_leg import BALL_M, HEEL_M, grounded_frames
from sensor.simulation.leg_kinematics import Anatomy, Coordinate
from sensor.simulation.paths import Motion, wander
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, Segment

G = STANDARD_GRAVITY_MPS2
SENSOR_M = np.array([0.09, 0.02, -0.05])
OBLIQUE = Anatomy(left=True, ankle_tilt_deg=15.0, ankle_turn_deg=12.0, subtalar_tilt_deg=41.0)


def still(value: float, n: int = 1) -> Motion:
    return Motion(np.full(n, value), np.zeros(n), np.zeros(n))


def posed(angles_deg: Mapping[str, float], ground: float) -> dict[Coordinate, Motion]:
    """Return a leg at rest in a pose of lean, heel, knee and trunk."""
    rad = {c: float(np.deg2rad(angles_deg.get(c, 0.0))) for c in Coordinate}
    rad[Coordinate.ANKLE] = rad[Coordinate.LEAN] - rad[Coordinate.HEEL]
    rad[Coordinate.HIP] = rad[Coordinate.TRUNK] - rad[Coordinate.LEAN] + rad[Coordinate.KNEE]
    rad[Coordinate.GROUND] = ground
    return {coordinate: still(value) for coordinate, value in rad.items()}


@pytest.mark.parametrize("ground", [0.0, 1.0])
@pytest.mark.parametrize(
    "pose",
    [
        {},
        {"lean": 20.0, "knee": 30.0},
        {"heel": 35.0, "lean": 3.0},
        {"lean": 90.0, "heel": 95.0, "knee": 60.0, "trunk": 40.0},
    ],
    ids=["upright", "knee forward", "heel raised", "kneeling"],
)
def test_at_rest_every_sensor_measures_gravity(pose: dict[str, float], ground: float) -> None:
    for frame in grounded_frames(OBLIQUE, posed(pose, ground)).values():
        moved = frame.moved(SENSOR_M)
        np.testing.assert_allclose(moved.orientation @ moved.force[0], [[0.0, 0.0, G]], atol=1e-12)
        np.testing.assert_allclose(moved.rate, 0.0, atol=1e-12)


@pytest.mark.parametrize("lean_deg", [-10.0, 0.0, 25.0, 40.0])
def test_on_the_ground_the_foot_stays_flat_however_the_shin_leans(lean_deg: float) -> None:
    frames = grounded_frames(OBLIQUE, posed({"lean": lean_deg, "knee": 20.0, "subtalar": 5.0}, 1.0))
    foot = frames[Segment.FOOT]
    np.testing.assert_allclose(foot.orientation[0], np.eye(3), atol=1e-12)
    np.testing.assert_allclose(foot.moved(BALL_M).position, 0.0, atol=1e-12)
    # The ankle of a flat foot is where it was, so the shin turns about it.
    np.testing.assert_allclose(foot.position[0], -BALL_M, atol=1e-12)


@pytest.mark.parametrize("heel_deg", [-12.0, 10.0, 35.0])
def test_the_heel_is_as_high_as_its_turn_about_the_ball_of_the_foot_says(heel_deg: float) -> None:
    foot = grounded_frames(OBLIQUE, posed({"heel": heel_deg, "lean": 4.0}, 1.0))[Segment.FOOT]
    length = BALL_M[0] - HEEL_M[0]
    (heel,) = foot.moved(HEEL_M).position
    assert heel[2] == pytest.approx(length * np.sin(np.deg2rad(heel_deg)), abs=1e-12)


def test_in_the_air_the_shin_stays_in_its_plane_and_the_knee_in_its_place() -> None:
    for heel_deg in (-30.0, 0.0, 45.0):
        shin = grounded_frames(OBLIQUE, posed({"heel": heel_deg, "lean": 10.0}, 0.0))[Segment.SHIN]
        turn = Rotation.from_matrix(shin.orientation[0]).as_rotvec(degrees=True)
        np.testing.assert_allclose(turn, [0.0, 10.0, 0.0], atol=1e-9)
        np.testing.assert_allclose(shin.position[0], [-0.13, 0.0, 0.08 + 0.42], atol=1e-12)


def test_thigh_and_pelvis_have_their_tilts_and_the_hip_is_between_them() -> None:
    # An axis along the knee's keeps the leg in its plane.
    plain = Anatomy(ankle_tilt_deg=0.0, ankle_turn_deg=0.0)
    frames = grounded_frames(plain, posed({"lean": -4.0, "knee": 14.0, "trunk": 75.0}, 1.0))
    tilts = {
        segment: float(
            np.degrees(np.arctan2(frame.orientation[0, 0, 2], frame.orientation[0, 2, 2]))
        )
        for segment, frame in frames.items()
    }
    assert tilts == pytest.approx(
        {Segment.FOOT: 0.0, Segment.SHIN: -4.0, Segment.THIGH: -18.0, Segment.PELVIS: 75.0}
    )
    assert posed({"lean": -4.0, "knee": 14.0, "trunk": 75.0}, 1.0)[
        Coordinate.HIP
    ].value == pytest.approx(np.deg2rad(93.0))


def moving(t: FloatArray, seed: int) -> dict[Coordinate, Motion]:
    """Return a leg in which every coordinate moves, and that is half on the ground."""
    rng = np.random.default_rng(seed)
    motions = {coordinate: wander(0.4, (0.2, 2.0), rng).at(t) for coordinate in Coordinate}
    motions[Coordinate.GROUND] = wander(0.3, (0.2, 1.0), rng).at(t) + still(0.5, t.size)
    return motions


@pytest.mark.parametrize("seed", [1, 2])
def test_force_and_rate_are_the_derivatives_of_position_and_orientation(seed: int) -> None:
    step_s = 1e-4
    t: FloatArray = np.linspace(1.0, 2.0, 10001)
    frames = grounded_frames(OBLIQUE, moving(t, seed))
    assert set(frames) == set(Segment)
    inner = slice(1, -1)
    for bone in frames.values():
        frame = bone.moved(SENSOR_M)
        acceleration = np.diff(frame.position, 2, axis=0) / step_s**2
        in_frame = np.einsum(
            "nji,nj->ni", frame.orientation[inner], acceleration + np.array([0.0, 0.0, G])
        )
        np.testing.assert_allclose(frame.force[inner], in_frame, atol=5e-4)
        turn = Rotation.from_matrix(frame.orientation)
        between = (turn[:-1].inv() * turn[1:]).as_rotvec() / step_s
        middle = 0.5 * (frame.rate[1:] + frame.rate[:-1])
        np.testing.assert_allclose(middle, between, atol=1e-4)
