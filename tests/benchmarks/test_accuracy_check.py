"""The complaints of the check of the accuracy."""

from dataclasses import replace

from tests.benchmarks.accuracy.__main__ import worse
from tests.benchmarks.accuracy.scores import Score

STORED = [
    Score("seed 1", "simulated", live=0.6, offline=0.5, drift=0.1, coverage=0.95),
    Score("seed 2", "simulated", live=0.8, offline=0.7, drift=0.1, coverage=0.95),
]


def test_a_mean_error_may_grow_by_a_twentieth() -> None:
    assert not worse([replace(s, live=1.04 * s.live) for s in STORED], STORED)
    assert len(worse([replace(s, live=1.06 * s.live) for s in STORED], STORED)) == 1


def test_only_the_cases_measured_now_are_compared() -> None:
    assert not worse(STORED[:1], STORED)
    assert worse([replace(STORED[0], offline=0.55)], STORED)


def test_a_case_without_a_stored_figure_is_a_complaint() -> None:
    assert worse([replace(STORED[0], name="seed 3")], STORED)
