"""The calibration of a person on the feet: still, pumps in the air, and two unloaded movements."""

from collections.abc import Mapping

import numpy as np

from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.preparation import CURLS, PUMPS, mark_step
from sensor.simulation.script import EFFORT, Script
from sensor.simulation.stances import Stance, lift_foot, put_foot_down
from sensor.types import EventKind


def stand_still(script: Script, parameters: SimulationParameters) -> None:
    """Write the still pose of the calibration."""
    script.wait(1.0)
    mark_step(script, parameters, EventKind.CALIBRATION_START, "still")
    script.wait(3.0)
    mark_step(script, parameters, EventKind.CALIBRATION_END, "still")


def pump_in_the_air(script: Script, parameters: SimulationParameters, stance: Stance) -> None:
    """Write the pumps of the calibration: the foot leaves the ground, pumps, and is put down again."""
    lift_foot(script, stance)
    mark_step(script, parameters, EventKind.CALIBRATION_START, "pumps")
    script.wait(0.4)
    lean, person = script.target(Coordinate.LEAN), parameters.person
    up, down = (
        float(np.deg2rad(angle))
        for angle in (person.dorsiflexion_max_deg, -person.plantarflexion_max_deg)
    )
    for _ in range(PUMPS):
        script.move(0.6, heel=lean - up)
        script.wait(1.0)
        script.move(0.8, heel=lean - down)
        script.wait(1.2)
    script.move(0.6, heel=lean)
    script.wait(1.0)
    mark_step(script, parameters, EventKind.CALIBRATION_END, "pumps")
    put_foot_down(script, stance)


def move_unloaded(
    script: Script,
    parameters: SimulationParameters,
    step: str,
    rest: Mapping[str, float],
    turn: Mapping[str, float],
) -> None:
    """Write a step of two movements from a pose of rest to another one and back."""
    script.wait(1.0)
    mark_step(script, parameters, EventKind.CALIBRATION_START, step)
    script.wait(1.0)
    script.move(0.4, **{EFFORT: 0.4})
    for _ in range(CURLS):
        script.move(1.7, **turn)
        script.wait(2.2)
        script.move(1.9, **rest)
        script.wait(2.4)
    script.move(0.4, **{EFFORT: 0.0})
    script.wait(0.4)
    mark_step(script, parameters, EventKind.CALIBRATION_END, step)
    script.wait(1.0)
