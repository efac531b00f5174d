"""Measured ranges as a table that spreadsheets and other programs read: one row a trial."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from processing.ranges.results import RangeResult
from sensor.errors import RecordingError, RecordingFault
from sensor.private_files import write_private

COLUMNS = (
    "session",
    "measure",
    "knee",
    "side",
    "trial",
    "t_start_s",
    "t_end_s",
    "value_deg",
    "counts",
    "mean_deg",
)
"""``session`` is its time in ISO 8601; ``t_start_s`` and ``t_end_s`` bound the hold, from the start of the
recording; ``value_deg`` is empty without a hold, ``counts`` is 1 or 0, and ``mean_deg`` is that of the measure."""


def write_ranges(path: Path, sessions: Iterable[tuple[str, Iterable[RangeResult]]]) -> int:
    """Write the trials of all ``sessions`` as CSV; return the number of rows.

    Parameters
    ----------
    path
        The file.
    sessions
        The time of each session in ISO 8601, and its ranges in order of time.

    Raises
    ------
    RecordingError
        If the file cannot be written; then what was there before still is.
    """
    rows = [row for when, ranges in sessions for one in ranges for row in _rows(when, one)]
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerows([COLUMNS, *rows])
    try:
        write_private(path, [text.getvalue().encode()])
    except OSError as error:
        raise RecordingError(
            path, RecordingFault.NOT_WRITABLE, f"cannot be written: {error.strerror}"
        ) from error
    return len(rows)


def _rows(when: str, one: RangeResult) -> Iterator[tuple[str, ...]]:
    kind, counted, mean = one.kind, one.counted, one.mean_deg
    for trial in one.trials:
        yield (
            when,
            kind.measure.value,
            kind.knee.value,
            kind.side,
            str(trial.number),
            f"{trial.t_start:.2f}",
            f"{trial.t_end:.2f}",
            "" if trial.value_deg is None else f"{trial.value_deg:.2f}",
            "1" if trial in counted else "0",
            "" if mean is None else f"{mean:.2f}",
        )
