"""Heel raises: the gesture on the floor, on a step and seated, and the calibration by pumps alone."""

import numpy as np

from sensor.simulation.choices import Place
from sensor.simulation.exercise_reps import Gesture
from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.preparation import PUMPS, mark_step
from sensor.simulation.script import Script
from sensor.simulation.stances import Stance, lift_foot, put_foot_down
from sensor.types import EventKind

_LEAN_SHARE = (-0.12, 0.02)
"""Lean of the shin during the raise relative to the turn of the foot: the body comes over the ball of
the foot, and the shin a little back."""
_KNEE_DEG = 4.0
"""Largest change of the bend of the knee in a raise that is meant to keep it."""
_SEATED_KNEE_SHARE = 0.4
"""Bend of a seated person's knee, which the heel lifts, relative to the turn of the foot."""
_HANGING_EFFORT = 0.6
"""Effort of a leg whose heel hangs over the edge of a step."""
_LANDING_M = 0.0005
"""Jolt of a heel that falls on the floor."""


def heel_raise(
    parameters: SimulationParameters, stance: Stance, rng: np.random.Generator
) -> Gesture:
    """Return the gesture of a person's heel raises.

    The driving angle is the plantarflexion since the lowest position of the heel.
    """
    training = parameters.training
    hanging = training.place is Place.STEP
    top = float(np.deg2rad(training.height_deg))
    bottom = -float(np.deg2rad(training.drop_deg)) if hanging else 0.0
    lean = float(rng.uniform(*_LEAN_SHARE)) * (top - bottom)
    knee = float(np.deg2rad(rng.uniform(-_KNEE_DEG, _KNEE_DEG)))
    if training.place is Place.SEATED:
        lean, knee = 0.0, _SEATED_KNEE_SHARE * (top - bottom)
    rest: dict[str, float] = {
        Coordinate.HEEL: bottom,
        Coordinate.LEAN: stance.lean,
        Coordinate.KNEE: stance.knee,
        Coordinate.TRUNK: stance.trunk,
    }
    turn: dict[str, float] = {
        Coordinate.HEEL: top,
        Coordinate.LEAN: stance.lean + lean,
        Coordinate.KNEE: max(0.0, stance.knee + knee),
        # The trunk keeps the balance.
        Coordinate.TRUNK: stance.trunk - 0.5 * lean,
    }
    return Gesture(
        rest,
        turn,
        (0.0, top - bottom - lean),
        rest_effort=_HANGING_EFFORT if hanging else 0.0,
        landing_m=0.0 if hanging else _LANDING_M,
    )


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
