"""Movements at the machine that are no rep: getting off and on, settling in, pad and phone."""

import numpy as np

from sensor.simulation.choices import SimulatedExercise
from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.person_parameters import PersonParameters
from sensor.simulation.preparation import start_pose
from sensor.simulation.script import Script

_STANDING_KNEE_DEG = 3.0
"""Bend of the knee of a standing leg."""
_STEP_M = 0.001
"""Jolt of a step on the spot."""
_POSE_DEG = 4.0
"""Largest difference of hip and thigh from one time to the next on the machine."""
_LONG_HOLD_S = (25.0, 60.0)
"""Time for which a leg is bent far while its owner looks at the phone. It is longer than a rep may be,
since a shorter one is a rep for everyone who sees the leg alone."""


def move_deg(script: Script, seconds: float, **targets: float) -> None:
    """Move coordinates to ``targets`` in degrees, and let the time pass."""
    script.move(seconds, **{key: float(np.deg2rad(value)) for key, value in targets.items()})
    script.wait(seconds)


def get_off(script: Script, person: PersonParameters, rng: np.random.Generator) -> None:
    """Get off the machine at a random pace, and stand."""
    start_t, pace = script.now, float(rng.uniform(0.7, 1.4))
    script.move(0.5, effort=0.5)
    aside, bend = float(rng.uniform(-25.0, 25.0)), float(rng.uniform(60.0, 95.0))
    if person.exercise is SimulatedExercise.LYING:
        # The hips rise first, then one knee goes to the floor, or the foot at once.
        move_deg(script, 0.8 * pace, pitch=float(rng.uniform(65.0, 85.0)), knee=0.7 * bend)
        script.move(0.9 * pace, rise=0.1)
        _turn(script, 0.9 * pace, float(rng.uniform(0.4, 1.2)), rng)
        move_deg(script, 0.9 * pace, twist=aside, pitch=float(rng.uniform(20.0, 50.0)), knee=bend)
    elif person.exercise is SimulatedExercise.SEATED:
        # The feet go to the floor before the person rises.
        move_deg(script, 0.7 * pace, knee=bend, ankle=float(rng.uniform(-5.0, 10.0)))
        script.wait(float(rng.uniform(0.0, 1.0)))
        script.move(1.2 * pace, rise=0.4)
    else:
        move_deg(script, 0.5 * pace, knee=float(rng.uniform(20.0, 50.0)))
        move_deg(script, 0.6 * pace, pitch=float(rng.uniform(-15.0, 15.0)))
    script.jolt(_STEP_M, after_s=1.1 * pace)
    move_deg(script, 1.2 * pace, pitch=0.0, twist=0.0, knee=_STANDING_KNEE_DEG, ankle=0.0)
    script.move(0.8, rise=0.0)
    script.wait(0.3)
    script.record("getting off", start_t)


def turn_round(script: Script, rng: np.random.Generator) -> None:
    """Turn round with some steps on the spot."""
    start_t, steps = script.now, int(rng.integers(2, 5))
    _turn(script, 0.6 * steps, float(rng.uniform(1.5, 3.2)), rng)
    for _ in range(steps):
        move_deg(script, 0.3, pitch=-8.0, knee=float(rng.uniform(12.0, 30.0)))
        script.jolt(_STEP_M, after_s=0.29)
        move_deg(script, 0.3, pitch=0.0, knee=_STANDING_KNEE_DEG)
    script.record("turning round", start_t)


def come_back(script: Script, person: PersonParameters, rng: np.random.Generator) -> None:
    """Get on the machine at a random pace, into the start pose."""
    start_t, pace = script.now, float(rng.uniform(0.8, 1.5))
    pose, bend = start_pose(person), float(rng.uniform(60.0, 95.0))
    # Nobody lies down twice in the same way.
    for coordinate in (Coordinate.PITCH, Coordinate.TWIST):
        pose[coordinate] += float(np.deg2rad(rng.uniform(-_POSE_DEG, _POSE_DEG)))
    if person.exercise is SimulatedExercise.LYING:
        move_deg(script, 1.0 * pace, pitch=float(rng.uniform(20.0, 50.0)), knee=bend)
    elif person.exercise is SimulatedExercise.SEATED:
        script.move(1.2 * pace, rise=-0.4)
        move_deg(script, 1.2 * pace, pitch=-90.0, knee=bend)
        script.wait(float(rng.uniform(0.2, 1.5)))
    else:
        move_deg(script, 0.6 * pace, knee=float(rng.uniform(20.0, 50.0)))
    script.move(1.3 * pace, rise=0.0, **pose)
    script.wait(1.3 * pace)
    script.move(1.0, effort=0.0)
    script.wait(float(rng.uniform(1.0, 3.0)))
    script.record("coming back", start_t)


