"""The complaints of the check of the accuracy."""

from dataclasses import replace

import numpy as np

from tests.benchmarks.accuracy.__main__ import worse
from tests.benchmarks.accuracy.references import Reference, compare, rms
from tests.benchmarks.accuracy.scores import Found, Score


def score(name: str, error: float, *, late_ms: float = 0.0) -> Score:
    found = Found(error, error, late_ms, 0.0, 0.1, 0.1, 0.95, 1.0)
    return Score("hinge", name, 1000, found, found, (error, error))


STORED = [score("seed 1", 0.6), score("seed 2", 0.8)]


def test_a_mean_error_may_grow_by_a_twentieth() -> None:
    assert not worse([score("seed 1", 0.624), score("seed 2", 0.832)], STORED)
    assert len(worse([score("seed 1", 0.636), score("seed 2", 0.848)], STORED)) == 2


def test_an_angle_may_not_come_later() -> None:
    assert worse([score(s.name, s.live.raw, late_ms=2.0) for s in STORED], STORED)


def test_only_the_cases_measured_now_are_compared() -> None:
    assert not worse(STORED[:1], STORED)
    assert worse([score("seed 1", 0.66)], STORED)


def test_a_case_without_a_stored_figure_is_a_complaint() -> None:
    assert worse([replace(STORED[0], name="seed 3")], STORED)


def test_the_clock_of_a_reference_is_found_and_its_gaps_and_zero_are_left_out() -> None:
    t = np.arange(0.0, 60.0, 0.01)
    late = 0.012 + 150e-6 * (t - t.mean())
    angle = 30.0 * np.sin(4.0 * (t - late)) + 5.0
    angle[1000:1100] = np.nan
    reference = Reference(t[::2], 30.0 * np.sin(4.0 * t[::2]), absolute=False)
    whole = [np.ones(len(t), dtype=np.bool_)]
    found = compare(reference, t, angle, whole, rate=True)
    assert abs(found.late_s - 0.012) < 1e-4
    assert abs(found.rate_ppm - 150.0) < 2.0
    assert rms(found.timed) < 0.02
    assert rms(found.raw) > 0.9
    halves = [t < 30.0, t >= 30.0]
    stepped = angle + 10.0 * halves[1]
    assert rms(compare(reference, t, stepped, halves, rate=True).timed) < 0.02
    assert rms(compare(reference, t, stepped, whole, rate=True).timed) > 4.0
