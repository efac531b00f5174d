"""Measure how exactly a video plays: ``python -m tests.benchmarks.video_played [--busy]``.

Synthetic clips carry the number of each frame as pixels. A view is painted 60 times a second as Review does
it, and after each painting the frame in it is compared with the wall clock: how long before or after its own
time is it seen? The frames of a screen are counted, so one that stands too long counts each time. With
``--busy`` four busy loops run beside it.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from gui.models.player import Player
from gui.models.video.reader import VideoReader, Wish
from tests.benchmarks.busy_loops import busy_loops
from tests.gui.video.clips import TICKS, even_times, read_number, uneven_times, write_clip

SIZE = (1280, 720)
LENGTH_S = 8.0
FRAME_S = 1.0 / 60.0
NEAR_S = 0.040
LOOPS = 4
CLIPS: dict[str, tuple[list[int], dict[str, Any]]] = {
    "30 Hz": (even_times(round(30 * LENGTH_S), 30), {}),
    "60 Hz, one key frame in 5 s": (even_times(round(60 * LENGTH_S), 60), {"gop": 300}),
    "14 to 60 Hz, 3 B-frames": (uneven_times(round(30 * LENGTH_S)), {"b_frames": 3}),
}
PLAYED = (("1×", 1.0, None), ("2×", 2.0, None), ("1×, a loop of 2 s", 1.0, (2.0, 4.0)))


def main() -> None:
    """Print a table of the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--busy", action="store_true", help=f"beside {LOOPS} busy loops")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    busy = parser.parse_args().busy
    print(f"| clip | played | frames | within {1e3 * NEAR_S:.0f} ms | P95 ms | worst ms |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, busy_loops(LOOPS if busy else 0):
        for at, (name, (times, options)) in enumerate(CLIPS.items()):
            path = write_clip(Path(folder) / f"{at}.mp4", times, size=SIZE, **options)
            for how, speed, loop in PLAYED:
                apart = _apart_s(path, times, speed, loop)
                near = np.mean(apart <= NEAR_S)
                worst, most = 1e3 * np.quantile(apart, 0.95), 1e3 * apart.max()
                print(
                    f"| {name} | {how} | {len(apart)} | {near:.1%} | {worst:.0f} | {most:.0f} |",
                    flush=True,
                )


def _apart_s(
    path: Path, times: list[int], speed: float, loop: tuple[float, float] | None
) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """Return for each painting how far the frame in it is from the wall clock, s of the session."""
    from PySide6.QtWidgets import QApplication

    from gui.pages.review.video_view import VideoView
    from gui.widgets.theme import PALETTES, Theme, ThemeName

    app = QApplication.instance() or QApplication([])
    view = VideoView(Theme(PALETTES[ThemeName.DARK]))
    view.resize(640, 360)
    view.show()
    reader, player = VideoReader(path), Player()
    ends = [t / TICKS for t in times]
    # The last picture stays as long as anybody looks.
    player.load(ends[0], ends[-2])
    while reader.want(Wish(ends[0], view.room)) is None:
        app.processEvents()
        time.sleep(FRAME_S)
    player.loop = loop
    began = time.monotonic()
    player.set_speed(speed, began)
    player.play(began)
    apart = []
    while player.playing and time.monotonic() < began + LENGTH_S:
        frame_from = time.monotonic()
        t = player.advance(frame_from)
        picture = reader.want(Wish(t, view.room, playing=True, loop_start=loop and loop[0]))
        view.show_picture(picture, "")
        app.processEvents()
        seen = player.advance(time.monotonic())
        if picture is not None and player.playing:
            number = read_number(picture.pixels)
            before, after = ends[number] - seen, seen - ends[number + 1]
            apart.append(max(before, after, 0.0) / speed)
        time.sleep(max(FRAME_S - (time.monotonic() - frame_from), 0.0))
    reader.close()
    view.close()
    return np.array(apart)


if __name__ == "__main__":
    main()
