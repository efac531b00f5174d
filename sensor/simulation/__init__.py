"""A simulated leg with sensors on it: truth, sensor errors, radio and sessions.

``simulate(SimulationParameters(...))`` returns a session. It goes through these modules:

1. ``choices`` and ``parameters``, with those of person, movement, joints, surroundings and sensors:
   what the user asks for; ``drawn_ankles`` draws what is left to chance;
2. ``session_script``: keyframes of the leg, which ``preparation``, ``simulated_reps``,
   ``free_movement``, ``around_machine`` and ``off_machine`` write into a ``script``; ``rep_style`` and
   ``drawn_courses`` choose the ``courses`` of lifts and lowerings, and ``control_loss`` those that fall;
   ``exercise_script`` does the same for exercises with the foot on the ground, with ``stances``,
   ``standing_calibration``, ``exercise_reps``, ``range_trials`` and ``around_standing``;
3. ``movement``: the keyframes as smooth ``paths``, with tremor; ``leg_kinematics`` turns them into
   accelerations and rates. With the foot on the ground these are ``grounded_movement`` and
   ``grounded_leg``;
4. ``device``: one sensor, with its ``mounting``, ``tissue``, ``unworn_sensor``, ``imu`` and
   ``simulated_radio``;
5. ``truth``, with the ``visible_phases`` of the reps.
"""

from sensor.simulation.choices import (
    ExerciseKind,
    FootPlace,
    Legs,
    RestActivity,
    SimulatedExercise,
    SimulatedFault,
    SimulatedProtocol,
    SimulatedSide,
    TableActivity,
)
from sensor.simulation.exercise_parameters import ExerciseParameters
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.parameters_json import from_json, to_json
from sensor.simulation.person_parameters import PersonParameters
from sensor.simulation.sensor_parameters import RadioParameters, SensorParameters
from sensor.simulation.session_files import save_session
from sensor.simulation.simulated_session import SimulatedSession, simulate
from sensor.simulation.truth import TrueActivity, TrueRep, TrueSensor, TrueTrial, Truth, truth_path

__all__ = [
    "ExerciseKind",
    "ExerciseParameters",
    "FootPlace",
    "Legs",
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
    "TrueTrial",
    "Truth",
    "from_json",
    "save_session",
    "simulate",
    "to_json",
    "truth_path",
]
