"""The calibration of a person on the feet: still, pumps in the air, and two unloaded movements."""

from collections.abc import Mapping

import numpy as np

from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.preparation import CURLS, PUMPS, mark_step
from sensor.simulation.script import EFFORT, Script
from sensor.simulation.stances import Stance, lift_foot, put_foot_down
from sensor.types import EventKind

_RECOIL = (0.02, 0.08)
"""Turn of a hanging shin against the foot: some percent, since it has many times the inertia of the
foot, and muscles hold it."""
_BEND_DEG = 40.0
"""Bend of the knee in the knee bends: the shin leans by half of it."""


def stand_still(script: Script, parameters: SimulationParameters) -> None:
    """Write the still pose of the calibration."""
    script.wait(1.0)
    mark_step(script, parameters, EventKind.CALIBRATION_START, "still")
    script.wait(3.0)
    mark_step(script, parameters, EventKind.CALIBRATION_END, "still")


def pump_in_the_air(
    script: Script, parameters: SimulationParameters, stance: Stance, rng: np.random.Generator
) -> None:
    """Write the pumps of the calibration: the foot leaves the ground, pumps, and is put down again."""
    lift_foot(script, stance)
    mark_step(script, parameters, EventKind.CALIBRATION_START, "pumps")
    script.wait(0.4)
    lean, person = script.target(Coordinate.LEAN), parameters.person
    up, down = (
        float(np.deg2rad(angle))
        for angle in (person.dorsiflexion_max_deg, -person.plantarflexion_max_deg)
    )
    recoil = float(rng.uniform(*_RECOIL))
    for _ in range(PUMPS):
        for seconds, hold_s, angle in ((0.6, 0.4, up), (0.8, 0.4, down)):
            shin = lean + recoil * angle
            script.move(seconds, lean=shin, heel=shin - angle)
            script.wait(seconds + hold_s)
    script.move(0.6, lean=lean, heel=lean)
    script.wait(1.0)
    mark_step(script, parameters, EventKind.CALIBRATION_END, "pumps")
    put_foot_down(script, stance)


def bend_the_knee(script: Script, parameters: SimulationParameters, stance: Stance) -> None:
    """Write two shallow knee bends on the flat foot: the shin leans forward over it.

    A foot that pumps under a still shin does not show which way along its axis the shin points.
    """
    bend = float(np.deg2rad(_BEND_DEG))
    rest: dict[str, float] = {Coordinate.LEAN: stance.lean, Coordinate.KNEE: stance.knee}
    turn: dict[str, float] = {
        Coordinate.LEAN: stance.lean + 0.5 * bend,
        Coordinate.KNEE: stance.knee + bend,
    }
    move_unloaded(script, parameters, "bends", rest, turn)


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
