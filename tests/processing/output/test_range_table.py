"""The table of measured ranges, read back by another reader of CSV."""

import csv
from pathlib import Path

import pytest

from processing.output.range_table import COLUMNS, write_ranges
from processing.ranges.measures import Knee, Measure, RangeKind
from processing.ranges.results import RangeResult
from processing.ranges.trials import Trial
from sensor.errors import RecordingError

KIND = RangeKind(Measure.DORSIFLEXION, Knee.BENT, "L")
TRIALS = (
    Trial(1, 1.0, 3.0, 0.20),
    Trial(2, 5.0, 5.4, None),
    # More than 10° below the best: it did not go to the end.
    Trial(3, 8.0, 10.0, 0.01),
    Trial(4, 12.0, 14.0, 0.24),
)
RESULT = RangeResult(KIND, 0.0, 15.0, TRIALS)


def test_there_is_a_row_for_each_trial_whether_it_counts_or_not(tmp_path: Path) -> None:
    path = tmp_path / "ranges.csv"
    assert write_ranges(path, [("2026-02-02T10:00:00+00:00", [RESULT])]) == 4
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row["value_deg"] for row in rows] == ["11.46", "", "0.57", "13.75"]
    assert [row["counts"] for row in rows] == ["1", "0", "0", "1"]
    assert {row["mean_deg"] for row in rows} == {"12.61"}
    assert (rows[0]["measure"], rows[0]["knee"], rows[0]["side"]) == ("dorsiflexion", "bent", "L")
    assert (rows[3]["trial"], rows[3]["t_start_s"], rows[3]["t_end_s"]) == ("4", "12.00", "14.00")


def test_a_session_without_ranges_gives_a_head_alone(tmp_path: Path) -> None:
    path = tmp_path / "ranges.csv"
    assert write_ranges(path, [("2026-02-02T10:00:00+00:00", ())]) == 0
    assert path.read_text() == ",".join(COLUMNS) + "\n"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(RecordingError, match="cannot be written"):
        write_ranges(tmp_path / "file" / "ranges.csv", [])
