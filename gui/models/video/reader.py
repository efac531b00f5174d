"""A thread that finds the pictures of a video; only the newest wish counts, so nothing piles up.

While the video plays, the next pictures are found before they are due: a picture is then chosen by the
time at which it is painted, and decoding does not delay it.
"""

import math
import threading
from dataclasses import dataclass
from pathlib import Path

from gui.models.video.errors import VideoError
from gui.models.video.facts import Picture, VideoFacts
from gui.models.video.video_file import VideoFile

AHEAD_S = 0.3
"""Pictures that are found in advance while playing: a key frame of 4K takes some 100 ms."""
HEAD_S = 0.6
"""Pictures from the start of a loop that are kept: seeking back to it takes some 300 ms."""
MOST_BYTES = 80_000_000
"""Memory for pictures, scaled to the view: a second of 1280 × 720 at 24 Hz."""
_NEAR_S = 2.0
"""A wish that moves on by less than this continues to be decoded."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The pictures that are wanted."""

    t: float
    """Time in the video, s."""
    room: tuple[int, int]
    """Width and height of the view, in its pixels."""
    playing: bool = False
    """Whether the following ones are wanted soon."""
    loop_start: float | None = None
    """Start of a loop, time in the video, s."""


class VideoReader:
    """A reader of the video at ``path``, which opens and decodes in a thread of its own.

    Attributes
    ----------
    facts
        The facts of the file, None until it is open.
    error
        Why there is no picture, None while there is one or it is still being looked for.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.facts: VideoFacts | None = None
        self.error: VideoError | None = None
        self._wish: Wish | None = None
        self._failed: Wish | None = None
        self._pictures: list[Picture] = []
        self._shown: Picture | None = None
        self._closed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="toepoint-video", daemon=True)
        self._thread.start()

    def want(self, wish: Wish) -> Picture | None:
        """Ask for pictures; return the right one if it is there, else the one before."""
        with self._changed:
            before, self._wish = self._wish, wish
            if before is None or before.room != wish.room:
                # Of another size: the last one is shown until the right one is there.
                self._pictures = []
            if wish != before:
                self._changed.notify()
            self._shown = self._covering(wish.t) or self._shown
            return self._shown

    def close(self, timeout_s: float = 2.0) -> None:
        """Close the file and end the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        # Bounded: a file on a network that hangs must not keep the window open.
        self._thread.join(timeout_s)

    def _covering(self, t: float) -> Picture | None:
        return next((one for one in self._pictures if one.covers(max(t, 0.0))), None)

    # In the thread

    def _run(self) -> None:
        try:
            file = VideoFile(self.path)
        except VideoError as error:
            self.error = error
            return
        self.facts = file.facts
        try:
            while (due := self._wait()) is not None:
                self._find(file, *due)
        finally:
            file.close()

    def _wait(self) -> tuple[float, Wish] | None:
        """Wait until a picture is due; return its time and the wish, None if closed."""
        with self._changed:
            while not self._closed:
                wish = self._wish
                if wish is not None and wish != self._failed:
                    self._forget(wish)
                    due = self._due(wish)
                    if due is not None:
                        return due, wish
                self._changed.wait()
            return None

    def _due(self, wish: Wish) -> float | None:
        """Return the time of the next picture to find, None if all are there."""
        reach, t = max(wish.t, 0.0), max(wish.t, 0.0)
        # Frames of a single size: enough is enough, however many there are a second.
        for one in sorted(self._pictures, key=lambda picture: picture.t):
            if one.covers(reach):
                reach = one.until
        if reach == t:
            return t
        full = sum(one.pixels.nbytes for one in self._pictures) > MOST_BYTES
        if not wish.playing or full or not math.isfinite(reach) or reach > t + AHEAD_S:
            return None
        return reach

    def _forget(self, wish: Wish) -> None:
        """Forget the pictures that are neither due soon nor the head of the loop."""
        start = wish.loop_start
        head = (start, start + HEAD_S) if start is not None else (math.inf, math.inf)
        self._pictures = [
            one
            for one in self._pictures
            if (one.until > wish.t and one.t < wish.t + AHEAD_S + _NEAR_S)
            or (one.until > head[0] and one.t < head[1])
        ]

    def _find(self, file: VideoFile, t: float, wish: Wish) -> None:
        try:
            found = file.picture_at(t, wish.room, lambda: self._is_stale(t, wish.room))
        except VideoError as error:
            self.error, self._failed = error, wish
            return
        if found is None:
            return
        with self._changed:
            # The view may have another size meanwhile.
            if self._wish is not None and self._wish.room == wish.room:
                self.error = self._failed = None
                self._pictures.append(found)
                if not found.covers(t):
                    # Asked again, it would be the same.
                    self._failed = wish
                if found.covers(max(wish.t, 0.0)):
                    # While a hand drags, the wish has moved on: this is the nearest that there is.
                    self._shown = found

    def _is_stale(self, t: float, room: tuple[int, int]) -> bool:
        """Return whether the picture at ``t`` s is not wanted any more."""
        now = self._wish
        if self._closed or now is None or now.room != room:
            return True
        return not now.t - _NEAR_S <= t <= max(now.t, 0.0) + AHEAD_S + _NEAR_S
