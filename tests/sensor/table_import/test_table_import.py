"""Tests of the table import: numbers are exact, and errors name the line and column."""

import csv
import os
import stat
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sensor.assembler import Assembler
from sensor.errors import ImportFault, RecordingError, RecordingFault, SettingError, TableError
from sensor.families import family_named
from sensor.recording import Recording, RecordingWriter, open_recording
from sensor.table_import import (
    ImportReport,
    Marks,
    TimeSpan,
    import_table,
    parse_span,
    read_reference,
)
from sensor.types import Event, EventKind, FloatArray, Notification, Segment
from tests.sensor.recordings import HEADER
from tests.shared_data import shared_file

AXES = ("acc_x_mps2", "acc_y_mps2", "acc_z_mps2", "gyr_x_radps", "gyr_y_radps", "gyr_z_radps")
COLUMNS = ["t_s", *(f"shin_{axis}" for axis in AXES), *(f"foot_{axis}" for axis in AXES)]


def motion(rows: int, seed: int = 1, columns: int = 12) -> FloatArray:
    """Return random acc (around gravity) and gyr of two sensors, (rows, columns)."""
    rng = np.random.default_rng(seed)
    values = rng.normal(0.0, 1.0, (rows, columns))
    values[:, 2::6] += 9.8
    return values


def lines_of(times: Iterable[float], values: FloatArray) -> list[str]:
    """Return the lines of a table: a header and one line per row, numbers to the last bit."""
    rows = [
        ",".join([repr(float(t)), *map(repr, row)])
        for t, row in zip(times, values.tolist(), strict=True)
    ]
    return [",".join(COLUMNS), *rows]


def good_lines(rows: int = 50) -> list[str]:
    return lines_of([i / 100 for i in range(rows)], motion(rows))


def write_lines(folder: Path, lines: Sequence[str], end: str = "\n") -> Path:
    path = folder / "table.csv"
    path.write_bytes((end.join(lines) + end).encode())
    return path


def imported(folder: Path, lines: Sequence[str], marks: Marks | None = None) -> ImportReport:
    path = write_lines(folder, lines)
    return import_table(path, folder / "a.mcap", marks or Marks(), overwrite=True)


def refused(folder: Path, lines: Sequence[str], marks: Marks | None = None) -> TableError:
    """Import ``lines``, which must be refused and leave no file."""
    with pytest.raises(TableError) as caught:
        imported(folder, lines, marks)
    assert not (folder / "a.mcap").exists()
    assert str(folder / "table.csv") in str(caught.value)
    return caught.value


def samples(recording: Recording, segment: Segment) -> tuple[FloatArray, FloatArray]:
    """Return times (n,) and acc with gyr (n, 6) of a sensor, through decoder and clock."""
    assembler = Assembler(recording.header.sensors, recording.header.start_ns)
    blocks = [b for i in recording.items() for b in assembler.feed(i) if b.segment == segment]
    return (
        np.concatenate([block.t for block in blocks]),
        np.vstack([np.hstack([block.acc, block.gyr]) for block in blocks]),
    )


# Faithful -------------------------------------------------------------------------------------


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
    assert report.remarks == ()
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


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
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


# Time -----------------------------------------------------------------------------------------


def test_gaps_stay_and_are_counted(tmp_path: Path) -> None:
    kept = [i for i in range(200) if not (60 <= i < 67 or i == 120)]
    report = imported(tmp_path, lines_of([i / 100 for i in kept], motion(len(kept))))
    assert [(gap.line, gap.t_ns, gap.lost) for gap in report.gaps] == [
        (62, 670_000_000, 7),
        (115, 1_210_000_000, 1),
    ]
    assert report.lost == 8
    recording = open_recording(report.recording)
    assembler = Assembler(recording.header.sensors, recording.header.start_ns)
    lost = [
        (round(float(block.t[0]), 6), block.lost)
        for item in recording.items()
        for block in assembler.feed(item)
        if block.segment == Segment.FOOT and block.lost
    ]
    assert lost == [(0.67, 7), (1.21, 1)]


def test_time_with_another_zero_is_shifted_and_reported(tmp_path: Path) -> None:
    for start in (1_750_000_000.0, -3.0):
        report = imported(
            tmp_path,
            lines_of([start + i / 64 for i in range(40)], motion(40)),
            Marks(still=TimeSpan(start + 0.1, start + 0.3)),
        )
        (repair,) = report.repairs
        assert "were added to every time" in repair
        recording = open_recording(report.recording)
        np.testing.assert_array_equal(samples(recording, Segment.SHIN)[0], np.arange(40) / 64)
        begin = next(i for i in recording.items() if isinstance(i, Event))
        assert begin.t_ns == pytest.approx(0.1e9, abs=1000)
        assert recording.header.metadata["repairs"] == [repair]


