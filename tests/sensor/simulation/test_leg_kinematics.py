"""Tests of the leg against geometry: gravity, known rotations, derivatives of its positions."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from sensor.simulation.leg_kinematics import (
    Anatomy,
    Coordinate,
    LinkedFrame,
    foot_frame,
    shin_frame,
    thigh_frame,
)
from sensor.simulation.paths import Motion, wander
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray

G = STANDARD_GRAVITY_MPS2
SENSOR_M = np.array([0.09, 0.02, -0.05])


def posed(angles_deg: dict[str, float], n: int = 1) -> dict[Coordinate, Motion]:
    """Return a leg at rest in a pose."""
    return {
        coordinate: Motion(
            np.full(n, np.deg2rad(angles_deg.get(coordinate, 0.0))), np.zeros(n), np.zeros(n)
        )
        for coordinate in Coordinate
    }


def moving(t: FloatArray, seed: int) -> dict[Coordinate, Motion]:
    """Return a leg in which every coordinate moves."""
    rng = np.random.default_rng(seed)
    return {coordinate: wander(0.4, (0.2, 2.0), rng).at(t) for coordinate in Coordinate}


@pytest.mark.parametrize(
    ("angles_deg", "shin_up", "foot_up"),
    [
        ({}, (0, 0, 1), (0, 0, 1)),
        ({"pitch": 90.0}, (-1, 0, 0), (-1, 0, 0)),
        ({"pitch": -90.0}, (1, 0, 0), (1, 0, 0)),
        ({"pitch": 90.0, "knee": 90.0}, (0, 0, -1), (0, 0, -1)),
        ({"knee": 90.0}, (-1, 0, 0), (-1, 0, 0)),
        ({"pitch": 90.0, "twist": 90.0}, (0, 1, 0), (0, 1, 0)),
        ({"heading": 70.0}, (0, 0, 1), (0, 0, 1)),
    ],
    ids=[
        "standing",
        "lying",
        "seated",
        "lying, curled",
        "standing, curled",
        "on the side",
        "turned",
    ],
)
def test_at_rest_a_sensor_measures_gravity_upwards(
    angles_deg: dict[str, float], shin_up: tuple[int, ...], foot_up: tuple[int, ...]
) -> None:
    motions = posed(angles_deg)
    for frame, up in (
        (shin_frame(Anatomy(), motions), shin_up),
        (foot_frame(Anatomy(), motions), foot_up),
    ):
        np.testing.assert_allclose(frame.moved(SENSOR_M).force[0], G * np.array(up), atol=1e-12)
        np.testing.assert_allclose(frame.rate[0], 0.0, atol=1e-12)


def test_curling_face_down_lifts_the_ankle_by_the_length_of_the_shin() -> None:
    anatomy = Anatomy(shin_length_m=0.4)
    flat, curled = (
        foot_frame(anatomy, posed({"pitch": 90.0, "knee": knee})).position[0]
        for knee in (0.0, 90.0)
    )
    assert curled[2] - flat[2] == pytest.approx(0.4)


@pytest.mark.parametrize("left", [False, True])
def test_dorsiflexion_brings_the_toes_to_the_shin(left: bool) -> None:
    anatomy = Anatomy(left=left)
    toes = foot_frame(anatomy, posed({"ankle": 20.0})).orientation[0] @ [1.0, 0.0, 0.0]
    assert toes[2] == pytest.approx(np.sin(np.deg2rad(20.0)), abs=0.02)
    axis = anatomy.dorsiflexion_axis
    assert np.linalg.norm(axis) == pytest.approx(1.0)
    # Dorsiflexion turns about an axis to the right, which is the inner side of a left leg. The
    # end on the inner side is the higher one, and ahead (Inman 1976).
    medial = axis if left else -axis
    assert medial[2] == pytest.approx(np.sin(np.deg2rad(8.0)))
    assert medial[0] > 0.0


@pytest.mark.parametrize("ankle_deg", [-40.0, -5.0, 0.0, 12.0])
def test_the_ankle_angle_is_the_turn_of_the_foot_about_its_axis(ankle_deg: float) -> None:
    anatomy = Anatomy()
    motions = posed({"pitch": 90.0, "twist": 10.0, "knee": 60.0, "axial": 3.0, "ankle": ankle_deg})
    shin = Rotation.from_matrix(shin_frame(anatomy, motions).orientation[0])
    foot = Rotation.from_matrix(foot_frame(anatomy, motions).orientation[0])
    turn = (shin.inv() * foot).as_rotvec()
    np.testing.assert_allclose(turn, np.deg2rad(ankle_deg) * anatomy.dorsiflexion_axis, atol=1e-12)


def test_a_constant_rotation_gives_its_rate_and_the_centripetal_force() -> None:
    """Turn the knee at 2 rad/s in the horizontal plane: the force is w² r to the knee, and g."""
    n, rate = 5, 2.0
    t = np.linspace(0.0, 1.0, n)
    motions = posed({"pitch": 90.0, "twist": 90.0}, n)
    motions[Coordinate.KNEE] = Motion(rate * t, np.full(n, rate), np.zeros(n))
    frame = shin_frame(Anatomy(), motions).moved(np.array([0.0, 0.0, -0.3]))
    np.testing.assert_allclose(frame.rate, np.tile([0.0, rate, 0.0], (n, 1)), atol=1e-12)
    np.testing.assert_allclose(frame.force, np.tile([0.0, G, rate * rate * 0.3], (n, 1)), atol=1e-9)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("segment", ["thigh", "shin", "foot"])
def test_force_and_rate_are_the_derivatives_of_position_and_orientation(
    segment: str, seed: int
) -> None:
    step_s = 1e-4
    t: FloatArray = np.linspace(1.0, 2.0, 10001)
    motions = moving(t, seed)
    frames: dict[str, LinkedFrame] = {
        "thigh": thigh_frame(motions),
        "shin": shin_frame(Anatomy(left=True), motions),
        "foot": foot_frame(Anatomy(), motions),
    }
    frame = frames[segment].moved(SENSOR_M)
    inner = slice(1, -1)
    acceleration = np.diff(frame.position, 2, axis=0) / step_s**2
    in_frame = np.einsum(
        "nji,nj->ni", frame.orientation[inner], acceleration + np.array([0.0, 0.0, G])
    )
    np.testing.assert_allclose(frame.force[inner], in_frame, atol=1e-4)
    turn = Rotation.from_matrix(frame.orientation)
    between = (turn[:-1].inv() * turn[1:]).as_rotvec() / step_s
    middle = 0.5 * (frame.rate[1:] + frame.rate[:-1])
    np.testing.assert_allclose(middle, between, atol=1e-4)
    change = (frame.rate[2:] - frame.rate[:-2]) / (2.0 * step_s)
    np.testing.assert_allclose(frame.rate_change[inner], change, atol=1e-3)
