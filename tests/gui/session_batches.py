"""The output of simulated sessions in batches, computed once for all tests."""

import itertools
from functools import cache

from gui.models.chosen_coach import coach_of
from gui.models.settings import Settings
from processing.pipeline.pipeline import Pipeline
from processing.pipeline.sensor_status import SensorWatch
from processing.session import SessionOutput
from sensor.assembler import Assembler
from sensor.simulation.simulated_session import SimulatedSession, simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import Event, ImuBlock

ITEMS_A_BATCH = 20
"""About a tenth of a second of both sensors."""
DEFAULTS = Settings()


@cache
def simulated(text: str) -> SimulatedSession:
    """Return the simulated session of ``text`` with its truth."""
    return simulate(parse_simulation(text))


@cache
def session_batches(
    text: str, settings: Settings = DEFAULTS
) -> tuple[tuple[SessionOutput, ...], ...]:
    """Return the batches of output of a session of ``text`` in a window with ``settings``."""
    session = simulated(text)
    header = session.header
    assembler = Assembler(header.sensors, header.start_ns)
    pipeline, coach = Pipeline(header), coach_of(settings)
    watch = SensorWatch(header, assembler)
    batches: list[tuple[SessionOutput, ...]] = [tuple(coach.begin())]
    items = iter(session.items)
    while batch := list(itertools.islice(items, ITEMS_A_BATCH)):
        fed: list[ImuBlock | Event] = []
        for item in batch:
            fed += assembler.feed(item)
            if isinstance(item, Event):
                fed.append(item)
            watch.feed(item, ())
        outputs: list[SessionOutput] = [*watch.status(batch[-1].t_ns)]
        for update in pipeline.feed(fed):
            outputs += [update, *coach.feed(update)]
        batches.append(tuple(outputs))
    return tuple(batches)
