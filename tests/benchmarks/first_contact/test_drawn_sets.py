"""The figures of first contact on a few drawn sets, so that a regression shows within seconds.

The limits are those of the whole tables, widened for so few reps.
"""

import numpy as np
import pytest

from tests.benchmarks.first_contact.drawn_reps import Errors, measure
from tests.benchmarks.first_contact.drawn_verdicts import (
    Agreement,
    final_verdicts,
    live_verdicts,
)
from tests.independent_judge.drawn_sets import PROTOCOL, drawn_set
from tests.independent_judge.motions import LOWERINGS

SEEDS = (24,)
"""Even, so that the sets are marked."""


@pytest.fixture(scope="module")
def errors() -> dict[str, list[Errors]]:
    """Return the errors of each kind of lowering, at each tempo."""
    return {
        tempo: [measure(kind, SEEDS, tempo=tempo) for kind in LOWERINGS]
        for tempo in ("normal", "slow")
    }


def test_every_marked_set_has_its_count_live_and_finally(errors: dict[str, list[Errors]]) -> None:
    assert [wrong for parts in errors.values() for part in parts for wrong in part.wrong] == []


@pytest.mark.parametrize(
    ("tempo", "phase", "mean_s", "spread_s"),
    [
        ("normal", "lift", 0.05, 0.05),
        ("normal", "lower", 0.1, 0.2),
        ("slow", "lift", 0.06, 0.07),
        ("slow", "lower", 0.2, 0.3),
    ],
)
def test_phases_are_those_that_a_coach_sees(
    errors: dict[str, list[Errors]], tempo: str, phase: str, mean_s: float, spread_s: float
) -> None:
    found = np.concatenate([part.seconds[f"final {phase}"] for part in errors[tempo]])
    assert abs(found.mean()) <= mean_s
    assert found.std() <= spread_s


def test_verdicts_are_those_of_the_independent_judge() -> None:
    live, final = Agreement(), Agreement()
    for number, kind in enumerate(LOWERINGS):
        drawn = drawn_set(30 + number, kind, tempo=PROTOCOL, faults=True)
        true = drawn.judged()
        live.add(true, live_verdicts(drawn))
        final.add(true, final_verdicts(drawn))
    assert final.same_percent >= 93.0, final.differences(10)
    assert live.same_percent >= 93.0, live.differences(10)
    assert max(final.told_percent, live.told_percent) <= 5.0
