"""Samples after a loss that was noticed late, put where they belong."""

from dataclasses import replace

import numpy as np
import pytest

from processing.pipeline.revised_times import with_revised_times
from processing.types import Dropout, PairedBlock
from sensor.types import FloatArray, Segment

STEP_S = 0.01


def _signal(t: FloatArray) -> FloatArray:
    return np.column_stack([np.sin(3.0 * t), np.cos(2.0 * t), t])


def _paired(seconds: float = 4.0) -> PairedBlock:
    t: FloatArray = STEP_S * np.arange(1.0, round(seconds / STEP_S) + 1.0, dtype=np.float64)
    there, quiet = np.ones(t.size, dtype=np.bool_), np.zeros(t.size, dtype=np.bool_)
    rows = _signal(t)
    return PairedBlock(t, rows, rows, rows, rows, there, there, quiet, quiet)


def _too_early(t: FloatArray, lost_t: float, noticed_t: float, missing_s: float) -> FloatArray:
    """Return the times at which the samples at ``t`` were in truth measured."""
    return np.where((t > lost_t) & (t < noticed_t), np.minimum(t + missing_s, noticed_t), t)


def _loss(segment: Segment, lost_t: float, noticed_t: float, missing_s: float) -> Dropout:
    lost = round(missing_s / STEP_S)
    t_start = noticed_t - missing_s - STEP_S
    return Dropout(segment, t_start, noticed_t, lost, unnoticed_s=t_start - lost_t)


@pytest.mark.parametrize("missing_s", [0.04, 0.08, 0.3])
def test_the_samples_of_one_sensor_come_back_to_their_times(missing_s: float) -> None:
    whole = _paired()
    lost_t, noticed_t = 1.0, 2.5
    early = _signal(_too_early(whole.t, lost_t, noticed_t, missing_s))
    seen = replace(whole, foot_acc=early, foot_gyr=early)
    found = with_revised_times(seen, [_loss(Segment.FOOT, lost_t, noticed_t, missing_s)])
    known = found.foot_valid
    missing = (whole.t > lost_t + 1e-9) & (whole.t < lost_t + missing_s + 1e-9)
    assert known[~missing].all()
    # Where the pairing would have bridged the loss, this does.
    assert known[missing].all() == (missing_s < 0.05)
    assert np.abs(found.foot_gyr - _signal(whole.t))[known].max() < 0.005
    assert np.abs(found.foot_acc - _signal(whole.t))[known].max() < 0.005
    assert not found.foot_gyr[~known].any()
    assert found.shin_gyr is seen.shin_gyr


def test_losses_that_overlap_add_up() -> None:
    whole = _paired()
    losses = [(1.0, 2.0, 0.04), (1.2, 2.2, 0.04)]
    true_t = whole.t
    for loss in losses:
        true_t = _too_early(true_t, *loss)
    early = _signal(true_t)
    seen = replace(whole, shin_acc=early, shin_gyr=early)
    found = with_revised_times(seen, [_loss(Segment.SHIN, *loss) for loss in losses])
    assert found.shin_valid.all()
    assert np.abs(found.shin_gyr - _signal(whole.t)).max() < 0.005


def test_a_loss_before_the_first_sample_leaves_what_is_unknown_out() -> None:
    whole = _paired()
    t = whole.t + 10.0
    early = _signal(_too_early(t, 9.5, 11.0, 0.04))
    seen = replace(whole, t=t, foot_acc=early, foot_gyr=early)
    found = with_revised_times(seen, [_loss(Segment.FOOT, 9.5, 11.0, 0.04)])
    assert not found.foot_valid[:4].any()
    assert found.foot_valid[4:].all()
    assert np.abs(found.foot_gyr - _signal(t))[4:].max() < 0.005
