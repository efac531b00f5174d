"""Simulated legs, run through decoder, clock and pairing, for tests of the angles."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from processing.pipeline.pairing import Pairing, segments_of
from processing.types import PairedBlock, join_blocks, slice_block
from sensor.assembler import Assembler
from sensor.simulation import (
    PersonParameters,
    SimulatedSession,
    SimulationParameters,
    simulate,
)
from sensor.types import Event, EventKind, FloatArray, ImuBlock


@dataclass(frozen=True)
class Leg:
    """A session on the grid, its truth on the grid, and the times of its calibration movements."""

    block: PairedBlock
    ankle: FloatArray
    curl: FloatArray
    steps: dict[str, PairedBlock]


@cache
def simulated_leg(seed: int, *, sets: int = 1, axis_incline_deg: float = 0.0) -> Leg:
    """Return a short session of protocol B."""
    person = PersonParameters(axis_incline_deg=axis_incline_deg)
    session = simulate(SimulationParameters(seed=seed, sets=sets, reps=4, person=person))
    return leg_of(session)


def leg_of(session: SimulatedSession) -> Leg:
    """Return the leg of a session."""
    start_ns, items, truth = session.header.start_ns, session.items, session.truth
    assembler = Assembler(session.header.sensors, start_ns)
    blocks: list[ImuBlock] = []
    marks: dict[tuple[str, str], float] = {}
    for item in items:
        blocks += assembler.feed(item)
        if isinstance(item, Event) and "step" in item.data:
            marks[item.kind, str(item.data["step"])] = (item.t_ns - start_ns) / 1e9
    pairing = Pairing(segments=segments_of(session.header.sensors))
    parts = [pairing.feed(blocks), pairing.finish()]
    block = join_blocks([p for p in parts if p is not None])
    steps: dict[str, PairedBlock] = {}
    for (kind, step), t in marks.items():
        if kind == EventKind.CALIBRATION_START:
            end = marks[EventKind.CALIBRATION_END, step]
            first, last = np.searchsorted(block.t, [t, end], side="right").tolist()
            steps[step] = slice_block(block, first, last)
    ankle = np.interp(block.t, truth.t, truth.ankle)
    return Leg(block, ankle, np.interp(block.t, truth.t, truth.shin_turn), steps)
