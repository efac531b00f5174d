"""The library shows what the recordings hold, even if its index is lost or damaged."""

import contextlib
import random
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from processing.coach.protocol import SetType
from processing.judge.checks import Grade
from processing.judge.reasons import Fault
from processing.library import KeptAnalyses, Library, LibraryError
from processing.pipeline.marks import PlanEventKind
from processing.review.analysis import analyse
from processing.review.edit_file import append_edit, edits_path
from processing.review.edits import Edit, EditKind
from processing.review.judged_sets import judge_sets, session_numbers
from processing.review.self_reports import SelfReports
from sensor.errors import RecordingError, RecordingFault
from sensor.recording import RecordingWriter, open_recording
from sensor.simulation.simulated_session import simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import (
    Event,
    EventKind,
    Segment,
    SensorInfo,
    SessionHeader,
    StreamSettings,
)


def record(path: Path, text: str) -> Path:
    """Record a simulated session."""
    session = simulate(parse_simulation(f"sim:{text}"))
    with RecordingWriter(path, session.header) as writer:
        for item in session.items:
            writer.write(item)
    return path


B = (
    "protocol=B,sets=2,reps=3,seed=1,rest_s=8,faults=fast,fault_every_reps=3,bottom_s=1,"
    "created_utc=2026-02-02T10:00:00+00:00"
)
A = "protocol=A,sets=2,reps=1,seed=2,rest_s=4"


