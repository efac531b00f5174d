"""The gestures in which the thigh moves: glute-ham raise, Nordic curl, deadlift, squat and lunge."""

import numpy as np

from sensor.simulation.exercise_reps import Gesture
from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.stances import Stance

_HANDS_M = 0.001
"""Jolt of a body that hands catch."""

_MOST_LEAN = float(np.deg2rad(36.0))
"""Inclination of the shin over a flat foot that few people exceed in a squat."""


def _rad(rng: np.random.Generator, low_deg: float, high_deg: float) -> float:
    return float(np.deg2rad(rng.uniform(low_deg, high_deg)))


def _range(
    parameters: SimulationParameters, rng: np.random.Generator, low_deg: float, high_deg: float
) -> float:
    """Return the range of the driving angle in rad: the given one, or a random one."""
    drawn = _rad(rng, low_deg, high_deg)
    given = parameters.training.range_deg
    return drawn if given is None else float(np.deg2rad(given))


def glute_ham_raise(parameters: SimulationParameters, rng: np.random.Generator) -> Gesture:
    """Return a glute-ham raise, from the straight body until the thigh stands on the held shin.

    The driving angle is the bend of the knee.
    """
    shin = float(np.deg2rad(90.0)) + _rad(rng, -6.0, 6.0)
    low, way = _rad(rng, 3.0, 10.0), _range(parameters, rng, 72.0, 90.0)
    # The hip is nearly straight and bends a little on the way up.
    straight, bent = _rad(rng, 0.0, 8.0), _rad(rng, 0.0, 15.0)
    foot = shin + _rad(rng, -5.0, 15.0)
    rest = _kneeling(shin, low, straight, foot)
    # The foot pushes against its plate.
    turn = _kneeling(shin + _rad(rng, -2.0, 2.0), low + way, bent, foot + _rad(rng, 0.0, 6.0))
    return Gesture(rest, turn, (low, low + way), rest_effort=0.5)


def nordic_curl(parameters: SimulationParameters, rng: np.random.Generator) -> Gesture:
    """Return a Nordic curl, from kneeling upright down to the floor, and back by the hands.

    The driving angle is the bend of the knee, which is largest at the top.
    """
    shin = float(np.deg2rad(90.0)) + _rad(rng, -3.0, 3.0)
    high = shin + _rad(rng, -4.0, 2.0)
    way = min(_range(parameters, rng, 72.0, 84.0), high - 0.02)
    straight, bent = _rad(rng, 0.0, 6.0), _rad(rng, 2.0, 20.0)
    foot = shin + _rad(rng, -10.0, 35.0)
    rest = _kneeling(shin, high, straight, foot)
    # The person or strap that holds the shin gives way a little.
    turn = _kneeling(shin + _rad(rng, -3.0, 1.0), high - way, bent, foot)
    return Gesture(
        rest, turn, (high, high - way), lowers_first=True, rest_effort=0.3, landing_m=_HANDS_M
    )


def sat_back(gesture: Gesture) -> dict[str, float]:
    """Return the pose of a person who sits back towards the heels, from kneeling upright."""
    bend = float(np.deg2rad(40.0))
    return {Coordinate.KNEE: gesture.rest[Coordinate.KNEE] + bend}


def _kneeling(shin: float, knee: float, hip: float, foot: float) -> dict[str, float]:
    """Return a pose on a shin that is held: ``hip`` is its flexion."""
    return {
        Coordinate.LEAN: shin,
        Coordinate.KNEE: knee,
        Coordinate.TRUNK: shin - knee + hip,
        Coordinate.HEEL: foot,
    }


def stiff_legged_deadlift(
    parameters: SimulationParameters, stance: Stance, rng: np.random.Generator
) -> Gesture:
    """Return a stiff-legged deadlift: the trunk tilts over a thigh that goes a little back.

    The driving angle is the flexion of the hip.
    """
    way = _range(parameters, rng, 70.0, 95.0)
    rest = _on_flat_foot(stance.lean, stance.knee + _rad(rng, 0.0, 8.0), stance.trunk)
    lean = rest[Coordinate.LEAN] - _rad(rng, 1.0, 5.0)
    knee = rest[Coordinate.KNEE] + _rad(rng, -2.0, 9.0)
    back_deg = parameters.training.hips_back_deg
    if back_deg is not None:
        lean = rest[Coordinate.LEAN] + knee - rest[Coordinate.KNEE] - float(np.deg2rad(back_deg))
    start = _hip(rest)
    # The flexion of the hip is the tilt of the trunk against the thigh.
    turn = _on_flat_foot(lean, knee, start + way + lean - knee)
    return Gesture(rest, turn, (start, start + way), lowers_first=True, rest_effort=0.3)


def squat(parameters: SimulationParameters, stance: Stance, rng: np.random.Generator) -> Gesture:
    """Return a squat on flat feet; the driving angle is the bend of the knee."""
    rest = _on_flat_foot(stance.lean, stance.knee, stance.trunk)
    depth = _range(parameters, rng, 70.0, 120.0)
    # The deeper, the further the shin leans and the trunk tilts.
    lean = min(stance.lean + depth * float(rng.uniform(0.2, 0.32)), _MOST_LEAN)
    turn = _on_flat_foot(
        lean, stance.knee + depth, stance.trunk + depth * float(rng.uniform(0.25, 0.5))
    )
    return Gesture(
        rest, turn, (stance.knee, stance.knee + depth), lowers_first=True, rest_effort=0.2
    )


def front_lunge(
    parameters: SimulationParameters, stance: Stance, rng: np.random.Generator
) -> Gesture:
    """Return the front leg of a split squat, on a flat foot."""
    rest = _on_flat_foot(stance.lean - _rad(rng, 5.0, 15.0), _rad(rng, 8.0, 20.0), stance.trunk)
    way = _range(parameters, rng, 60.0, 90.0)
    turn = _on_flat_foot(
        stance.lean + _rad(rng, 5.0, 25.0), rest[Coordinate.KNEE] + way, stance.trunk
    )
    knee = rest[Coordinate.KNEE]
    return Gesture(rest, turn, (knee, knee + way), lowers_first=True, rest_effort=0.2)


def back_lunge(
    parameters: SimulationParameters, stance: Stance, rng: np.random.Generator
) -> Gesture:
    """Return the back leg of a split squat, on the ball of the foot: the heel is up throughout."""
    knee, way = _rad(rng, 10.0, 25.0), _range(parameters, rng, 55.0, 85.0)
    heel = _rad(rng, 25.0, 40.0)
    rest = _on_flat_foot(heel - _rad(rng, -5.0, 5.0), knee, stance.trunk) | {Coordinate.HEEL: heel}
    lean = rest[Coordinate.LEAN] + _rad(rng, 25.0, 40.0)
    higher = heel + _rad(rng, 10.0, 30.0)
    turn = _on_flat_foot(lean, knee + way, stance.trunk) | {Coordinate.HEEL: higher}
    return Gesture(rest, turn, (knee, knee + way), lowers_first=True, raises=True, rest_effort=0.3)


def _on_flat_foot(lean: float, knee: float, trunk: float) -> dict[str, float]:
    return {
        Coordinate.LEAN: lean,
        Coordinate.KNEE: knee,
        Coordinate.TRUNK: trunk,
        Coordinate.HEEL: 0.0,
    }


def _hip(pose: dict[str, float]) -> float:
    return pose[Coordinate.TRUNK] - pose[Coordinate.LEAN] + pose[Coordinate.KNEE]
