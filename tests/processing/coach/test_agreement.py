"""A few sessions of the comparison with the truth; ``agreement.py`` compares many and prints them."""

import numpy as np
import pytest

from tests.processing.coach.agreement import Findings, compare, describe
from tests.processing.coach.phase_errors import duration_errors


@pytest.mark.slow
def test_four_sessions_agree_with_the_truth() -> None:
    found = Findings()
    for seed in (1, 2):
        compare(seed, found, coached=False)
        compare(seed, found, coached=True)
    assert found.not_calibrated == []
    assert found.sets == found.live_exact == found.final_exact == found.live_is_final == 8
    assert found.offline_exact == 8
    assert found.false_reps == 0
    assert np.median(found.delays) <= 0.12
    # One of the 20 reps that are judged live may differ.
    assert found.live_verdicts.share >= 0.95
    assert found.offline_verdicts.share >= 0.97
    assert set(found.offline_verdicts.withheld) <= {"Incomplete"}, "only gaps leave reps not judged"
    durations = duration_errors([e for e in found.offline_phases if e.normal])
    assert np.abs(durations.mean(axis=0)).max() <= 0.05
    assert durations.std(axis=0).max() <= 0.05
    assert "exact count live 8" in describe(found)