def test_a_repeated_row_is_left_out_and_reported(tmp_path: Path) -> None:
    lines = good_lines()
    report = imported(tmp_path, [*lines[:20], lines[19], *lines[20:]])
    assert report.rows == 50
    (repair,) = report.repairs
    assert "left out: 1," in repair
    assert "line 21" in repair
    t, _ = samples(open_recording(report.recording), Segment.SHIN)
    np.testing.assert_array_equal(t, np.arange(50) / 100)


def with_time(line: str, time: str) -> str:
    return ",".join([time, *line.split(",")[1:]])


@pytest.mark.parametrize(
    ("row", "time", "says"),
    [(21, "0.18", "same time"), (21, "0.05", "backwards"), (50, "-1", "backwards")],
)
def test_time_that_does_not_increase_is_refused(
    tmp_path: Path, row: int, time: str, says: str
) -> None:
    lines = good_lines()
    lines[row - 1] = with_time(lines[row - 1], time)
    error = refused(tmp_path, lines)
    assert (error.fault, error.row, error.column) == (ImportFault.TIME, row, "t_s")
    assert says in str(error)


def test_a_rate_that_changes_is_refused(tmp_path: Path) -> None:
    times = np.concatenate([np.arange(100) / 100, 1.0 + np.arange(50) / 40])
    error = refused(tmp_path, lines_of(times, motion(150)))
    assert error.fault is ImportFault.TIME
    assert error.row == 103
    assert "rate is not steady" in str(error)


@pytest.mark.parametrize(
    ("name", "period", "hint"),
    [("t_s", 10.0, "t_ms"), ("t_ms", 0.01, "t_s"), ("t_us", 10.0, "t_ms"), ("t_s", 0.3, None)],
)
def test_a_rate_that_no_sensor_has_is_refused(
    tmp_path: Path, name: str, period: float, hint: str | None
) -> None:
    lines = lines_of(np.arange(50) * period, motion(50))
    lines[0] = lines[0].replace("t_s", name)
    error = refused(tmp_path, lines)
    assert (error.fault, error.column) == (ImportFault.TIME, name)
    assert (f"Should the column be {hint}?" in str(error)) if hint else ("Should" not in str(error))


# Columns and values ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "fault", "says"),
    [
        ("t_s,", "time,", ImportFault.COLUMNS, "no column of time"),
        ("t_s,", "t_min,", ImportFault.UNIT, "'min'"),
        ("foot_gyr_z_radps", "foot_gyr_z_rpm", ImportFault.UNIT, "'rpm'"),
        ("foot_gyr_z_radps", "foot_gyr_z_g", ImportFault.UNIT, "'g'"),
        ("foot_gyr_z_radps", "foot_gyr_z", ImportFault.COLUMNS, "foot_gyr_z_radps (or in dps)"),
        ("foot_gyr_z_radps", "toe_gyr_z_radps", ImportFault.COLUMNS, "foot_gyr_z_radps"),
        ("foot_gyr_z_radps", "foot_gyr_y_radps", ImportFault.COLUMNS, "twice"),
        ("foot_gyr_z_radps", "foot_gyr_y_dps", ImportFault.COLUMNS, "already"),
        ("foot_gyr_z_radps", "t_ms", ImportFault.COLUMNS, "two columns of time"),
        ("foot_gyr_z_radps", "thigh_gyr_z_radps", ImportFault.COLUMNS, "foot_gyr_z"),
    ],
)
def test_wrong_columns_are_named(
    tmp_path: Path, old: str, new: str, fault: ImportFault, says: str
) -> None:
    lines = good_lines()
    lines = ["# comment", lines[0].replace(old, new), *lines[1:]]
    error = refused(tmp_path, lines)
    assert (error.fault, error.row) == (fault, 2)
    assert says in str(error)


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("nan", "nan"),
        ("inf", "inf"),
        ("-1e999", "inf"),
        ("", "empty"),
        ("n/a", "'n/a' is not a number"),
        ("1_0", "is not a number"),
        ("0x10", "is not a number"),
        ("=1+1", "is not a number"),
        ("1e5", "more than any sensor"),
    ],
)
def test_a_bad_value_is_named_by_line_and_column(tmp_path: Path, field: str, says: str) -> None:
    lines = good_lines()
    fields = lines[33].split(",")
    fields[4] = field
    lines[33] = ",".join(fields)
    error = refused(tmp_path, [*lines[:10], "", *lines[10:]])
    assert (error.fault, error.row, error.column) == (ImportFault.VALUE, 35, "shin_gyr_x_radps")
    assert says in str(error)


