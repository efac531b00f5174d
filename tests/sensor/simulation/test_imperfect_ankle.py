"""Tests of ankles that are no hinges: turns that go along, oblique axes, and tissue that gives way."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from sensor.simulation import SimulationParameters, simulate
from sensor.simulation.choices import AnkleKind, SimulatedSide
from sensor.simulation.device import sensor_frame
from sensor.simulation.drawn_ankles import with_drawn_ankle
from sensor.simulation.joint_parameters import JointParameters
from sensor.simulation.leg_kinematics import (
    Anatomy,
    Coordinate,
    foot_frame,
    sagittal_angle,
    shin_frame,
)
from sensor.simulation.mounting import Mounting, draw_mounting
from sensor.simulation.movement import ScriptedMovement, movement_of
from sensor.simulation.session_script import write_script
from sensor.simulation.tissue import GRID_HZ, draw_give
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, Segment

G = STANDARD_GRAVITY_MPS2
STEADY = SimulationParameters(sets=1, reps=2, calibration=False)


def movement(joint: JointParameters) -> ScriptedMovement:
    person = replace(STEADY.person, tremor_deg=0.0, unsteady_deg=0.0, out_of_plane_deg=0.0)
    script = write_script(STEADY, np.random.default_rng(1))
    return movement_of(script, person, np.random.default_rng(2), joint)


def foot_turn(joint: JointParameters, anatomy: Anatomy) -> tuple[FloatArray, FloatArray]:
    """Return the turn (n, 3) of the foot against the shin in rad, and the ankle (n,)."""
    t = np.linspace(0.0, 14.0, 300)
    motions = movement(joint).at(t)
    shin, foot = (
        Rotation.from_matrix(frame(anatomy, motions).orientation)
        for frame in (shin_frame, foot_frame)
    )
    return (shin.inv() * foot).as_rotvec(), motions[Coordinate.ANKLE].value


def test_the_foot_turns_about_the_shin_with_the_ankle() -> None:
    plain = Anatomy(ankle_tilt_deg=0.0, ankle_turn_deg=0.0)
    hinge, ankle = foot_turn(JointParameters(), plain)
    # Dorsiflexion about a level axis is a negative turn about y.
    np.testing.assert_allclose(hinge, ankle[:, None] * [0.0, -1.0, 0.0], atol=1e-12)
    turned, ankle = foot_turn(JointParameters(tibial_rotation_percent=20.0), plain)
    # For small angles the turns add up as vectors; the largest ankle angle here is 36°.
    np.testing.assert_allclose(turned[:, 2], 0.2 * ankle, atol=0.02)
    inverted, ankle = foot_turn(JointParameters(inversion_percent=20.0), plain)
    np.testing.assert_allclose(inverted[:, 0], 0.2 * ankle, atol=0.02)
    curved, _ = foot_turn(
        JointParameters(inversion_percent=20.0, coupling_curve_percent=50.0), plain
    )
    growth = 1.0 + 0.5 * ankle / np.deg2rad(45.0)
    np.testing.assert_allclose(curved[:, 0], 0.2 * ankle * growth, atol=0.02)
    oblique, _ = foot_turn(
        JointParameters(inversion_percent=20.0), replace(plain, subtalar_tilt_deg=60.0)
    )
    np.testing.assert_allclose(oblique[:, 2], 0.2 * np.sin(np.deg2rad(60)) * ankle, atol=0.03)


def test_the_shin_turns_about_itself_with_the_knee() -> None:
    t = np.linspace(0.0, 14.0, 300)
    motions = movement(JointParameters(knee_rotation_percent=10.0)).at(t)
    np.testing.assert_allclose(
        motions[Coordinate.AXIAL].value, 0.1 * motions[Coordinate.KNEE].value, atol=1e-12
    )


def test_tissue_leans_by_its_give_and_rings_after_an_impact() -> None:
    n = int(4 * GRID_HZ)
    force = np.tile([0.0, 0.0, G], (n, 1))
    force[n // 2 :] = [G, 0.0, 0.0]
    give = draw_give(force, np.deg2rad(2.0), np.random.default_rng(3))
    turn = np.array([motion.value for motion in give.at(np.arange(n) / GRID_HZ)])
    # Still at first, and again two seconds after gravity changed its direction.
    assert np.ptp(turn[:, : n // 2 - 2], axis=1).max() < 1e-9
    assert np.rad2deg(np.linalg.norm(turn[:, -1])) < 2.0
    change = np.linalg.norm(turn[:, -1] - turn[:, 0])
    assert np.rad2deg(change) > 0.1
    overshoot = np.linalg.norm(turn - turn[:, :1], axis=0).max()
    assert 1.1 * change < overshoot < 2.0 * change


def test_a_sensor_on_tissue_measures_the_rate_of_its_own_turn() -> None:
    moving = movement(JointParameters(tibial_rotation_percent=20.0, inversion_percent=-20.0))
    anatomy = Anatomy(subtalar_tilt_deg=42.0, subtalar_turn_deg=23.0)
    mounting = draw_mounting(STEADY.foot, np.random.default_rng(4))
    grid_s = np.arange(0.0, 15.0, 1.0 / GRID_HZ)
    firm = Mounting.firm(mounting.position)
    force = sensor_frame(Segment.FOOT, anatomy, firm, moving, grid_s).force
    give = draw_give(force, np.deg2rad(2.0), np.random.default_rng(5))
    step_s = 1e-4
    frame = sensor_frame(
        Segment.FOOT, anatomy, replace(mounting, give=give), moving, np.arange(5.0, 7.0, step_s)
    )
    turns = Rotation.from_matrix(frame.orientation)
    measured = (turns[:-2].inv() * turns[2:]).as_rotvec() / (2.0 * step_s)
    np.testing.assert_allclose(measured, frame.rate[1:-1], atol=1e-4)


@pytest.mark.parametrize("side", ["left", "right"])
def test_an_imperfect_ankle_is_drawn_by_the_seed_and_moves_both_sensors(side: str) -> None:
    text = f"sets=1,reps=1,calibration=no,side={side}"
    hinge, first, again = (
        simulate(f"{text}{more}") for more in ("", ",ankle=imperfect", ",ankle=imperfect")
    )
    assert first.items == again.items
    assert first.items != hinge.items
    # The commanded ankle and knee are those of the same person with a hinge.
    np.testing.assert_array_equal(first.truth.ankle, hinge.truth.ankle)
    assert first.truth.reps == hinge.truth.reps
    parameters = SimulationParameters(joint=JointParameters(ankle=AnkleKind.IMPERFECT))
    ankles = [with_drawn_ankle(parameters, np.random.default_rng(seed)) for seed in range(20)]
    assert len({drawn.joint for drawn in ankles}) == 20
    assert all(abs(a.joint.inversion_percent) >= 5.0 for a in ankles)
    assert all(a.shin.tissue_give_deg > 0.0 < a.foot.tissue_give_deg for a in ankles)


def test_the_sagittal_angle_of_a_level_hinge_is_its_turn() -> None:
    motions = movement(JointParameters()).at(np.linspace(0.0, 14.0, 300))
    angle = sagittal_angle(Anatomy(ankle_tilt_deg=0.0, ankle_turn_deg=0.0), motions)
    np.testing.assert_allclose(angle, motions[Coordinate.ANKLE].value, atol=1e-12)


@pytest.mark.parametrize("side", ["left", "right"])
def test_an_anatomical_ankle_turns_the_foot_as_anatomists_say(side: str) -> None:
    asked = SimulationParameters(
        person=replace(STEADY.person, side=SimulatedSide(side)),
        joint=JointParameters(ankle=AnkleKind.ANATOMICAL),
    )
    drawn = with_drawn_ankle(asked, np.random.default_rng(6))
    anatomy = Anatomy(
        left=side == "left",
        ankle_tilt_deg=8.0,
        subtalar_tilt_deg=drawn.joint.subtalar_tilt_deg,
        subtalar_turn_deg=drawn.joint.subtalar_turn_deg,
    )
    person = replace(asked.person, tremor_deg=0.0, unsteady_deg=0.0, out_of_plane_deg=0.0)
    script = write_script(STEADY, np.random.default_rng(1))
    moving = movement_of(script, person, np.random.default_rng(2), drawn.joint)
    motions = moving.at(np.linspace(0.0, 14.0, 300))
    pointed = motions[Coordinate.ANKLE].value.argmin()
    up = motions[Coordinate.ANKLE].value.argmax()
    toes, sole = (foot_frame(anatomy, motions).orientation[:, :, i] for i in (0, 2))
    shin = shin_frame(anatomy, motions).orientation
    inner = shin[:, :, 1] * (-1.0 if side == "left" else 1.0)
    inwards = np.einsum("ni,ni->n", toes, inner)
    # Pointed toes are turned in, and the sole with them; toes that are up are turned out.
    assert inwards[pointed] > 0.0 > inwards[up]
    assert np.einsum("ni,ni->n", sole, inner)[pointed] < 0.0
    # The turn of the subtalar joint has a share in the sagittal angle.
    angle = sagittal_angle(anatomy, motions)
    assert angle[pointed] < motions[Coordinate.ANKLE].value[pointed]


def test_a_joint_that_is_no_ankle_turns_about_more_than_one_axis() -> None:
    for kind, axes in ((AnkleKind.HINGE, 1), (AnkleKind.TWO_AXES, 2), (AnkleKind.BALL, 3)):
        asked = SimulationParameters(joint=JointParameters(ankle=kind))
        drawn = with_drawn_ankle(asked, np.random.default_rng(7))
        turns, _ = foot_turn(drawn.joint, Anatomy(ankle_tilt_deg=0.0, ankle_turn_deg=0.0))
        spread = np.linalg.svd(turns - turns.mean(axis=0), compute_uv=False)
        assert (spread > 0.2 * spread[0]).sum() == axes
