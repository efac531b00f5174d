"""The index of a library: an SQLite file that can always be made again from the recordings."""

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from pathlib import Path

import msgspec

from processing.coach.protocol import SetType
from processing.judge.set_metrics import SetMetrics
from processing.library.records import LibraryError, LibrarySession, LibrarySet
from processing.review.self_reports import SelfReports

INDEX_NAME = "index.sqlite"
"""Its name in the folder of the recordings."""
_TIMEOUT_S = 10.0
"""Another program may hold the index for this long."""
_TABLES = """
CREATE TABLE session (
    file TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, created_utc TEXT NOT NULL,
    duration_s REAL NOT NULL, simulated INTEGER NOT NULL, complete INTEGER NOT NULL,
    health TEXT NOT NULL, problem TEXT NOT NULL, soreness REAL, exertion REAL, plan TEXT NOT NULL
);
CREATE TABLE training_set (
    file TEXT NOT NULL REFERENCES session(file) ON DELETE CASCADE,
    number INTEGER NOT NULL, type TEXT NOT NULL, side TEXT NOT NULL, load_kg REAL, target_s REAL,
    metrics BLOB NOT NULL,
    PRIMARY KEY (file, number)
);
"""
"""The layout of the index; the sets of a session go with it."""
_LAYOUT = zlib.crc32((_TABLES + str([f.name for f in fields(SetMetrics)])).encode()) & 0x7FFFFFFF
"""Number of this layout in the file; an index of another layout is made again."""


@dataclass(frozen=True, slots=True)
class _SessionRow:
    """A row of the table of sessions; the fields are its columns."""

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


@dataclass(frozen=True, slots=True)
class _SetRow:
    """A row of the table of sets; ``metrics`` is a :class:`SetMetrics` as MessagePack."""

    file: str
    number: int
    type: SetType
    side: str
    load_kg: float | None
    target_s: float | None
    metrics: bytes


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

    def sessions(self) -> dict[str, tuple[str, LibrarySession]]:
        """Return the fingerprint and the session of every file, by its name.

        An index with a wrong value is emptied: all of it can be made again.
        """
        with self._opened() as database:
            try:
                return self._read(database)
            except (ValueError, RecursionError):
                # SQLite's own check does not see a wrong value in a sound table.
                database.execute("DELETE FROM session")
                return {}

    def put(self, session: LibrarySession, fingerprint: str) -> None:
        """Keep ``session`` in place of an older one of the same file."""
        file = session.path.name
        head = _SessionRow(
            file,
            fingerprint,
            session.created_utc,
            session.duration_s,
            session.simulated,
            session.complete,
            session.health,
            session.problem,
            session.self_reports.soreness,
            session.self_reports.exertion,
            session.plan,
        )
        rows = [
            _SetRow(
                file,
                each.number,
                each.type,
                each.side,
                each.load_kg,
                each.target_s,
                msgspec.msgpack.encode(each.metrics),
            )
            for each in session.sets
        ]
        with self._opened() as database:
            # The sets go with it by their foreign key.
            database.execute("DELETE FROM session WHERE file = ?", (file,))
            database.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", astuple(head)
            )
            database.executemany(
                "INSERT INTO training_set VALUES (?, ?, ?, ?, ?, ?, ?)", map(astuple, rows)
            )

    def forget(self, files: Sequence[str]) -> None:
        """Remove the sessions of these files."""
        with self._opened() as database:
            database.executemany("DELETE FROM session WHERE file = ?", [(f,) for f in files])

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Yield the database within a transaction."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not self._is_sound():
                self._path.unlink(missing_ok=True)
                # Made here and not by SQLite, so that only the owner can ever read it.
                self._path.touch(mode=0o600)
                with closing(sqlite3.connect(self._path)) as database:
                    database.executescript(f"{_TABLES}PRAGMA user_version = {_LAYOUT};")
            with closing(sqlite3.connect(self._path, timeout=_TIMEOUT_S)) as database, database:
                database.row_factory = sqlite3.Row
                # Off in SQLite by default, and only for this connection.
                database.execute("PRAGMA foreign_keys = ON")
                yield database
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(
                self._path, f"the index of the sessions cannot be used ({error})"
            ) from error

    def _is_sound(self) -> bool:
        """Return whether there is an index of this layout that is not damaged."""
        if not self._path.exists():
            return False
        with closing(sqlite3.connect(self._path, timeout=_TIMEOUT_S)) as database:
            try:
                (layout,) = database.execute("PRAGMA user_version").fetchone()
                (check,) = database.execute("PRAGMA quick_check(1)").fetchone()
            except sqlite3.DatabaseError as error:
                # Any other error, such as a lock, does not show damage: the file must stay.
                if error.sqlite_errorcode in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                    return False
                raise
        return bool(layout == _LAYOUT and check == "ok")

    def _read(self, database: sqlite3.Connection) -> dict[str, tuple[str, LibrarySession]]:
        sets: dict[str, list[LibrarySet]] = {}
        for row in database.execute("SELECT * FROM training_set ORDER BY file, number"):
            read = msgspec.convert(dict(row), _SetRow)
            sets.setdefault(read.file, []).append(_set_of(read))
        heads = [
            msgspec.convert(dict(row), _SessionRow)
            for row in database.execute("SELECT * FROM session")
        ]
        return {
            head.file: (head.fingerprint, self._session_of(head, sets.get(head.file, [])))
            for head in heads
        }

    def _session_of(self, head: _SessionRow, sets: Sequence[LibrarySet]) -> LibrarySession:
        # LibrarySession reads the time when it is asked for it, where nobody expects an error.
        datetime.fromisoformat(head.created_utc)
        return LibrarySession(
            path=self._folder / head.file,
            created_utc=head.created_utc,
            duration_s=head.duration_s,
            simulated=bool(head.simulated),
            complete=bool(head.complete),
            health=head.health,
            sets=tuple(sets),
            problem=head.problem,
            self_reports=SelfReports(head.soreness, head.exertion),
            plan=head.plan,
        )


def _set_of(row: _SetRow) -> LibrarySet:
    return LibrarySet(
        number=row.number,
        type=row.type,
        side=row.side,
        load_kg=row.load_kg,
        target_s=row.target_s,
        metrics=msgspec.msgpack.decode(row.metrics, type=SetMetrics),
    )