def settle_in(script: Script, rng: np.random.Generator) -> None:
    """Make some small movements on the machine, and return to the pose before them."""
    start_t, pose = script.now, _pose(script)
    for _ in range(int(rng.integers(1, 4))):
        seconds = float(rng.uniform(0.4, 1.0))
        script.move(
            seconds,
            knee=pose[Coordinate.KNEE] + float(np.deg2rad(rng.uniform(0.0, 20.0))),
            pitch=pose[Coordinate.PITCH] + float(np.deg2rad(rng.uniform(-5.0, 5.0))),
            twist=pose[Coordinate.TWIST] + float(np.deg2rad(rng.uniform(-8.0, 8.0))),
            ankle=float(np.deg2rad(rng.uniform(-25.0, 10.0))),
        )
        script.wait(seconds + float(rng.uniform(0.0, 0.8)))
    script.move(0.7, **pose)
    script.wait(1.2)
    script.record("settling in", start_t)


def adjust_pad(script: Script, rng: np.random.Generator) -> None:
    """Take the leg out from under the pad, and put it back once or twice."""
    start_t, pose = script.now, _pose(script)
    knee, twist = pose[Coordinate.KNEE], pose[Coordinate.TWIST]
    for _ in range(int(rng.integers(1, 3))):
        seconds = float(rng.uniform(0.5, 1.2))
        script.move(
            seconds,
            knee=knee + float(np.deg2rad(rng.uniform(15.0, 45.0))),
            twist=twist + float(np.deg2rad(rng.uniform(-15.0, 15.0))),
            ankle=float(np.deg2rad(rng.uniform(-30.0, 10.0))),
        )
        script.wait(seconds + float(rng.uniform(0.5, 4.0)))
        script.move(seconds, **pose)
        script.wait(seconds + float(rng.uniform(0.3, 1.5)))
    script.record("adjusting the pad", start_t)


def hold_phone(script: Script, seconds: float, rng: np.random.Generator) -> None:
    """Stay on the machine for at least ``seconds``; the leg lies, swings, or is bent for long."""
    start_t, pose = script.now, _pose(script)
    end = script.now + seconds
    knee = float(np.rad2deg(pose[Coordinate.KNEE]))
    while script.now < end:
        act = int(rng.integers(3))
        if act == 0:
            ankle = float(rng.uniform(-20.0, 10.0))
            move_deg(script, float(rng.uniform(0.4, 1.0)), ankle=ankle)
            script.wait(float(rng.uniform(2.0, 8.0)))
        elif act == 1:
            for _ in range(int(rng.integers(2, 7))):
                move_deg(script, float(rng.uniform(0.5, 1.2)), knee=knee + 30.0 * rng.random())
        else:
            bent = knee + float(rng.uniform(65.0, 90.0))
            move_deg(script, float(rng.uniform(0.8, 1.6)), knee=bent)
            until = script.now + float(rng.uniform(*_LONG_HOLD_S))
            while script.now < until:
                sway = float(rng.uniform(-8.0, 8.0))
                move_deg(script, float(rng.uniform(0.8, 2.0)), knee=bent + sway)
                script.wait(float(rng.uniform(0.0, 3.0)))
        script.move(1.0, **pose)
        script.wait(1.0 + float(rng.uniform(0.0, 3.0)))
    script.record("phone in hand", start_t)


def _pose(script: Script) -> dict[str, float]:
    coordinates = (Coordinate.PITCH, Coordinate.TWIST, Coordinate.KNEE, Coordinate.ANKLE)
    return {coordinate: script.target(coordinate) for coordinate in coordinates}


def _turn(script: Script, seconds: float, angle: float, rng: np.random.Generator) -> None:
    heading = script.target(Coordinate.HEADING)
    script.move(seconds, heading=heading + angle * float(rng.choice([-1.0, 1.0])))
