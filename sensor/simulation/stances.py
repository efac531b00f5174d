"""The poses of a person with a foot on the ground."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from sensor.simulation.choices import ExerciseKind, FootPlace, Legs
from sensor.simulation.grounded_movement import GROUNDED
from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.script import DRIVING, EFFORT, RAISED, SWAY, Script

_LEAN_DEG = (3.0, 1.5)
"""Mean and standard deviation of the inclination of the shin of people who stand."""
_KNEE_DEG = 3.0
"""Bend of the knee of a standing leg."""
_SEATED_KNEE_DEG = 92.0
"""Bend of the knee of a person who sits with the foot on the floor."""
_SEATED_SWAY = 0.1
"""Sway of a person who sits."""
_TWO_LEGS_SWAY = 0.33
"""Sway of a person on two legs, relative to one leg."""
STEP_M = 0.15
"""Height of a step."""


@dataclass(frozen=True, slots=True)
class Stance:
    """The pose in which a person stands or sits with the foot flat, and the sway in it."""

    lean: float
    """Inclination of the shin, rad."""
    knee: float
    """Bend of the knee, rad."""
    trunk: float
    """Tilt of the pelvis, rad."""
    rise: float
    """Height of the ball of the foot, m."""
    sway: float
    """Size of the sway, 1 on one leg."""
    upright_lean: float
    """Inclination of the shin when the person stands upright, rad."""

    def pose(self) -> dict[str, float]:
        """Return the pose by coordinate, with the sole flat on the ground."""
        return {
            Coordinate.LEAN: self.lean,
            Coordinate.KNEE: self.knee,
            Coordinate.TRUNK: self.trunk,
            Coordinate.RISE: self.rise,
            Coordinate.HEEL: 0.0,
            Coordinate.SUBTALAR: 0.0,
            Coordinate.GROUND: 1.0,
        }

    def upright(self) -> "Stance":
        """Return the stance of the same person who stands upright, as between sets."""
        return dataclasses.replace(
            self,
            lean=self.upright_lean,
            knee=float(np.deg2rad(_KNEE_DEG)),
            sway=max(self.sway, _TWO_LEGS_SWAY),
        )


def draw_stance(parameters: SimulationParameters, rng: np.random.Generator) -> Stance:
    """Return the stance of a random person in the exercise of the session."""
    training = parameters.training
    drawn = _LEAN_DEG[0] + _LEAN_DEG[1] * float(np.clip(rng.standard_normal(), -2.0, 2.0))
    lean = drawn if training.lean_deg is None else training.lean_deg
    upright_lean = float(np.deg2rad(lean))
    trunk = float(rng.uniform(-5.0, 8.0))
    raising = training.exercise is ExerciseKind.HEEL_RAISE
    seated = raising and training.place is FootPlace.SEATED
    bend = _KNEE_DEG if training.knee_bend_deg is None else training.knee_bend_deg
    if seated:
        bend = _SEATED_KNEE_DEG
    else:
        # A knee that bends over a flat foot goes forward.
        lean += 0.5 * max(0.0, bend - _KNEE_DEG)
    # Only a heel raise is done on one leg.
    sway = 1.0 if raising and training.legs is Legs.ONE else _TWO_LEGS_SWAY
    rise = STEP_M if raising and training.place is FootPlace.STEP else 0.0
    return Stance(
        lean=float(np.deg2rad(lean)),
        knee=float(np.deg2rad(bend)),
        trunk=float(np.deg2rad(trunk)),
        rise=rise,
        sway=_SEATED_SWAY if seated else sway,
        upright_lean=upright_lean,
    )


def begin_in(script: Script, stance: Stance) -> None:
    """Place the leg in its first pose."""
    script.start(**dict.fromkeys(GROUNDED, 0.0), **dict.fromkeys((EFFORT, RAISED, DRIVING), 0.0))
    script.start(**{SWAY: stance.sway})
    script.start(**stance.pose())


def lift_foot(script: Script, stance: Stance) -> None:
    """Stand on the other leg, with the foot in the air; a seated person lifts the foot."""
    seated = stance.knee > 1.0
    if not seated:
        script.move(0.9, **{SWAY: 1.0})
    if seated:
        script.move(0.9, rise=stance.rise + 0.06, ground=0.0, heel=stance.lean)
    else:
        lean = stance.lean + float(np.deg2rad(12.0))
        script.move(0.9, rise=stance.rise + 0.1, ground=0.0, lean=lean, heel=lean)
        script.move(0.9, knee=stance.knee + float(np.deg2rad(32.0)))
    script.move(0.9, **{EFFORT: 0.4, RAISED: 0.4})
    script.wait(1.2)


def put_foot_down(script: Script, stance: Stance) -> None:
    """Put the foot flat on the ground."""
    script.move(0.9, **stance.pose())
    script.move(0.5, **{EFFORT: 0.0, RAISED: 0.0, SWAY: stance.sway})
    script.wait(1.4)
