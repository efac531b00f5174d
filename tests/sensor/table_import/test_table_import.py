"""Imported tables keep every number to the last bit, in each usual form of CSV."""

import csv
import os
import stat
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sensor.errors import ImportFault, RecordingError, RecordingFault
from sensor.recording import RecordingWriter, open_recording
from sensor.table_import import (
    import_table,
    read_reference,
)
from sensor.types import Segment
from tests.drawn import examples
from tests.sensor.recordings import HEADER
from tests.sensor.table_import.tables import (
    AXES,
    COLUMNS,
    good_lines,
    imported,
    lines_of,
    motion,
    refused,
    samples,
    write_lines,
)
from tests.shared_data import shared_file


@pytest.mark.parametrize(
    "parts",
    [
        ("ankle_encoder", "subject_02.csv"),
        ("ankle_encoder", "subject_07.csv"),
        ("ankle_encoder", "subject_25.csv"),
        ("hinge_rig", "trial_02.csv"),
        ("hinge_rig", "trial_03.csv"),
    ],
    ids=str,
)
def test_real_tables_are_read_back_to_the_last_bit(tmp_path: Path, parts: tuple[str, str]) -> None:
    path = shared_file("data", *parts)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [[float(x) for x in row] for row in list(csv.reader(file))[1:]]
    truth = np.array(rows)
    report = import_table(path, tmp_path / "a.mcap")
    assert report.repairs == ()
    assert len(report.remarks) == (2 if parts[0] == "ankle_encoder" else 0)
    assert report.rows == len(truth)
    recording = open_recording(tmp_path / "a.mcap")
    assert recording.health.complete
    for segment, first in ((Segment.SHIN, 1), (Segment.FOOT, 7)):
        t, values = samples(recording, segment)
        np.testing.assert_array_equal(t, truth[:, 0])
        np.testing.assert_array_equal(values, truth[:, first : first + 6])
    reference = read_reference(recording)
    assert reference is not None
    np.testing.assert_array_equal(reference.t, truth[:, 0])
    np.testing.assert_array_equal(reference.angle_deg, truth[:, 13])


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps_ms=st.lists(st.sampled_from([9, 10, 10, 10, 11, 12]), min_size=20, max_size=80),
    seed=st.integers(0, 2**32),
    start_ms=st.integers(0, 80_000_000),
)
def test_any_times_and_values_are_read_back_to_the_last_bit(
    tmp_path: Path, steps_ms: list[int], seed: int, start_ms: int
) -> None:
    times = (start_ms + np.cumsum([0, *steps_ms])) / 1000.0
    truth = motion(len(times), seed)
    report = imported(tmp_path, lines_of(times, truth))
    assert report.gaps == ()
    recording = open_recording(report.recording)
    for segment, first in ((Segment.SHIN, 0), (Segment.FOOT, 6)):
        t, values = samples(recording, segment)
        np.testing.assert_array_equal(t, times)
        np.testing.assert_array_equal(values, truth[:, first : first + 6])


def test_the_recording_names_its_table(tmp_path: Path) -> None:
    path = write_lines(tmp_path, good_lines())
    os.utime(path, (1_750_000_000, 1_750_000_000))
    report = import_table(path, tmp_path / "a.mcap")
    header = open_recording(report.recording).header
    assert header.created_utc == "2025-06-15T15:06:40+00:00"
    assert header.metadata["imported_from"] == "table.csv"
    assert not header.simulated
    assert [(s.segment, s.family) for s in header.sensors] == [("shin", "table"), ("foot", "table")]
    assert all(s.settings.rate_hz == pytest.approx(100.0) for s in header.sensors)
    assert report.rate_hz == pytest.approx(100.0)
    assert report.duration_s == pytest.approx(0.49)
    assert not report.has_reference
    assert read_reference(open_recording(report.recording)) is None
    if os.name == "posix":
        assert stat.S_IMODE(report.recording.stat().st_mode) == 0o600


def test_the_thigh_is_read_if_there_is_one(tmp_path: Path) -> None:
    truth = motion(30, columns=18)
    lines = lines_of([i / 50 for i in range(30)], truth)
    lines[0] = ",".join([*COLUMNS, *(f"thigh_{axis}" for axis in AXES)])
    report = imported(tmp_path, lines)
    assert report.segments == (Segment.SHIN, Segment.FOOT, Segment.THIGH)
    np.testing.assert_array_equal(
        samples(open_recording(report.recording), Segment.THIGH)[1], truth[:, 12:]
    )


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    truth = motion(30)
    order = np.random.default_rng(3).permutation(13)
    lines = [
        ",".join(np.array(line.split(","))[order]) for line in lines_of(np.arange(30) / 100, truth)
    ]
    t, values = samples(open_recording(imported(tmp_path, lines).recording), Segment.FOOT)
    np.testing.assert_array_equal(t, np.arange(30) / 100)
    np.testing.assert_array_equal(values, truth[:, 6:])


