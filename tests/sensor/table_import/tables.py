"""Tables to import, and what a recording makes of them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest

from sensor.assembler import Assembler
from sensor.errors import TableError
from sensor.recording import Recording
from sensor.table_import import (
    ImportReport,
    Marks,
    import_table,
)
from sensor.types import FloatArray, Segment

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
