"""The export of a session into files, in the background. No Qt."""

from collections.abc import Callable
from pathlib import Path

from gui.models.job import Job
from gui.models.review import ReviewedSession
from gui.models.worker import Worker
from processing.output.angles import write_angles
from processing.output.range_table import write_ranges
from processing.output.wording import Wording
from processing.review.read_recording import Progress


class SessionExport:
    """The export that runs, one at a time: another one takes its place."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._job: Job[Path] | None = None

    @property
    def share(self) -> float | None:
        """The share that is done; None while nothing is written."""
        return None if self._job is None else self._job.share

    def angles(self, path: Path, session: ReviewedSession) -> None:
        """Write the offline angles of a session as a table."""

        def write(_: Progress) -> Path:
            write_angles(path, session.analysis, offline=True)
            return path

        self._start(write)

    def ranges(self, path: Path, session: ReviewedSession) -> None:
        """Write the measured ranges of a session as a table."""

        def write(_: Progress) -> Path:
            analysis = session.analysis
            write_ranges(path, [(analysis.header.created_utc, analysis.ranges)])
            return path

        self._start(write)

    def report(self, folder: Path, session: ReviewedSession, title: str, wording: Wording) -> None:
        """Write a report with pictures into ``folder``."""

        def write(_: Progress) -> Path:
            from processing.output.report import write_report  # noqa: PLC0415 - slow to load

            return write_report(folder, session.analysis, title, wording)[0]

        self._start(write)

    def take(self) -> Path | None:
        """Return the file that has been written since the last call.

        Raises
        ------
        ToepointError
            If it could not be written.
        """
        if self._job is None or not self._job.done:
            return None
        # Before the result is asked for: it may raise.
        job, self._job = self._job, None
        return job.result()

    def _start(self, work: Callable[[Progress], Path]) -> None:
        self._job = Job(self._worker, work)
