"""A whole simulated session: the header, the items as a live link yields them, and the truth."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from sensor.simulation.choices import (
    SimulatedSide,
)
from sensor.simulation.device import SensorRun, run_sensor, sensor_info
from sensor.simulation.drawn_ankles import with_drawn_ankle
from sensor.simulation.leg_kinematics import Anatomy, Coordinate, sagittal_angle
from sensor.simulation.movement import Movement, movement_of
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.parameters_json import to_json
from sensor.simulation.script import Script
from sensor.simulation.sensor_parameters import SensorParameters
from sensor.simulation.session_script import write_script
from sensor.simulation.simulated_radio import with_drawn_hold_ups
from sensor.simulation.simulation_text import SCHEME, parse_simulation
from sensor.simulation.truth import RATE_HZ, TrueActivity, TrueSensor, Truth
from sensor.simulation.visible_phases import true_reps
from sensor.types import (
    Event,
    Item,
    Segment,
    SessionHeader,
    frozen,
    frozen_bool,
)

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
    seeds = np.random.SeedSequence(parameters.seed).spawn(7)
    script_seed, movement_seed, *sensor_seeds, host_seed, ankle_seed = seeds
    asked = parameters
    parameters = with_drawn_ankle(parameters, np.random.default_rng(ankle_seed))
    sensors = {
        segment: sensor
        for segment, sensor in (
            (Segment.SHIN, parameters.shin),
            (Segment.FOOT, parameters.foot),
            (Segment.THIGH, parameters.thigh),
        )
        if sensor is not None
    }
    infos = {segment: sensor_info(segment, sensor) for segment, sensor in sensors.items()}
    script = write_script(parameters, np.random.default_rng(script_seed))
    person = parameters.person
    movement = movement_of(script, person, np.random.default_rng(movement_seed), parameters.joint)
    anatomy = Anatomy(
        left=person.side is SimulatedSide.LEFT,
        thigh_length_m=person.thigh_length_m,
        shin_length_m=person.shin_length_m,
        ankle_tilt_deg=person.ankle_tilt_deg,
        ankle_turn_deg=person.ankle_turn_deg,
        subtalar_tilt_deg=parameters.joint.subtalar_tilt_deg,
        subtalar_turn_deg=parameters.joint.subtalar_turn_deg,
    )
    runs = [
        run_sensor(
            infos[segment],
            _held_up(sensor, script.now, np.random.default_rng(host_seed)),
            anatomy,
            movement,
            script.now,
            START_NS,
            np.random.default_rng(seed),
            parameters.table,
        )
        # Five seeds are drawn with two sensors as well, so that a third one leaves the others as
        # they are.
        for (segment, sensor), seed in zip(sensors.items(), sensor_seeds, strict=False)
    ]
    header = SessionHeader(
        start_ns=START_NS,
        created_utc=parameters.created_utc,
        sensors=tuple(infos.values()),
        software="toepoint simulation",
        simulated=True,
        metadata={"simulation": to_json(asked)},
    )
    items: list[Item] = [
        Event(START_NS + round(t * 1e9), kind, data) for t, kind, data in script.events
    ]
    for run in runs:
        items.extend(run.items)
    # The sort is stable: an event stays before the notifications of the same time.
    items.sort(key=lambda item: item.t_ns)
    return SimulatedSession(header, tuple(items), _truth(script, anatomy, movement, runs))


def _held_up(sensor: SensorParameters, end_s: float, rng: np.random.Generator) -> SensorParameters:
    return dataclasses.replace(sensor, radio=with_drawn_hold_ups(sensor.radio, end_s, rng))


def _truth(script: Script, anatomy: Anatomy, movement: Movement, runs: list[SensorRun]) -> Truth:
    # The true angles include tremor, as the sensors do; the phases do not.
    t = np.arange(int(script.now * RATE_HZ) + 1) / RATE_HZ
    motions = movement.at(t)
    return Truth(
        frozen(t),
        frozen(motions[Coordinate.ANKLE].value),
        frozen(movement.shin_turn(motions)),
        true_reps(script.reps, movement.paths[Coordinate.KNEE]),
        tuple(
            TrueSensor(
                run.info.source,
                run.info.segment,
                frozen(run.t),
                frozen_bool(run.delivered),
                frozen(run.mounting.rotation),
                frozen(run.device.acc_offset),
                frozen(run.device.gyr_offset),
            )
            for run in runs
        ),
        frozen(motions[Coordinate.KNEE].value - movement.start_knee),
        tuple(TrueActivity(*activity) for activity in script.activities),
        frozen(sagittal_angle(anatomy, motions)),
    )
