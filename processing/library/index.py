"""The index of a library: an SQLite file that can always be made again from the recordings."""

import os
import sqlite3
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from processing.coach.protocol import SetType
from processing.exercises.exercise import LEG_CURL
from processing.judge.reasons import Fault
from processing.judge.set_metrics import SetMetrics
from processing.library.older_index import (
    NEEDED_METRICS,
    OLDER_LAYOUTS,
    OlderSession,
    older_sessions,
)
from processing.library.records import LibraryError, LibrarySession, LibrarySet
from processing.ranges.results import RangeResult
from processing.review.self_reports import SelfReports
from sensor.private_files import create_private, make_private_folder

T = TypeVar("T")

INDEX_NAME = "index.sqlite"
"""Its name in the folder of the recordings."""
_TIMEOUT_S = 10.0
"""Another program may hold the index for this long."""
_TABLES = """
CREATE TABLE session (
    file TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, created_utc TEXT NOT NULL,
    duration_s REAL NOT NULL, simulated INTEGER NOT NULL, complete INTEGER NOT NULL,
    health TEXT NOT NULL, problem TEXT NOT NULL, soreness REAL, exertion REAL, plan TEXT NOT NULL,
    planned_sets INTEGER, per_week INTEGER, ranges BLOB NOT NULL, checksum INTEGER NOT NULL
);
CREATE TABLE training_set (
    file TEXT NOT NULL REFERENCES session(file) ON DELETE CASCADE,
    number INTEGER NOT NULL, type TEXT NOT NULL, side TEXT NOT NULL, load_kg REAL, target_s REAL,
    metrics BLOB NOT NULL, exercise TEXT NOT NULL, planned_reps INTEGER, faults BLOB NOT NULL,
    PRIMARY KEY (file, number)
);
"""
"""The layout of the index; the sets of a session go with it."""
_SESSIONS_OF = "SELECT * FROM session WHERE ?1 IS NULL OR file = ?1"
_SETS_OF = "SELECT * FROM training_set WHERE ?1 IS NULL OR file = ?1 ORDER BY file, number"
"""Of one file, or of all."""
_PUT_SESSION = "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PUT_SET = "INSERT INTO training_set VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_LAYOUT = zlib.crc32((_TABLES + str(list(NEEDED_METRICS))).encode()) & 0x7FFFFFFF
"""Number of this layout in the file; an index of another layout is made again."""


_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_INTERRUPT,
}
"""Errors of SQLite that do not come from the file: it must stay."""
_MAYBE_PASSING = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
}
"""Errors that also come from single changed bits in the head of the file."""
_ATTEMPTS = 2
"""With the index as it is, then with a new one."""


_NO_FAULTS, _NO_RANGES = msgspec.msgpack.encode({}), msgspec.msgpack.encode(())


class _DamagedError(Exception):
    """An index with values that nobody wrote."""


@dataclass(frozen=True, slots=True)
class _SessionRow:
    """A row of the table of sessions; the fields are its columns, ``ranges`` as MessagePack."""

    file: str
    fingerprint: str
    created_utc: str
    duration_s: float
    simulated: int
    complete: int
    health: str
    problem: str
    soreness: float | None
    exertion: float | None
    plan: str
    planned_sets: int | None = None
    per_week: int | None = None
    ranges: bytes = _NO_RANGES
    checksum: int = 0


@dataclass(frozen=True, slots=True)
class _SetRow:
    """A row of the table of sets; ``metrics`` is a :class:`SetMetrics` as MessagePack, as are ``faults``."""

    file: str
    number: int
    type: SetType
    side: str
    load_kg: float | None
    target_s: float | None
    metrics: bytes
    exercise: str = LEG_CURL
    planned_reps: int | None = None
    faults: bytes = _NO_FAULTS


