"""The recipe for a column of the export: the half-width that holds the true ankle angle."""

import csv
from pathlib import Path

import numpy as np

from tests.recipes.working_copy import Edit, Insertion, WorkingCopy

ANGLES, PAGE = "processing/output/angles.py", "docs/commands.md"
CHECK = "tests/processing/output/test_angles.py"
RECORDING = Path(__file__).parents[2] / "recordings" / "b_good.mcap"

COLUMN: tuple[Edit, ...] = (
    Insertion(
        ANGLES,
        '        "uncertainty_deg": _degree_cells(angles.uncertainty, angles.valid),\n',
        after='"valid": ["1" if valid else "0" for valid in angles.valid.tolist()],',
    ),
)
DESCRIPTION: tuple[Edit, ...] = (
    Insertion(
        PAGE,
        "| `uncertainty_deg` | half-width that holds the true ankle angle in 95 of 100 samples |\n",
        after="| `valid` | 1 if the ankle angle can be used, else 0; without a sensor on the thigh also the "
        "shin turn |",
    ),
)


def test_a_column_is_exported_and_must_be_described(tmp_path: Path) -> None:
    copy = WorkingCopy.make(tmp_path)
    copy.edit(COLUMN)
    assert "uncertainty_deg" in copy.failure("-m", "pytest", CHECK)
    copy.edit(DESCRIPTION)
    copy.output("-m", "pytest", CHECK)
    table = tmp_path / "angles.csv"
    copy.output("-m", "toepoint", "export", str(RECORDING), "-o", str(table))
    with table.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["valid"] == "1"]
    widths = np.array([float(row["uncertainty_deg"]) for row in rows])
    # An angle of two sensors is never exact, and after a calibration never off by a quarter turn.
    assert widths.min() > 0.0
    assert widths.max() < 90.0
    assert copy.files_by_hand == {ANGLES, PAGE}
