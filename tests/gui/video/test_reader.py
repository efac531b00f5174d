"""The reader gives the newest wanted picture, plays without delay, and loops from its head."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gui.models.video.errors import VideoFault
from gui.models.video.facts import Picture
from gui.models.video.reader import MOST_BYTES, VideoReader, Wish
from tests.gui.video.clips import even_times, read_number, write_clip
from tests.patience import PATIENCE_S

ROOM = (160, 90)
RATE_HZ = 30.0


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[VideoReader]:
    made = VideoReader(write_clip(tmp_path / "a.mp4", even_times(300, RATE_HZ), gop=60))
    yield made
    made.close()
    assert not made._thread.is_alive()


def wait(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.002)


def settled(reader: VideoReader, wish: Wish) -> Picture:
    """Return the picture that is there in the end."""

    def there() -> bool:
        found = reader.want(wish)
        return found is not None and found.covers(wish.t)

    wait(there)
    found = reader.want(wish)
    assert found is not None
    return found


def test_a_wish_is_fulfilled(reader: VideoReader) -> None:
    assert read_number(settled(reader, Wish(4.01, ROOM)).pixels) == 120
    assert read_number(settled(reader, Wish(0.5, ROOM)).pixels) == 15


def test_many_wishes_end_with_the_newest(reader: VideoReader) -> None:
    for number in (*range(0, 300, 7), *range(299, 0, -11)):
        reader.want(Wish((number + 0.5) / RATE_HZ, ROOM))
    assert read_number(settled(reader, Wish(3.35, ROOM)).pixels) == 100


def test_while_playing_the_next_pictures_are_there_before_they_are_due(reader: VideoReader) -> None:
    first = Wish(2.0, ROOM, playing=True)
    settled(reader, first)
    wait(lambda: len(reader._pictures) >= 9)
    # Asked once, as a window paints: each is right at once.
    for frames in range(9):
        t = 2.001 + frames / RATE_HZ
        picture = reader.want(replace(first, t=t, playing=False))
        assert picture is not None
        assert picture.covers(t)
        assert read_number(picture.pixels) == 60 + frames


def test_the_head_of_a_loop_stays_for_the_next_round(reader: VideoReader) -> None:
    loop = Wish(1.0, ROOM, playing=True, loop_start=1.0)
    for frames in range(120):
        settled(reader, replace(loop, t=1.001 + frames / RATE_HZ))
    again = reader.want(replace(loop, t=1.02))
    assert again is not None
    assert read_number(again.pixels) == 30


def test_memory_is_bounded(reader: VideoReader) -> None:
    for second in range(9):
        settled(reader, Wish(float(second), (320, 180), playing=True, loop_start=1.0))
    held = sum(one.pixels.nbytes for one in reader._pictures)
    assert held <= MOST_BYTES
    assert len(reader._pictures) < 3 * RATE_HZ


def test_another_size_of_the_view_gives_pictures_of_that_size(reader: VideoReader) -> None:
    settled(reader, Wish(1.0, ROOM))
    reader.want(Wish(1.0, (320, 180)))
    wait(lambda: (p := reader.want(Wish(1.0, (320, 180)))) is not None and p.pixels.shape[1] == 320)


def test_a_file_that_is_gone_is_an_error_and_nothing_hangs(tmp_path: Path) -> None:
    reader = VideoReader(tmp_path / "none.mp4")
    wait(lambda: reader.error is not None)
    assert reader.error is not None
    assert reader.error.fault is VideoFault.MISSING
    assert reader.want(Wish(1.0, ROOM)) is None
    reader.close()
