"""The complaints of the check of the costs, and the table of the page."""

import importlib
import sys
from collections.abc import Mapping

import pytest

from tests.benchmarks.performance import check
from tests.benchmarks.performance.figures import Figure, Run
from tests.benchmarks.performance.measurements import MEASUREMENTS
from tests.benchmarks.performance.page import table

STORED = {"analysis": 10.0, "memory": 200.0}


def test_a_cost_may_grow_by_a_quarter() -> None:
    assert not check.grown({"analysis": 12.4, "memory": 249.0}, STORED)
    assert list(check.grown({"analysis": 12.6, "memory": 249.0}, STORED)) == ["analysis"]


def test_a_cost_that_is_not_stored_is_a_complaint() -> None:
    assert list(check.grown({"start": 0.1}, STORED)) == ["start"]


@pytest.mark.parametrize(
    ("again", "code"), [({"analysis": 10.0, "memory": 251.0}, 0), ({"analysis": 13.0}, 1)]
)
def test_only_what_grows_in_a_second_process_too_fails(
    monkeypatch: pytest.MonkeyPatch, again: Mapping[str, float], code: int
) -> None:
    runs = iter([{"analysis": 13.0, "memory": 200.0}, again])
    monkeypatch.setattr(check, "_measured", lambda: next(runs))
    monkeypatch.setattr(check, "_stored", lambda: STORED)
    monkeypatch.setattr(sys, "argv", ["check"])
    assert check.main() == code


def test_a_ratio_is_the_median_beside_the_yardsticks_around(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    yardsticks = iter([1.0, 1.0, 3.0, 1.0, 1.0, 1.0])
    costs = iter([2.0, 4.0, 6.0, 3.0, 9.0])
    monkeypatch.setattr(check, "yardstick_s", lambda: next(yardsticks))
    # 2, 2, 3, 3 and 9 yardsticks.
    assert check._ratio(lambda: next(costs)) == 3.0


def test_the_page_shows_times_in_yardsticks_and_every_figure_that_was_measured() -> None:
    figures = [
        Figure(work="analysis", value=3.0, unit="s", reach=2.0, others="VQF 0.2 s"),
        Figure(work="memory", value=240.0, unit="MB"),
    ]
    lines = table([], [Run(name="a", figures=figures, yardstick_ms=60.0)], []).splitlines()
    assert lines[2] == "| analysis |  | 3 s | 50 |  | ≤ 2 s | VQF 0.2 s |"
    assert lines[3] == "| memory |  | 240 MB |  |  |  |  |"


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_every_measurement_can_be_run(name: str) -> None:
    assert callable(importlib.import_module(f"tests.benchmarks.performance.{name}").measure)
