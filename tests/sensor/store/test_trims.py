"""Tests of trims: they are remembered for a device and used only in sessions of that device."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from processing.session import Session, SessionOutput
from sensor.accelerometer.trim import AccTrim, trim_of, with_trims
from sensor.assembler import Assembler
from sensor.errors import DocumentError, DocumentFault
from sensor.recording import open_recording
from sensor.sources import open_source
from sensor.store.trims import load_trims, remember_trim
from sensor.types import FloatArray, Segment, SensorInfo, SessionHeader, StreamSettings

TRIM = AccTrim((0.2, -0.1, 0.05), (1.01, 0.99, 1.0), 0.01, 0.004, "2026-01-01T12:00:00+00:00")
DEVICE = SensorInfo("AA:01", Segment.FOOT, "witmotion", identity="serial 7")
SOURCE = "sim:sets=0,seed=3"


def test_a_remembered_trim_is_read_back_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "trims.json"
    other = replace(DEVICE, identity="serial 8")
    for sensor in (DEVICE, other, DEVICE):
        remember_trim(sensor, TRIM, path)
    known = load_trims(path)
    assert [sensor.identity for sensor, _ in known] == ["serial 8", "serial 7"]
    assert {trim for _, trim in known} == {TRIM}
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("sensor", "same"),
    [
        (replace(DEVICE, source="BB:02", segment=Segment.SHIN), True),
        (replace(DEVICE, identity="serial 9"), False),
        (replace(DEVICE, family="movesense"), False),
        (replace(DEVICE, identity=None), True),
        (replace(DEVICE, identity=None, source="BB:02"), False),
    ],
)
def test_a_trim_belongs_to_its_device(sensor: SensorInfo, same: bool) -> None:
    sensor = replace(sensor, settings=StreamSettings(extra={"kept": 1}))
    header = with_trims(SessionHeader(0, "", (sensor,)), [(DEVICE, TRIM)])
    (worn,) = header.sensors
    assert trim_of(worn) == (TRIM if same else None)
    assert worn.settings.extra["kept"] == 1


def acc_of(path: Path) -> FloatArray:
    recording = open_recording(path)
    assembler = Assembler(recording.header.sensors, recording.header.start_ns)
    blocks = [b for item in recording.items() for b in assembler.feed(item)]
    return np.concatenate([b.acc for b in blocks if b.segment is Segment.FOOT])


def updates_of(
    source: str, recording: Path | None, trims: list[tuple[SensorInfo, AccTrim]]
) -> list[str]:
    """Return all updates of a session of ``source``."""
    shown: list[str] = []

    def listen(updates: Sequence[SessionOutput]) -> None:
        shown.extend(map(repr, updates))

    opened = open_source(source, speed=None)
    session = Session(opened, listen, recording=recording, trims=trims, batch_s=1.0)
    asyncio.run(session.run())
    return shown


def test_the_recording_contains_the_trim_and_a_replay_applies_it(tmp_path: Path) -> None:
    plain, trimmed = tmp_path / "plain.mcap", tmp_path / "trimmed.mcap"
    foot = SensorInfo("", Segment.SHIN, "witmotion", identity="simulated-foot")
    without = updates_of(SOURCE, plain, [])
    with_trim = updates_of(SOURCE, trimmed, [(foot, TRIM)])
    np.testing.assert_allclose(
        acc_of(trimmed),
        (acc_of(plain) - np.array(TRIM.offset_mps2)) / np.array(TRIM.scale),
        atol=1e-12,
    )
    assert updates_of(f"file:{trimmed}", None, []) == with_trim
    assert with_trim != without


def newer(stored: dict[str, object]) -> dict[str, object]:
    return stored | {"version": 9}


def alien(stored: dict[str, object]) -> dict[str, object]:
    return stored | {"format": "toepoint-pairs"}


def huge(stored: dict[str, object]) -> dict[str, object]:
    text = json.dumps(stored).replace("0.2", "200.0")
    changed: dict[str, object] = json.loads(text)
    return changed


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (newer, DocumentFault.NEWER_VERSION),
        (alien, DocumentFault.ANOTHER_KIND),
        (huge, DocumentFault.CONTENT),
        (None, DocumentFault.SYNTAX),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(
    tmp_path: Path,
    spoil: Callable[[dict[str, object]], dict[str, object]] | None,
    fault: DocumentFault,
) -> None:
    path = tmp_path / "trims.json"
    remember_trim(DEVICE, TRIM, path)
    stored = json.loads(path.read_text(encoding="utf-8"))
    path.write_text("{" if spoil is None else json.dumps(spoil(stored)), encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_trims(path)
    assert caught.value.fault is fault
    assert str(path) in str(caught.value)


def test_a_header_with_a_damaged_trim_is_refused_by_name() -> None:
    bad = replace(DEVICE, settings=StreamSettings(extra={"acc_trim": {"offset_mps2": [1, 2]}}))
    with pytest.raises(DocumentError, match=r"foot sensor.*acc_trim.offset_mps2.*from -3 to 3"):
        Assembler([bad], 0)


def test_a_list_of_version_1_is_read_and_written_as_it_was(tmp_path: Path) -> None:
    before = Path(__file__).parents[2] / "data" / "trims_v1.json"
    path = tmp_path / "trims.json"
    for sensor, trim in load_trims(before):
        remember_trim(sensor, trim, path)
    assert load_trims(path)[0][1] == TRIM
    assert path.read_bytes() == before.read_bytes()
