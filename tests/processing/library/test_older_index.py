"""An index of an older layout stays in view until its recordings are read again."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from processing.exercises.exercise import LEG_CURL
from processing.library import Library
from processing.review.self_reports import SelfReports
from tests.processing.library.hand_made import EMPTY

SAMPLE = Path(__file__).parents[2] / "data" / "index_v1.sqlite"
"""Written by the version before exercises: one session of two sets."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with this index and a file in place of the recording."""
    shutil.copy(SAMPLE, tmp_path / "index.sqlite")
    recording = tmp_path / "session.mcap"
    recording.write_bytes(b"four")
    # The index knows its recordings by size and time.
    os.utime(recording, ns=(10**9, 10**9))
    return tmp_path


def test_the_numbers_of_an_older_index_stay_in_view(folder: Path) -> None:
    library = Library(folder)
    (session,) = library.sessions()
    assert session.older_engine
    assert session.self_reports == SelfReports(3.0, 6.0)
    assert (session.plan, session.planned_sets, session.per_week) == ("B", None, None)
    assert [s.exercise for s in session.sets] == [LEG_CURL] * 2
    assert [s.faults for s in session.sets] == [{}, {}]
    assert session.quality_percent == 75.0
    assert session.eccentric_dose_kgs == 2240.0
    assert session.sets[0].metrics.ankle_fade == EMPTY.ankle_fade
    # They are renewed when there is time.
    assert library.waiting() == [folder / "session.mcap"]


def test_it_is_brought_to_the_new_layout_once(folder: Path) -> None:
    first = Library(folder).sessions()
    with closing(sqlite3.connect(folder / "index.sqlite")) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(training_set)")]
        database.execute("DELETE FROM session")
        database.commit()
    assert "exercise" in columns
    assert first
    assert Library(folder).sessions() == []


@pytest.mark.parametrize(
    "damage",
    ["UPDATE training_set SET load_kg = 90.0", "UPDATE session SET soreness = 1.0"],
)
def test_a_damaged_older_index_is_made_again(folder: Path, damage: str) -> None:
    with closing(sqlite3.connect(folder / "index.sqlite")) as database:
        database.execute(damage)
        database.commit()
    library = Library(folder)
    assert library.sessions() == []
    assert library.waiting() == [folder / "session.mcap"]
