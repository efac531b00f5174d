"""Heel raises: the gesture on the floor, on a step and seated."""

import numpy as np

from sensor.simulation.choices import FootPlace
from sensor.simulation.exercise_reps import Gesture
from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.stances import Stance

_LEAN_SHARE = (-0.18, 0.06)
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
    hanging = training.place is FootPlace.STEP
    top = float(np.deg2rad(training.height_deg))
    bottom = -float(np.deg2rad(training.drop_deg)) if hanging else 0.0
    lean = float(rng.uniform(*_LEAN_SHARE)) * (top - bottom)
    knee = float(np.deg2rad(rng.uniform(-_KNEE_DEG, _KNEE_DEG)))
    if training.place is FootPlace.SEATED:
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
        raises=True,
        rest_effort=_HANGING_EFFORT if hanging else 0.0,
        landing_m=0.0 if hanging else _LANDING_M,
    )
