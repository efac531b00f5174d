"""Synthetic clips whose frames carry their number as bright and dark squares."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

BITS = 10
"""Squares of a number: 1024 frames."""
SIZE = (320, 180)
SOUND_HZ = 48_000
"""Samples of a sound track in a second."""
TICKS = 60_000
"""Ticks a second of the times of frames: MPEG-4 knows at most 65535."""


def numbered(number: int, size: tuple[int, int] = SIZE) -> npt.NDArray[np.uint8]:
    """Return a picture (height, width, 3) with ``number``; the top left corner is red."""
    wide, high = size
    picture = np.full((high, wide, 3), 60, np.uint8)
    cell = wide // BITS
    for bit in range(BITS):
        level = 230 if number >> bit & 1 else 20
        picture[high // 2 : high // 2 + cell, bit * cell : (bit + 1) * cell] = level
    picture[: high // 4, : wide // 4] = (220, 20, 20)
    return picture


def read_number(pixels: npt.NDArray[np.uint8]) -> int:
    """Return the number in an upright picture (height, width, 3 or 4), of any size."""
    high, wide = pixels.shape[:2]
    cell = wide / BITS
    row = round(high / 2 + cell / 2)
    levels = [float(pixels[row, round((bit + 0.5) * cell), :3].mean()) for bit in range(BITS)]
    return sum((level > 125) << bit for bit, level in enumerate(levels))


def even_times(count: int, rate: float) -> list[int]:
    """Return the times of ``count`` frames at ``rate`` Hz, in ticks."""
    return [round(at * TICKS / rate) for at in range(count)]


def uneven_times(count: int) -> list[int]:
    """Return the times of frames as a phone takes them in the dark, in ticks: 14 to 60 a second."""
    steps = np.random.default_rng(5).integers(TICKS // 60, TICKS // 14, count)
    return [0, *np.cumsum(steps)[:-1].tolist()]


def write_clip(
    path: Path,
    times: Sequence[int],
    *,
    codec: str = "libx264",
    b_frames: int = 3,
    gop: int = 48,
    turn_deg: int = 0,
    size: tuple[int, int] = SIZE,
    created: str = "",
    sound: npt.NDArray[np.float32] | None = None,
) -> Path:
    """Write a clip whose frames are numbered from 0.

    Parameters
    ----------
    path
        The file; its suffix names the container.
    times
        When each frame is shown, in ticks.
    codec, b_frames, gop
        The encoder, its B-frames in a row, and the distance of its key frames.
    turn_deg
        How far the stored picture must be turned until it is upright, counter-clockwise.
    size
        Width and height of the upright picture.
    created
        Creation time in the metadata.
    sound
        Samples (n,) of a sound track at :data:`SOUND_HZ`; None for none.
    """
    with av.open(str(path), "w") as container:
        if created:
            container.metadata["creation_time"] = created
        stream = container.add_stream(codec, rate=30)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = size if turn_deg % 180 == 0 else size[::-1]
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, TICKS)
        stream.codec_context.gop_size = gop
        if codec == "libx264":
            stream.codec_context.options = {"preset": "ultrafast", "bf": str(b_frames)}
            stream.codec_context.max_b_frames = b_frames
        if codec == "libvpx-vp9":
            stream.codec_context.options = {"deadline": "realtime", "cpu-used": "8"}
        if turn_deg:
            stream.set_display_rotation(turn_deg)
        track = None
        if sound is not None:
            track = container.add_stream("aac", rate=SOUND_HZ, layout="mono")
            assert isinstance(track, av.AudioStream)
        for number, pts in enumerate(times):
            stored = np.ascontiguousarray(np.rot90(numbered(number, size), -turn_deg // 90))
            frame = av.VideoFrame.from_ndarray(stored, format="rgb24")
            frame.pts, frame.time_base = pts, Fraction(1, TICKS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
        if track is not None and sound is not None:
            heard = av.AudioFrame.from_ndarray(sound[None].astype(np.float32), "fltp", "mono")
            heard.sample_rate, heard.pts, heard.time_base = SOUND_HZ, 0, Fraction(1, SOUND_HZ)
            container.mux(track.encode(heard))
            container.mux(track.encode())
    return path


def read_sound(path: Path) -> npt.NDArray[np.float32] | None:
    """Return the first channel of a sound track, by its times from the start of the file; None without one."""
    with av.open(str(path)) as container:
        if not container.streams.audio:
            return None
        parts = [
            (f.time or 0.0, f.to_ndarray()[0], f.sample_rate) for f in container.decode(audio=0)
        ]
    assert {rate for _, _, rate in parts} == {SOUND_HZ}
    ends = [round(t * SOUND_HZ) + len(part) for t, part, _ in parts]
    sound = np.zeros(max(ends), np.float32)
    for t, part, _ in parts:
        # What is before the start only feeds the decoder.
        at = round(t * SOUND_HZ)
        sound[max(at, 0) : at + len(part)] = part[max(-at, 0) :]
    return sound
