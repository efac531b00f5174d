"""Calibrations in which the shin is held: the ends of both axes must belong together."""

import numpy as np
import pytest

from processing.pipeline.pipeline import Pipeline
from processing.types import AngleBlock
from sensor.assembler import Assembler
from sensor.simulation import simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import Event, EventKind, ImuBlock


@pytest.mark.parametrize("exercise", ["glute_ham_raise", "nordic_curl"])
@pytest.mark.parametrize("seed", [2, 4])
def test_the_ankle_of_a_leg_that_kneels_or_lies_is_not_turned_round(
    exercise: str, seed: int
) -> None:
    """The pumps move the foot only, so nothing but where the leg lies shows the shin's end."""
    session = simulate(
        parse_simulation(f"sim:exercise={exercise},sets=1,reps=2,seed={seed},thigh=yes")
    )
    assembler = Assembler(session.header.sensors, session.header.start_ns)
    pipeline, begun = Pipeline(session.header), False
    errors = []
    for item in session.items:
        begun |= isinstance(item, Event) and item.kind == EventKind.SET_START
        fed: list[ImuBlock | Event] = [*assembler.feed(item)]
        if isinstance(item, Event):
            fed.append(item)
        for update in pipeline.feed(fed):
            if isinstance(update, AngleBlock) and begun and update.valid.any():
                true = np.interp(update.t, session.truth.t, session.truth.ankle)
                errors.append(np.degrees(update.ankle - true)[update.valid])
    assert np.abs(np.concatenate(errors)).max() < 10.0
