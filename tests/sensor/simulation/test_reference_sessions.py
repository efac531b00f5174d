"""Tests of the reference sessions of the project: sound, simulated, and equal to their truth."""

import json
from pathlib import Path

import numpy as np
import pytest

from sensor.families import family_named
from sensor.recording import open_recording
from sensor.simulation import Truth, from_json, truth_path
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import Notification

RECORDINGS = Path(__file__).parents[3] / "recordings"
NAMES = (
    "a_toes_pointed",
    "a_toes_up",
    "b_dropouts",
    "b_faults",
    "b_good",
    "free_movement",
)


def test_every_reference_session_exists() -> None:
    assert tuple(sorted(path.stem for path in RECORDINGS.glob("*.mcap"))) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_session_decodes_to_all_delivered_samples(name: str) -> None:
    path = RECORDINGS / f"{name}.mcap"
    recording = open_recording(path)
    assert recording.health.complete
    assert recording.header.simulated
    assert 60.0 <= recording.duration_s <= 100.0
    truth = Truth.load(truth_path(path))
    items = list(recording.items())
    for info, sensor in zip(recording.header.sensors, truth.sensors, strict=True):
        assert info.simulated
        assert info.source == sensor.source
        decoder = family_named(info.family).decoder(info.settings)
        samples = sum(
            packet.acc.shape[0]
            for item in items
            if isinstance(item, Notification) and item.source == info.source
            for packet in decoder(item.characteristic, [item.payload])
        )
        assert samples == sensor.delivered.sum()


@pytest.mark.parametrize("name", NAMES)
def test_the_expected_result_equals_the_truth(name: str) -> None:
    path = RECORDINGS / f"{name}.mcap"
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    stored = open_recording(path).header.metadata["simulation"]
    assert isinstance(stored, dict)
    assert from_json(stored) == parse_simulation(expected["source"])
    reps = Truth.load(truth_path(path)).reps
    assert [(rep["number"], rep["fault"], rep["partial"]) for rep in expected["reps"]] == [
        (rep.number, rep.fault, rep.partial) for rep in reps
    ]
    np.testing.assert_allclose(
        [rep["t_top_s"] for rep in expected["reps"]], [rep.t_top for rep in reps], atol=0.001
    )
    assert any(rep["interrupted"] for rep in expected["reps"]) == (name == "b_dropouts")
