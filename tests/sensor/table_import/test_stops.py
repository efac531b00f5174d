"""Samples at the end of a range, in tables that do not say their range."""

from pathlib import Path

import numpy as np
import pytest

from sensor.assembler import Assembler
from sensor.recording import open_recording
from sensor.table_import import import_table
from sensor.table_import.stops import at_stops, find_stops
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray
from tests.sensor.table_import.tables import lines_of, write_lines
from tests.shared_data import shared_file

G = STANDARD_GRAVITY_MPS2
T = np.arange(0.0, 60.0, 0.01)


def walk(step: float) -> FloatArray:
    """Return acc and gyr (n, 6) of something like walking, with impacts, in whole steps."""
    rng = np.random.default_rng(1)
    impacts = 18.0 * np.exp(-((((T % 1.1) - 0.3) / 0.02) ** 2)) * rng.uniform(0.8, 1.3, len(T))
    slow = np.sin(2.0 * np.pi * T / 1.1)
    values = np.stack([3.0 * slow - impacts, 2.0 * slow, G + impacts, slow, 3.0 * slow, -slow], 1)
    values += rng.normal(0.0, 0.05, values.shape)
    return np.round(values / step) * step


def test_a_pile_up_of_equal_extremes_is_a_stop_on_every_axis_that_reaches_it() -> None:
    true = walk(0.001)
    cut = np.clip(true, -2.0 * G, 2.0 * G)
    stops = find_stops(cut, 100.0)
    assert stops.low[0] == -2.0 * G
    assert stops.high[2] == 2.0 * G
    assert stops.high[3:] == stops.low[3:] == (None, None, None)
    np.testing.assert_array_equal(at_stops(cut, stops), (np.abs(true) >= 2.0 * G).any(axis=1))


@pytest.mark.parametrize("step", [1e-9, 0.01, 0.1, 0.5, 2.0])
def test_a_signal_within_its_range_has_no_stop_whatever_its_resolution(step: float) -> None:
    assert not at_stops(walk(step), find_stops(walk(step), 100.0)).any()


@pytest.mark.parametrize("step", [0.01, 0.5])
def test_a_sensor_that_lies_still_at_its_extreme_has_no_stop(step: float) -> None:
    # Holds of 2 s at the largest tilt, with slow ways between them.
    hold = np.clip(1.6 * np.sin(2.0 * np.pi * T / 6.0), -1.0, 1.0)
    values = np.stack([15.0 * hold, G * np.ones(len(T)), 0.0 * T, 3.0 * hold, 0.0 * T, hold], 1)
    values = np.round(values / step) * step
    assert not at_stops(values, find_stops(values, 100.0)).any()


def test_an_import_marks_samples_at_a_stop_and_names_the_range(tmp_path: Path) -> None:
    values = np.concatenate([np.clip(walk(0.001), -2.0 * G, 2.0 * G), walk(0.001)], axis=1)
    report = import_table(write_lines(tmp_path, lines_of(T, values)), tmp_path / "a.mcap")
    (remark,) = report.remarks
    assert "accelerometer of the shin" in remark
    assert "±2 g" in remark
    recording = open_recording(report.recording)
    assembler = Assembler(recording.header.sensors, recording.header.start_ns)
    blocks = [b for item in recording.items() for b in assembler.feed(item)]
    for segment, part in (("shin", values[:, :6]), ("foot", None)):
        found = np.concatenate([b.clipped for b in blocks if b.segment == segment])
        true = np.zeros(len(T)) if part is None else (np.abs(part[:, :3]) >= 2.0 * G).any(axis=1)
        np.testing.assert_array_equal(found, true)


@pytest.mark.parametrize("name", ["subject_02", "subject_25"])
def test_the_stops_of_real_walkers_are_found(name: str) -> None:
    table = np.genfromtxt(
        shared_file("data", "ankle_encoder", f"{name}.csv"), delimiter=",", names=True
    )
    for segment in ("shin", "foot"):
        names = [f"{segment}_acc_{x}_mps2" for x in "xyz"] + [
            f"{segment}_gyr_{x}_radps" for x in "xyz"
        ]
        values = np.stack([table[column] for column in names], axis=1)
        found = at_stops(values, find_stops(values, 100.0))
        np.testing.assert_array_equal(found, (np.abs(values[:, :3]) >= 19.62).any(axis=1))
        assert 0.005 < found.mean() < 0.13
