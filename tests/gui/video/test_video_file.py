"""Every frame is found at its own time, whatever its container and encoder; faulty files are errors."""

import random
import struct
from pathlib import Path
from typing import Any

import pytest

from gui.models.video.errors import VideoError, VideoFault
from gui.models.video.video_file import VideoFile
from tests.gui.video.clips import (
    SIZE,
    TICKS,
    even_times,
    read_number,
    uneven_times,
    write_clip,
)

ROOM = (640, 640)
CLIPS: dict[str, tuple[list[int], dict[str, Any]]] = {
    "even.mp4": (even_times(120, 30), {}),
    "ntsc.mov": (even_times(120, 30000 / 1001), {}),
    "uneven.mp4": (uneven_times(120), {}),
    "uneven.mkv": (uneven_times(120), {}),
    "one_key_frame.mp4": (even_times(150, 60), {"gop": 150}),
    "no_key_index.ts": (even_times(120, 30), {"gop": 30}),
    "vp9.webm": (even_times(60, 30), {"codec": "libvpx-vp9"}),
    "mpeg4.mp4": (even_times(60, 25), {"codec": "mpeg4", "b_frames": 0}),
}


@pytest.mark.parametrize("name", CLIPS)
def test_each_time_gives_its_frame_in_any_order(tmp_path: Path, name: str) -> None:
    times, options = CLIPS[name]
    file = VideoFile(write_clip(tmp_path / name, times, **options))
    shuffled = random.Random(1).sample(range(len(times)), 20)
    backwards = range(len(times) - 1, -1, -9)
    for number in (*range(0, len(times), 3), *backwards, *shuffled):
        shown_s = times[number] / TICKS
        picture = file.picture_at(shown_s + 0.002, ROOM)
        assert picture is not None
        assert read_number(picture.pixels) == number
        # Matroska rounds times to whole milliseconds.
        assert picture.t == pytest.approx(shown_s, abs=1.1e-3)
        # A picture's own time finds it again.
        again = file.picture_at(picture.t, ROOM)
        assert again is not None
        assert read_number(again.pixels) == number
    file.close()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_picture_is_shown_upright(tmp_path: Path, turn: int) -> None:
    path = write_clip(tmp_path / "turned.mp4", even_times(5, 30), turn_deg=turn, size=(180, 320))
    # ISO 14496-12: x' = a x + c y, y' = b x + d y, with y down.
    data = path.read_bytes()
    at = data.index(b"tkhd") + 44
    a, b, _, c, d = (one // 65536 for one in struct.unpack(">5i", data[at : at + 20]))
    assert (a, b, c, d) == {90: (0, -1, 1, 0), 180: (-1, 0, 0, -1), 270: (0, 1, -1, 0)}[turn]
    file = VideoFile(path)
    assert (file.facts.width, file.facts.height) == (180, 320)
    picture = file.picture_at(3 / 30, ROOM)
    file.close()
    assert picture is not None
    assert picture.pixels.shape == (320, 180, 4)
    assert read_number(picture.pixels) == 3
    blue, _, red = picture.pixels[20, 20, :3]
    assert red > blue + 80


def test_pictures_fit_the_view_and_are_never_enlarged(tmp_path: Path) -> None:
    file = VideoFile(write_clip(tmp_path / "a.mp4", even_times(5, 30)))
    shapes = []
    for room in ((160, 160), (1000, 45), (5000, 5000), (1, 1)):
        picture = file.picture_at(0.0, room)
        assert picture is not None
        shapes.append(picture.pixels.shape[:2])
    file.close()
    assert shapes == [(90, 160), (45, 80), SIZE[::-1], (1, 1)]


def test_the_facts_are_those_of_the_file(tmp_path: Path) -> None:
    created = "2026-02-02T10:00:05.000000Z"
    file = VideoFile(write_clip(tmp_path / "a.mp4", even_times(60, 30), created=created))
    facts = file.facts
    file.close()
    assert facts.duration_s == pytest.approx(2.0, abs=0.05)
    assert facts.frame_s == pytest.approx(1 / 30, rel=0.01)
    assert facts.created is not None
    assert facts.created.isoformat() == "2026-02-02T10:00:05+00:00"


def test_names_in_another_encoding_are_no_fault(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mkv", even_times(5, 30), created="2026-02-02T10:00:05Z")
    data = path.read_bytes()
    assert b"Lavf" in data
    path.write_bytes(data.replace(b"Lavf", b"L\xe4\xf6f"))
    file = VideoFile(path)
    file.close()
    assert file.facts.width == SIZE[0]


def test_a_cut_file_shows_what_is_left(tmp_path: Path) -> None:
    whole = write_clip(tmp_path / "a.mkv", even_times(120, 30), gop=30).read_bytes()
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(whole[: 2 * len(whole) // 3])
    file = VideoFile(cut)
    first, last = (file.picture_at(t, ROOM) for t in (0.5, 1e6))
    file.close()
    assert first is not None
    assert last is not None
    assert read_number(first.pixels) == 15
    assert 40 < read_number(last.pixels) < 119


def test_damaged_bytes_are_an_error_or_a_picture(tmp_path: Path) -> None:
    whole = write_clip(tmp_path / "a.mp4", even_times(60, 30)).read_bytes()
    rng = random.Random(3)
    for attempt in range(40):
        data = bytearray(whole)
        for _ in range(rng.choice([1, 20, 400])):
            data[rng.randrange(len(data))] = rng.randrange(256)
        path = tmp_path / f"{attempt}.mp4"
        path.write_bytes(data)
        try:
            file = VideoFile(path)
        except VideoError:
            continue
        for t in (0.0, 1.5, 0.4):
            try:
                file.picture_at(t, (64, 64))
            except VideoError:
                continue
        file.close()


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("empty.mp4", b"", VideoFault.NOT_A_VIDEO),
        ("text.mp4", b"toes up\n" * 1000, VideoFault.NOT_A_VIDEO),
        ("list.mp4", b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n", VideoFault.NOT_A_VIDEO),
        ("list.m3u8", b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n", VideoFault.NOT_A_VIDEO),
        ("list.txt", b"ffconcat version 1.0\nfile /etc/hostname\n", VideoFault.NOT_A_VIDEO),
    ],
)
def test_what_is_no_video_is_said(
    tmp_path: Path, name: str, content: bytes, fault: VideoFault
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(VideoError) as caught:
        VideoFile(path)
    assert (caught.value.path, caught.value.fault) == (path, fault)


@pytest.mark.parametrize("name", ["none.mp4", "http:none.mp4", "concat:a|b", "a\0b.mp4"])
def test_a_file_that_is_gone_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(VideoError) as caught:
        VideoFile(tmp_path / name)
    assert caught.value.fault in (VideoFault.MISSING, VideoFault.NOT_A_VIDEO)


def test_a_huge_picture_is_refused(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", even_times(2, 30), codec="mjpeg")
    data = bytearray(path.read_bytes())
    # Its size in the description of the samples, and in the frames of JPEG.
    at = data.index(b"stsd") + 4 + 8 + 32
    assert struct.unpack(">2H", data[at : at + 4]) == SIZE
    data[at : at + 4] = struct.pack(">2H", 60000, 60000)
    frame = b"\xff\xc0\x00\x11\x08"
    assert data.count(frame) == 2
    huge = data.replace(frame + struct.pack(">2H", *SIZE[::-1]), frame + b"\xea\x60\xea\x60")
    path.write_bytes(huge)
    with pytest.raises(VideoError) as caught:
        VideoFile(path)
    # The decoder refuses it before it takes memory.
    assert caught.value.fault in (VideoFault.NO_PICTURE, VideoFault.TOO_LARGE)


def test_pictures_beyond_the_limit_are_refused(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", [0], codec="mjpeg", size=(6400, 6400))
    with pytest.raises(VideoError) as caught:
        VideoFile(path)
    assert caught.value.fault is VideoFault.TOO_LARGE


def test_a_video_without_frames_is_said(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mkv", even_times(1, 30))
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"\x1f\x43\xb6\x75")])
    with pytest.raises(VideoError) as caught:
        VideoFile(path)
    assert caught.value.fault in (VideoFault.NO_PICTURE, VideoFault.NOT_A_VIDEO)
