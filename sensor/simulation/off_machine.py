"""Movements off the machine that are no rep: sitting, shoes, stairs, stretches, a cramp."""

import numpy as np

from sensor.simulation.around_machine import get_off, move_deg
from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.person_parameters import PersonParameters
from sensor.simulation.preparation import start_pose
from sensor.simulation.script import Script

_STANDING_KNEE_DEG = 3.0
"""Bend of the knee of a standing leg."""
_STEP_M = 0.001
"""Jolt of a step on the stairs."""
_STRETCH_S = (20.0, 40.0)
"""Time of a stretch: long, as people are told, and longer than a rep may be."""


def cramp(script: Script, person: PersonParameters, rng: np.random.Generator) -> None:
    """Break off a set: the leg is drawn up and shaken, the person gets off and stretches the calf."""
    start_t = script.now
    knee = float(np.rad2deg(start_pose(person)[Coordinate.KNEE]))
    for _ in range(int(rng.integers(1, 4))):
        move_deg(script, 0.25, knee=knee + float(rng.uniform(20.0, 55.0)), ankle=-20.0)
        script.wait(float(rng.uniform(0.3, 2.0)))
        move_deg(script, 0.4, knee=knee + float(rng.uniform(0.0, 15.0)), ankle=15.0)
        script.wait(float(rng.uniform(0.2, 1.5)))
    script.record("cramp", start_t)
    get_off(script, person, rng)
    stretch_calf(script, rng)


def stretch_calf(script: Script, rng: np.random.Generator) -> None:
    """Stretch the calf, standing with the knee straight and the heel down."""
    start_t = script.now
    for _ in range(int(rng.integers(1, 3))):
        lean = float(rng.uniform(12.0, 25.0))
        move_deg(script, 1.0, pitch=lean, knee=0.0, ankle=lean)
        script.wait(float(rng.uniform(6.0, 15.0)))
        move_deg(script, 0.8, pitch=0.0, knee=_STANDING_KNEE_DEG, ankle=0.0)
        script.wait(float(rng.uniform(0.5, 2.0)))
    script.record("stretching the calf", start_t)


def stretch_thigh(script: Script, rng: np.random.Generator) -> None:
    """Stand on the other leg and hold the heel behind the body."""
    start_t, seconds = script.now, float(rng.uniform(0.8, 1.5))
    move_deg(script, seconds, pitch=float(rng.uniform(-5.0, 10.0)), knee=120.0, ankle=-20.0)
    script.wait(float(rng.uniform(*_STRETCH_S)))
    move_deg(script, seconds, pitch=0.0, knee=_STANDING_KNEE_DEG, ankle=0.0)
    script.wait(1.0)
    script.record("stretching the thigh", start_t)


def sit_down(script: Script, rng: np.random.Generator) -> None:
    """Sit on a bench for a while, move the feet, perhaps tie a shoe, and stand up."""
    start_t, seconds = script.now, float(rng.uniform(1.0, 1.8))
    script.move(seconds, rise=-0.4)
    bend = float(rng.uniform(75.0, 100.0))
    move_deg(script, seconds, pitch=-90.0, knee=bend)
    for _ in range(int(rng.integers(1, 5))):
        script.wait(float(rng.uniform(0.5, 6.0)))
        move_deg(script, float(rng.uniform(0.4, 1.0)), knee=bend + float(rng.uniform(-30.0, 15.0)))
    if rng.random() < 0.4:
        move_deg(script, 1.0, pitch=-110.0, knee=115.0, ankle=-10.0)
        script.wait(float(rng.uniform(3.0, 8.0)))
        move_deg(script, 1.0, pitch=-90.0, knee=bend, ankle=0.0)
    script.move(seconds, rise=0.0)
    move_deg(script, seconds, pitch=0.0, knee=_STANDING_KNEE_DEG)
    script.wait(0.8)
    script.record("sitting", start_t)


def climb_stairs(script: Script, rng: np.random.Generator) -> None:
    """Climb some steps."""
    start_t, step_s = script.now, float(rng.uniform(0.5, 0.8))
    for _ in range(int(rng.integers(4, 12))):
        move_deg(script, step_s, pitch=-50.0, knee=float(rng.uniform(60.0, 75.0)), ankle=8.0)
        script.jolt(_STEP_M)
        move_deg(script, step_s, pitch=0.0, knee=_STANDING_KNEE_DEG, ankle=0.0)
    script.wait(0.8)
    script.record("climbing stairs", start_t)
