"""The script of a session of an exercise with the foot on the ground: calibration, sets, and rests."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sensor.simulation.around_standing import rest_standing
from sensor.simulation.body_movements import (
    back_lunge,
    front_lunge,
    glute_ham_raise,
    nordic_curl,
    sat_back,
    squat,
    stiff_legged_deadlift,
)
from sensor.simulation.choices import DISTRACTORS, ExerciseKind, RestActivity, TableActivity
from sensor.simulation.exercise_reps import Gesture, play_distraction, play_set
from sensor.simulation.heel_raises import heel_raise
from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.preparation import at_the_table
from sensor.simulation.range_trials import ankle_trials, lunge_trials
from sensor.simulation.rep_style import PersonStyle, draw_style
from sensor.simulation.script import SWAY, Script
from sensor.simulation.session_script import TAIL_S, drawn_rest, fault_sequence
from sensor.simulation.stances import Stance, begin_in, draw_stance
from sensor.simulation.standing_calibration import (
    bend_the_knee,
    move_unloaded,
    pump_in_the_air,
    stand_still,
)
from sensor.simulation.standing_moves import shift_weight, small_step, walk_about

_KNEELING_SWAY = 0.15
"""Sway of a person on the knees, whose shin is held."""
_KNEEL_RISE_M = {ExerciseKind.NORDIC_CURL: -0.45, ExerciseKind.GLUTE_HAM_RAISE: 0.3}
"""Height of the knee of a person on the floor or on the machine, from that of a person who stands."""


def write_exercise_script(parameters: SimulationParameters, rng: np.random.Generator) -> Script:
    """Return the script of the person, from the calibration to the last set."""
    script, exercise = Script(), parameters.training.exercise
    stance = draw_stance(parameters, rng)
    begin_in(script, stance)
    at_the_table(script, parameters)
    if parameters.table is TableActivity.FACES:
        return script
    script.wait(0.5)
    if parameters.calibration:
        stand_still(script, parameters)
        pump_in_the_air(script, parameters, stance, rng)
        if parameters.training.bends:
            bend_the_knee(script, parameters, stance)
    if parameters.free_s:
        rest_standing(script, parameters, stance, RestActivity.OFF, rng, parameters.free_s)
    if exercise is ExerciseKind.ANKLE_RANGE:
        ankle_trials(script, parameters, stance, rng)
    elif exercise is ExerciseKind.LUNGE_RANGE:
        lunge_trials(script, parameters, stance, rng)
    elif exercise in DISTRACTORS:
        _distract(script, parameters, stance, rng)
    else:
        _train(script, parameters, stance, rng)
    script.wait(TAIL_S)
    return script


def _train(
    script: Script, parameters: SimulationParameters, stance: Stance, rng: np.random.Generator
) -> None:
    """Write the sets of an exercise with reps, and the rests."""
    faults, style = fault_sequence(parameters), draw_style(parameters, rng)
    place = _place(parameters, stance, rng)
    place.take(script)
    if parameters.calibration:
        place.calibrate(script, parameters)
    for index in range(parameters.sets):
        if parameters.around.settle and not place.kneels:
            shift_weight(script, stance, rng)
        play_set(script, parameters, place.gesture, index, faults, style)
        rest = drawn_rest(parameters.rest, style.shapes)
        # A person who walks away does so after the last set as well.
        last = index + 1 == parameters.sets
        if rest is RestActivity.STILL and not last and place.kneels:
            script.wait(parameters.rest_s)
        elif rest is RestActivity.OFF or not last:
            rest_standing(script, parameters, stance, rest, rng)
            place.take(script)


@dataclass(frozen=True, slots=True)
class _TrainingPlace:
    """The place where a person trains, and the movement there."""

    gesture: Gesture
    """The movement."""
    unloaded: Mapping[str, float] | None = None
    """The other end of the movements of the calibration; None if it has none."""
    step: str = ""
    """The step of the calibration."""
    knee_rise_m: float | None = None
    """Height of the knee on which the person kneels; None if the person stands."""

    @property
    def kneels(self) -> bool:
        """Whether the person is on the knees."""
        return self.knee_rise_m is not None

    def take(self, script: Script) -> None:
        """Kneel down, or step into the start pose."""
        if self.knee_rise_m is not None:
            script.move(2.2, **self.gesture.rest)
            script.move(2.2, ground=0.0, rise=self.knee_rise_m, **{SWAY: _KNEELING_SWAY})
            script.wait(4.0)

    def calibrate(self, script: Script, parameters: SimulationParameters) -> None:
        """Write the movements of the calibration that come after still and pumps."""
        if self.unloaded is not None:
            rest = {channel: self.gesture.rest[channel] for channel in self.unloaded}
            script.move(1.0, **rest)
            move_unloaded(script, parameters, self.step, rest, self.unloaded)


def _place(
    parameters: SimulationParameters, stance: Stance, rng: np.random.Generator
) -> _TrainingPlace:
    exercise = parameters.training.exercise
    if exercise is ExerciseKind.GLUTE_HAM_RAISE:
        gesture = glute_ham_raise(parameters, rng)
        part = {c: _between(gesture, c, 0.7) for c in gesture.rest if c != Coordinate.HEEL}
        return _TrainingPlace(gesture, part, "curls", _KNEEL_RISE_M[exercise])
    if exercise is ExerciseKind.NORDIC_CURL:
        gesture = nordic_curl(parameters, rng)
        return _TrainingPlace(gesture, sat_back(gesture), "curls", _KNEEL_RISE_M[exercise])
    if exercise is ExerciseKind.STIFF_LEGGED_DEADLIFT:
        gesture = stiff_legged_deadlift(parameters, stance, rng)
        return _TrainingPlace(gesture, gesture.turn, "hinges")
    return _TrainingPlace(heel_raise(parameters, stance, rng))


def _between(gesture: Gesture, channel: str, share: float) -> float:
    start = gesture.rest[channel]
    return start + share * (gesture.turn[channel] - start)


def _distract(
    script: Script, parameters: SimulationParameters, stance: Stance, rng: np.random.Generator
) -> None:
    """Squat, lunge or walk in place of the sets, with rests; none of it is a rep."""
    exercise, style = parameters.training.exercise, draw_style(parameters, rng)
    for index in range(parameters.sets):
        if exercise is ExerciseKind.WALK:
            walk_about(script, stance, 3.0 * parameters.reps, rng)
        else:
            _bend(script, parameters, stance, style, rng)
        if index + 1 < parameters.sets:
            rest = drawn_rest(parameters.rest, style.shapes)
            rest_standing(script, parameters, stance, rest, rng)


def _bend(
    script: Script,
    parameters: SimulationParameters,
    stance: Stance,
    style: PersonStyle,
    rng: np.random.Generator,
) -> None:
    if parameters.training.exercise is ExerciseKind.SQUAT:
        play_distraction(script, parameters, squat(parameters, stance, rng), style, "squats")
        return
    # The leg with the sensors is in front or behind.
    legs = (front_lunge, "lunges, in front"), (back_lunge, "lunges, behind")
    make, what = legs[int(rng.integers(len(legs)))]
    small_step(script, stance, rng)
    play_distraction(script, parameters, make(parameters, stance, rng), style, what)
    small_step(script, stance, rng)
