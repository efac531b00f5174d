"""The rests of a person who trains on the feet: standing, shifting weight, walking away."""

from collections.abc import Callable

import numpy as np

from sensor.simulation.choices import RestActivity
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.script import EFFORT, Script
from sensor.simulation.stances import Stance
from sensor.simulation.standing_moves import shift_weight, small_step, turn_round, walk_about

_Act = Callable[[Script, Stance, np.random.Generator], None]


def rest_standing(
    script: Script,
    parameters: SimulationParameters,
    stance: Stance,
    activity: RestActivity,
    rng: np.random.Generator,
) -> None:
    """Rest for at least the time of the parameters, and stand ready again."""
    end = script.now + parameters.rest_s
    script.move(0.8, **stance.pose(), **{EFFORT: 0.0})
    script.wait(1.0)
    if activity in {RestActivity.FIDGET, RestActivity.PAD, RestActivity.PHONE}:
        _do(script, stance, end, (shift_weight, small_step), rng)
    elif activity is RestActivity.WALK:
        walk_about(script, stance, end - script.now, rng)
    elif activity is RestActivity.OFF:
        turn_round(script, stance, rng)
        _do(script, stance, end, (shift_weight, small_step, _walk, _walk, turn_round), rng)
        turn_round(script, stance, rng)
    script.wait(max(1.0, end - script.now))


def _do(
    script: Script,
    stance: Stance,
    end: float,
    acts: tuple[_Act, ...],
    rng: np.random.Generator,
) -> None:
    while script.now < end:
        acts[int(rng.integers(len(acts)))](script, stance, rng)
        script.wait(float(rng.uniform(0.0, 3.0)))


def _walk(script: Script, stance: Stance, rng: np.random.Generator) -> None:
    walk_about(script, stance, float(rng.uniform(4.0, 15.0)), rng)
