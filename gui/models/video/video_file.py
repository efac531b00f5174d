"""Video files: the frame that is shown at a time, found to the frame.

A container seeks to a key frame only, so the frames from there on are decoded until the next one would
be too late. Only two frames are in memory.
"""

import math
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from gui.models.video.errors import VideoError, VideoFault
from gui.models.video.facts import SAME_TIME_S, Picture, VideoFacts, read_created

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,asf,flv,ogg"
"""Containers of cameras. Playlists, which name other files and addresses, are none."""
MOST_PIXELS = 40_000_000
"""A picture of 8K has 33 million; a decoder keeps up to 17."""
MOST_FAILED = 200
"""Packets in a row that cannot be decoded, until the video counts as damaged there."""
_AHEAD_S = 1.0
"""Up to this far ahead it is decoded on, where the file does not tell its key frames."""
_USUAL_RATE = Fraction(30)
_THREADS = 2
"""The machine has the window, the analysis and perhaps sensors to serve too."""

_TOLERANT: dict[str, Any] = (
    {"metadata_errors": "replace"} if int(av.__version__.split(".")[0]) < 19 else {}
)
"""Names in another encoding are no reason to refuse a video; from PyAV 19 on they never are."""

Stopped = Callable[[], bool]


class VideoFile:
    """An open video file. One thread uses it; :meth:`close` it in the end.

    Raises
    ------
    VideoError
        If it cannot be opened, or not a single picture can be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._container = open_video(path)
        try:
            self._stream = self._find_stream()
            self._current: VideoFrame | None = None
            self._next: VideoFrame | None = None
            self._frames = self._decoded()
            self._start = 0
            self._first()
            self.facts = self._read_facts()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._container.close()

    @property
    def first_s(self) -> float:
        """The time of the first picture on the clock of the file, s."""
        return self._start * self._tick_s

    def picture_at(
        self,
        t: float,
        room: tuple[int, int],
        stopped: Stopped = lambda: False,
        *,
        enlarge: bool = False,
    ) -> Picture | None:
        """Return the picture that is shown at ``t`` s, or the first or last one beyond the ends.

        Parameters
        ----------
        t
            Time since the first frame, s.
        room
            Width and height in pixels that the picture must fit in.
        stopped
            Asked before each frame; None is returned once it says so.
        enlarge
            Whether a smaller picture is enlarged to fill the room.

        Raises
        ------
        VideoError
            If it cannot be read there.
        """
        frame = self._frame_at(max(t, 0.0), stopped)
        if frame is None:
            return None
        until = self._time(self._next) if self._next is not None else math.inf
        return Picture(self._time(frame), until, self._pixels(frame, room, enlarge=enlarge))

    # Finding a frame

    def _frame_at(self, t: float, stopped: Stopped) -> VideoFrame | None:
        # A frame's own time must find it, whatever its last bits are.
        wanted = math.floor((t + SAME_TIME_S) / self._tick_s) + self._start
        if self._current is None or wanted < _pts(self._current) or self._pays(wanted):
            self._seek(wanted)
        while self._next is not None and _pts(self._next) <= wanted:
            if stopped():
                return None
            self._step()
        if self._current is None:
            raise VideoError(self._path, VideoFault.DAMAGED)
        return self._current

    def _pays(self, wanted: int) -> bool:
        """Return whether seeking to ``wanted`` is quicker than decoding on."""
        if self._current is None or self._next is None:
            return False
        now, entries = _pts(self._next), self._stream.index_entries
        if wanted <= now:
            return False
        at = entries.search_timestamp(wanted) if len(entries) else -1
        if at < 0:
            return (wanted - now) * self._tick_s > _AHEAD_S
        return entries[at].timestamp > now

    def _seek(self, wanted: int) -> None:
        """Continue at the last key frame before ``wanted``."""
        back = 0
        while True:
            aim = wanted - back
            if aim < self._start:
                self._reopen()
                return
            try:
                self._container.seek(aim, stream=self._stream, backward=True)
            except FFmpegError:
                self._reopen()
                return
            self._frames = self._decoded()
            self._begin()
            # Some containers know no key frames, and some indices are wrong: decoding begins too late.
            if self._current is not None and _pts(self._current) <= wanted:
                return
            back = 2 * back or math.ceil(1.0 / self._tick_s)

    def _reopen(self) -> None:
        """Continue at the first frame, which needs no index."""
        self._container.close()
        self._container = open_video(self._path)
        self._stream = self._find_stream()
        self._frames = self._decoded()
        self._begin()

    def _begin(self) -> None:
        """Take the first two frames from the present place on."""
        self._current = self._following(None)
        self._next = self._following(self._current) if self._current is not None else None

    def _step(self) -> None:
        """Decode one frame on."""
        self._current = self._next
        self._next = self._following(self._current)

    def _following(self, last: VideoFrame | None) -> VideoFrame | None:
        # Times that do not grow come from damage, and would be found by no seek.
        return next((f for f in self._frames if last is None or _pts(f) > _pts(last)), None)

    def _decoded(self) -> Iterator[VideoFrame]:
        """Yield the frames from the present place on, in the order of their times."""
        packets, failed = self._container.demux(self._stream), 0
        while True:
            try:
                packet = next(packets, None)
            except FFmpegError:
                # Cut off, or unreadable from here on: what follows is not there.
                return
            if packet is None:
                return
            try:
                frames = packet.decode()
            except FFmpegError as error:
                failed += 1
                if failed > MOST_FAILED:
                    raise VideoError(self._path, VideoFault.DAMAGED, str(error)) from error
                continue
            for frame in frames:
                if frame.width * frame.height > MOST_PIXELS:
                    raise VideoError(self._path, VideoFault.TOO_LARGE)
                if frame.pts is None:
                    frame.pts = frame.dts
                if frame.pts is not None:
                    failed = 0
                    yield frame

    # Reading the head

    def _find_stream(self) -> VideoStream:
        # A song has its cover as a stream of video.
        streams = [s for s in self._container.streams.video if not _is_cover(s)]
        if not streams:
            raise VideoError(self._path, VideoFault.NOT_A_VIDEO)
        stream = streams[0]
        if stream.codec_context is None:
            raise VideoError(self._path, VideoFault.NO_PICTURE)
        if stream.width * stream.height > MOST_PIXELS:
            raise VideoError(self._path, VideoFault.TOO_LARGE)
        # The size may also change in the middle of a file.
        stream.codec_context.options = {"max_pixels": str(MOST_PIXELS)}
        stream.codec_context.thread_count = _THREADS
        return stream

    def _first(self) -> None:
        self._begin()
        if self._current is None or not self._stream.time_base:
            raise VideoError(self._path, VideoFault.NO_PICTURE)
        self._start = _pts(self._current)

    def _read_facts(self) -> VideoFacts:
        stream, frame = self._stream, self._current
        assert frame is not None  # noqa: S101 - the first one was decoded
        turn = 90 * round((frame.rotation or 0) / 90.0) % 360
        wide, high = self._upright(frame)
        if turn % 180:
            wide, high = high, wide
        rate = stream.average_rate or stream.guessed_rate or _USUAL_RATE
        duration = stream.duration * self._tick_s if stream.duration else 0.0
        if not duration and self._container.duration:
            duration = self._container.duration / av.time_base
        metadata = {**self._container.metadata, **stream.metadata}
        return VideoFacts(
            wide,
            high,
            turn,
            max(duration, 0.0),
            1.0 / min(max(float(rate), 1.0), 1000.0),
            read_created(metadata.get("creation_time")),
            datetime.fromtimestamp(self._path.stat().st_mtime, UTC),
            sound=bool(self._container.streams.audio),
        )

    @property
    def _tick_s(self) -> float:
        return float(self._stream.time_base or 1)

    def _time(self, frame: VideoFrame) -> float:
        return (_pts(frame) - self._start) * self._tick_s

    # Pictures

    def _upright(self, frame: VideoFrame) -> tuple[int, int]:
        """Return width and height of a frame with square pixels, before it is turned."""
        aspect = self._stream.sample_aspect_ratio or Fraction(1)
        # Other shapes of pixels come from damage.
        if not Fraction(1, 4) <= aspect <= 4:
            aspect = Fraction(1)
        return max(round(frame.width * aspect), 1), frame.height

    def _pixels(
        self, frame: VideoFrame, room: tuple[int, int], *, enlarge: bool
    ) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
        turn = self.facts.turn_deg
        wide, high = self._upright(frame)
        most_wide, most_high = room if turn % 180 == 0 else room[::-1]
        scale = min(most_wide / wide, most_high / high)
        scale = scale if enlarge else min(scale, 1.0)
        try:
            scaled = frame.reformat(
                max(round(wide * scale), 1),
                max(round(high * scale), 1),
                format="bgra",
                interpolation="AREA" if scale < 1.0 else "BILINEAR",
            )
            pixels = scaled.to_ndarray()
        except (FFmpegError, ValueError) as error:
            raise VideoError(self._path, VideoFault.DAMAGED, str(error)) from error
        return np.ascontiguousarray(np.rot90(pixels, turn // 90))


def open_video(path: Path) -> InputContainer:
    """Open a video file; raise :class:`VideoError` if that is not possible."""
    options = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
    try:
        # With its protocol: no part of a name may choose another one.
        name = f"file:{path.absolute()}"
        opened: InputContainer = av.open(name, "r", options=options, **_TOLERANT)
    except FileNotFoundError as error:
        raise VideoError(path, VideoFault.MISSING) from error
    except (FFmpegError, OSError, ValueError) as error:
        readable = not isinstance(error, OSError) or isinstance(error, av.error.InvalidDataError)
        fault = VideoFault.NOT_A_VIDEO if readable else VideoFault.NOT_READABLE
        raise VideoError(path, fault, str(error)) from error
    return opened


def _is_cover(stream: VideoStream) -> bool:
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _pts(frame: VideoFrame) -> int:
    assert frame.pts is not None  # noqa: S101 - frames without a time are left out
    return frame.pts
