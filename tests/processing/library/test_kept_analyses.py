"""A kept analysis equals the analysis bit for bit, or it is not used."""

import json
import os
import shutil
import sys
import zipfile
from dataclasses import fields
from pathlib import Path

import msgspec
import numpy as np
import pytest

from processing.library.kept import KeptAnalyses
from processing.pipeline.pipeline import PipelineConfig
from processing.review.analysis import Analysis, analyse
from processing.types import AngleBlock
from sensor.recording import Recording, open_recording

RECORDINGS = Path(__file__).parents[3] / "recordings"


@pytest.fixture(scope="module")
def truth() -> Analysis:
    return analyse(RECORDINGS / "b_faults.mcap")


@pytest.fixture(autouse=True)
def analyse_once(monkeypatch: pytest.MonkeyPatch, truth: Analysis) -> None:
    monkeypatch.setattr("processing.library.kept.analyse", lambda *_, **__: truth)


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    return open_recording(Path(shutil.copy(RECORDINGS / "b_faults.mcap", tmp_path)))


@pytest.fixture
def kept(tmp_path: Path) -> KeptAnalyses:
    return KeptAnalyses(tmp_path / "kept")


@pytest.fixture
def file(kept: KeptAnalyses, recording: Recording, tmp_path: Path) -> Path:
    """Return the file of the kept analysis of ``recording``."""
    kept.analyse(recording)
    (path,) = (tmp_path / "kept").iterdir()
    return path


def assert_same(one: Analysis, other: Analysis) -> None:
    for name in ("live_angles", "offline_angles"):
        for field in fields(AngleBlock):
            here, there = (getattr(getattr(a, name), field.name) for a in (one, other))
            assert here.dtype == there.dtype
            assert here.tobytes() == there.tobytes(), (name, field.name)
    for field in fields(Analysis):
        if field.name not in ("live_angles", "offline_angles"):
            assert getattr(one, field.name) == getattr(other, field.name), field.name


@pytest.mark.usefixtures("file")
def test_the_kept_analysis_equals_the_analysis(
    kept: KeptAnalyses, recording: Recording, truth: Analysis
) -> None:
    assert kept.holds(recording)
    found = kept.find(recording)
    assert found is not None
    assert_same(found, truth)


@pytest.mark.usefixtures("file")
def test_the_kept_analysis_belongs_to_the_bytes_and_not_to_the_name(
    kept: KeptAnalyses, recording: Recording, tmp_path: Path
) -> None:
    moved = open_recording(Path(shutil.copy(recording.path, tmp_path / "other.mcap")))
    assert kept.find(moved) is not None
    with moved.path.open("ab") as stream:
        stream.write(b"\0")
    assert kept.find(moved) is None


@pytest.mark.usefixtures("file")
def test_other_parameters_and_program_versions_do_not_use_it(
    kept: KeptAnalyses, recording: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kept.find(recording, PipelineConfig(own_neutral=True)) is None
    monkeypatch.setattr("processing.library.kept._engine", lambda: "another one")
    assert kept.find(recording) is None


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1000])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(data)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def rewrite(
    path: Path, name: str, value: np.ndarray[tuple[int, ...], np.dtype[np.generic]]
) -> None:
    with np.load(path) as file:
        arrays = dict(file)
    arrays[name] = value
    np.savez(path, allow_pickle=True, **arrays)


def pickled(path: Path) -> None:
    rewrite(path, "offline_angles.t", np.array([print], dtype=object))


def short(path: Path) -> None:
    rewrite(path, "offline_angles.ankle", np.zeros(3))


def other_words(path: Path) -> None:
    text = json.dumps({"duration_s": 3}).encode()
    rewrite(path, "rest", np.frombuffer(text, dtype=np.uint8))


def wrong_type(path: Path) -> None:
    with np.load(path) as file:
        rest = msgspec.msgpack.decode(file["rest"].tobytes())
    rest["sets"][0]["reps"][0]["t_top"] = None
    rewrite(path, "rest", np.frombuffer(msgspec.msgpack.encode(rest), dtype=np.uint8))


def deep(path: Path) -> None:
    rewrite(path, "rest", np.frombuffer(b"\x91" * 100_000, dtype=np.uint8))


def of_the_old_layout(path: Path) -> None:
    """Write JSON, as before MessagePack."""
    with np.load(path) as file:
        rest = msgspec.msgpack.decode(file["rest"].tobytes())
    rewrite(path, "rest", np.frombuffer(msgspec.json.encode(rest), dtype=np.uint8))


def of_an_unknown_compression(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\1\2") + 10] = 99
    path.write_bytes(data)


@pytest.mark.parametrize(
    "damage",
    [
        cut,
        flip,
        empty,
        pickled,
        short,
        other_words,
        wrong_type,
        deep,
        of_the_old_layout,
        of_an_unknown_compression,
    ],
)
def test_a_damaged_kept_analysis_is_deleted(
    kept: KeptAnalyses,
    recording: Recording,
    file: Path,
    truth: Analysis,
    damage: object,
) -> None:
    assert callable(damage)
    damage(file)
    assert kept.find(recording) is None
    assert not file.exists()
    assert_same(kept.analyse(recording), truth)
    assert zipfile.is_zipfile(file)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_its_owner_can_read_it(file: Path) -> None:
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


def test_the_least_recently_used_analysis_is_deleted_first(
    recording: Recording, file: Path
) -> None:
    old = file.with_name("old.npz")
    old.write_bytes(b"x" * 1000)
    os.utime(old, (1.0, 1.0))
    size = file.stat().st_size
    file.unlink()
    KeptAnalyses(file.parent, size + 999).analyse(recording)
    assert file.exists()
    assert not old.exists()


def test_a_deleted_session_leaves_no_kept_analysis(
    kept: KeptAnalyses, recording: Recording, file: Path
) -> None:
    kept.forget(recording.path)
    assert not file.exists()
    assert not kept.holds(recording)


def test_an_analysis_that_cannot_be_kept_is_still_made(
    recording: Recording, tmp_path: Path, truth: Analysis
) -> None:
    (tmp_path / "kept").write_bytes(b"a file, no folder")
    assert_same(KeptAnalyses(tmp_path / "kept").analyse(recording), truth)
