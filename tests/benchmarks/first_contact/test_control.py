"""Break points of one simulated session with sensors: the figures of the table, on a few reps."""

import math

import numpy as np
import pytest

from processing.judge.break_point import Control
from tests.benchmarks.first_contact.control import Errors, compare, run

SEED = 7
"""A session in which the simulator itself loses control, at angles that it records."""


@pytest.fixture(scope="module")
def errors() -> dict[str, Errors]:
    """Return the errors of both paths."""
    one, truths = run(SEED)
    found = {"live": Errors(), "final": Errors()}
    for path, each in found.items():
        compare(each, one, truths, path)
    # The numbers of a set follow from its reps.
    for judged in one.sets:
        points = [v.measures.break_point for v in judged.verdicts if not v.rep.partial]
        lost = [p.angle for p in points if p.angle is not None]
        numbers = judged.metrics.break_points
        assert numbers.lost == len(lost)
        assert numbers.known == sum(p.control is not Control.UNKNOWN for p in points)
        assert numbers.median == (pytest.approx(np.median(lost)) if lost else None)
    return found


@pytest.mark.parametrize("path", ["live", "final"])
def test_control_is_lost_where_the_simulated_person_loses_it(
    errors: dict[str, Errors], path: str
) -> None:
    found = errors[path]
    assert len(found.degrees) >= 4
    assert max(map(abs, found.degrees)) <= 5.0
    assert max(found.spreads) <= 3.0
    assert (found.missed, found.false, found.lost_reps) == ([], [], 0)
    assert found.under_control >= 2


def test_live_and_offline_agree(errors: dict[str, Errors]) -> None:
    pairs = zip(errors["live"].degrees, errors["final"].degrees, strict=True)
    assert math.fsum(abs(live - final) for live, final in pairs) / len(errors["live"].degrees) < 2.0
