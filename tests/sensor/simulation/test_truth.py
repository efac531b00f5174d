"""Tests of the file of the truth: it is read back unchanged, and bad files are refused."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sensor.errors import RecordingError, RecordingFault
from sensor.recording import open_recording
from sensor.simulation import SimulationParameters, Truth, simulate, truth_path
from sensor.simulation.session_files import save_session


@pytest.fixture(scope="module")
def truth() -> Truth:
    return simulate(SimulationParameters(sets=1, reps=2, calibration=False)).truth


def test_the_truth_is_read_back_unchanged(truth: Truth, tmp_path: Path) -> None:
    path = truth_path(tmp_path / "session.mcap")
    assert path.name == "session.truth.npz"
    truth.save(path)
    again = Truth.load(path)
    np.testing.assert_array_equal(again.t, truth.t)
    np.testing.assert_allclose(again.ankle, truth.ankle, atol=6e-7)
    np.testing.assert_allclose(again.shin_turn, truth.shin_turn, atol=6e-7)
    assert again.reps == truth.reps
    assert len(again.sensors) == len(truth.sensors) == 2
    for got, expected in zip(again.sensors, truth.sensors, strict=True):
        assert (got.source, got.segment) == (expected.source, expected.segment)
        np.testing.assert_allclose(got.sample_t, expected.sample_t, atol=1e-9)
        np.testing.assert_array_equal(got.delivered, expected.delivered)
        np.testing.assert_array_equal(got.rotation, expected.rotation)
        np.testing.assert_array_equal(got.acc_offset, expected.acc_offset)
        np.testing.assert_array_equal(got.gyr_offset, expected.gyr_offset)


def test_a_session_is_saved_with_its_truth_beside_it(tmp_path: Path) -> None:
    session = simulate(SimulationParameters(sets=1, reps=1, calibration=False))
    path = tmp_path / "saved.mcap"
    beside = save_session(session, path)
    assert beside == truth_path(path)
    assert Truth.load(beside).reps == session.truth.reps
    assert tuple(open_recording(path).items()) == session.items
    with pytest.raises(RecordingError):
        save_session(session, path)
    assert save_session(session, path, overwrite=True) == beside


def changed(path: Path, **facts: object) -> None:
    with np.load(path, allow_pickle=False) as file:
        arrays = dict(file)
    stored = json.loads(arrays["facts"].tobytes()) | facts
    arrays["facts"] = np.frombuffer(json.dumps(stored).encode(), dtype=np.uint8)
    np.savez_compressed(path, **arrays)


def test_a_newer_version_is_named(truth: Truth, tmp_path: Path) -> None:
    path = tmp_path / "new.truth.npz"
    truth.save(path)
    changed(path, version=4)
    with pytest.raises(RecordingError, match="version 4 is newer") as caught:
        Truth.load(path)
    assert caught.value.fault is RecordingFault.NEWER_VERSION


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no archive at all"),
        lambda path: path.write_bytes(path.read_bytes()[:2000]),
        lambda path: np.savez(path, other=np.zeros(3)),
        lambda path: np.savez(path, facts=np.array([{}], dtype=object), allow_pickle=True),
        lambda path: changed(path, format="something else"),
        lambda path: changed(path, reps=[{"nonsense": 1}]),
        lambda path: changed(path, sensors=5),
    ],
    ids=["empty", "text", "cut", "other arrays", "pickle", "other format", "bad reps", "bad list"],
)
def test_a_file_of_another_kind_is_refused(
    truth: Truth, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = tmp_path / "bad.truth.npz"
    truth.save(path)
    damage(path)
    with pytest.raises(RecordingError) as caught:
        Truth.load(path)
    assert caught.value.fault is RecordingFault.NOT_A_RECORDING
    assert str(path) in str(caught.value)


def test_a_changed_byte_never_raises_another_error(truth: Truth, tmp_path: Path) -> None:
    path = tmp_path / "flipped.truth.npz"
    truth.save(path)
    sound = path.read_bytes()
    positions = {*range(0, len(sound), 97), *range(60), *range(len(sound) - 300, len(sound))}
    refused = 0
    for position in sorted(positions):
        flipped = bytearray(sound)
        flipped[position] ^= 0x41
        path.write_bytes(flipped)
        try:
            Truth.load(path)
        except RecordingError:
            refused += 1
    assert refused > 0.5 * len(positions)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordingError) as caught:
        Truth.load(tmp_path / "none.truth.npz")
    assert caught.value.fault is RecordingFault.MISSING
