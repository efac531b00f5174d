"""The exercise changes with an event: at the same sample, however the input is cut."""

from collections.abc import Iterable, Sequence

import numpy as np

from processing.pipeline.pipeline import Pipeline
from processing.types import AngleBlock, Rep, join_blocks
from sensor.assembler import Assembler
from sensor.simulation import simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import Event, ImuBlock, SessionHeader
from tests.processing.exercises.test_own_exercise import RAISES

CHANGE_S = 21.0
"""Between the calibration and the first lift of the set."""


def run(
    header: SessionHeader, batches: Iterable[Sequence[ImuBlock | Event]]
) -> tuple[AngleBlock, list[Rep]]:
    pipeline = Pipeline(header)
    updates = [update for batch in batches for update in pipeline.feed(batch)]
    updates += pipeline.finish()
    angles = join_blocks([one for one in updates if isinstance(one, AngleBlock)])
    return angles, [one for one in updates if isinstance(one, Rep)]


def test_any_split_gives_the_same_bits_before_and_after_the_change() -> None:
    session = simulate(parse_simulation(RAISES))
    assembler = Assembler(session.header.sensors, session.header.start_ns)
    items: list[ImuBlock | Event] = []
    changed = False
    for item in session.items:
        late = item.t_ns - session.header.start_ns > CHANGE_S * 1e9
        if late and not changed:
            # The choice for the next set while one runs: it counts when that one is over.
            items.append(Event(item.t_ns, "plan.next", {"exercise": "leg_curl"}))
            changed = True
        items += assembler.feed(item)
        if isinstance(item, Event):
            items.append(item)
    one_by_one = run(session.header, ([item] for item in items))
    at_once = run(session.header, [items])
    for name in ("t", "ankle", "driving", "driving_rate", "driving_valid", "shin_turn"):
        assert np.array_equal(getattr(one_by_one[0], name), getattr(at_once[0], name)), name
    assert one_by_one[1] == at_once[1]
    assert len(at_once[1]) == 4
    # After the end of the set the leg curl's angle drives.
    angles = at_once[0]
    assert np.array_equal(angles.driving[-5:], angles.curl[-5:])
    middle = slice(*np.searchsorted(angles.t, (22.0, 24.0)).tolist())
    assert np.array_equal(angles.driving[middle], -angles.ankle[middle])