class LibraryIndex:
    """The numbers of the recordings of a folder, by file name.

    Every method raises :class:`LibraryError` if the index can be neither used nor made again.

    Parameters
    ----------
    folder
        The folder of the recordings; the index is in it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / INDEX_NAME
        self._checked: tuple[int, int] | None = None

    def sessions(self) -> dict[str, tuple[str, LibrarySession]]:
        """Return the fingerprint and the session of every file, by its name.

        A damaged index is made again, and is empty then: the recordings are the truth.
        """
        return self._run(self._read)

    def put(self, session: LibrarySession, fingerprint: str) -> None:
        """Keep ``session`` in place of an older one of the same file."""
        self._run(lambda database: self._write(database, session, fingerprint))

    def _write(
        self, database: sqlite3.Connection, session: LibrarySession, fingerprint: str
    ) -> None:
        file = session.path.name
        rows = [
            _SetRow(
                file,
                each.number,
                each.type,
                each.side,
                _number(each.load_kg),
                _number(each.target_s),
                msgspec.msgpack.encode(each.metrics),
                each.exercise,
                each.planned_reps,
                msgspec.msgpack.encode(each.faults),
            )
            for each in session.sets
        ]
        head = _SessionRow(
            file,
            fingerprint,
            session.created_utc,
            float(session.duration_s),
            int(session.simulated),
            int(session.complete),
            session.health,
            session.problem,
            _number(session.self_reports.soreness),
            _number(session.self_reports.exertion),
            session.plan,
            session.planned_sets,
            session.per_week,
            msgspec.msgpack.encode(session.ranges),
        )
        head = replace(head, checksum=_checksum(head, rows))

        # The sets go with it by their foreign key.
        database.execute("DELETE FROM session WHERE file = ?", (file,))
        database.execute(_PUT_SESSION, astuple(head))
        database.executemany(_PUT_SET, map(astuple, rows))

    def rename_fingerprint(self, file: str, before: str, after: str) -> None:
        """Let a session keep its numbers under another fingerprint, if it has the one before."""

        def write(database: sqlite3.Connection) -> None:
            known = self._read(database, file).get(file)
            if known is not None and known[0] == before:
                self._write(database, known[1], after)

        self._run(write)

    def forget(self, files: Sequence[str]) -> None:
        """Remove the sessions of these files."""

        def remove(database: sqlite3.Connection) -> None:
            database.executemany("DELETE FROM session WHERE file = ?", [(f,) for f in files])

        self._run(remove)

    def _run(self, action: Callable[[sqlite3.Connection], T]) -> T:
        """Run ``action`` within a transaction; if the index is damaged, with a new one."""
        for attempt in range(_ATTEMPTS):
            try:
                return self._attempt(action)
            except (OSError, sqlite3.Error, _DamagedError, ValueError, RecursionError) as error:
                if attempt + 1 < _ATTEMPTS and self._is_damage(error) and self._discard():
                    continue
                raise LibraryError(
                    self._path, f"the index of the sessions cannot be used ({error})"
                ) from error
        raise AssertionError  # the loop above ends by itself

    def _attempt(self, action: Callable[[sqlite3.Connection], T]) -> T:
        make_private_folder(self._folder)
        new = not self._path.exists()
        if new:
            # Made here and not by SQLite, so that only the owner can ever read it.
            os.close(create_private(self._path))
        with closing(sqlite3.connect(self._path, timeout=_TIMEOUT_S)) as database:
            # The end of a process loses nothing; after a power cut the check finds what is damaged, and
            # the recordings are still there. Waiting for the disk would take most of a write.
            database.execute("PRAGMA synchronous = OFF")
            if new:
                database.executescript(f"{_TABLES}PRAGMA user_version = {_LAYOUT};")
            with database:
                database.row_factory = sqlite3.Row
                # Off in SQLite by default, and only for this connection.
                database.execute("PRAGMA foreign_keys = ON")
                if _layout(database) in OLDER_LAYOUTS:
                    self._renew(database)
                self._check(database)
                try:
                    return action(database)
                except (sqlite3.Error, _DamagedError, ValueError):
                    self._checked = None
                    raise

    def _renew(self, database: sqlite3.Connection) -> None:
        """Bring an index of an older layout to this one; its numbers stay in view until they are renewed."""
        database.execute("BEGIN IMMEDIATE")
        # Another program may have done it meanwhile.
        if _layout(database) not in OLDER_LAYOUTS:
            return
        kept = [self._renewed(one) for one in older_sessions(database)]
        # In one transaction, to which executescript() would put an end.
        for statement in ("DROP TABLE training_set", "DROP TABLE session", *_TABLES.split(";")):
            database.execute(statement)
        for session, fingerprint in kept:
            self._write(database, session, fingerprint)
        database.execute(f"PRAGMA user_version = {_LAYOUT}")
        database.commit()

    def _renewed(self, older: OlderSession) -> tuple[LibrarySession, str]:
        head = msgspec.convert(older.head, _SessionRow)
        sets = [msgspec.convert(row, _SetRow) for row in older.sets]
        return self._session_of(head, sets), head.fingerprint

    def _check(self, database: sqlite3.Connection) -> None:
        """Raise an error unless it is an index of this layout that SQLite finds sound.

        All of the file is checked when it is opened first, and again after any error or if another
        file has taken its place. Later damage is found where it is met: every page that is read by
        SQLite, and every session by its checksum.
        """
        if _layout(database) != _LAYOUT:
            raise _DamagedError("of another version")
        stat = self._path.stat()
        file = stat.st_dev, stat.st_ino
        if self._checked == file:
            return
        (found,) = database.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise _DamagedError(found)
        self._checked = file

    def _is_damage(self, error: Exception) -> bool:
        """Return whether ``error`` comes from the content of the file."""
        if isinstance(error, OSError):
            return False
        # Errors of the Python module itself, such as text that is no UTF-8, have no code.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in _MAYBE_PASSING:
            return os.access(self._path, os.R_OK | os.W_OK) and os.access(self._folder, os.W_OK)
        return code not in _PASSING

    def _discard(self) -> bool:
        """Remove the index and what SQLite keeps beside it; return whether that was possible."""
        try:
            for name in (INDEX_NAME, *(f"{INDEX_NAME}-{end}" for end in ("journal", "wal", "shm"))):
                (self._folder / name).unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def _read(
        self, database: sqlite3.Connection, file: str | None = None
    ) -> dict[str, tuple[str, LibrarySession]]:
        """Return the sessions of all files, or of one."""
        sets: dict[str, list[_SetRow]] = {}
        for row in database.execute(_SETS_OF, (file,)):
            read = msgspec.convert(dict(row), _SetRow)
            sets.setdefault(read.file, []).append(read)
        heads = [
            msgspec.convert(dict(row), _SessionRow)
            for row in database.execute(_SESSIONS_OF, (file,))
        ]
        for head in heads:
            # SQLite's own check does not see a wrong value in a sound table.
            if head.checksum != _checksum(head, sets.get(head.file, [])):
                raise _DamagedError(f"the checksum of {head.file} is wrong")
        return {
            head.file: (head.fingerprint, self._session_of(head, sets.get(head.file, [])))
            for head in heads
        }

    def _session_of(self, head: _SessionRow, sets: Sequence[_SetRow]) -> LibrarySession:
        # LibrarySession reads the time when it is asked for it, where nobody expects an error.
        datetime.fromisoformat(head.created_utc)
        return LibrarySession(
            path=self._folder / head.file,
            created_utc=head.created_utc,
            duration_s=head.duration_s,
            simulated=bool(head.simulated),
            complete=bool(head.complete),
            health=head.health,
            sets=tuple(_set_of(row) for row in sets),
            problem=head.problem,
            self_reports=SelfReports(head.soreness, head.exertion),
            plan=head.plan,
            planned_sets=head.planned_sets,
            per_week=head.per_week,
            ranges=msgspec.msgpack.decode(head.ranges, type=tuple[RangeResult, ...]),
        )


def _layout(database: sqlite3.Connection) -> int:
    """Return the number of the layout that the file names."""
    (found,) = database.execute("PRAGMA user_version").fetchone()
    return int(found)


def _checksum(head: _SessionRow, sets: Sequence[_SetRow]) -> int:
    """Return the checksum of everything that is kept of a session."""
    return zlib.crc32(
        msgspec.msgpack.encode([astuple(replace(head, checksum=0)), *map(astuple, sets)])
    )


def _number(value: float | None) -> float | None:
    """Return ``value`` as the table gives it back: a whole number becomes a float."""
    return None if value is None else float(value)


def _set_of(row: _SetRow) -> LibrarySet:
    return LibrarySet(
        number=row.number,
        type=row.type,
        side=row.side,
        load_kg=row.load_kg,
        target_s=row.target_s,
        metrics=msgspec.msgpack.decode(row.metrics, type=SetMetrics),
        exercise=row.exercise,
        planned_reps=row.planned_reps,
        faults=msgspec.msgpack.decode(row.faults, type=dict[Fault, int]),
    )
