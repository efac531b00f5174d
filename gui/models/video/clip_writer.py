"""Writes a clip: decodes the video, puts the drawn half beside it, and encodes both."""

import math
import os
import queue
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import av
import numpy as np
import numpy.typing as npt
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from gui.models.video.clip import SOUND_HZ, ClipPlan
from gui.models.video.errors import VideoError, VideoFault
from gui.models.video.own_sound import own_sound
from gui.models.video.video_file import VideoFile
from processing.review.read_recording import Progress
from sensor.private_files import private_replacement
from sensor.types import FloatArray

ENCODERS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "libx264": {"preset": "veryfast", "crf": "20"},
        "libopenh264": {},
        "libvpx-vp9": {"deadline": "realtime", "cpu-used": "6", "crf": "30", "b": "0"},
        "mpeg4": {"q": "4"},
    }
)
"""Encoders with their options, the first one that is there is used: H.264 plays everywhere."""
SOUND_ENCODER = "aac"
"""Every wheel of PyAV has it: it is a part of FFmpeg itself."""
WAITING = 8
"""Drawn halves that wait to be encoded."""
_PATIENCE_S = 0.1
"""Time between two questions whether the job was given up."""

Half = npt.NDArray[np.uint8]


def write_clip(
    path: Path,
    video: Path,
    plan: ClipPlan,
    halves: "queue.Queue[Half]",
    progress: Progress,
    added: Callable[[], FloatArray | None] = lambda: None,
) -> Path:
    """Write a clip; if it fails or is given up, no file is left, and an older one stays.

    Parameters
    ----------
    path
        The file to write.
    video
        The video.
    plan
        Its sizes and times.
    halves
        The drawn halves (height, width, 4) in order, blue, green, red.
    progress
        Called with the share that is done; an error that it raises ends the writing.
    added
        Returns the sound (samples of the plan,) that is added to that of the video; None for none.

    Raises
    ------
    VideoError
        If the video cannot be read, or the clip cannot be written.
    """
    encoder = _encoder(path)
    source = VideoFile(video)
    try:
        with (
            private_replacement(path) as descriptor,
            os.fdopen(os.dup(descriptor), "r+b") as file,
            av.open(file, "w", format="mp4") as container,
        ):
            stream = container.add_stream(encoder, rate=plan.rate, options=dict(ENCODERS[encoder]))
            assert isinstance(stream, VideoStream)  # noqa: S101 - a codec of pictures
            sound = _Sound(container, _mixed(video, source, plan, added()))
            _encode(container, stream, source, plan, halves, progress, sound)
    except FFmpegError as error:
        raise VideoError(path, VideoFault.NOT_WRITABLE, str(error)) from error
    except OSError as error:
        raise VideoError(path, VideoFault.NOT_WRITABLE, error.strerror or "") from error
    finally:
        source.close()
    return path


def _encode(
    container: OutputContainer,
    stream: VideoStream,
    source: VideoFile,
    plan: ClipPlan,
    halves: "queue.Queue[Half]",
    progress: Progress,
    sound: "_Sound",
) -> None:
    stream.width, stream.height = plan.size
    stream.pix_fmt = "yuv420p"
    wide, high = plan.video
    longest = source.facts.duration_s or math.inf
    whole = np.zeros((high, plan.size[0], 4), np.uint8)
    whole[:, :, 3] = 255
    for number in range(plan.count):
        half = _next(halves, number / plan.count, progress)
        whole[:, :wide, :3] = 0
        at = plan.t(number) - plan.offset_s
        found = None
        if 0.0 <= at < longest:
            found = source.picture_at(at, plan.video, enlarge=True)
        # Black where the video has not begun, or is over.
        if found is not None:
            rows, columns = found.pixels.shape[:2]
            top, left = (high - rows) // 2, (wide - columns) // 2
            whole[top : top + rows, left : left + columns] = found.pixels
        whole[:, wide:] = half
        frame = av.VideoFrame.from_ndarray(whole, format="bgra")
        frame.pts, frame.time_base = number, 1 / plan.rate
        container.mux(stream.encode(frame))
        # In step with the pictures, as players read it.
        sound.encode_until(plan.samples_until(number + 1))
    container.mux(stream.encode())
    sound.finish()


def _mixed(
    video: Path, source: VideoFile, plan: ClipPlan, added: FloatArray | None
) -> FloatArray | None:
    """Return the sound of the clip; None where neither the video nor anything else sounds."""
    if not source.facts.sound:
        return added
    after_s = plan.start_s - plan.offset_s
    own = own_sound(video, source.first_s, after_s, plan.samples, SOUND_HZ)
    return own if added is None else np.clip(own + added, -1.0, 1.0)


class _Sound:
    """The sound track of a clip, encoded piece by piece."""

    def __init__(self, container: OutputContainer, samples: FloatArray | None) -> None:
        self._container, self._samples, self._done = container, samples, 0
        self._stream: AudioStream | None = None
        if samples is not None:
            made = container.add_stream(SOUND_ENCODER, rate=SOUND_HZ, layout="mono")
            assert isinstance(made, AudioStream)  # noqa: S101 - a codec of sound
            self._stream = made

    def encode_until(self, end: int) -> None:
        """Encode the samples before ``end`` that are not encoded yet."""
        if self._stream is None or self._samples is None or end <= self._done:
            return
        part = self._samples[None, self._done : end].astype(np.float32)
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = SOUND_HZ, self._done, 1 / Fraction(SOUND_HZ)
        self._container.mux(self._stream.encode(frame))
        self._done = end

    def finish(self) -> None:
        """Encode what the encoder still holds."""
        if self._stream is not None:
            self._container.mux(self._stream.encode())


def _next(halves: "queue.Queue[Half]", share: float, progress: Progress) -> Half:
    """Return the next drawn half; meanwhile the job may be given up."""
    while True:
        progress(share)
        try:
            return halves.get(timeout=_PATIENCE_S)
        except queue.Empty:
            continue


def _encoder(path: Path) -> str:
    """Return the first encoder that is there, for the clip ``path``."""
    for name in ENCODERS:
        try:
            av.Codec(name, "w")
        except ValueError:
            continue
        return name
    raise VideoError(path, VideoFault.NO_ENCODER)