@pytest.fixture(scope="module")
def read_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of two short sessions that a library has read."""
    folder = tmp_path_factory.mktemp("sessions")
    record(folder / "b.mcap", B)
    record(folder / "a.mcap", A)
    library = Library(folder)
    for path in library.waiting():
        library.read(path)
    return folder


@pytest.fixture
def folder(tmp_path: Path, read_folder: Path) -> Path:
    """Return a copy of that folder with its index."""
    return shutil.copytree(read_folder, tmp_path / "sessions")


@pytest.fixture
def library(folder: Path) -> Library:
    return Library(folder)


def test_a_reserve_entered_after_a_set_belongs_to_that_set(folder: Path) -> None:
    recording = open_recording(folder / "b.mcap")
    ends = [
        i.t_ns for i in recording.items() if isinstance(i, Event) and i.kind == EventKind.SET_END
    ]
    path = folder / "reserve.mcap"
    with RecordingWriter(path, recording.header) as writer:
        for item in recording.items():
            writer.write(item)
            if item.t_ns == ends[0] and isinstance(item, Event):
                writer.write(Event(item.t_ns + 1, PlanEventKind.RESERVE, {"reserve": 2}))
    first = judge_sets(analyse(path))[0]
    assert first.reserve == 2.0
    assert first.load_kg is not None
    # Epley 1985: load x (1 + reps / 30).
    expected = first.load_kg * (1.0 + first.metrics.reps / 30.0)
    assert first.metrics.one_rm_kg == pytest.approx(expected)
    untold = judge_sets(analyse(folder / "b.mcap"))[0]
    assert (untold.reserve, untold.metrics.one_rm_kg) == (None, None)


def test_a_missing_folder_is_empty_and_is_not_created(tmp_path: Path) -> None:
    library = Library(tmp_path / "none")
    assert library.sessions() == []
    assert library.waiting() == []
    assert not (tmp_path / "none").exists()


def test_without_an_index_the_recordings_are_read_again(folder: Path, library: Library) -> None:
    before = library.sessions()
    (folder / "index.sqlite").unlink()
    assert library.sessions() == []
    assert library.waiting() == [folder / "b.mcap", folder / "a.mcap"]
    assert library.waiting(but={folder / "b.mcap"}) == [folder / "a.mcap"]
    assert library.read(folder / "a.mcap") == before[1]
    assert library.waiting() == [folder / "b.mcap"]


def test_sessions_are_listed_newest_first_with_their_sets(folder: Path, library: Library) -> None:
    assert library.waiting() == []
    newest, oldest = library.sessions()
    assert newest.path == folder / "b.mcap"
    assert newest.when.timestamp() == 1770026400  # 2026-02-02 10:00 UTC
    assert newest.simulated
    assert newest.complete
    assert newest.health == newest.problem == ""
    assert [(s.type, s.load_kg, s.target_s) for s in newest.sets] == [(SetType.B, 40.0, 4.0)] * 2
    assert newest.protocol == "B"
    assert newest.reps == 6
    assert newest.load_kg == 40.0
    assert [s.type for s in oldest.sets] == [SetType.DF, SetType.PF]
    assert oldest.protocol == "A"


def test_the_numbers_of_a_session_are_its_sums(folder: Path, library: Library) -> None:
    session = library.sessions()[0]
    judged = judge_sets(analyse(folder / "b.mcap"))
    numbers = session_numbers(judged)
    verdicts = [v for s in judged for v in s.verdicts]
    assert numbers.reps == session.reps == len(verdicts) == 6
    assert numbers.quality_percent == session.quality_percent
    # The simulation lowers every third rep far too fast.
    assert [v.grade is Grade.MISS for v in verdicts] == [False, False, True] * 2
    assert session.pointed_eccentric_s == pytest.approx(
        sum(v.measures.pf_share * v.measures.eccentric_s for v in verdicts)
    )
    assert numbers.pointed_eccentric_s == pytest.approx(session.pointed_eccentric_s)
    assert session.eccentric_dose_kgs == pytest.approx(
        40.0 * sum(v.measures.eccentric_s for v in verdicts)
    )
    # Every rep that is not good has one fault, and the fast ones have that of a fast lowering.
    assert [sum(s.faults.values()) for s in session.sets] == [
        sum(v.grade in (Grade.NEAR, Grade.MISS) for v in one.verdicts) for one in judged
    ]
    assert all(s.faults.get(Fault.TOO_FAST) or s.faults.get(Fault.DROPPED) for s in session.sets)
    assert numbers.volume_kg == 6 * 40.0
    assert numbers.target_s == 4.0


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: path.write_bytes(b"not a database" * 100), id="another file"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:5000]), id="cut"),
        pytest.param(
            lambda path: path.write_bytes(path.read_bytes()[:4096] + bytes(8192)), id="zeros"
        ),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: change(path, "PRAGMA user_version = 7"), id="another layout"),
        pytest.param(
            lambda path: change(path, "UPDATE training_set SET metrics = x'00'"), id="metrics"
        ),
        pytest.param(
            lambda path: change(path, "UPDATE training_set SET type = 'XL'"), id="type of a set"
        ),
        pytest.param(
            lambda path: change(path, "UPDATE session SET duration_s = 'long'"), id="duration"
        ),
        pytest.param(
            lambda path: change(path, "UPDATE session SET created_utc = 'monday'"), id="time"
        ),
    ],
)
def test_a_damaged_index_is_made_again(
    folder: Path, library: Library, damage: Callable[[Path], object]
) -> None:
    damage(folder / "index.sqlite")
    assert library.sessions() == []
    assert len(library.waiting()) == 2
    (folder / "a.mcap").write_bytes(b"")
    library.read(folder / "a.mcap")
    assert [s.path.name for s in library.sessions()] == ["a.mcap"]


def test_a_changed_bit_of_the_index_is_noticed(folder: Path, library: Library) -> None:
    sound = library.sessions()
    path = folder / "index.sqlite"
    data = path.read_bytes()
    rng = random.Random(7)
    for _ in range(60):
        changed = bytearray(data)
        at = rng.randrange(len(data))
        changed[at] ^= 1 << rng.randrange(8)
        path.write_bytes(changed)
        assert library.sessions() in ([], sound), at


class FailingConnection(sqlite3.Connection):
    """A connection whose statement number ``fail_at`` finds the disk full or failing."""

    fail_at = 0
    code = sqlite3.SQLITE_FULL
    calls = 0

    def execute(self, *args: Any) -> sqlite3.Cursor:
        """Execute a statement, or fail."""
        type(self).calls += 1
        if type(self).calls == self.fail_at:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = self.code
            raise error
        return super().execute(*args)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR])
def test_a_disk_that_fails_under_the_index_is_told_or_the_index_is_made_again(
    folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    sound = library.sessions()
    monkeypatch.setattr(FailingConnection, "code", code)
    monkeypatch.setattr(
        "processing.library.index.sqlite3.connect",
        partial(sqlite3.connect, factory=FailingConnection),
    )
    for fail_at in range(1, 8):
        monkeypatch.setattr(FailingConnection, "calls", 0)
        monkeypatch.setattr(FailingConnection, "fail_at", fail_at)
        with contextlib.suppress(LibraryError):
            library.keep(open_recording(folder / "a.mcap"), [], SelfReports())
        monkeypatch.setattr(FailingConnection, "fail_at", 0)
        names = {session.path.name for session in library.sessions()}
        assert names <= {session.path.name for session in sound}


def test_each_set_names_its_exercise(tmp_path: Path, folder: Path, library: Library) -> None:
    record(tmp_path / "heels.mcap", "exercise=heel_raise,sets=1,reps=2,seed=3")
    (heels,) = Library(tmp_path).read(tmp_path / "heels.mcap").sets
    assert heels.exercise == "heel_raise"
    # A recording that names none is of leg curls.
    assert {s.exercise for session in library.sessions() for s in session.sets} == {"leg_curl"}


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(statement)


def test_a_recording_that_changed_is_read_again(folder: Path, library: Library) -> None:
    shutil.copy(folder / "a.mcap", folder / "b.mcap")
    assert library.waiting() == [folder / "b.mcap"]
    assert [s.path.name for s in library.sessions()] == ["a.mcap"]


def test_a_deleted_recording_leaves_the_list(folder: Path, library: Library) -> None:
    (folder / "a.mcap").unlink()
    assert [s.path.name for s in library.sessions()] == ["b.mcap"]
    with closing(sqlite3.connect(folder / "index.sqlite")) as database:
        left = database.execute("SELECT DISTINCT file FROM training_set").fetchall()
    assert left == [("b.mcap",)]


def test_a_cut_recording_says_how_much_was_recovered(folder: Path, library: Library) -> None:
    duration_s = library.sessions()[0].duration_s
    whole = (folder / "b.mcap").read_bytes()
    (folder / "b.mcap").write_bytes(whole[: len(whole) // 2])
    session = library.read(folder / "b.mcap")
    assert not session.complete
    assert "recovered" in session.health
    assert session.problem == ""
    assert 0.0 < session.duration_s < duration_s


def test_a_recording_with_settings_that_cannot_be_used_is_listed_with_the_reason(
    folder: Path, library: Library
) -> None:
    settings = StreamSettings(extra={"acc_trim": {"scale": "large"}})
    foot = SensorInfo("AA:02", Segment.FOOT, "witmotion", settings=settings)
    RecordingWriter(folder / "c.mcap", SessionHeader(0, "", (foot,))).close()
    session = library.read(folder / "c.mcap")
    assert "acc_trim.offset_mps2" in session.problem
    assert session in library.sessions()


def test_a_file_that_is_no_recording_is_listed_with_the_reason(
    folder: Path, library: Library
) -> None:
    (folder / "c.mcap").write_bytes(b"holiday pictures")
    session = library.read(folder / "c.mcap")
    assert "c.mcap" in session.problem
    assert session in library.sessions()


@pytest.mark.parametrize("created_utc", ["", "yesterday", "2026-13-40"])
def test_a_recording_without_a_readable_time_has_that_of_its_file(
    tmp_path: Path, created_utc: str
) -> None:
    header = simulate(parse_simulation("sim:protocol=FREE,free_s=1,calibration=no")).header
    path = tmp_path / "odd.mcap"
    with RecordingWriter(path, replace(header, created_utc=created_utc)):
        pass
    found = Library(tmp_path).read(path)
    assert found.when.timestamp() == pytest.approx(path.stat().st_mtime)


def test_an_error_names_a_folder_that_allows_no_index(folder: Path, library: Library) -> None:
    (folder / "index.sqlite").unlink()
    (folder / "index.sqlite").mkdir()
    with pytest.raises(LibraryError) as caught:
        library.waiting()
    assert caught.value.path == folder / "index.sqlite"
    assert "index" in str(caught.value)


def test_a_removed_session_leaves_no_files(folder: Path, library: Library) -> None:
    append_edit(edits_path(folder / "a.mcap"), Edit(1, EditKind.NOTE, value="sore"))
    library.remove(folder / "a.mcap")
    assert [s.path.name for s in library.sessions()] == ["b.mcap"]
    assert sorted(p.name for p in folder.iterdir()) == ["b.mcap", "index.sqlite"]


def test_a_session_that_was_set_aside_comes_back_as_it_was(folder: Path, library: Library) -> None:
    path = folder / "a.mcap"
    append_edit(edits_path(path), Edit(1, EditKind.NOTE, value="sore"))
    before = path.read_bytes(), edits_path(path).read_bytes()
    library.set_aside(path)
    assert [s.path.name for s in library.sessions()] == ["b.mcap"]
    assert library.waiting() == []
    library.bring_back(path)
    assert (path.read_bytes(), edits_path(path).read_bytes()) == before
    assert library.waiting() == [path]


def test_what_was_set_aside_is_deleted_for_good(folder: Path, library: Library) -> None:
    library.set_aside(folder / "a.mcap")
    library.empty()
    assert sorted(p.name for p in folder.iterdir()) == ["b.mcap", "index.sqlite"]
    with pytest.raises(RecordingError):
        library.set_aside(folder / "a.mcap")


def test_nothing_that_is_there_is_replaced_by_what_comes_back(
    folder: Path, library: Library
) -> None:
    path = folder / "a.mcap"
    library.set_aside(path)
    path.write_bytes(b"another one of that name")
    with pytest.raises(RecordingError) as caught:
        library.bring_back(path)
    assert caught.value.fault is RecordingFault.NOT_WRITABLE
    assert path.read_bytes() == b"another one of that name"


def test_edits_change_the_numbers_of_a_recording(folder: Path, library: Library) -> None:
    load = Edit(1, EditKind.LOAD, t=library_set_start(folder), value=45.0)
    append_edit(edits_path(folder / "a.mcap"), load)
    assert library.waiting() == [folder / "a.mcap"]
    assert [s.load_kg for s in library.read(folder / "a.mcap").sets] == [45.0, 40.0]


def library_set_start(folder: Path) -> float:
    """Return when the first set of session A was marked, s."""
    recording = open_recording(folder / "a.mcap")
    start_ns = recording.header.start_ns
    marks = (i for i in recording.items() if isinstance(i, Event) and i.kind == EventKind.SET_START)
    return (next(marks).t_ns - start_ns) / 1e9 + 0.1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no owner's bits")
def test_only_its_owner_can_read_the_index(folder: Path, library: Library) -> None:
    library.sessions()
    assert (folder / "index.sqlite").stat().st_mode & 0o077 == 0


def test_old_numbers_stay_in_view_until_they_are_renewed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Library(folder).sessions()
    assert not any(s.older_engine for s in before)
    monkeypatch.setattr("processing.library.folder.ENGINE_VERSION", "newer")
    record(folder / "0.mcap", A)
    library = Library(folder)
    assert library.sessions() == [replace(s, older_engine=True) for s in before]
    # A session without numbers is read first, then the newest.
    waiting = library.waiting()
    assert [p.name for p in waiting] == ["0.mcap", "b.mcap", "a.mcap"]
    library.read(waiting[1])
    assert {s.path.name: s.older_engine for s in library.sessions()} == {
        "b.mcap": False,
        "a.mcap": True,
    }


def test_a_changed_recording_shows_no_numbers_of_an_older_engine(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("processing.library.folder.ENGINE_VERSION", "newer")
    append_edit(edits_path(folder / "a.mcap"), Edit(1, EditKind.LOAD, t=1.0, value=5.0))
    assert [s.path.name for s in Library(folder).sessions()] == ["b.mcap"]


def test_a_compact_recording_keeps_numbers_edits_and_analysis(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = KeptAnalyses(tmp_path / "kept")
    library = Library(folder, kept)
    append_edit(edits_path(folder / "b.mcap"), Edit(1, EditKind.LOAD, t=20.0, value=5.0))
    for path in library.waiting():
        library.read(path)
    before = library.sessions()
    analysis = kept.find(open_recording(folder / "b.mcap"))
    size = (folder / "b.mcap").stat().st_size
    assert sorted(p.name for p in library.large()) == ["a.mcap", "b.mcap"]
    for path in library.large():
        library.compact(path)
    assert (folder / "b.mcap").stat().st_size < size / 3
    assert library.large() == []
    assert library.waiting() == []
    assert library.sessions() == before
    found = kept.find(open_recording(folder / "b.mcap"))
    assert analysis is not None
    assert found is not None
    assert bool((found.offline_angles.ankle == analysis.offline_angles.ankle).all())
    # And what is computed from the compact form is the same.
    again = Library(folder)
    again.read(folder / "b.mcap")
    assert again.sessions() == before


def test_a_recording_that_stays_large_is_not_tried_again(folder: Path) -> None:
    path = folder / "a.mcap"
    path.write_bytes(path.read_bytes()[:-2000])
    library = Library(folder)
    library.compact(folder / "b.mcap")
    assert library.large() == [path]
    library.compact(path)
    assert library.large() == []
