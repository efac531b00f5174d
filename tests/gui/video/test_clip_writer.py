"""A clip holds the video and the drawn half, frame by frame, with every encoder that is there."""

import queue
from pathlib import Path

import av
import numpy as np
import pytest

from gui.models.video import clip_writer
from gui.models.video.clip import ClipPlan, plan_clip
from gui.models.video.clip_writer import ENCODERS, write_clip
from gui.models.video.errors import VideoError, VideoFault
from gui.models.video.video_file import VideoFile
from tests.gui.video import clips

RATE_HZ = 30.0
BEGINS_S = 10.0
"""Session time of the first frame of the video."""
GREY = 100


def planned(video: Path, start_s: float, end_s: float) -> ClipPlan:
    file = VideoFile(video)
    file.close()
    return plan_clip(file.facts, BEGINS_S, start_s, end_s)


def halves(plan: ClipPlan) -> "queue.Queue[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]":
    waiting: queue.Queue[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]] = queue.Queue()
    for _ in range(plan.count):
        waiting.put(np.full((plan.side[1], plan.side[0], 4), GREY, np.uint8))
    return waiting


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("video") / "a.mp4"
    return clips.write_clip(path, clips.even_times(60, RATE_HZ))


@pytest.mark.parametrize("encoder", ENCODERS)
def test_each_frame_is_that_of_its_moment(
    tmp_path: Path, video: Path, monkeypatch: pytest.MonkeyPatch, encoder: str
) -> None:
    try:
        av.Codec(encoder, "w")
    except ValueError:
        pytest.skip(f"this wheel has no {encoder}")
    monkeypatch.setattr(clip_writer, "ENCODERS", {encoder: ENCODERS[encoder]})
    plan = planned(video, 11.0, 12.5)
    path = write_clip(tmp_path / "clip.mp4", video, plan, halves(plan), lambda _: None)
    file = VideoFile(path)
    for number in (0, 7, 29, 40):
        picture = file.picture_at((number + 0.5) / RATE_HZ, (4000, 4000))
        assert picture is not None
        assert picture.pixels.shape[1::-1] == plan.size
        left, right = np.hsplit(picture.pixels, [plan.video[0]])
        if number < 30:
            assert clips.read_number(left) == 30 + number
        else:
            # The video is over.
            assert left[:, :, :3].max() < 30
        assert abs(float(right[:, 8:, :3].mean()) - GREY) < 6
    file.close()


def beep(
    length_s: float, at_s: float, hz: float
) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """Return silence with a tone of a tenth of a second at ``at_s``."""
    t = np.arange(round(length_s * clips.SOUND_HZ)) / clips.SOUND_HZ
    return np.where((t >= at_s) & (t < at_s + 0.1), 0.5 * np.sin(2 * np.pi * hz * t), 0.0)


def begins_s(sound: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]", hz: float) -> float:
    """Return when a tone of ``hz`` is at half of its strength for the first time, s."""
    length = round(0.02 * clips.SOUND_HZ)
    t = np.arange(len(sound)) / clips.SOUND_HZ
    turned = np.convolve(sound * np.exp(-2j * np.pi * hz * t), np.ones(length) / length, "same")
    strength = np.abs(turned)
    return float(t[np.argmax(strength > 0.5 * strength.max())])


def test_a_clip_has_the_sound_of_the_video_and_what_is_added_at_their_moments(
    tmp_path: Path,
) -> None:
    track = beep(2.0, 1.4, 700.0).astype(np.float32)
    video = clips.write_clip(tmp_path / "a.mp4", clips.even_times(60, RATE_HZ), sound=track)
    plan = planned(video, 11.0, 12.5)
    added = beep(1.5, 0.9, 1500.0)
    path = write_clip(
        tmp_path / "clip.mp4", video, plan, halves(plan), lambda _: None, lambda: added
    )
    sound = clips.read_sound(path)
    assert sound is not None
    assert len(sound) / clips.SOUND_HZ == pytest.approx(1.5, abs=0.05)
    # The clip begins a second into the video.
    assert begins_s(sound, 700.0) == pytest.approx(0.4, abs=0.02)
    assert begins_s(sound, 1500.0) == pytest.approx(0.9, abs=0.02)


def test_what_is_silent_has_no_sound_track(tmp_path: Path, video: Path) -> None:
    plan = planned(video, 11.0, 11.3)
    path = write_clip(tmp_path / "clip.mp4", video, plan, halves(plan), lambda _: None)
    assert clips.read_sound(path) is None


def test_an_error_leaves_the_older_file(tmp_path: Path, video: Path) -> None:
    path = tmp_path / "clips" / "clip.mp4"
    path.parent.mkdir()
    path.write_bytes(b"older")
    plan = planned(video, 10.0, 11.0)

    class GivenUpError(Exception):
        """The job is given up."""

    def progress(share: float) -> None:
        if share > 0.5:
            raise GivenUpError

    with pytest.raises(GivenUpError):
        write_clip(path, video, plan, halves(plan), progress)
    assert path.read_bytes() == b"older"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, video: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    plan = planned(video, 10.0, 10.2)
    with pytest.raises(VideoError) as caught:
        write_clip(tmp_path / "file" / "clip.mp4", video, plan, halves(plan), lambda _: None)
    assert caught.value.fault is VideoFault.NOT_WRITABLE


def test_without_an_encoder_that_is_said(
    tmp_path: Path, video: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clip_writer, "ENCODERS", {"no_such": {}})
    plan = planned(video, 10.0, 10.2)
    with pytest.raises(VideoError) as caught:
        write_clip(tmp_path / "clip.mp4", video, plan, halves(plan), lambda _: None)
    assert (caught.value.path.name, caught.value.fault) == ("clip.mp4", VideoFault.NO_ENCODER)
    assert not list(tmp_path.glob("*clip*"))


@pytest.mark.parametrize(
    ("size", "most"), [((1920, 1080), 1280), ((480, 854), 720), ((64, 36), 640)]
)
def test_a_clip_has_even_sizes_within_its_limits(
    tmp_path: Path, size: tuple[int, int], most: int
) -> None:
    video = clips.write_clip(tmp_path / "a.mp4", clips.even_times(2, RATE_HZ), size=size)
    plan = planned(video, 10.0, 10.2)
    assert all(length % 2 == 0 for length in (*plan.size, *plan.side, *plan.video))
    assert plan.video[0] <= most
    assert 360 <= plan.size[1] <= 720
