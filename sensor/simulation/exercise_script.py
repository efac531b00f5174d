"""The script of a session of an exercise with the foot on the ground: calibration, sets, and rests."""

import numpy as np

from sensor.simulation.around_standing import rest_standing
from sensor.simulation.choices import RestActivity, TableActivity
from sensor.simulation.exercise_reps import play_set
from sensor.simulation.heel_raises import heel_raise, pump_in_the_air, stand_still
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.preparation import at_the_table
from sensor.simulation.rep_style import draw_style
from sensor.simulation.script import Script
from sensor.simulation.session_script import TAIL_S, drawn_rest, fault_sequence
from sensor.simulation.stances import begin_in, draw_stance


def write_exercise_script(parameters: SimulationParameters, rng: np.random.Generator) -> Script:
    """Return the script of the person, from the calibration to the last set."""
    script = Script()
    stance = draw_stance(parameters, rng)
    begin_in(script, stance)
    at_the_table(script, parameters)
    if parameters.table is TableActivity.FACES:
        return script
    script.wait(0.5)
    if parameters.calibration:
        stand_still(script, parameters)
        pump_in_the_air(script, parameters, stance)
    faults, style = fault_sequence(parameters), draw_style(parameters, rng)
    gesture = heel_raise(parameters, stance, rng)
    for index in range(parameters.sets):
        play_set(script, parameters, gesture, index, faults, style)
        rest = drawn_rest(parameters.rest, style.shapes)
        # A person who walks away does so after the last set as well.
        if rest is RestActivity.OFF or index + 1 < parameters.sets:
            rest_standing(script, parameters, stance, rest, rng)
    script.wait(TAIL_S)
    return script
