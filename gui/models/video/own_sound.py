"""The sound track of a video, laid on the time of its pictures."""

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError

from gui.models.video.video_file import open_video
from sensor.types import FloatArray


def own_sound(path: Path, first_s: float, start_s: float, count: int, rate_hz: int) -> FloatArray:
    """Return a stretch of the sound of a video; silence where it has none.

    Parameters
    ----------
    path
        The video.
    first_s
        Time of its first picture on the clock of the file, s.
    start_s
        Start of the stretch after the first picture, s; negative before it.
    count, rate_hz
        Number of samples, and how many there are in a second.

    Returns
    -------
    samples
        (count,), within -1 to 1: all channels in one.

    Raises
    ------
    VideoError
        If the file cannot be opened.
    """
    sound = np.zeros(count)
    container = open_video(path)
    try:
        if container.streams.audio:
            _fill(sound, container, container.streams.audio[0], first_s + start_s, rate_hz)
    finally:
        container.close()
    return sound


def _fill(
    sound: FloatArray, container: InputContainer, stream: AudioStream, begin_s: float, rate_hz: int
) -> None:
    """Write the sound from ``begin_s`` on, on the clock of the file, into ``sound``."""
    resampler = av.AudioResampler("fltp", "mono", rate_hz)
    for frame in _decoded(container, stream, begin_s):
        for part in resampler.resample(frame):
            if part.time is None:
                continue
            at = round((part.time - begin_s) * rate_hz)
            if at >= len(sound):
                return
            samples = part.to_ndarray()[0][max(-at, 0) :]
            at = max(at, 0)
            samples = samples[: len(sound) - at]
            sound[at : at + len(samples)] = samples


def _decoded(
    container: InputContainer, stream: AudioStream, begin_s: float
) -> Iterator[AudioFrame]:
    """Yield the frames from a little before ``begin_s`` on; damage ends them."""
    try:
        if begin_s > 0.0 and stream.time_base:
            container.seek(int(begin_s / stream.time_base), stream=stream, backward=True)
        for packet in container.demux(stream):
            yield from packet.decode()
    except FFmpegError:
        # Cut off, or unreadable from here on: the rest is silent.
        return
