"""A folder of recordings and its index."""

from collections.abc import Collection, Sequence
from pathlib import Path

from processing.judge.verdict import ENGINE_VERSION
from processing.library.index import LibraryIndex
from processing.library.kept import KeptAnalyses
from processing.library.records import LibrarySession, session_of, unreadable
from processing.review.analysis import analyse
from processing.review.edit_file import edits_path
from processing.review.judged_sets import JudgedSet, judge_recording
from processing.review.read_recording import Progress
from processing.review.self_reports import SelfReports
from sensor.errors import RecordingError, RecordingFault, ToepointError
from sensor.recording import Recording, open_recording

SUFFIX = ".mcap"
"""The recordings of a folder; other files in it are left alone."""


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

    def sessions(self) -> list[LibrarySession]:
        """Return the sessions whose numbers are known and up to date, newest first.

        Recordings that are gone leave the index.
        """
        if not self.folder.is_dir():
            return []
        known = self._index.sessions()
        gone = [name for name in known if not (self.folder / name).is_file()]
        if gone:
            self._index.forget(gone)
        current = [
            session
            for name, (fingerprint, session) in known.items()
            if name not in gone and fingerprint == _fingerprint(session.path)
        ]
        return sorted(current, key=lambda s: s.created_utc, reverse=True)

    def waiting(self, but: Collection[Path] = ()) -> list[Path]:
        """Return the recordings that must be read, newest first, without those in ``but``."""
        if not self.folder.is_dir():
            return []
        known = {s.path for s in self.sessions()}
        found = [p for p in self.folder.glob(f"*{SUFFIX}") if p not in known and p not in but]
        # By name, which begins with the date: no head has been read yet.
        return sorted(found, key=lambda p: p.name, reverse=True)

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
            session = session_of(recording, sets, analysis.self_reports, trouble)
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
    ) -> LibrarySession:
        """Keep the numbers of a recording of the folder that was analysed elsewhere.

        The parameters are those of :func:`~processing.library.records.session_of`.
        """
        session = session_of(recording, sets, reports, trouble)
        self._index.put(session, _fingerprint(recording.path))
        return session

    def remove(self, path: Path) -> None:
        """Delete a recording of the folder, its edits, its kept analyses and its numbers.

        Raises
        ------
        RecordingError
            If a file cannot be deleted.
        """
        try:
            if self._kept is not None:
                # First, while the bytes by which a kept analysis is found are still there.
                self._kept.forget(path)
            for file in (edits_path(path), path):
                file.unlink(missing_ok=True)
        except OSError as error:
            raise RecordingError(
                path, RecordingFault.NOT_WRITABLE, f"it cannot be deleted ({error.strerror})"
            ) from error
        # Last: if a file could not be deleted, the session must stay in the list.
        self._index.forget([path.name])

    def holds(self, path: Path) -> bool:
        """Return whether ``path`` lies in the folder."""
        return path.parent.resolve() == self.folder.resolve()


def _fingerprint(path: Path) -> str:
    """Return a text that differs whenever the numbers of a recording could."""
    try:
        recording = path.stat()
    except OSError as error:
        raise RecordingError(
            path, RecordingFault.MISSING, f"it cannot be read ({error.strerror})"
        ) from error
    # Edits are only ever appended, so that the size tells whether there are new ones.
    edits = edits_path(path)
    edited = edits.stat().st_size if edits.exists() else 0
    return f"{ENGINE_VERSION}:{recording.st_size}:{recording.st_mtime_ns}:{edited}"
