"""Losses of sensors without clock and counter, which are noticed late, in a whole live session."""

import numpy as np
import pytest

from processing.calibration.changes import Calibrated
from processing.pipeline.pipeline import Pipeline
from processing.pipeline.update_kinds import Update
from processing.types import AngleBlock, join_blocks
from sensor.simulation import simulate
from tests.processing.pipeline_run import items_of

SETTLED_S, SEEN_S = 0.3, 1.5
"""The shin turn is compared from and until so long after the calibration."""


@pytest.mark.parametrize("seed", [0, 2])
def test_the_shin_turn_after_a_lossy_calibration_begins_at_its_zero(seed: int) -> None:
    session = simulate(f"protocol=B,sets=1,reps=1,loss_percent=3,seed={seed}")
    pipeline = Pipeline(session.header)
    updates: list[Update] = []
    until_t = np.inf
    for item in items_of(session):
        updates += pipeline.feed([item])
        last = updates[-1] if updates else None
        if isinstance(last, AngleBlock) and last.t[-1] > until_t:
            break
        made = [each.t for each in updates if isinstance(each, Calibrated)]
        until_t = made[0] + SEEN_S if made else np.inf
    angles = join_blocks([each for each in updates if isinstance(each, AngleBlock)])
    after = angles.t > until_t - SEEN_S + SETTLED_S
    truth = np.interp(angles.t, session.truth.t, session.truth.shin_turn)
    assert angles.valid[after].mean() > 0.9
    # Lost turns add up to 10 deg.
    assert abs(np.degrees((angles.shin_turn - truth)[after]).mean()) < 2.0
