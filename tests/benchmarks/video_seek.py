"""Compare how exactly videos are sought: ``python -m tests.benchmarks.video_seek``.

Synthetic clips carry the number of each frame as pixels. PyAV as the program uses it
(:class:`~gui.models.video.video_file.VideoFile`) and Qt Multimedia are asked for the same times.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from gui.models.video.video_file import VideoFile
from tests.gui.video.clips import TICKS, even_times, read_number, uneven_times, write_clip

SIZE = (1280, 720)
COUNT = 300
SEEKS = 40
ROOM = (640, 640)
CLIPS: dict[str, tuple[list[int], dict[str, Any]]] = {
    "30 Hz": (even_times(COUNT, 30), {}),
    "29.97 Hz, 3 B-frames": (even_times(COUNT, 30000 / 1001), {"b_frames": 3}),
    "14 to 60 Hz, 3 B-frames": (uneven_times(COUNT), {"b_frames": 3}),
    "60 Hz, one key frame in 5 s": (even_times(COUNT, 60), {"gop": COUNT}),
    "30 Hz, turned by 90°": (even_times(COUNT, 30), {"turn_deg": 90}),
}
Find = Callable[[float], npt.NDArray[np.uint8] | None]


def main() -> None:
    """Print a table of both."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "*=false")
    print("| clip | by | wrong frames | worst, frames | ms a seek, mean | worst |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for at, (name, (times, options)) in enumerate(CLIPS.items()):
            size = SIZE[::-1] if options.get("turn_deg") else SIZE
            path = write_clip(Path(folder) / f"{at}.mp4", times, size=size, **options)
            wanted = random.Random(3).sample(range(COUNT), SEEKS)
            file = VideoFile(path)
            _print(name, "PyAV", times, wanted, _by_pyav(file))
            file.close()
            _print(name, "Qt Multimedia", times, wanted, _by_qt(path))


def _print(name: str, by: str, times: Sequence[int], wanted: Sequence[int], find: Find) -> None:
    apart, took = [], []
    for number in wanted:
        # In the middle of the time in which a frame is shown.
        until = times[number + 1] if number + 1 < len(times) else times[number] + TICKS // 30
        began = time.perf_counter()
        pixels = find(0.5 * (times[number] + until) / TICKS)
        took.append(1e3 * (time.perf_counter() - began))
        apart.append(abs(read_number(pixels) - number) if pixels is not None else COUNT)
    wrong = sum(one > 0 for one in apart)
    print(
        f"| {name} | {by} | {wrong} of {len(wanted)} | {max(apart)} | {np.mean(took):.0f} | {max(took):.0f} |"
    )


def _by_pyav(file: VideoFile) -> Find:
    def find(t: float) -> npt.NDArray[np.uint8] | None:
        picture = file.picture_at(t, ROOM)
        return picture.pixels if picture is not None else None

    return find


def _by_qt(path: Path) -> Find:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QImage
    from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame, QVideoSink
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    player, sink = QMediaPlayer(), QVideoSink()
    frames: list[QVideoFrame] = []
    sink.videoFrameChanged.connect(frames.append)
    player.setVideoSink(sink)
    player.setSource(QUrl.fromLocalFile(str(path)))
    # It shows nothing before it has once played.
    player.play()
    _wait(app.processEvents, lambda: bool(frames))
    player.pause()

    def find(t: float) -> npt.NDArray[np.uint8] | None:
        # The player does not own its sink, which must live as long.
        assert player.videoSink() is sink
        frames.clear()
        player.setPosition(round(1000 * t))
        _wait(app.processEvents, lambda: bool(frames))
        if not frames:
            return None
        image = frames[-1].toImage().convertToFormat(QImage.Format.Format_RGB32)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
        return rows[:, : image.width()].copy()

    return find


def _wait(process: Callable[[], object], done: Callable[[], bool]) -> None:
    end = time.monotonic() + 2.0
    while not done() and time.monotonic() < end:
        process()
        time.sleep(0.001)
    # A better frame may follow the first one.
    last = time.monotonic() + 0.03
    while time.monotonic() < last:
        process()
        time.sleep(0.001)


if __name__ == "__main__":
    main()
