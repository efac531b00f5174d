"""An imperfect ankle, drawn at random: axes, turns that go along, and soft tissue on both segments."""

import dataclasses

import numpy as np

from sensor.simulation.choices import AnkleKind
from sensor.simulation.joint_parameters import JointParameters
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.sensor_parameters import SensorParameters


def with_drawn_ankle(
    parameters: SimulationParameters, rng: np.random.Generator
) -> SimulationParameters:
    """Return ``parameters`` with a random ankle in place of an imperfect one, or unchanged."""
    if parameters.joint.ankle is AnkleKind.HINGE:
        return parameters
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
    person = dataclasses.replace(
        parameters.person,
        # Inman 1976: the talocrural axis is at 83 ± 4° to the shin, and at 84 ± 7° to the foot.
        ankle_tilt_deg=_normal(7.5, 4.0, rng),
        ankle_turn_deg=_normal(6.0, 7.0, rng),
        out_of_plane_deg=float(rng.uniform(1.0, 4.0)),
    )
    return dataclasses.replace(
        parameters,
        joint=joint,
        person=person,
        shin=_with_tissue(parameters.shin, rng),
        foot=_with_tissue(parameters.foot, rng),
        thigh=_with_tissue(parameters.thigh, rng) if parameters.thigh else None,
    )


def _with_tissue(sensor: SensorParameters, rng: np.random.Generator) -> SensorParameters:
    return dataclasses.replace(
        sensor,
        soft_tissue_deg=float(rng.uniform(1.0, 4.0)),
        tissue_give_deg=float(rng.uniform(0.3, 2.0)),
    )


def _normal(mean: float, sigma: float, rng: np.random.Generator) -> float:
    """Return a normal number within two standard deviations."""
    return mean + sigma * float(np.clip(rng.standard_normal(), -2.0, 2.0))
