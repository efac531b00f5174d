"""Ankles that are drawn at random: axes, turns that go along, and soft tissue on both segments."""

import dataclasses

import numpy as np

from sensor.simulation.choices import AnkleKind, SimulatedSide
from sensor.simulation.joint_parameters import JointParameters
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.sensor_parameters import SensorParameters


def with_drawn_ankle(
    parameters: SimulationParameters, rng: np.random.Generator
) -> SimulationParameters:
    """Return ``parameters`` with a random ankle of the kind they ask for; a hinge is unchanged."""
    kind = parameters.joint.ankle
    if kind is AnkleKind.HINGE:
        return parameters
    if kind is AnkleKind.IMPERFECT:
        return _imperfect(parameters, rng)
    if kind is AnkleKind.ANATOMICAL:
        return _anatomical(parameters, rng)
    # A second turn as large as the ankle's own while it works: 12 to 20° rms.
    joint = dataclasses.replace(
        parameters.joint,
        free_inversion_deg=float(rng.uniform(12.0, 20.0)),
        free_torsion_deg=float(rng.uniform(12.0, 20.0)) if kind is AnkleKind.BALL else 0.0,
    )
    return dataclasses.replace(parameters, joint=joint)


def _imperfect(parameters: SimulationParameters, rng: np.random.Generator) -> SimulationParameters:
    sign = rng.choice([-1.0, 1.0], 3)
    joint = JointParameters(
        tibial_rotation_percent=float(sign[0] * rng.uniform(5.0, 30.0)),
        inversion_percent=float(sign[1] * rng.uniform(5.0, 35.0)),
        coupling_curve_percent=float(rng.uniform(-50.0, 50.0)),
        knee_rotation_percent=float(sign[2] * rng.uniform(0.0, 10.0)),
        # Inman, The Joints of the Ankle, 1976: 42 ± 9° up and 23 ± 11° inwards.
        subtalar_tilt_deg=_normal(42.0, 9.0, rng),
        subtalar_turn_deg=_normal(23.0, 11.0, rng),
    )
    return _with_joint(
        parameters,
        joint,
        # Inman 1976: the talocrural axis is at 83 ± 4° to the shin, and at 84 ± 7° to the foot.
        axis=(_normal(7.5, 4.0, rng), _normal(6.0, 7.0, rng)),
        out_of_plane_deg=float(rng.uniform(1.0, 4.0)),
        rng=rng,
    )


def _anatomical(parameters: SimulationParameters, rng: np.random.Generator) -> SimulationParameters:
    """Return ``parameters`` with an ankle as anatomists describe it.

    Pointing the toes turns the foot inwards and inverts it, and never the other way round.
    """
    # Rotations have the sign of the leg's frame, which is the same for both legs.
    inner = -1.0 if parameters.person.side is SimulatedSide.LEFT else 1.0
    joint = JointParameters(
        # Siegler, Chen & Schneck, J. Biomech. Eng. 110:364, 1988: both joints take part in every
        # movement of the foot, in flexion too.
        inversion_percent=float(-inner * rng.uniform(5.0, 30.0)),
        coupling_curve_percent=float(rng.uniform(-30.0, 30.0)),
        # The shin turns inwards as the knee bends, by some 10° over its range.
        knee_rotation_percent=float(inner * rng.uniform(0.0, 12.0)),
        # Isman & Inman, Bull. Prosthet. Res. 10:97, 1969: 41 ± 9° (20 to 68) and 23 ± 11° (4 to 47).
        subtalar_tilt_deg=float(np.clip(_normal(41.0, 9.0, rng), 20.0, 68.0)),
        subtalar_turn_deg=float(np.clip(_normal(23.0, 11.0, rng), 4.0, 47.0)),
        # Lundberg et al., J. Bone Joint Surg. 71-B:94, 1989: the axis rises inwards in dorsiflexion
        # and less, or not, in plantarflexion. The talus turns outwards by 9° in 30° of dorsiflexion,
        # and by hardly any in plantarflexion (Foot & Ankle 9:194), which is a rise of 0.5° per degree.
        axis_tilt_per_deg=float(rng.uniform(0.1, 0.7)),
    )
    return _with_joint(
        parameters,
        joint,
        # Isman & Inman 1969: at 80 ± 4° (68 to 88) to the shin; Inman 1976: 82.7 ± 3.7° (74 to 94),
        # and at 84 ± 7° to the long axis of the foot.
        axis=(float(np.clip(_normal(8.5, 4.0, rng), -4.0, 22.0)), _normal(6.0, 7.0, rng)),
        out_of_plane_deg=float(rng.uniform(1.0, 4.0)),
        rng=rng,
    )


def _with_joint(
    parameters: SimulationParameters,
    joint: JointParameters,
    *,
    axis: tuple[float, float],
    out_of_plane_deg: float,
    rng: np.random.Generator,
) -> SimulationParameters:
    """Return ``parameters`` with a joint, tilt and turn of the talocrural axis, and soft tissue."""
    return dataclasses.replace(
        parameters,
        joint=joint,
        person=dataclasses.replace(
            parameters.person,
            ankle_tilt_deg=axis[0],
            ankle_turn_deg=axis[1],
            out_of_plane_deg=out_of_plane_deg,
        ),
        shin=_with_tissue(parameters.shin, rng),
        foot=_with_tissue(parameters.foot, rng),
        thigh=_with_tissue(parameters.thigh, rng) if parameters.thigh else None,
    )


def _with_tissue(sensor: SensorParameters, rng: np.random.Generator) -> SensorParameters:
    # Leardini et al., Gait & Posture 21:212, 2005: skin against bone, shank, some degrees.
    return dataclasses.replace(
        sensor,
        soft_tissue_deg=float(rng.uniform(1.0, 4.0)),
        tissue_give_deg=float(rng.uniform(0.3, 2.0)),
    )


def _normal(mean: float, sigma: float, rng: np.random.Generator) -> float:
    """Return a normal number within two standard deviations."""
    return mean + sigma * float(np.clip(rng.standard_normal(), -2.0, 2.0))
