"""Runs a simulated session through the assembler and the pipeline."""

from processing.pipeline.pipeline import Pipeline
from processing.pipeline.update_kinds import Update
from sensor.assembler import Assembler
from sensor.simulation.simulated_session import SimulatedSession
from sensor.types import Event, ImuBlock


def items_of(session: SimulatedSession) -> list[ImuBlock | Event]:
    """Return the input of the pipeline from ``session``: blocks and events, in order."""
    assembler = Assembler(session.header.sensors, session.header.start_ns)
    items: list[ImuBlock | Event] = []
    for item in session.items:
        items += assembler.feed(item)
        if isinstance(item, Event):
            items.append(item)
    return items


def updates_of(session: SimulatedSession, at_once: int | None = None) -> list[Update]:
    """Return the output of the pipeline for ``session``, fed ``at_once`` items at a time (None: all)."""
    items = items_of(session)
    step = at_once or len(items)
    pipeline = Pipeline(session.header)
    out: list[Update] = []
    for start in range(0, len(items), step):
        out += pipeline.feed(items[start : start + step])
    return [*out, *pipeline.finish()]
