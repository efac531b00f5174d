"""A video is laid on a session by the times of its file, by an impact, and by hand."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from gui.models.video.alignment import by_clock, by_impact, shifted
from gui.models.video.facts import VideoFacts, read_created
from gui.models.video.find_impacts import impacts_of
from processing.review.video_link import (
    Alignment,
    Found,
    PlacedBy,
    find_video,
    link_to,
    read_video_link,
    video_link_path,
    write_video_link,
)
from processing.types import PairedBlock
from sensor.errors import DocumentError, DocumentFault
from sensor.types import Segment

BEGAN = datetime(2026, 2, 2, 10, 0, 0, tzinfo=UTC)
LONG_S = 600.0
"""Length of the session."""


def facts(created_s: float | None, modified_s: float, duration_s: float = 60.0) -> VideoFacts:
    """Return the facts of a video whose times are in s after the start of the session."""
    created = None if created_s is None else BEGAN + timedelta(seconds=created_s)
    modified = BEGAN + timedelta(seconds=modified_s)
    return VideoFacts(640, 360, 0, duration_s, 1 / 30, created, modified)


@pytest.mark.parametrize(
    ("created_s", "modified_s", "offset_s", "doubt_s"),
    [
        pytest.param(100.0, 160.5, 100.0, 2.0, id="notes its beginning"),
        pytest.param(160.0, 160.5, 100.0, 2.0, id="notes its end"),
        pytest.param(None, 160.0, 100.0, 2.0, id="has no creation time"),
        pytest.param(100.0, 90_000.0, 100.0, 62.0, id="was copied: beginning or end"),
        pytest.param(30.0, -90_000.0, 30.0, 62.0, id="was changed before the session"),
        pytest.param(610.0, 90_000.0, 550.0, 2.0, id="copied, only the end fits"),
    ],
)
def test_the_times_of_a_file_lay_it_on_the_session(
    created_s: float | None, modified_s: float, offset_s: float, doubt_s: float
) -> None:
    found = by_clock(facts(created_s, modified_s), BEGAN, LONG_S)
    assert found == Alignment(offset_s, PlacedBy.CLOCK, doubt_s)


def test_a_file_of_another_day_begins_with_the_session() -> None:
    found = by_clock(facts(90_000.0, 90_060.0), BEGAN, LONG_S)
    assert found == Alignment(0.0, PlacedBy.NOTHING, None)


def test_an_impact_lies_between_its_frame_and_the_one_before() -> None:
    found = by_impact(12.0, 0.04, 100.0)
    # At the impact, the video is half a frame before the one that shows the foot on the ground.
    assert 100.0 - found.offset_s == pytest.approx(11.98)
    assert found.by is PlacedBy.IMPACT
    assert found.uncertainty_s == pytest.approx(0.03)


def test_a_shift_by_hand_has_no_known_uncertainty() -> None:
    found = shifted(Alignment(5.0, PlacedBy.CLOCK, 2.0), -0.1)
    assert found == Alignment(4.9, PlacedBy.HAND, None)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("2026-02-02T10:00:05.000000Z", True),
        ("2026-02-02 10:00:05", True),
        ("1904-01-01T00:00:00Z", False),
        ("yesterday", False),
        ("", False),
        (None, False),
    ],
)
def test_only_a_real_creation_time_counts(text: str | None, known: bool) -> None:
    found = read_created(text)
    assert (found == BEGAN + timedelta(seconds=5)) is known


def moving(jolts: dict[float, tuple[str, float]]) -> PairedBlock:
    """Return a minute of a slow curl, 100 Hz, with ``jolts``: the sensor and m/s² at their times."""
    t = np.arange(1, 6001) / 100.0
    shin = np.zeros((len(t), 3))
    # The gravity turns in the frame of the sensor, and the movement adds a slow 2 m/s².
    shin[:, 0] = (9.81 + 2.0 * np.sin(2 * np.pi * 0.3 * t)) * np.sin(0.8 * np.sin(t))
    shin[:, 2] = (9.81 + 2.0 * np.sin(2 * np.pi * 0.3 * t)) * np.cos(0.8 * np.sin(t))
    foot = shin.copy()
    for at, (where, size) in jolts.items():
        sensor = foot if where == "foot" else shin
        # A tap lasts 20 ms and rebounds.
        first = round(100 * at)
        sensor[first : first + 2, 2] += size
        sensor[first + 6, 2] += 0.4 * size
    good, zero = np.ones(len(t), np.bool_), np.zeros((len(t), 3))
    return PairedBlock(t, shin, zero, foot, zero, good, good, ~good, ~good)


def test_taps_are_found_where_they_are_and_reps_are_none() -> None:
    taps = {7.0: ("foot", 40.0), 7.5: ("shin", 25.0), 31.0: ("foot", 90.0)}
    found = impacts_of(moving(taps))
    assert [round(one.t, 1) for one in found.found] == list(taps)
    assert all(abs(one.t - at) <= 0.02 for one, at in zip(found.found, taps, strict=True))
    assert [one.segment for one in found.found] == [Segment.FOOT, Segment.SHIN, Segment.FOOT]
    assert [round(one.t) for one in found.near(8.0, 5.0)] == [7, 8]
    assert found.near(50.0, 5.0) == ()


def test_a_gap_is_no_impact() -> None:
    paired = moving({})
    paired.foot_valid[2000:2300] = False
    paired.foot_acc[2000:2300] = 0.0
    assert impacts_of(paired).found == ()


ALIGNMENT = Alignment(12.25, PlacedBy.IMPACT, 0.03)


def video_in(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "a.mp4"
    path.write_bytes(bytes(range(256)) * 1000)
    return path


def test_a_link_is_read_as_it_was_written_and_found_after_a_move(tmp_path: Path) -> None:
    recording = tmp_path / "old" / "session.mcap"
    video = video_in(tmp_path / "old" / "videos")
    link = link_to(video, recording, ALIGNMENT)
    assert link.path == "videos/a.mp4"
    path = video_link_path(recording)
    write_video_link(path, link)
    assert path.name == "session.video.json"
    assert read_video_link(path) == link
    (tmp_path / "old").rename(tmp_path / "new")
    recording = tmp_path / "new" / "session.mcap"
    moved = read_video_link(video_link_path(recording))
    assert moved is not None
    assert find_video(moved, recording) == (tmp_path / "new" / "videos" / "a.mp4", Found.HERE)


def test_a_video_from_far_away_is_found_beside_the_recording_too(tmp_path: Path) -> None:
    recording = tmp_path / "a" / "b" / "c" / "session.mcap"
    recording.parent.mkdir(parents=True)
    video = video_in(tmp_path / "videos")
    link = link_to(video, recording, ALIGNMENT)
    assert Path(link.path).is_absolute()
    assert find_video(link, recording) == (video, Found.HERE)
    video.rename(recording.parent / "a.mp4")
    assert find_video(link, recording) == (recording.parent / "a.mp4", Found.HERE)


def test_a_video_that_is_gone_or_another_one_is_said(tmp_path: Path) -> None:
    recording = tmp_path / "session.mcap"
    video = video_in(tmp_path)
    link = link_to(video, recording, ALIGNMENT)
    video.write_bytes(b"another film of the same name")
    assert find_video(link, recording)[1] is Found.ANOTHER
    video.unlink()
    assert find_video(link, recording)[1] is Found.GONE


def test_without_a_link_there_is_none_and_none_deletes_it(tmp_path: Path) -> None:
    path = tmp_path / "session.video.json"
    assert read_video_link(path) is None
    write_video_link(path, link_to(video_in(tmp_path), tmp_path / "s.mcap", ALIGNMENT))
    write_video_link(path, None)
    assert not path.exists()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('"version": 1', '"version": 2'), DocumentFault.NEWER_VERSION),
        (("toepoint.video", "toepoint.goals"), DocumentFault.ANOTHER_KIND),
        (('"offset_s": 12.25', '"offset_s": 1e999'), DocumentFault.SYNTAX),
        (('"offset_s": 12.25', '"offset_s": "12"'), DocumentFault.CONTENT),
        (('"by": "impact"', '"by": "ear"'), DocumentFault.CONTENT),
        (('"path": "a.mp4"', '"path": "a\\u0000.mp4"'), DocumentFault.CONTENT),
        (('"path": "a.mp4"', '"path": ""'), DocumentFault.CONTENT),
        (("{", "["), DocumentFault.SYNTAX),
    ],
)
def test_a_damaged_link_is_an_error(
    tmp_path: Path, change: tuple[str, str], fault: DocumentFault
) -> None:
    path = tmp_path / "session.video.json"
    write_video_link(path, link_to(video_in(tmp_path), tmp_path / "s.mcap", ALIGNMENT))
    text = path.read_text(encoding="utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        read_video_link(path)
    assert caught.value.fault is fault
