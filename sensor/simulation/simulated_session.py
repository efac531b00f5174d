"""A whole simulated session: the header, the items as a live link yields them, and the truth."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from sensor.simulation.choices import DISTRACTORS, ExerciseKind, SimulatedSide
from sensor.simulation.device import run_sensor, sensor_info
from sensor.simulation.drawn_ankles import with_drawn_ankle
from sensor.simulation.exercise_script import write_exercise_script
from sensor.simulation.grounded_movement import grounded_movement
from sensor.simulation.leg_kinematics import Anatomy
from sensor.simulation.leg_movement import LegMovement
from sensor.simulation.movement import movement_of
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.parameters_json import to_json
from sensor.simulation.sensor_parameters import SensorParameters
from sensor.simulation.session_script import write_script
from sensor.simulation.session_truth import exercise_truth, leg_curl_truth, true_sensor
from sensor.simulation.simulated_radio import with_drawn_hold_ups
from sensor.simulation.simulation_text import SCHEME, parse_simulation
from sensor.simulation.truth import Truth
from sensor.simulation.worn_leg import WornLeg
from sensor.types import Event, Item, JsonValue, Segment, SessionHeader

START_NS = 1_000_000_000_000
"""Reading of the simulated host's monotonic clock at the start of a session."""


@dataclass(frozen=True, slots=True)
class SimulatedSession:
    """A simulated session."""

    header: SessionHeader
    """The head of the session, with its parameters."""
    items: tuple[Item, ...]
    """Notifications and events, in order of time."""
    truth: Truth
    """The true angles, reps and sensors."""
    leg: WornLeg
    """The leg and its sensors, as a function of time."""


def simulate(parameters: SimulationParameters | str) -> SimulatedSession:
    """Simulate a session; the same parameters give the same bytes.

    Parameters
    ----------
    parameters
        What is simulated, or a text such as ``"protocol=B,sets=2,seed=7"`` (``docs/simulation.md``
        lists the keys).

    Raises
    ------
    SourceError
        If a key of the text is unknown or a value not allowed.
    """
    if isinstance(parameters, str):
        parameters = parse_simulation(SCHEME + parameters.removeprefix(SCHEME))
    # One seed for each part, so that a change of one part does not change the others.
    # A seed for every sensor is drawn with two sensors as well, so that a further one leaves the others
    # as they are.
    seeds = np.random.SeedSequence(parameters.seed).spawn(8)
    script_seed, movement_seed, shin, foot, thigh, host_seed, ankle_seed, pelvis = seeds
    sensor_seeds = {
        Segment.SHIN: shin,
        Segment.FOOT: foot,
        Segment.THIGH: thigh,
        Segment.PELVIS: pelvis,
    }
    asked = parameters
    parameters = with_drawn_ankle(parameters, np.random.default_rng(ankle_seed))
    sensors = {
        segment: sensor
        for segment, sensor in (
            (Segment.SHIN, parameters.shin),
            (Segment.FOOT, parameters.foot),
            (Segment.THIGH, parameters.thigh),
            (Segment.PELVIS, parameters.pelvis),
        )
        if sensor is not None
    }
    infos = {segment: sensor_info(segment, sensor) for segment, sensor in sensors.items()}
    person, training = parameters.person, parameters.training
    anatomy = Anatomy(
        left=person.side is SimulatedSide.LEFT,
        thigh_length_m=person.thigh_length_m,
        shin_length_m=person.shin_length_m,
        ankle_tilt_deg=person.ankle_tilt_deg,
        ankle_turn_deg=person.ankle_turn_deg,
        subtalar_tilt_deg=parameters.joint.subtalar_tilt_deg,
        subtalar_turn_deg=parameters.joint.subtalar_turn_deg,
    )
    chance = np.random.default_rng(script_seed), np.random.default_rng(movement_seed)
    movement: LegMovement
    if training.exercise is ExerciseKind.LEG_CURL:
        script = write_script(parameters, chance[0])
        movement = movement_of(script, person, chance[1], parameters.joint)
        true_leg = leg_curl_truth(script, anatomy, movement)
    else:
        script = write_exercise_script(parameters, chance[0])
        movement = grounded_movement(script, parameters, anatomy, chance[1])
        true_leg = exercise_truth(script, anatomy, movement, training.exercise)
    runs = [
        run_sensor(
            infos[segment],
            _held_up(sensor, script.now, np.random.default_rng(host_seed)),
            anatomy,
            movement,
            script.now,
            START_NS,
            np.random.default_rng(sensor_seeds[segment]),
            parameters.table,
        )
        for segment, sensor in sensors.items()
    ]
    header = SessionHeader(
        start_ns=START_NS,
        created_utc=parameters.created_utc,
        sensors=tuple(infos.values()),
        software="toepoint simulation",
        simulated=True,
        metadata=_exercise(training.exercise) | {"simulation": to_json(asked)},
    )
    items: list[Item] = [
        Event(START_NS + round(t * 1e9), kind, data) for t, kind, data in script.events
    ]
    for run in runs:
        items.extend(run.items)
    # The sort is stable: an event stays before the notifications of the same time.
    items.sort(key=lambda item: item.t_ns)
    truth = dataclasses.replace(true_leg, sensors=tuple(true_sensor(run) for run in runs))
    leg = WornLeg(anatomy, movement, {run.info.segment: run.mounting for run in runs})
    return SimulatedSession(header, tuple(items), truth, leg)


def _exercise(kind: ExerciseKind) -> dict[str, JsonValue]:
    """Return the exercise for the head of the session: a recording that names none is of leg curls."""
    if kind is ExerciseKind.LEG_CURL:
        return {}
    # A person who squats, lunges or walks means to raise the heels.
    return {"exercise": (ExerciseKind.HEEL_RAISE if kind in DISTRACTORS else kind).value}


def _held_up(sensor: SensorParameters, end_s: float, rng: np.random.Generator) -> SensorParameters:
    return dataclasses.replace(sensor, radio=with_drawn_hold_ups(sensor.radio, end_s, rng))
