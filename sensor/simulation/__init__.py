"""A simulated leg with sensors on it: truth, sensor errors, radio and sessions.

``simulate(SimulationParameters(...))`` gives a session. On the way to it: a person's ``choices`` and
``parameters``, the ``script`` of keyframes that ``pose``, ``reps`` and ``free`` write, the
``movement`` along its ``paths``, the ``leg`` that moves so, a sensor's ``mounting``, its ``handling``
before that, its ``imu`` and its ``radio`` (all in ``device``), and the ``truth`` with its ``phases``.
"""

from sensor.simulation.choices import Exercise, Fault, Protocol, Rest, Side, Table
from sensor.simulation.parameters import (
    PersonParameters,
    RadioParameters,
    SensorParameters,
    SimulationParameters,
)
from sensor.simulation.session import SimulatedSession, simulate
from sensor.simulation.stored import from_json, to_json
from sensor.simulation.truth import TrueRep, TrueSensor, Truth, truth_path

__all__ = [
    "Exercise",
    "Fault",
    "PersonParameters",
    "Protocol",
    "RadioParameters",
    "Rest",
    "SensorParameters",
    "Side",
    "SimulatedSession",
    "SimulationParameters",
    "Table",
    "TrueRep",
    "TrueSensor",
    "Truth",
    "from_json",
    "simulate",
    "to_json",
    "truth_path",
]
