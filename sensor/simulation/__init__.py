"""A simulated leg with sensors on it: truth, sensor errors, radio and sessions.

``simulate(SimulationParameters(...))`` returns a session. It goes through these modules:

1. ``choices`` and ``parameters``: what the person asks for;
2. ``script``: keyframes of the leg, which ``preparation``, ``simulated_reps`` and ``free_movement``
   write;
3. ``movement``: the keyframes as smooth ``paths``, with tremor; ``leg_kinematics`` turns them into
   accelerations and rates;
4. ``device``: one sensor, with its ``mounting``, ``unworn_sensor``, ``imu`` and ``simulated_radio``;
5. ``truth``, with the ``true_phases`` of the reps.
"""

from sensor.simulation.choices import (
    RestActivity,
    SimulatedExercise,
    SimulatedFault,
    SimulatedProtocol,
    SimulatedSide,
    TableActivity,
)
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.parameters_json import from_json, to_json
from sensor.simulation.person_parameters import PersonParameters
from sensor.simulation.sensor_parameters import RadioParameters, SensorParameters
from sensor.simulation.session_files import save_session
from sensor.simulation.simulated_session import SimulatedSession, simulate
from sensor.simulation.truth import TrueActivity, TrueRep, TrueSensor, Truth, truth_path

__all__ = [
    "PersonParameters",
    "RadioParameters",
    "RestActivity",
    "SensorParameters",
    "SimulatedExercise",
    "SimulatedFault",
    "SimulatedProtocol",
    "SimulatedSession",
    "SimulatedSide",
    "SimulationParameters",
    "TableActivity",
    "TrueActivity",
    "TrueRep",
    "TrueSensor",
    "Truth",
    "from_json",
    "save_session",
    "simulate",
    "to_json",
    "truth_path",
]
