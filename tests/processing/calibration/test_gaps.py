"""A calibration in whose movements samples are lost."""

from dataclasses import replace

import numpy as np
import pytest

from processing.calibration.changes import Calibrated
from processing.pipeline.pipeline import Pipeline
from sensor.simulation import SimulatedSession, simulate
from sensor.types import Event, Segment
from tests.processing.pipeline_run import items_of

MOVED_S = 6.9, 26.0
"""Most of the pumps and curls of the simulated calibration, s."""


def with_gaps(session: SimulatedSession, *, every_s: float) -> SimulatedSession:
    """Return ``session`` with 0.08 s of the foot's messages lost again and again while it is calibrated."""
    (own,) = (s.source for s in session.header.sensors if s.segment is Segment.FOOT)

    def is_lost(t_ns: int) -> bool:
        t = (t_ns - session.header.start_ns) / 1e9
        return MOVED_S[0] < t < MOVED_S[1] and (t - MOVED_S[0]) % every_s < 0.08

    items = [
        item
        for item in session.items
        if isinstance(item, Event) or item.source != own or not is_lost(item.t_ns)
    ]
    return replace(session, items=tuple(items))


@pytest.mark.parametrize(
    ("keys", "every_s"), [("seed=5,shin_soft_tissue_deg=1,tremor_deg=0.2", 30.0), ("seed=31", 3.1)]
)
def test_a_gap_in_the_pumps_leaves_their_range(keys: str, every_s: float) -> None:
    session = simulate(f"protocol=A,sets=1,reps=1,{keys}")
    pipeline = Pipeline(session.header)
    items = items_of(with_gaps(session, every_s=every_s))
    updates = (update for item in items for update in pipeline.feed([item]))
    made = next(update.calibration for update in updates if isinstance(update, Calibrated))
    moved = session.truth.t < MOVED_S[1]
    ankle, curl = session.truth.ankle[moved], session.truth.shin_turn[moved]
    found = made.dorsiflexion_max, made.plantarflexion_max, made.reference_rom
    for value, true in zip(found, (ankle.max(), -ankle.min(), curl.max()), strict=True):
        assert np.degrees(value or 0.0) == pytest.approx(np.degrees(true), abs=3.0)