@pytest.mark.parametrize("change", [lambda x: x + ",1", lambda x: x.rsplit(",", 1)[0]])
def test_a_row_of_another_length_is_named(tmp_path: Path, change: Callable[[str], str]) -> None:
    lines = good_lines()
    lines[12] = change(lines[12])
    error = refused(tmp_path, lines)
    assert (error.fault, error.row) == (ImportFault.COLUMNS, 13)
    assert "fields under a header of 13" in str(error)


def test_a_decimal_comma_between_commas_is_explained(tmp_path: Path) -> None:
    lines = good_lines()
    error = refused(tmp_path, [lines[0], *(line.replace(".", ",") for line in lines[1:])])
    assert (error.fault, error.row) == (ImportFault.COLUMNS, 2)
    assert "decimal comma needs ;" in str(error)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", ImportFault.EMPTY),
        (b"# only a comment\n\n", ImportFault.EMPTY),
        (",".join(COLUMNS).encode(), ImportFault.EMPTY),
        ("\n".join(good_lines(1)).encode(), ImportFault.EMPTY),
        ("\n".join(good_lines()).encode("utf-16"), ImportFault.VALUE),
        (b"\x00" * 300, ImportFault.COLUMNS),
        (b"PK\x03\x04\xff\xfe", ImportFault.VALUE),
        (b"\n".join([b"1,2,3"] * 9), ImportFault.COLUMNS),
    ],
    ids=["nothing", "comment", "header", "one row", "utf-16", "zeros", "zip", "no header"],
)
def test_a_file_that_is_no_table_is_refused(
    tmp_path: Path, data: bytes, fault: ImportFault
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(data)
    with pytest.raises(TableError) as caught:
        import_table(path, tmp_path / "a.mcap")
    assert caught.value.fault is fault


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(TableError) as caught:
            import_table(path, tmp_path / "a.mcap")
        assert caught.value.fault is ImportFault.MISSING


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_change_of_bytes_is_a_typed_error_or_a_table(
    tmp_path: Path, data: st.DataObject
) -> None:
    original = "\n".join(good_lines(25)).encode()
    at = data.draw(st.integers(0, len(original)))
    junk = data.draw(st.binary(min_size=1, max_size=6) | st.sampled_from([b",", b"\n", b'"', b";"]))
    path = tmp_path / "table.csv"
    path.write_bytes(original[:at] + junk + original[at + data.draw(st.integers(0, 9)) :])
    try:
        report = import_table(path, tmp_path / "a.mcap", overwrite=True)
    except TableError:
        return
    t, values = samples(open_recording(report.recording), Segment.FOOT)
    assert len(t) == report.rows
    assert np.isfinite(values).all()
    assert (np.diff(t) > 0).all()


# Units that cannot be right -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "factor", "likely"),
    [
        ("mps2", 1 / 9.80665, "g"),
        ("mps2", 1000 / 9.80665, "mg"),
        ("g", 1.0, "mps2"),
        ("mg", 1 / 9.80665, "g"),
    ],
)
def test_a_wrong_unit_of_acceleration_is_found_by_gravity(
    tmp_path: Path, named: str, factor: float, likely: str
) -> None:
    values = motion(50)
    values[:, 6:9] *= factor
    lines = lines_of(np.arange(50) / 100, values)
    shin, foot = lines[0].split("foot", 1)
    lines[0] = f"{shin}foot{foot.replace('mps2', named)}"
    error = refused(tmp_path, lines)
    assert (error.fault, error.column) == (ImportFault.UNIT, f"foot_acc_x_{named}")
    assert f"look like {likely}:" in str(error)


def test_acceleration_without_gravity_is_refused(tmp_path: Path) -> None:
    values = motion(50)
    values[:, 2] -= 9.8
    values[:, :3] *= 0.01
    error = refused(tmp_path, lines_of(np.arange(50) / 100, values))
    assert (error.fault, error.column) == (ImportFault.UNIT, "shin_acc_x_mps2")
    assert "includes gravity" in str(error)


