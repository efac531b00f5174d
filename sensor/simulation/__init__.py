"""A simulated leg with sensors on it: truth, sensor errors, radio and sessions.

``simulate(SimulationParameters(...))`` gives a session. On the way to it: a person's ``choices`` and
``parameters``, the ``script`` of keyframes that ``pose``, ``reps`` and ``free`` write, the
``movement`` along its ``paths``, the ``leg`` that moves so, a sensor's ``mounting``, its ``handling``
before that, its ``imu`` and its ``radio`` (all in ``device``), and the ``truth`` with its ``phases``.
"""

from sensor.simulation.choices import (
    Fault,
    RestActivity,
    Side,
    SimulatedExercise,
    SimulatedProtocol,
    TableActivity,
)
from sensor.simulation.parameters import (
    PersonParameters,
    RadioParameters,
    SensorParameters,
    SimulationParameters,
)
from sensor.simulation.parameters_json import from_json, to_json
from sensor.simulation.session_files import save_session
from sensor.simulation.simulated_session import SimulatedSession, simulate
from sensor.simulation.truth import TrueRep, TrueSensor, Truth, truth_path

__all__ = [
    "Fault",
    "PersonParameters",
    "RadioParameters",
    "RestActivity",
    "SensorParameters",
    "Side",
    "SimulatedExercise",
    "SimulatedProtocol",
    "SimulatedSession",
    "SimulationParameters",
    "TableActivity",
    "TrueRep",
    "TrueSensor",
    "Truth",
    "from_json",
    "save_session",
    "simulate",
    "to_json",
    "truth_path",
]
