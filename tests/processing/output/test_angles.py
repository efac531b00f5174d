"""The table of the angles has the columns that its page describes."""

import re
from pathlib import Path

from processing.output.angles import angle_columns
from processing.review.analysis import analyse
from sensor.recording import open_recording
from sensor.table_import import read_reference

ROOT = Path(__file__).parents[3]


def test_the_documentation_names_every_column_and_no_other() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    table = page.split("## What `export` writes")[1].split("## ")[0]
    described = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    recording = open_recording(ROOT / "tests" / "data" / "recording_v1.mcap")
    (columns,) = angle_columns(analyse(recording), reference=read_reference(recording))
    # The recording has a reference, but no sensor on the thigh and no other exercise than leg curls.
    others = ("knee_deg", "driving_deg")
    assert [*columns] == [name for name in described if name not in others]