@pytest.mark.parametrize(
    ("named", "factor", "says"), [("radps", 57.3, "dps"), ("dps", 0.01, "radps")]
)
def test_a_doubtful_unit_of_angular_rate_is_remarked(
    tmp_path: Path, named: str, factor: float, says: str
) -> None:
    values = motion(50)
    values[:, 9:] *= factor
    lines = lines_of(np.arange(50) / 100, values)
    shin, foot = lines[0].split("foot", 1)
    lines[0] = f"{shin}foot{foot.replace('radps', named)}"
    (remark,) = imported(tmp_path, lines).remarks
    assert "foot" in remark
    assert f"({says})?" in remark


# Marks ----------------------------------------------------------------------------------------


def test_marks_become_events_between_the_samples(tmp_path: Path) -> None:
    marks = Marks(still=TimeSpan(0.1, 0.15), pumps=TimeSpan(0.15, 0.333), curls=TimeSpan(0.4, 0.49))
    items = list(open_recording(imported(tmp_path, good_lines(), marks).recording).items())
    events = [(i.t_ns, i.kind, i.data["step"]) for i in items if isinstance(i, Event)]
    assert events == [
        (100_000_000, EventKind.CALIBRATION_START, "still"),
        (150_000_000, EventKind.CALIBRATION_END, "still"),
        (150_000_000, EventKind.CALIBRATION_START, "pumps"),
        (333_000_000, EventKind.CALIBRATION_END, "pumps"),
        (400_000_000, EventKind.CALIBRATION_START, "curls"),
        (490_000_000, EventKind.CALIBRATION_END, "curls"),
    ]
    assert all(
        i.data["accepted"] is True
        for i in items
        if isinstance(i, Event) and i.kind == EventKind.CALIBRATION_END
    )
    assert [i.t_ns for i in items] == sorted(i.t_ns for i in items)
    decoder = family_named("table").decoder(
        open_recording(tmp_path / "a.mcap").header.sensors[0].settings
    )
    last_event_ns = 0
    for item in items:
        if isinstance(item, Notification):
            first = decoder(item.characteristic, item.payload)[0].tick
            assert first is not None
            assert first >= last_event_ns, "no notification reaches across an event"
        else:
            last_event_ns = item.t_ns


@pytest.mark.parametrize(
    ("marks", "says"),
    [
        (Marks(still=TimeSpan(0.2, 0.6)), "still 0.2:0.6 is not inside"),
        (Marks(curls=TimeSpan(5, 6)), "from 0 to 0.49 s"),
        (Marks(pumps=TimeSpan(0.3, 0.2)), "pumps"),
        (Marks(still=TimeSpan(0.1, 0.3), curls=TimeSpan(0.2, 0.4)), "still and curls overlap"),
        (Marks(still=TimeSpan(0.2, 0.4), pumps=TimeSpan(0.1, 0.3)), "pumps and still overlap"),
    ],
    ids=["end", "beyond", "reversed", "overlap", "overlap backwards"],
)
def test_impossible_marks_are_refused(tmp_path: Path, marks: Marks, says: str) -> None:
    error = refused(tmp_path, good_lines(), marks)
    assert error.fault is ImportFault.MARKS
    assert says in str(error)


def test_a_mark_inside_a_gap_is_refused(tmp_path: Path) -> None:
    times = [i / 100 for i in range(100) if not 40 <= i < 60]
    marks = Marks(still=TimeSpan(0.45, 0.55))
    error = refused(tmp_path, lines_of(times, motion(80)), marks)
    assert error.fault is ImportFault.MARKS
    assert "still 0.45:0.55 contains no row" in str(error)


@pytest.mark.parametrize(
    ("text", "span"),
    [("0:5", (0, 5)), ("1.5:12.25", (1.5, 12.25)), (" 2. : 3 ", (2, 3)), (".5:1", (0.5, 1))],
)
def test_a_span_is_read(text: str, span: tuple[float, float]) -> None:
    assert parse_span(text) == TimeSpan(*span)


@pytest.mark.parametrize(
    "text",
    ["", "5", "5:", ":5", "5:5", "7:5", "a:b", "1:2:3", "-1:2", "nan:2", "0:inf", "1,5:2", "٣:٤"],
)
def test_a_malformed_span_is_refused(text: str) -> None:
    with pytest.raises(SettingError, match="A:B") as caught:
        parse_span(text)
    assert caught.value.value == text


# Files ----------------------------------------------------------------------------------------


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
