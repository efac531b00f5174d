"""Reps in which losses are noticed late: they are judged live, by the angles that the analysis has."""

import math
from pathlib import Path

import pytest

from processing.judge.checks import Grade
from processing.judge.verdict import RestJudged, Verdict
from tests.processing.judge.simulated_cases import Case, coached, reviewed


@pytest.mark.parametrize("seed", [2, 4])
def test_live_reps_are_measured_as_in_the_analysis(seed: int, tmp_path: Path) -> None:
    # Samples that are 40 ms too early show the ankle wrong by up to 7 deg.
    case = Case(f"foot_loss_percent=2,shin_loss_percent=2,reps=4,seed={seed}")
    live: list[Verdict] = []
    for one in coached(case):
        if isinstance(one, Verdict):
            live.append(one)
        elif isinstance(one, RestJudged):
            live[-1] = one.verdict
    late_s = [loss.unnoticed_s for loss in live[-1].quality.dropouts if loss.unnoticed_s > 0.0]
    assert len(late_s) > 10
    final = reviewed(case, tmp_path)
    assert [one.grade for one in live] == [one.grade for one in final] == [Grade.GOOD] * 4
    # A loss in the last rep is still unknown when it is judged.
    for one, other in zip(live[:-1], final[:-1], strict=True):
        seen, true = one.measures, other.measures
        for name in ("ankle_con", "ankle_ecc", "rom"):
            off = math.degrees(getattr(seen, name) - getattr(true, name))
            assert abs(off) < 1.0, (name, off)
        assert seen.eccentric_s == pytest.approx(true.eccentric_s, abs=0.05)
