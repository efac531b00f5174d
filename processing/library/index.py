"""The index of a library: an SQLite file that can always be made again from the recordings."""

import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, fields
from pathlib import Path

from processing.coach.protocol import SetType
from processing.judge.set_metrics import SetMetrics
from processing.library.records import LibraryError, LibrarySession, LibrarySet
from processing.review.self_reports import Felt

INDEX_NAME = "index.sqlite"
_TIMEOUT_S = 10.0
_TABLES = """
CREATE TABLE session (
    file TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, created_utc TEXT NOT NULL,
    duration_s REAL NOT NULL, simulated INTEGER NOT NULL, complete INTEGER NOT NULL,
    health TEXT NOT NULL, problem TEXT NOT NULL, soreness REAL, exertion REAL, plan TEXT NOT NULL
);
CREATE TABLE training_set (
    file TEXT NOT NULL REFERENCES session(file) ON DELETE CASCADE,
    number INTEGER NOT NULL, type TEXT NOT NULL, side TEXT NOT NULL, load_kg REAL, target_s REAL,
    metrics TEXT NOT NULL,
    PRIMARY KEY (file, number)
);
"""
_LAYOUT = zlib.crc32((_TABLES + str([f.name for f in fields(SetMetrics)])).encode()) & 0x7FFFFFFF
"""Stands in the file; an index of another layout is made anew."""


class LibraryIndex:
    """What is known of the recordings of ``folder``, by file name.

    Every method raises :class:`LibraryError` if the index can be neither used nor made anew.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / INDEX_NAME

    def sessions(self) -> dict[str, tuple[str, LibrarySession]]:
        """Return the fingerprint and the session of every file, by its name."""
        with self._opened() as database:
            sets: dict[str, list[LibrarySet]] = {}
            for row in database.execute("SELECT * FROM training_set ORDER BY file, number"):
                sets.setdefault(row["file"], []).append(_set_of(row))
            return {
                row["file"]: (row["fingerprint"], self._session_of(row, sets.get(row["file"], [])))
                for row in database.execute("SELECT * FROM session")
            }

    def put(self, session: LibrarySession, fingerprint: str) -> None:
        """Keep ``session`` in the place of what was known of its file."""
        file = session.path.name
        head = (
            file,
            fingerprint,
            session.created_utc,
            session.duration_s,
            session.simulated,
            session.complete,
            session.health,
            session.problem,
            session.felt.soreness,
            session.felt.exertion,
            session.plan,
        )
        rows = [
            (file, s.number, s.type, s.side, s.load_kg, s.target_s, json.dumps(asdict(s.metrics)))
            for s in session.sets
        ]
        with self._opened() as database:
            database.execute("DELETE FROM session WHERE file = ?", (file,))
            database.execute("INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", head)
            database.executemany("INSERT INTO training_set VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def forget(self, files: Sequence[str]) -> None:
        """Remove what is known of these files."""
        with self._opened() as database:
            database.executemany("DELETE FROM session WHERE file = ?", [(f,) for f in files])

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Yield the database within a transaction."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not self._is_sound():
                self._path.unlink(missing_ok=True)
                self._path.touch(mode=0o600)
                with closing(sqlite3.connect(self._path)) as database:
                    database.executescript(f"{_TABLES}PRAGMA user_version = {_LAYOUT};")
            with closing(sqlite3.connect(self._path, timeout=_TIMEOUT_S)) as database, database:
                database.row_factory = sqlite3.Row
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
                if error.sqlite_errorcode in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                    return False
                raise
        return bool(layout == _LAYOUT and check == "ok")

    def _session_of(self, row: sqlite3.Row, sets: Sequence[LibrarySet]) -> LibrarySession:
        return LibrarySession(
            path=self._folder / row["file"],
            created_utc=row["created_utc"],
            duration_s=row["duration_s"],
            simulated=bool(row["simulated"]),
            complete=bool(row["complete"]),
            health=row["health"],
            sets=tuple(sets),
            problem=row["problem"],
            felt=Felt(row["soreness"], row["exertion"]),
            plan=row["plan"],
        )


def _set_of(row: sqlite3.Row) -> LibrarySet:
    return LibrarySet(
        number=row["number"],
        type=SetType(row["type"]),
        side=row["side"],
        load_kg=row["load_kg"],
        target_s=row["target_s"],
        metrics=SetMetrics(**json.loads(row["metrics"])),
    )
