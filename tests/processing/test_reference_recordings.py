"""The reference recordings that ship with the project, compared with their truth."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from processing.review.analysis import Analysis, analyse
from processing.types import Rep, counted
from sensor.simulation.truth import Truth

FOLDER = Path(__file__).parents[2] / "recordings"
NAMES = sorted(path.stem for path in FOLDER.glob("*.mcap"))
PHASE_TIME_S = 0.15
"""Largest allowed error of a phase boundary, at normal tempo."""


@cache
def analysed(name: str) -> Analysis:
    return analyse(FOLDER / f"{name}.mcap")


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.expected.json").read_text("utf-8"))
    return found


def whole(name: str) -> list[dict[str, Any]]:
    return [r for r in expected(name)["reps"] if not r["partial"]]


def reps(name: str) -> list[Rep]:
    return [rep for training_set in analysed(name).sets for rep in training_set.reps]


def test_there_are_six_recordings() -> None:
    assert len(NAMES) == 6


@pytest.mark.parametrize("name", NAMES)
def test_the_reps_of_the_truth_are_found_and_no_others(name: str) -> None:
    assert len(counted(reps(name))) == len(whole(name))
    partial = [r for r in expected(name)["reps"] if r["partial"]]
    assert sum(r.partial for r in reps(name)) == len(partial)


@pytest.mark.parametrize("name", NAMES)
def test_the_live_count_is_the_offline_count(name: str) -> None:
    for training_set in analysed(name).sets:
        live, offline = counted(training_set.live), counted(training_set.reps)
        assert len(live) == len(offline)


@pytest.mark.parametrize("name", NAMES)
def test_the_phase_boundaries_are_those_of_the_truth(name: str) -> None:
    for rep, truth in zip(counted(reps(name)), whole(name), strict=True):
        if truth["interrupted"]:
            continue
        found = (rep.t_start, rep.t_top, rep.t_ecc, rep.t_bottom)
        true = tuple(truth[k] for k in ("t_start_s", "t_top_s", "t_ecc_s", "t_bottom_s"))
        np.testing.assert_allclose(found, true, atol=PHASE_TIME_S)
        assert np.degrees(rep.rom) == pytest.approx(truth["rom_deg"], abs=5.0)


@pytest.mark.parametrize("name", NAMES)
def test_a_rep_is_judged_unless_samples_are_missing_in_it(name: str) -> None:
    for rep, truth in zip(counted(reps(name)), whole(name), strict=True):
        assert rep.judged is not truth["interrupted"]
        assert (rep.withheld is not None) is truth["interrupted"]


@pytest.mark.parametrize("name", NAMES)
def test_the_ankle_is_within_three_degrees_of_the_truth(name: str) -> None:
    analysis, truth = analysed(name), Truth.load(FOLDER / f"{name}.truth.npz")
    for angles in (analysis.live_angles, analysis.offline_angles):
        use = angles.valid
        assert use.mean() > 0.3
        true = np.interp(angles.t[use], truth.t, truth.ankle)
        rmse = float(np.sqrt(np.mean((angles.ankle[use] - true) ** 2)))
        assert np.degrees(rmse) < 3.0


def test_the_dropout_is_reported() -> None:
    dropouts = analysed("b_dropouts").dropouts
    longest = max(dropouts, key=lambda d: d.t_end - d.t_start)
    assert longest.segment == "foot"
    assert longest.t_start == pytest.approx(45.0, abs=0.2)
    assert longest.t_end - longest.t_start == pytest.approx(2.0, abs=0.5)
    assert longest.lost == pytest.approx(200, abs=50)


@pytest.mark.parametrize("name", NAMES)
def test_simulated_data_are_marked_as_such(name: str) -> None:
    assert analysed(name).header.simulated
    assert all("imulated" in sensor.name for sensor in analysed(name).header.sensors)
