"""The recorded sessions: the list, and the one being opened. No Qt.

One job runs at a time, in a thread: first the session that the person wants is opened, then the
folder is listed, and then recordings that are not in the index yet are read.
"""

import contextlib
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from gui.models.job import Job
from gui.models.review import (
    OpenedRecording,
    ReviewedSession,
    edited_session,
    first_look,
    judged_session,
    open_events,
    whole_session,
)
from gui.models.worker import Worker
from processing.library import KeptAnalyses, Library, LibrarySession
from processing.review.edits import Edit
from processing.review.read_recording import Progress
from sensor.errors import RecordingError, RecordingFault, ToepointError
from sensor.recording import LeftAsItIs

T = TypeVar("T")
_Compacted: TypeAlias = tuple[Path, LeftAsItIs | RecordingFault | None]
"""A recording, and why it stays as it is."""
SEEN_SESSIONS = 3
"""Sessions whose analysis is kept in memory, to switch between them without waiting."""


class LibraryModel:
    """The sessions of a folder.

    Parameters
    ----------
    worker
        Runs the jobs.
    folder
        Returns the current folder of the person.
    kept
        The analyses of earlier runs.

    Attributes
    ----------
    sessions
        Those in the index, the newest first.
    opening
        The recording that is being opened.
    opened
        The session that was opened last, until the page takes it.
    trouble
        The error of the last job; empty for none.
    listed
        Whether the folder has been listed.
    visited
        Another folder whose sessions are shown; None: the person's own.
    deleted
        Sessions that can be brought back, the last one last.
    stays_large
        The recordings that could not be made compact, and why.
    """

    def __init__(self, worker: Worker, folder: Callable[[], Path], kept: KeptAnalyses) -> None:
        self._worker = worker
        self._folder = folder
        self._kept_analyses = kept
        self._library = Library(folder(), kept)
        self._rest: OpenedRecording | None = None
        self._wanted: Path | None = None
        self._seen: dict[Path, tuple[tuple[int, int], ReviewedSession]] = {}
        self._edits: deque[tuple[ReviewedSession, Edit]] = deque()
        self._stale = True
        self._queue: deque[Path] = deque()
        self._large: deque[Path] = deque()
        self._job: Job[Any] | None = None
        self._finish: Callable[[], None] = lambda: None
        self.opening: Path | None = None
        self.opened: ReviewedSession | None = None
        self.sessions: tuple[LibrarySession, ...] = ()
        self.trouble = ""
        self.listed = False
        self.visited: Path | None = None
        self.deleted: list[Path] = []
        self.stays_large: dict[Path, LeftAsItIs | RecordingFault] = {}

    @property
    def waiting(self) -> int:
        """Number of recordings that are still to be read."""
        return len(self._queue)

    @property
    def older(self) -> int:
        """Number of sessions whose numbers an older version of the program computed."""
        return sum(s.older_engine for s in self.sessions)

    @property
    def idle(self) -> bool:
        """Whether nothing is being done, and nothing waits to be."""
        waits = self._wanted or self._rest or self._edits or self._queue or self._large
        return self._job is None and not self._stale and not waits

    @property
    def share(self) -> float:
        """Progress of the running job, from 0 to 1."""
        return self._job.share if self._job is not None else 0.0

    def look(self) -> None:
        """List the folder again, soon."""
        self._stale = True

    def visit(self, folder: Path | None) -> None:
        """Show the sessions of another folder; None: those of the person's own folder."""
        self.visited = folder
        if self._job is not None:
            # The old folder must not be read to its end first.
            self._job.give_up()
        # Its result belongs to the folder before.
        self._finish = lambda: None
        self._wanted = self.opening = self._rest = None
        self.sessions, self.listed, self.trouble = (), False, ""
        self._stale = True

    def open(self, path: Path) -> None:
        """Open a recording, of the folder or from elsewhere, as soon as possible."""
        self._wanted = self.opening = path
        self.trouble = ""
        if self._job is not None:
            self._job.give_up()

    def open_newest(self) -> None:
        """Open the newest usable session, unless another one is being opened or there is trouble."""
        usable = next((s for s in self.sessions if not s.problem), None)
        if usable is not None and self.opening is None and not self.trouble:
            self.open(usable.path)

    def edit(self, session: ReviewedSession, edit: Edit) -> None:
        """Add a correction to an opened session, as soon as possible."""
        self._edits.append((session, edit))
        self.trouble = ""

    def holds(self, path: Path) -> bool:
        """Return whether ``path`` is a session of the person's own folder."""
        return self.visited is None and self._library.holds(path)

    def remove(self, path: Path) -> None:
        """Delete a session of the folder with its edits; :meth:`bring_back` undoes it until the end.

        Raises
        ------
        ToepointError
            If it cannot be deleted.
        """
        self._library.set_aside(path)
        self.deleted.append(path)
        self.sessions = tuple(s for s in self.sessions if s.path != path)
        self._stale = True

    def bring_back(self) -> Path | None:
        """Return the session that was deleted last to its place; None if there is none.

        Raises
        ------
        ToepointError
            If it cannot be moved.
        """
        if not self.deleted:
            return None
        self._library.bring_back(self.deleted[-1])
        self._stale = True
        return self.deleted.pop()

    def _empty(self) -> None:
        """Delete for good what was deleted; what the disk refuses is tried again at the next end."""
        self.deleted.clear()
        with contextlib.suppress(ToepointError):
            self._library.empty()

    def close(self) -> None:
        """Give up the running job, and delete for good what was deleted: the window closes."""
        if self._job is not None:
            self._job.give_up()
        if self.visited is None:
            self._empty()

    def poll(self, running: Path | None = None, *, may_read: bool = True) -> None:
        """Take the result of a job that is done and start the next one.

        Parameters
        ----------
        running
            The recording that is being written, which is not read.
        may_read
            False while sensors stream: nothing must compete with them for the processor.
        """
        if self._job is not None:
            if not self._job.done:
                return
            self._job = None
            self._finish()
        folder = self.visited or self._folder()
        if folder != self._library.folder:
            # The person chose another folder in the settings, or visits one.
            self._empty()
            self._library = Library(folder, self._kept_analyses)
            self._queue.clear()
            self._large.clear()
            self._stale = True
        if self._wanted is not None:
            path, self._wanted, self._rest = self._wanted, None, None
            self._start(lambda progress: self._open(path, progress), self._take_opened)
        elif self._rest is not None:
            opened, self._rest = self._rest, None
            self._start(lambda progress: self._read(opened, progress), self._take_opened)
        elif self._edits:
            wanted = self._edits.popleft()
            self._start(lambda _: self._edit(*wanted), self._take_opened)
        elif self._stale:
            self._stale = False
            skipped = () if running is None else (running,)
            library = self._library
            # The recordings of a folder that is only visited are not the person's own to change.
            own = self.visited is None
            self._start(
                lambda _: (
                    library.sessions(),
                    library.waiting(skipped),
                    library.large(skipped) if own else [],
                ),
                self._take_list,
            )
        elif self._queue and may_read:
            path, library = self._queue.popleft(), self._library
            self._start(lambda progress: library.read(path, progress), self._take_read)
        elif self._large and may_read:
            path, library = self._large.popleft(), self._library
            self._start(lambda _: _compact(library, path), self._take_compact)

    def _start(self, work: Callable[[Progress], T], take: Callable[[T], None]) -> None:
        job = Job(self._worker, work)

        def finish() -> None:
            try:
                result = job.result()
            except ToepointError as error:
                self._fail(str(error))
            else:
                if result is not None:
                    take(result)
                else:
                    self._stale = True

        self._job, self._finish = job, finish

    def _fail(self, trouble: str) -> None:
        self._queue.clear()
        # The page must not wait for a list that cannot come.
        self.listed = True
        if self._wanted is None:
            self.trouble, self.opening = trouble, None

    def _open(self, path: Path, progress: Progress) -> ReviewedSession:
        """Return the session; of a long one first its beginning, with the rest to read next."""
        seen = self._seen.get(path)
        if seen is not None and seen[0] == _stamp(path):
            session = seen[1]
            # Its edits may have changed.
            return self._kept(
                judged_session(session.recording, session.analysis, session.recorded_notes)
            )
        opened = open_events(path)
        if not self._kept_analyses.holds(opened.recording):
            first = first_look(opened)
            if first is not None:
                self._rest = opened
                return first
        return self._read(opened, progress)

    def _read(self, opened: OpenedRecording, progress: Progress) -> ReviewedSession:
        path = opened.recording.path
        stamp = _stamp(path)
        session = whole_session(opened, self._kept_analyses, progress)
        # Removed first, so that it comes to the end: the oldest is dropped.
        self._seen.pop(path, None)
        self._seen[path] = stamp, session
        if len(self._seen) > SEEN_SESSIONS:
            del self._seen[next(iter(self._seen))]
        return self._kept(session)

    def _edit(self, session: ReviewedSession, edit: Edit) -> ReviewedSession:
        return self._kept(edited_session(session, edit))

    def _kept(self, session: ReviewedSession) -> ReviewedSession:
        if self._library.holds(session.recording.path):
            found = session.analysis
            self._library.keep(
                session.recording, session.sets, found.self_reports, session.trouble, found.ranges
            )
        return session

    def _take_opened(self, session: ReviewedSession) -> None:
        self.opened, self._stale = session, True
        # Another session may be wanted by now, or the rest of this one be missing.
        if self._wanted is None and session.whole:
            self.opening = None

    def _take_list(self, found: tuple[list[LibrarySession], list[Path], list[Path]]) -> None:
        sessions, waiting, large = found
        self.sessions, self.listed = tuple(sessions), True
        self._queue, self._large = deque(waiting), deque(large)

    def _take_compact(self, done: _Compacted) -> None:
        path, why = done
        if isinstance(why, RecordingFault) or (why is not None and not why.small):
            self.stays_large[path] = why

    def _take_read(self, session: LibrarySession) -> None:
        others = [s for s in self.sessions if s.path != session.path]
        newest_first = sorted([*others, session], key=lambda s: s.created_utc, reverse=True)
        self.sessions = tuple(newest_first)


def _compact(library: Library, path: Path) -> _Compacted:
    """Make a recording compact; return it, and why it stays as it is."""
    try:
        return path, library.compact(path)
    except RecordingError as error:
        return path, error.fault


def _stamp(path: Path) -> tuple[int, int]:
    """Return size and time of a file, by which a change is noticed; zeros for a deleted file."""
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_size, stat.st_mtime_ns
