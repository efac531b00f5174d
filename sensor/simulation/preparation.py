"""The preparation of a session: the start pose on each machine, getting on, and the calibration."""

import numpy as np

from sensor.simulation.choices import SimulatedExercise, TableActivity
from sensor.simulation.leg_kinematics import THIGH_ROOTED, Coordinate
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.person_parameters import PersonParameters
from sensor.simulation.script import EFFORT, Script
from sensor.simulation.unworn_sensor import BENCH_S, FACE_S, STRAP_S, TURN_S
from sensor.types import EventKind

PUMPS = 3
"""Foot pumps of the calibration, as the guide asks for."""
CURLS = 2
"""Unloaded curls of the calibration, as the guide asks for."""

_THIGH_PITCH_DEG = {
    SimulatedExercise.LYING: 90.0,
    SimulatedExercise.SEATED: -95.0,
    SimulatedExercise.STANDING: 5.0,
}
"""Pitch of the thigh in the start pose on each machine: 90 is face down."""
_KNEE_START_DEG = {
    SimulatedExercise.LYING: 8.0,
    SimulatedExercise.SEATED: 10.0,
    SimulatedExercise.STANDING: 4.0,
}
"""Bend of the knee in the start pose."""


def start_pose(
    person: PersonParameters, posture: SimulatedExercise | None = None
) -> dict[str, float]:
    """Return a start pose by coordinate, in rad.

    Parameters
    ----------
    person
        The person.
    posture
        The posture; None is that of the exercise, whose start pose is the zero of the shin turn.
    """
    posture = posture or person.exercise
    return {
        Coordinate.PITCH: float(np.deg2rad(_THIGH_PITCH_DEG[posture])),
        Coordinate.TWIST: float(np.deg2rad(person.axis_incline_deg)),
        Coordinate.KNEE: float(np.deg2rad(_KNEE_START_DEG[posture])),
        Coordinate.ANKLE: 0.0,
    }


def begin(script: Script, parameters: SimulationParameters) -> None:
    """Place the leg in its first pose."""
    script.start(**dict.fromkeys(THIGH_ROOTED, 0.0), **{EFFORT: 0.0})
    posture = parameters.person.calibrated if parameters.calibration else None
    script.start(**start_pose(parameters.person, posture))


def get_up(script: Script) -> None:
    """Stand up from the machine."""
    script.move(2.5, pitch=0.0, twist=0.0, knee=float(np.deg2rad(3.0)), ankle=0.0)
    script.move(1.0, effort=0.5)
    script.wait(3.0)


def get_on(script: Script, person: PersonParameters) -> None:
    """Get on the machine, in the start pose."""
    script.move(2.5, rise=0.0, **start_pose(person))
    script.move(1.0, effort=0.0)
    script.wait(3.0)


def at_the_table(script: Script, parameters: SimulationParameters) -> None:
    """Let the time of the table pass; the leg does not matter, since it wears no sensors yet."""
    if parameters.table is TableActivity.FACES:
        script.wait(6.0 * (FACE_S + TURN_S))
    elif parameters.table is TableActivity.BENCH:
        script.wait(0.5)
        mark_step(script, parameters, EventKind.CALIBRATION_START, "bench")
        script.wait(BENCH_S - 1.0)
        mark_step(script, parameters, EventKind.CALIBRATION_END, "bench")
        # One person straps the sensors on one after the other.
        worn = 2 + sum(sensor is not None for sensor in (parameters.thigh, parameters.pelvis))
        script.wait(0.5 + worn * STRAP_S)


def calibrate(script: Script, parameters: SimulationParameters) -> None:
    """Be still, pump the foot with the knee bent, and curl without load."""
    person = parameters.person
    up = float(np.deg2rad(person.dorsiflexion_max_deg))
    down = -float(np.deg2rad(person.plantarflexion_max_deg))
    start = start_pose(person, person.calibrated)[Coordinate.KNEE]
    # The guide asks for a knee that is bent as in training.
    bent = start + float(np.deg2rad(0.6 * person.rom_deg))
    full = start + float(np.deg2rad(person.rom_deg))

    script.wait(1.0)
    mark_step(script, parameters, EventKind.CALIBRATION_START, "still")
    script.wait(3.0)
    mark_step(script, parameters, EventKind.CALIBRATION_END, "still")

    # Getting into the pose of a step is not part of the step, so it comes before the mark.
    script.move(1.2, knee=bent, effort=0.3)
    script.wait(1.6)
    mark_step(script, parameters, EventKind.CALIBRATION_START, "pumps")
    script.wait(0.4)
    for _ in range(PUMPS):
        script.move(0.6, ankle=up)
        script.wait(1.0)
        script.move(0.8, ankle=down)
        script.wait(1.2)
    script.move(0.6, ankle=0.0)
    script.wait(1.0)
    mark_step(script, parameters, EventKind.CALIBRATION_END, "pumps")

    script.move(1.2, knee=start)
    script.wait(2.0)
    mark_step(script, parameters, EventKind.CALIBRATION_START, "curls")
    script.wait(0.5)
    for _ in range(CURLS):
        script.move(1.5, knee=full)
        script.wait(2.0)
        script.move(1.8, knee=start)
        script.wait(2.3)
    script.move(0.5, effort=0.0)
    mark_step(script, parameters, EventKind.CALIBRATION_END, "curls")
    script.wait(1.0)


def mark_step(script: Script, parameters: SimulationParameters, kind: EventKind, step: str) -> None:
    """Mark the start or the end of a calibration step, if the session has marks."""
    if not parameters.marks:
        return
    if kind is EventKind.CALIBRATION_END:
        script.add_event(kind, step=step, accepted=True)
    else:
        script.add_event(kind, step=step)
