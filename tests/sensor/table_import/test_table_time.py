"""The times of a table: gaps, other zeros, repeated rows, rates; and the marks given in them."""

from pathlib import Path

import numpy as np
import pytest

from sensor.assembler import Assembler
from sensor.errors import ImportFault, SettingError
from sensor.families import family_named
from sensor.recording import open_recording
from sensor.table_import import (
    Marks,
    TimeSpan,
    parse_span,
)
from sensor.types import Event, EventKind, Notification, Segment
from tests.sensor.families.contract import first_of
from tests.sensor.table_import.tables import (
    good_lines,
    imported,
    lines_of,
    motion,
    refused,
    samples,
)


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
            first = first_of(decoder(item.characteristic, [item.payload])[0].ticks)
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