def test_units_in_the_names_are_converted(tmp_path: Path) -> None:
    si = motion(40)
    times_ms = np.arange(40) * 10.0 + 500.0
    scale = np.array([1 / 9.80665] * 3 + [180 / np.pi] * 3 + [1000 / 9.80665] * 3 + [1.0] * 3)
    lines = lines_of(times_ms, si * scale)
    shin, foot = lines[0].replace("t_s", "t_ms").split("foot", 1)
    lines[0] = (
        shin.replace("mps2", "g").replace("radps", "dps") + "foot" + foot.replace("mps2", "mg")
    )
    recording = open_recording(imported(tmp_path, lines).recording)
    for segment, first in ((Segment.SHIN, 0), (Segment.FOOT, 6)):
        t, values = samples(recording, segment)
        np.testing.assert_array_equal(t, times_ms / 1000)
        np.testing.assert_allclose(values, si[:, first : first + 6], rtol=1e-14)


FORMS: dict[str, Callable[[list[str]], bytes]] = {
    "Windows": lambda lines: "\r\n".join(lines).encode() + b"\r\n",
    "old Mac": lambda lines: "\r".join(lines).encode(),
    "byte order mark": lambda lines: "\n".join(lines).encode("utf-8-sig"),
    "comments before": lambda lines: "\n".join(["# a, comment", "", "#", *lines]).encode(),
    "blank lines": lambda lines: "\n".join([*lines[:9], "", "  ", *lines[9:], "", ""]).encode(),
    "semicolons": lambda lines: "\n".join(lines).replace(",", ";").encode(),
    "decimal commas": lambda lines: "\n".join(lines).replace(",", ";").replace(".", ",").encode(),
    "tabs": lambda lines: "\n".join(lines).replace(",", "\t").encode(),
    "quotes": lambda lines: "\n".join('"' + x.replace(",", '","') + '"' for x in lines).encode(),
    "spaces": lambda lines: "\n".join(lines).replace(",", " , ").encode(),
    "capitals": lambda lines: "\n".join([lines[0].upper(), *lines[1:]]).encode(),
    "a comma at each end": lambda lines: ",\n".join([*lines, ""]).encode(),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_the_usual_variants_of_csv_are_read(
    tmp_path: Path, form: Callable[[list[str]], bytes]
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(form(good_lines()))
    report = import_table(path, tmp_path / "a.mcap")
    _, values = samples(open_recording(report.recording), Segment.SHIN)
    np.testing.assert_array_equal(values, motion(50)[:, :6])
    assert report.remarks == ()


def test_columns_that_are_not_used_are_named(tmp_path: Path) -> None:
    lines = good_lines()
    lines = [lines[0] + ",label,heart_rate_bpm", *(line + ",squat,60" for line in lines[1:])]
    report = imported(tmp_path, lines)
    assert report.rows == 50
    assert any("label, heart_rate_bpm" in remark for remark in report.remarks)


def test_the_reference_may_have_holes(tmp_path: Path) -> None:
    lines = good_lines(30)
    angles = [{3: "nan", 5: ""}.get(i % 7, repr(i / 3)) for i in range(30)]
    lines = [
        lines[0] + ",reference_deg",
        *(f"{line},{angle}" for line, angle in zip(lines[1:], angles, strict=True)),
    ]
    report = imported(tmp_path, lines)
    reference = read_reference(open_recording(report.recording))
    assert reference is not None
    np.testing.assert_array_equal(reference.angle_deg, [float(a or "nan") for a in angles])
    lines[5] = lines[5].rsplit(",", 1)[0] + ",inf"
    report.recording.unlink()
    error = refused(tmp_path, lines)
    assert (error.fault, error.row, error.column) == (ImportFault.VALUE, 6, "reference_deg")


def test_a_recording_is_replaced_only_on_request(tmp_path: Path) -> None:
    path = write_lines(tmp_path, good_lines())
    import_table(path, tmp_path / "a.mcap")
    before = (tmp_path / "a.mcap").read_bytes()
    with pytest.raises(RecordingError, match="already"):
        import_table(path, tmp_path / "a.mcap")
    assert (tmp_path / "a.mcap").read_bytes() == before
    assert import_table(path, tmp_path / "a.mcap", overwrite=True).rows == 50


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    path = write_lines(tmp_path, good_lines())
    first = import_table(path, tmp_path / "a.mcap").recording.read_bytes()
    assert import_table(path, tmp_path / "b.mcap").recording.read_bytes() == first


def test_progress_rises_from_0_to_1(tmp_path: Path) -> None:
    fractions: list[float] = []
    path = write_lines(tmp_path, good_lines(25_000))
    import_table(path, tmp_path / "a.mcap", progress=fractions.append)
    assert fractions == sorted(fractions)
    assert 0 <= fractions[0] < 0.7
    assert fractions[-1] == 1.0
    assert len(fractions) > 4


def test_a_changed_reference_is_an_error(tmp_path: Path) -> None:
    for number, data in enumerate(
        [
            b"",
            b"x\n1,2\n",
            b"t_s,reference_deg\n1,b\n",
            b"t_s,reference_deg\n1\n",
            b"\xff\xfe\n",
            b"t_s,reference_deg\n2,1\n1,1\n",
        ]
    ):
        path = tmp_path / f"{number}.mcap"
        with RecordingWriter(path, HEADER) as writer:
            writer.attach("reference.csv", "text/csv", data)
        with pytest.raises(RecordingError, match=r"reference\.csv") as caught:
            read_reference(open_recording(path))
        assert caught.value.fault is RecordingFault.DAMAGED
