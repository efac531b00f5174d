"""The video of the session in Review: attached, found again, laid on the time, and read. No Qt.

The library for videos is loaded only when a video is opened: most sessions have none.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gui.models.job import Job
from gui.models.review import ReviewedSession
from gui.models.video.alignment import by_clock, by_impact, shifted
from gui.models.video.errors import VideoError, VideoFault
from gui.models.video.facts import Picture, VideoFacts
from gui.models.video.impacts import Impact, Impacts
from gui.models.worker import Worker
from processing.review.video_link import (
    Alignment,
    Found,
    VideoLink,
    find_video,
    link_to,
    read_video_link,
    video_link_path,
    write_video_link,
)
from sensor.errors import ToepointError

if TYPE_CHECKING:
    from gui.models.video.reader import VideoReader

NEAR_S = 5.0
"""Impacts are offered within this time of the moment, or within its uncertainty if that is more."""
_MOST_BEFORE = 50
"""Places in time that can be gone back to."""
_CLOSE_S = 2.0
"""Longest wait at the end of the window for a file that hangs."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """The result of looking for the video of a session."""

    link: VideoLink | None
    path: Path | None
    found: Found


class AttachedVideo:
    """The video of one session at a time.

    Attributes
    ----------
    link
        The video and its place in time, None without one.
    path
        Where it lies, or lay.
    found
        Whether it is there; None while it is looked for, and without a video.
    trouble
        The last error, None if all is well.
    impacts
        The impacts of the session, None until they are read.
    export
        The clip that is being written, None for none.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._session: ReviewedSession | None = None
        self._look: Job[_Looked] | None = None
        self._save: Job[None] | None = None
        self._read: Job[Impacts] | None = None
        self._reader: VideoReader | None = None
        self._before: list[Alignment] = []
        self._held: Alignment | None = None
        """The place before a drag that is not over."""
        self._unsaved = False
        self.link: VideoLink | None = None
        self.path: Path | None = None
        self.found: Found | None = None
        self.trouble: ToepointError | None = None
        self.impacts: Impacts | None = None
        self.export: Job[Path] | None = None

    @property
    def facts(self) -> VideoFacts | None:
        """The facts of the video, None until it is open."""
        return self._reader.facts if self._reader is not None else None

    @property
    def error(self) -> VideoError | None:
        """Why there is no picture now; None if there is one, or none is expected."""
        return self._reader.error if self._reader is not None else None

    @property
    def looking(self) -> bool:
        """Whether a video is being looked for or opened."""
        opening = self._reader is not None and self.facts is None and self.error is None
        return self._look is not None or opening

    @property
    def can_go_back(self) -> bool:
        """Whether the video had another place in time before."""
        return bool(self._before)

    # The session and its video

    def show_session(self, session: ReviewedSession | None) -> None:
        """Look for the video of a session; the same session keeps its video."""
        before, self._session = self._session, session
        paths = [one.recording.path if one is not None else None for one in (before, session)]
        if paths[0] == paths[1]:
            return
        self._forget(before)
        if session is not None:
            path = session.recording.path
            self._look = Job(self._worker, lambda _: _looked(path))

    def attach(self, path: Path) -> None:
        """Attach a video to the session and lay it by its clock."""
        session = self._session
        if session is None:
            return
        self._forget(session)
        self._look = Job(self._worker, lambda _: _attached(path, session))

    def detach(self) -> None:
        """Take the video away from the session; its file stays."""
        self._forget(self._session)
        self._unsaved = True

    def poll(self) -> None:
        """Take what the jobs have found, and save what changed."""
        if self._look is not None and self._look.done:
            job, self._look = self._look, None
            self._take_looked(job)
        if self._read is not None and self._read.done:
            reading, self._read = self._read, None
            try:
                self.impacts = reading.result()
            except ToepointError as error:
                self.trouble = error
        if self._save is not None and self._save.done:
            saving, self._save = self._save, None
            try:
                saving.result()
            except ToepointError as error:
                self.trouble = error
        if self._unsaved and self._save is None and self._session is not None:
            self._unsaved = False
            path, link = video_link_path(self._session.recording.path), self.link
            self._save = Job(self._worker, lambda _: write_video_link(path, link))

    def close(self) -> None:
        """Close the video, give up a clip, and save what is not saved."""
        if self.export is not None:
            self.export.give_up()
            # It removes its half file itself.
            self.export.wait(_CLOSE_S)
        self._forget(self._session)

    # The place in time

    def place(self, alignment: Alignment) -> None:
        """Lay the video at another place in time."""
        if self.link is not None and alignment != self.link.alignment:
            before = self._held or self.link.alignment
            self._before = [*self._before, before][-_MOST_BEFORE:]
            self.link = replace(self.link, alignment=alignment)
            self._held, self._unsaved = None, True

    def shift(self, by_s: float) -> None:
        """Move the video by ``by_s`` s to later session times, by hand."""
        if self.link is not None:
            self.place(shifted(self.link.alignment, by_s))

    def drag(self, by_s: float) -> None:
        """Move the video while a hand holds it; :meth:`drop` keeps its place."""
        if self.link is not None:
            now = self.link.alignment
            self._held = self._held or now
            self.link = replace(self.link, alignment=shifted(now, by_s))

    def drop(self) -> None:
        """Keep the place to which the video was dragged."""
        if self._held is not None:
            self._before = [*self._before, self._held][-_MOST_BEFORE:]
            self._held, self._unsaved = None, True

    def match(self, shown: Picture, impact: Impact) -> None:
        """Lay the picture in which the foot has landed on its impact in the samples."""
        if self.facts is not None:
            self.place(by_impact(shown.t, self.facts.frame_s, impact.t))

    def go_back(self) -> None:
        """Return to the place in time before the last change."""
        if self.link is not None and self._before:
            self.link = replace(self.link, alignment=self._before.pop())
            self._unsaved = True

    def read_impacts(self) -> None:
        """Read the impacts of the session, soon; once is enough."""
        session = self._session
        if session is not None and self.impacts is None and self._read is None:
            self._read = Job(self._worker, lambda _: _impacts(session))

    def offered(self, t: float) -> tuple[Impact, ...]:
        """Return the largest impacts near ``t`` s of the session, the largest first."""
        if self.impacts is None or self.link is None or self._session is None:
            return ()
        alignment = self.link.alignment
        within_s = max(alignment.uncertainty_s or 0.0, NEAR_S)
        found = self.impacts.near(t, within_s)
        # Without a clock, or where it was far off, it may be any.
        return found or self.impacts.near(t, self._session.recording.duration_s)

    # Pictures

    def time_in_video(self, t: float) -> float | None:
        """Return the time in the video at ``t`` s of the session; None beyond its ends."""
        if self.link is None:
            return None
        at = t - self.link.alignment.offset_s
        facts = self.facts
        longest = facts.duration_s if facts is not None and facts.duration_s else float("inf")
        return at if 0.0 <= at < longest else None

    def picture(
        self,
        t: float,
        room: tuple[int, int],
        *,
        playing: bool = False,
        loop: tuple[float, float] | None = None,
    ) -> Picture | None:
        """Return the picture at ``t`` s of the session; while it is looked for, the one before.

        Parameters
        ----------
        t
            Session time, s.
        room
            Width and height that the picture must fit in, in physical pixels.
        playing
            Whether the following moments are shown soon.
        loop
            The stretch that is repeated, session time in s.
        """
        from gui.models.video.reader import Wish  # noqa: PLC0415 - only with a video

        at = self.time_in_video(t)
        if self._reader is None or self.link is None or at is None:
            return None
        start = loop[0] - self.link.alignment.offset_s if loop is not None else None
        return self._reader.want(Wish(at, room, playing, start))

    def _take_looked(self, job: Job[_Looked]) -> None:
        from gui.models.video.reader import VideoReader  # noqa: PLC0415 - only with a video

        try:
            looked = job.result()
        except ToepointError as error:
            self.trouble = error
            return
        if looked is None:
            return
        self.link, self.path = looked.link, looked.path
        self.found = looked.found if looked.link is not None else None
        if looked.path is not None and looked.link is not None and looked.found is Found.HERE:
            self._reader = VideoReader(looked.path)

    def _forget(self, session: ReviewedSession | None) -> None:
        """Close the video of ``session``, and save its place."""
        if self._unsaved and session is not None:
            self._unsaved = False
            path, link = video_link_path(session.recording.path), self.link
            self._save = Job(self._worker, lambda _: write_video_link(path, link))
        if self._reader is not None:
            self._reader.close()
        self._reader = self._look = self._read = None
        self.link = self.path = self.found = self.trouble = self.impacts = None
        self._before, self._held = [], None


def _looked(recording: Path) -> _Looked:
    link = read_video_link(video_link_path(recording))
    if link is None:
        return _Looked(None, None, Found.GONE)
    path, found = find_video(link, recording)
    return _Looked(link, path, found)


def _attached(path: Path, session: ReviewedSession) -> _Looked:
    from gui.models.video.video_file import VideoFile  # noqa: PLC0415 - slow to load

    file = VideoFile(path)
    facts = file.facts
    file.close()
    recording = session.recording
    alignment = by_clock(facts, session.when.astimezone(), recording.duration_s)
    try:
        link = link_to(path, recording.path, alignment)
    except OSError as error:
        raise VideoError(path, VideoFault.NOT_READABLE, str(error.strerror)) from error
    write_video_link(video_link_path(recording.path), link)
    return _Looked(link, path, Found.HERE)


def _impacts(session: ReviewedSession) -> Impacts:
    from gui.models.video.find_impacts import read_impacts  # noqa: PLC0415 - slow to load

    return read_impacts(session.recording)
