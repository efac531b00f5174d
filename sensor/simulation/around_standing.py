"""The rests of a person who trains on the feet: standing, shifting weight, walking away."""

from collections.abc import Callable, Mapping

import numpy as np

from sensor.simulation.body_movements import squat
from sensor.simulation.choices import RestActivity
from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.script import EFFORT, RAISED, SWAY, Script
from sensor.simulation.stances import Stance
from sensor.simulation.standing_moves import shift_weight, small_step, turn_round, walk_about

_GET_UP_S = 2.4
"""Time to get up from the knees."""
_Act = Callable[[Script, Stance, np.random.Generator], None]


def rest_standing(
    script: Script,
    parameters: SimulationParameters,
    stance: Stance,
    activity: RestActivity,
    rng: np.random.Generator,
    seconds: float | None = None,
) -> None:
    """Rest for ``seconds`` or the time of the parameters at least, and stand or sit ready again."""
    end = script.now + (parameters.rest_s if seconds is None else seconds)
    # A person who kneels gets up first.
    ready_s = 0.8 if script.target(Coordinate.GROUND) > 0.0 else _GET_UP_S
    script.move(ready_s, **stance.pose(), **{EFFORT: 0.0, RAISED: 0.0, SWAY: stance.sway})
    script.wait(ready_s + 0.2)
    if activity in {RestActivity.FIDGET, RestActivity.PAD, RestActivity.PHONE}:
        _do(script, stance, end, (shift_weight, small_step), rng)
    elif activity is RestActivity.WALK:
        upright = _stand_up(script, stance)
        walk_about(script, upright, end - script.now, rng)
    elif activity is RestActivity.OFF:
        upright = _stand_up(script, stance)
        turn_round(script, upright, rng)
        _be_about(script, parameters, upright, end, rng)
        turn_round(script, upright, rng)
    if script.target(Coordinate.KNEE) != stance.knee:
        script.move(1.3, **stance.pose(), **{SWAY: stance.sway})
        script.wait(2.0)
    script.wait(max(1.0, end - script.now))


def _be_about(
    script: Script,
    parameters: SimulationParameters,
    stance: Stance,
    end: float,
    rng: np.random.Generator,
) -> None:
    """Walk, step, squat down and stretch the calf until the time ``end``, from an upright stance."""

    def squat_down(script: Script, stance: Stance, rng: np.random.Generator) -> None:
        start_t, gesture = script.now, squat(parameters, stance, rng)
        _bend(script, stance, gesture.turn, float(rng.uniform(0.5, 3.0)), rng)
        script.record("squatting down", start_t)

    acts = (_walk, _walk, shift_weight, small_step, turn_round, squat_down, _stretch_calf)
    _do(script, stance, end, acts, rng)


def _stand_up(script: Script, stance: Stance) -> Stance:
    """Straighten the knees of a person who sits or bends them, and return the upright stance."""
    upright = stance.upright()
    if upright.knee != stance.knee:
        script.move(1.4, **upright.pose(), **{SWAY: upright.sway})
        script.wait(1.8)
    return upright


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


def _stretch_calf(script: Script, stance: Stance, rng: np.random.Generator) -> None:
    """Stretch the calf, with the knee straight and the heel down."""
    start_t, lean = script.now, float(np.deg2rad(rng.uniform(15.0, 28.0)))
    pose: dict[str, float] = {Coordinate.LEAN: lean, Coordinate.KNEE: 0.0}
    _bend(script, stance, pose, float(rng.uniform(8.0, 20.0)), rng)
    script.record("stretching the calf", start_t)


def _bend(
    script: Script,
    stance: Stance,
    pose: Mapping[str, float],
    hold_s: float,
    rng: np.random.Generator,
) -> None:
    """Go from the stance into a ``pose``, hold it, and come back."""
    seconds = float(rng.uniform(0.9, 1.6))
    script.move(seconds, **pose)
    script.wait(seconds + hold_s)
    script.move(seconds, **stance.pose())
    script.wait(seconds + 0.3)


def _walk(script: Script, stance: Stance, rng: np.random.Generator) -> None:
    walk_about(script, stance, float(rng.uniform(4.0, 15.0)), rng)
