"""A folder of recordings and its index."""

import errno
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from processing.judge.verdict import ENGINE_VERSION
from processing.library.index import LibraryIndex
from processing.library.kept import KeptAnalyses
from processing.library.records import LibrarySession, session_of, unreadable
from processing.ranges.results import RangeResult
from processing.review.analysis import analyse
from processing.review.edit_file import edits_path
from processing.review.judged_sets import JudgedSet, judge_recording
from processing.review.read_recording import Progress
from processing.review.self_reports import SelfReports
from processing.review.video_link import video_link_path
from sensor.errors import RecordingError, RecordingFault, ToepointError
from sensor.private_files import make_private_folder
from sensor.recording import (
    LeftAsItIs,
    Recording,
    compact_recording,
    is_compact,
    open_recording,
)

SUFFIX = ".mcap"
"""The recordings of a folder; other files in it are left alone."""
ASIDE = ".deleted"
"""The folder within it of recordings that were deleted and can still be brought back."""


class Library:
    """The sessions of a folder. The recordings are the truth; the index only saves time.

    Every method raises :class:`~processing.library.LibraryError` if the index cannot be used.

    Parameters
    ----------
    folder
        The folder of the recordings.
    kept
        Analyses that were made before; new ones are kept there. None: all are made.
    """

    def __init__(self, folder: Path, kept: KeptAnalyses | None = None) -> None:
        self.folder = folder
        self._kept = kept
        self._index = LibraryIndex(folder)
        self._left_as_they_are: set[Path] = set()

    def sessions(self) -> list[LibrarySession]:
        """Return the sessions whose numbers are known, newest first.

        Numbers of an older engine stay in view until :meth:`read` has renewed them; those of a
        recording or of edits that have changed do not. Recordings that are gone leave the index.
        """
        if not self.folder.is_dir():
            return []
        known = self._index.sessions()
        gone = [name for name in known if not (self.folder / name).is_file()]
        if gone:
            self._index.forget(gone)
        current = []
        for name, (fingerprint, session) in known.items():
            if name in gone:
                continue
            engine, _, content = fingerprint.partition(":")
            if content == _content(session.path):
                current.append(replace(session, older_engine=engine != ENGINE_VERSION))
        return sorted(current, key=lambda s: s.created_utc, reverse=True)

    def waiting(self, but: Collection[Path] = ()) -> list[Path]:
        """Return the recordings that must be read, newest first, without those in ``but``.

        Those that have no numbers yet come before those with numbers of an older engine.
        """
        if not self.folder.is_dir():
            return []
        sessions = self.sessions()
        known = {s.path for s in sessions if not s.older_engine}
        shown = {s.path for s in sessions}
        found = [p for p in self.folder.glob(f"*{SUFFIX}") if p not in known and p not in but]
        # By name, which begins with the date: no head has been read yet.
        return sorted(found, key=lambda p: (p not in shown, p.name), reverse=True)

    def large(self, but: Collection[Path] = ()) -> list[Path]:
        """Return the recordings that could be made compact, newest first, without those in ``but``."""
        found = [
            p
            for p in self.folder.glob(f"*{SUFFIX}")
            if p not in but and p not in self._left_as_they_are and not is_compact(p)
        ]
        return sorted(found, key=lambda p: p.name, reverse=True)

    def compact(self, path: Path) -> LeftAsItIs | None:
        """Make a recording of the folder compact; its edits, numbers and kept analyses stay.

        Return why it stays as it is, None if it is compact now.

        Raises
        ------
        RecordingError
            If it cannot be read or written; it stays as it was.
        """
        # Whatever happens, it is not tried again by this process.
        self._left_as_they_are.add(path)
        before = _fingerprint(path)
        kept = self._kept.of(path) if self._kept is not None else []
        reason = compact_recording(path).reason
        if reason is not None:
            return reason
        if self._kept is not None:
            self._kept.follow(kept, path)
        self._index.rename_fingerprint(path.name, before, _fingerprint(path))
        return None

    def read(self, path: Path, progress: Progress | None = None) -> LibrarySession:
        """Analyse one recording of the folder, keep its numbers and return them.

        A recording that cannot be opened has a record too, with the reason.

        Raises
        ------
        RecordingError
            If the file is gone.
        """
        # Before the reading: a file that changes meanwhile is then read again, not taken for known.
        fingerprint = _fingerprint(path)
        try:
            recording = open_recording(path)
            make = self._kept.analyse if self._kept is not None else analyse
            analysis = make(recording, progress=progress)
            sets, trouble = judge_recording(path, analysis)
            session = session_of(recording, sets, analysis.self_reports, trouble, analysis.ranges)
        except ToepointError as error:
            # Not only the file can be damaged: a head may name a sensor that cannot be.
            session = unreadable(path, str(error))
        self._index.put(session, fingerprint)
        return session

    def keep(
        self,
        recording: Recording,
        sets: Sequence[JudgedSet],
        reports: SelfReports,
        trouble: str = "",
        ranges: Sequence[RangeResult] = (),
    ) -> LibrarySession:
        """Keep the numbers of a recording of the folder that was analysed elsewhere.

        The parameters are those of :func:`~processing.library.records.session_of`.
        """
        session = session_of(recording, sets, reports, trouble, ranges)
        self._index.put(session, _fingerprint(recording.path))
        return session

    def remove(self, path: Path) -> None:
        """Delete a recording of the folder and all that is kept about it; a video stays.

        Raises
        ------
        RecordingError
            If a file cannot be deleted.
        """
        try:
            if self._kept is not None:
                # First, while the bytes by which a kept analysis is found are still there.
                self._kept.forget(path)
            for file in (edits_path(path), video_link_path(path), path):
                file.unlink(missing_ok=True)
        except OSError as error:
            raise RecordingError(
                path, RecordingFault.NOT_WRITABLE, f"it cannot be deleted ({error.strerror})"
            ) from error
        # Last: if a file could not be deleted, the session must stay in the list.
        self._index.forget([path.name])

    def set_aside(self, path: Path) -> None:
        """Take a recording out of the folder with all that is kept about it, until :meth:`empty`.

        Raises
        ------
        RecordingError
            If it cannot be moved; it stays in the folder.
        """
        try:
            make_private_folder(self._aside)
            self._move(path, self.folder, self._aside)
        except OSError as error:
            raise RecordingError(
                path, RecordingFault.NOT_WRITABLE, f"it cannot be deleted ({error.strerror})"
            ) from error
        self._index.forget([path.name])

    def bring_back(self, path: Path) -> None:
        """Return a recording that was set aside to its place ``path``.

        Raises
        ------
        RecordingError
            If it cannot be moved; it stays aside.
        """
        try:
            self._move(path, self._aside, self.folder)
        except OSError as error:
            raise RecordingError(
                path, RecordingFault.NOT_WRITABLE, f"it cannot be brought back ({error.strerror})"
            ) from error

    def empty(self) -> None:
        """Delete for good what was set aside, with its kept analyses.

        Raises
        ------
        RecordingError
            If a file cannot be deleted.
        """
        if not self._aside.is_dir():
            return
        for path in sorted(self._aside.iterdir()):
            try:
                if self._kept is not None and path.suffix == SUFFIX:
                    self._kept.forget(path)
                path.unlink()
            except OSError as error:
                raise RecordingError(
                    path, RecordingFault.NOT_WRITABLE, f"it cannot be deleted ({error.strerror})"
                ) from error
        self._aside.rmdir()

    @property
    def _aside(self) -> Path:
        return self.folder / ASIDE

    def _move(self, path: Path, old: Path, new: Path) -> None:
        # The recording first: if the rest cannot follow, it is found where it was.
        for each in (path, edits_path(path), video_link_path(path)):
            source, target = old / each.name, new / each.name
            if each is path and target.exists():
                raise FileExistsError(errno.EEXIST, "there is a file of that name already")
            if each is path or source.exists():
                source.replace(target)

    def holds(self, path: Path) -> bool:
        """Return whether ``path`` lies in the folder."""
        return path.parent.resolve() == self.folder.resolve()


def _fingerprint(path: Path) -> str:
    """Return a text that differs whenever the numbers of a recording could."""
    return f"{ENGINE_VERSION}:{_content(path)}"


def _content(path: Path) -> str:
    """Return a text that differs whenever a recording or its edits do."""
    try:
        recording = path.stat()
    except OSError as error:
        raise RecordingError(
            path, RecordingFault.MISSING, f"it cannot be read ({error.strerror})"
        ) from error
    # Edits are only ever appended, so that the size tells whether there are new ones.
    edits = edits_path(path)
    edited = edits.stat().st_size if edits.exists() else 0
    return f"{recording.st_size}:{recording.st_mtime_ns}:{edited}"
