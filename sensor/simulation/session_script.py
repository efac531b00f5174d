"""The script of a whole session: calibration, free movement, the sets, and what is between them."""

from collections.abc import Iterator
from itertools import cycle

import numpy as np

from sensor.simulation.around_machine import adjust_pad, come_back, get_off, hold_phone
from sensor.simulation.choices import (
    FreeActivity,
    RestActivity,
    SimulatedFault,
    SimulatedProtocol,
    TableActivity,
)
from sensor.simulation.free_movement import (
    be_off,
    everything_but_reps,
    fidget,
    free_movement,
    walk,
)
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.preparation import at_the_table, begin, calibrate, get_on, get_up
from sensor.simulation.rep_style import draw_style
from sensor.simulation.script import Script
from sensor.simulation.simulated_reps import play_set

_FREE_S = 60.0
"""Free movement of protocol FREE, unless the parameters give another time."""
_CHANGE_S = 4.0
"""Least time of the way from the place of the calibration to the machine."""
_FREE_FIDGET_SHARE = 0.3
"""Protocol FREE ends with fidgets on the machine, for this share of the time on the feet."""
TAIL_S = 1.0
"""Time after the last movement, so that no stage misses the end."""


def write_script(parameters: SimulationParameters, rng: np.random.Generator) -> Script:
    """Return the script of the person, from the calibration to the last set."""
    person = parameters.person
    script = Script()
    begin(script, parameters)
    at_the_table(script, parameters)
    if parameters.table is TableActivity.FACES:
        return script
    script.wait(0.5)
    if parameters.calibration:
        calibrate(script, parameters)
        if person.calibrated not in {None, person.exercise}:
            get_up(script)
            walk(script, _CHANGE_S, rng)
            get_on(script, person)
    _move_freely(script, parameters, rng)
    if parameters.protocol is not SimulatedProtocol.FREE:
        _play_sets(script, parameters, rng)
    script.wait(TAIL_S)
    return script


def _move_freely(
    script: Script, parameters: SimulationParameters, rng: np.random.Generator
) -> None:
    seconds, person = parameters.free_s, parameters.person
    if seconds is None:
        seconds = _FREE_S if parameters.protocol is SimulatedProtocol.FREE else 0.0
    if seconds > 0.0 and parameters.around.free is FreeActivity.EVERYTHING:
        everything_but_reps(script, person, seconds, rng)
        return
    if seconds > 0.0:
        get_up(script)
        free_movement(script, seconds, rng)
        get_on(script, person)
    if parameters.protocol is SimulatedProtocol.FREE:
        fidget(script, _FREE_FIDGET_SHARE * seconds, rng)


def _play_sets(script: Script, parameters: SimulationParameters, rng: np.random.Generator) -> None:
    faults = fault_sequence(parameters)
    style = draw_style(parameters, rng)
    for index in range(parameters.sets):
        set_type = parameters.protocol.value
        if parameters.protocol is SimulatedProtocol.A:
            set_type = ("DF", "PF")[index % 2]
        rest = drawn_rest(parameters.rest, style.shapes)
        leaves = rest is RestActivity.OFF
        play_set(script, parameters, index, set_type, faults, style, leaves=leaves)
        # A person who gets off does so after the last set as well.
        if leaves or index + 1 < parameters.sets:
            _rest(script, parameters, rest, rng)


def drawn_rest(rest: RestActivity, rng: np.random.Generator) -> RestActivity:
    """Return the activity of one rest: ``rest``, or a random one in place of ``MIXED``."""
    if rest is not RestActivity.MIXED:
        return rest
    others = [activity for activity in RestActivity if activity is not RestActivity.MIXED]
    return others[int(rng.integers(len(others)))]


def fault_sequence(parameters: SimulationParameters) -> Iterator[SimulatedFault | None]:
    """Yield the fault of every rep of the session."""
    faults: Iterator[SimulatedFault | None] = cycle(parameters.faults or (None,))
    while True:
        for _ in range(parameters.fault_every_reps - 1):
            yield None
        yield next(faults)


def _rest(
    script: Script,
    parameters: SimulationParameters,
    activity: RestActivity,
    rng: np.random.Generator,
) -> None:
    person, start_t = parameters.person, script.now
    if activity is RestActivity.FIDGET:
        fidget(script, parameters.rest_s, rng)
    elif activity is RestActivity.WALK:
        get_up(script)
        walk(script, parameters.rest_s, rng)
        get_on(script, person)
    elif activity is RestActivity.OFF:
        get_off(script, person, rng)
        be_off(script, parameters.rest_s, rng)
        come_back(script, person, rng)
    elif activity is RestActivity.PHONE:
        hold_phone(script, parameters.rest_s, rng)
    else:
        if activity is RestActivity.PAD:
            adjust_pad(script, rng)
        script.wait(max(0.0, start_t + parameters.rest_s - script.now))
