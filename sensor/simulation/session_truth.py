"""The truth of a session, from its script and its movement."""

import dataclasses

import numpy as np

from sensor.simulation.choices import ExerciseKind
from sensor.simulation.device import SensorRun
from sensor.simulation.grounded_leg import grounded_frames
from sensor.simulation.grounded_movement import GroundedMovement
from sensor.simulation.leg_kinematics import (
    Anatomy,
    Coordinate,
    foot_against_shin,
    sagittal_angle,
)
from sensor.simulation.movement import ScriptedMovement
from sensor.simulation.range_trials import INCLINATION
from sensor.simulation.script import DRIVING, Script
from sensor.simulation.truth import RATE_HZ, TrueActivity, TrueSensor, TrueTrial, Truth
from sensor.simulation.visible_phases import true_reps
from sensor.types import FloatArray, Segment, frozen, frozen_bool


def leg_curl_truth(script: Script, anatomy: Anatomy, movement: ScriptedMovement) -> Truth:
    """Return the truth of a session of leg curls, without its sensors."""
    # The true angles include tremor, as the sensors do; the phases do not.
    t = _times(script)
    motions = movement.at(t)
    return Truth(
        frozen(t),
        frozen(motions[Coordinate.ANKLE].value),
        frozen(movement.shin_turn(motions)),
        true_reps(script.reps, movement.paths[Coordinate.KNEE]),
        (),
        frozen(motions[Coordinate.KNEE].value - movement.start_knee),
        _activities(script),
        frozen(sagittal_angle(anatomy, motions)),
    )


def exercise_truth(
    script: Script, anatomy: Anatomy, movement: GroundedMovement, exercise: ExerciseKind
) -> Truth:
    """Return the truth of a session of another exercise, without its sensors."""
    t = _times(script)
    motions = movement.at(t)
    frames = grounded_frames(anatomy, motions)
    lean, knee = motions[Coordinate.LEAN].value, motions[Coordinate.KNEE].value
    start = {c: movement.paths[c].value[0] for c in (Coordinate.LEAN, Coordinate.KNEE)}
    driving = script.path(DRIVING)
    # Seen from the side, in the plane of the leg's heading.
    heading = motions[Coordinate.HEADING].value
    along = frames[Segment.SHIN].orientation[:, :, 2]
    forward = np.cos(heading) * along[:, 0] + np.sin(heading) * along[:, 1]
    inclination = np.arctan2(forward, along[:, 2])
    return Truth(
        frozen(t),
        frozen(motions[Coordinate.ANKLE].value),
        frozen(lean - start[Coordinate.LEAN]),
        true_reps(script.reps, driving),
        (),
        frozen(knee - start[Coordinate.KNEE]),
        _activities(script),
        frozen(foot_against_shin(frames[Segment.SHIN], frames[Segment.FOOT])),
        exercise=exercise.value,
        driving=frozen(driving.at(t).value),
        heel=frozen(motions[Coordinate.HEEL].value),
        inclination=frozen(inclination),
        hip=frozen(motions[Coordinate.HIP].value),
        trunk=frozen(motions[Coordinate.TRUNK].value),
        trials=tuple(_held(trial, t, inclination) for trial in script.trials),
    )


def _held(trial: TrueTrial, t: FloatArray, inclination: FloatArray) -> TrueTrial:
    """Return ``trial`` with the inclination that the swaying shin has in its hold."""
    if trial.measure != INCLINATION:
        return trial
    inside = (t >= trial.t_start) & (t <= trial.t_end)
    return dataclasses.replace(trial, value=float(np.median(inclination[inside])))


def true_sensor(run: SensorRun) -> TrueSensor:
    """Return the truth about a sensor."""
    return TrueSensor(
        run.info.source,
        run.info.segment,
        frozen(run.t),
        frozen_bool(run.delivered),
        frozen(run.mounting.rotation),
        frozen(run.device.acc_offset),
        frozen(run.device.gyr_offset),
    )


def _times(script: Script) -> FloatArray:
    t: FloatArray = np.arange(int(script.now * RATE_HZ) + 1) / RATE_HZ
    return t


def _activities(script: Script) -> tuple[TrueActivity, ...]:
    return tuple(TrueActivity(*activity) for activity in script.activities)
