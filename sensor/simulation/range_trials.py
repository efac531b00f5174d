"""The measurements of a range: active dorsiflexion and plantarflexion, and the weight-bearing lunge."""

import numpy as np

from sensor.simulation.exercise_reps import SET_TYPE
from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.script import EFFORT, RAISED, Script
from sensor.simulation.stances import Stance
from sensor.simulation.truth import TrueTrial
from sensor.types import EventKind

DORSIFLEXION, PLANTARFLEXION, INCLINATION = "dorsiflexion", "plantarflexion", "inclination"
"""The measures of the trials."""
BENT, STRAIGHT = "bent", "straight"
"""The knee in the trials."""
_STIFFER_DEG = (2.0, 7.0)
"""A straight knee, which stretches the gastrocnemius, takes this much of the dorsiflexion."""
_SPREAD_DEG = 1.0
"""Standard deviation of a person's trials."""
_HOLD_S = (1.5, 3.0)
"""Time for which a person holds the end of the range."""
_RELAXED_DEG = (-25.0, -8.0)
"""Ankle of a relaxed foot in the air."""
_LUNGE_DEG = (30.0, 45.0)
"""Inclination of the shin in a weight-bearing lunge of adults."""


def ankle_trials(
    script: Script, parameters: SimulationParameters, stance: Stance, rng: np.random.Generator
) -> None:
    """Sit, and bend the foot up and down in trials; then again with the leg stretched out."""
    person = parameters.person
    up, down = person.dorsiflexion_max_deg, person.plantarflexion_max_deg
    stiffer = min(float(rng.uniform(*_STIFFER_DEG)), up - 1.0)
    for knee in (BENT, STRAIGHT):
        _sit(script, stance, knee, rng)
        relaxed = float(np.deg2rad(rng.uniform(*_RELAXED_DEG)))
        most_up = up - (stiffer if knee == STRAIGHT else 0.0)
        for measure, most_deg in ((DORSIFLEXION, most_up), (PLANTARFLEXION, -down)):
            _mark(script, parameters, measure, knee)
            lean = script.target(Coordinate.LEAN)
            script.move(0.8, heel=lean - relaxed)
            script.wait(2.0)
            for number in range(1, parameters.training.trials + 1):
                angle = float(np.deg2rad(_spread(most_deg, rng)))
                seconds = float(rng.uniform(0.7, 1.6))
                script.move(seconds, heel=lean - angle, **{EFFORT: 1.0, RAISED: 0.5})
                hold = _hold(script, seconds, rng)
                script.trials.append(TrueTrial(measure, knee, number, *hold, abs(angle)))
                script.move(0.9, heel=lean - relaxed, **{EFFORT: 0.0, RAISED: 0.1})
                script.wait(0.9 + float(rng.uniform(0.5, 2.5)))
            _mark_end(script, parameters)
    script.move(1.5, **stance.pose(), **{RAISED: 0.0})
    script.wait(2.5)


def lunge_trials(
    script: Script, parameters: SimulationParameters, stance: Stance, rng: np.random.Generator
) -> None:
    """Bring the knee as far over the flat foot as it goes, in trials."""
    drawn = float(rng.uniform(*_LUNGE_DEG))
    given = parameters.training.range_deg
    most_deg = drawn if given is None else given
    _mark(script, parameters, INCLINATION, BENT)
    script.wait(2.0)
    for number in range(1, parameters.training.trials + 1):
        lean = float(np.deg2rad(_spread(most_deg, rng)))
        seconds, more = float(rng.uniform(1.2, 2.5)), float(np.deg2rad(rng.uniform(15.0, 45.0)))
        script.move(seconds, lean=lean, knee=lean + more, **{EFFORT: 0.5})
        script.move(seconds, trunk=stance.trunk + float(np.deg2rad(rng.uniform(0.0, 20.0))))
        hold = _hold(script, seconds, rng)
        script.trials.append(TrueTrial(INCLINATION, BENT, number, *hold, lean))
        script.move(1.3, **stance.pose(), **{EFFORT: 0.0})
        script.wait(1.3 + float(rng.uniform(1.0, 3.0)))
    _mark_end(script, parameters)


def _sit(script: Script, stance: Stance, knee: str, rng: np.random.Generator) -> None:
    """Sit with the foot in the air: on an edge with the knee bent, or with the leg on a bench."""
    if knee == BENT:
        lean, bend = float(rng.uniform(-8.0, 8.0)), float(rng.uniform(80.0, 95.0))
    else:
        lean, bend = float(rng.uniform(-90.0, -80.0)), float(rng.uniform(0.0, 5.0))
    pose = {Coordinate.LEAN: lean, Coordinate.KNEE: bend, Coordinate.HEEL: lean}
    script.move(1.8, **{key: float(np.deg2rad(angle)) for key, angle in pose.items()})
    script.move(1.8, ground=0.0, rise=stance.rise + 0.2, trunk=float(np.deg2rad(-10.0)))
    script.wait(3.5)


def _spread(most_deg: float, rng: np.random.Generator) -> float:
    return most_deg + _SPREAD_DEG * float(np.clip(rng.standard_normal(), -2.0, 2.0))


def _hold(script: Script, seconds: float, rng: np.random.Generator) -> tuple[float, float]:
    """Let the way of a trial and its hold pass; return start and end of the hold."""
    script.wait(seconds)
    start_t = script.now
    script.wait(float(rng.uniform(*_HOLD_S)))
    return start_t, script.now


def _mark(script: Script, parameters: SimulationParameters, measure: str, knee: str) -> None:
    if parameters.marks:
        script.add_event(
            EventKind.SET_START,
            exercise=parameters.training.exercise.value,
            set_type=SET_TYPE,
            side=parameters.person.side.value,
            planned_reps=parameters.training.trials,
            measure=measure,
            knee=knee,
        )
    script.wait(0.5)


def _mark_end(script: Script, parameters: SimulationParameters) -> None:
    script.wait(1.0)
    if parameters.marks:
        script.add_event(EventKind.SET_END)
    script.wait(1.0)
