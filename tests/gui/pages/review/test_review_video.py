"""A video in Review: attached, on one cursor with the leg, laid on an impact, and exported."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.models.settings import Settings, changed
from gui.models.video.impacts import Impact, Impacts
from gui.models.video.video_file import VideoFile
from gui.pages.page_name import PageName
from gui.pages.review.review_page import ReviewPage
from gui.shell.window import MainWindow
from gui.translations import SOURCE_LANGUAGE, apply_language
from gui.widgets.theme import Theme, apply_theme
from processing.review.video_link import (
    Alignment,
    PlacedBy,
    link_to,
    video_link_path,
    write_video_link,
)
from sensor.types import Segment
from tests.display.pixels import colours
from tests.gui.layout import no_layout_fault
from tests.gui.pages.review.opened_review import NAME, Show, opened, press
from tests.gui.recorded_session import CUE
from tests.gui.video.clips import SOUND_HZ, even_times, read_number, read_sound, write_clip

RATE_HZ = 30.0
COUNT = 960
"""Half a minute, which is all of the first set."""
OFFSET_S = 20.0
MOST_APART_S = 0.040


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("video") / "clip.mp4"
    return write_clip(path, even_times(COUNT, RATE_HZ), created="2026-02-02T10:00:20Z")


@pytest.fixture
def page(qtbot: QtBot, folder: Path, show: Show, clip: Path) -> ReviewPage:
    """Return the page of a session with a video, which begins 20 s after it."""
    recording = folder / NAME
    place = Alignment(OFFSET_S, PlacedBy.CLOCK, 2.0)
    write_video_link(video_link_path(recording), link_to(clip, recording, place))
    page = opened(qtbot, show(folder))
    qtbot.waitUntil(lambda: page.state.video.facts is not None)
    return page


def painted_number(page: ReviewPage) -> int:
    """Return the number that the running window paints in place of the video."""
    view = page.bench.view
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    picture = view.picture
    assert picture is not None
    high, wide = picture.pixels.shape[:2]
    ratio = image.devicePixelRatio()
    target = view._target(wide, high)
    place = [
        round(ratio * one) for one in (target.x(), target.y(), target.width(), target.height())
    ]
    left, top, width, height = place
    return read_number(colours(image)[top : top + height, left : left + width])


def shown_at(page: ReviewPage) -> float:
    """Return the session time of the painted frame, s."""
    link = page.state.video.link
    assert link is not None
    return link.alignment.offset_s + painted_number(page) / RATE_HZ


def cursor(page: ReviewPage) -> float:
    """Return the session time at which the window has painted the leg, s."""
    return page.desk.replay.slider.value() / 1000.0


def apart(page: ReviewPage) -> float:
    """Return how far the leg is from the painted frame: 0 within the time that a frame is shown."""
    late = cursor(page) - shown_at(page)
    return max(late - 1.0 / RATE_HZ, -late, 0.0)


def settle(qtbot: QtBot, page: ReviewPage) -> None:
    """Wait until the picture of the paused cursor is there."""

    def there() -> bool:
        picture, link = page.bench.view.picture, page.state.video.link
        if picture is None or link is None:
            return False
        return picture.covers(page.desk.player.t - link.alignment.offset_s)

    qtbot.waitUntil(there)
    page.refresh()


def test_a_seek_shows_the_frame_of_the_cursor(qtbot: QtBot, page: ReviewPage) -> None:
    start, end = page.desk.player.start, page.desk.player.end
    for t in (start + 0.11, end - 0.53, 0.5 * (start + end), start + 0.63):
        page.desk.seek(t)
        settle(qtbot, page)
        assert painted_number(page) == int((t - OFFSET_S) * RATE_HZ + 1e-6)
        assert apart(page) < 0.002


class Clock:
    """A clock that only the test moves, in place of the module ``time``."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def monotonic(self) -> float:
        """Return the time, s."""
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the replay: a busy computer changes nothing of what is played."""
    made = Clock()
    monkeypatch.setattr("gui.pages.review.set_desk.time", made)
    return made


def test_leg_plot_and_video_play_on_one_cursor(
    qtbot: QtBot, clock: Clock, page: ReviewPage
) -> None:
    desk = page.desk
    desk.seek(desk.player.start)
    settle(qtbot, page)
    begun = cursor(page)
    desk.play()
    found: list[float] = []
    # Steps that fit no frame of the video; then a frame of the window that came late.
    for step_s in (*[1.0 / 61.0] * 60, 0.5, *[1.0 / 61.0] * 20):
        clock.now_s += step_s
        page.refresh()
        settle(qtbot, page)
        found.append(apart(page))
    assert max(found) <= MOST_APART_S
    assert cursor(page) - begun == pytest.approx(80.0 / 61.0 + 0.5, abs=0.002)
    assert desk.player.playing
    assert desk.replay.leg.accessibleDescription()


def test_a_loop_comes_back_to_its_first_frame(qtbot: QtBot, clock: Clock, page: ReviewPage) -> None:
    page.desk.choose_rep(1)
    page.desk.loop(True)
    loop = page.desk.player.loop
    assert loop is not None
    page.desk.player.loop = (loop[0], loop[0] + 1.0)
    page.desk.seek(loop[0])
    settle(qtbot, page)
    rounds: list[float] = []
    before = page.desk.player.t
    while len(rounds) < 5:
        clock.now_s += 0.11
        page.refresh()
        settle(qtbot, page)
        if page.desk.player.t < before:
            rounds.append(apart(page))
            assert cursor(page) == pytest.approx(loop[0], abs=0.12)
        before = page.desk.player.t
    assert max(rounds) <= MOST_APART_S


def test_frames_are_stepped_with_keys(qtbot: QtBot, page: ReviewPage) -> None:
    page.desk.seek(page.desk.player.start + 1.0)
    settle(qtbot, page)
    before = painted_number(page)
    press(qtbot, page, Qt.Key.Key_Period)
    settle(qtbot, page)
    assert painted_number(page) == before + 1
    press(qtbot, page, Qt.Key.Key_Comma, Qt.Key.Key_Comma)
    qtbot.waitUntil(lambda: painted_number(page) == before - 1 or painted_number(page) == before)


def test_a_video_is_attached_by_its_clock_and_taken_away(
    qtbot: QtBot, folder: Path, show: Show, clip: Path
) -> None:
    page = opened(qtbot, show(folder))
    recording = (folder / NAME).read_bytes()
    assert page.video_button.isVisible()
    assert not page.bench.isVisible()
    video = page.state.video
    video.attach(clip)
    qtbot.waitUntil(lambda: video.facts is not None and page.bench.isVisible())
    assert video.link is not None
    # Its time is that of its beginning or of its end: both fit this session.
    assert video.link.alignment.by is PlacedBy.CLOCK
    assert page.bench.note.text() == "by its clock, ± 34 s"
    qtbot.waitUntil(lambda: not page.video_button.isVisible())
    stored = json.loads(video_link_path(folder / NAME).read_text(encoding="utf-8"))
    assert (stored["type"], stored["version"]) == ("toepoint.video", 1)
    assert stored["alignment"]["offset_s"] == pytest.approx(20.0)
    video.detach()
    qtbot.waitUntil(lambda: page.video_button.isVisible() and not page.bench.isVisible())
    qtbot.waitUntil(lambda: not video_link_path(folder / NAME).exists())
    assert clip.exists()
    assert (folder / NAME).read_bytes() == recording


def test_the_picture_in_view_is_laid_on_a_jolt(qtbot: QtBot, page: ReviewPage) -> None:
    video, bench = page.state.video, page.bench
    bench.align(True)
    # The whole session is in reach: a tap is before the first set.
    assert page.desk.player.start == 0.0
    qtbot.waitUntil(lambda: video.impacts is not None)
    video.impacts = _tapped((31.0, 34.2))
    page.desk.seek(32.0)
    settle(qtbot, page)
    before = painted_number(page)
    impact = video.offered(32.0)[0]
    qtbot.waitUntil(lambda: bench.strip._impacts is video.impacts)
    strip = bench.strip
    at = QPoint(round(strip._x(impact.t)), strip.height() // 2)
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=at)
    settle(qtbot, page)
    assert painted_number(page) == before
    assert video.link is not None
    assert video.link.alignment.by is PlacedBy.IMPACT
    # The frame is shown half a frame after the impact.
    assert shown_at(page) - impact.t == pytest.approx(0.5 / RATE_HZ, abs=1e-6)
    assert bench.note.text() == "by a tap, ± 27 ms"
    bench.align(False)
    assert page.desk.player.start > 0.0
    offset_s = video.link.alignment.offset_s
    qtbot.waitUntil(lambda: _stored(page) == pytest.approx(offset_s))
    video.go_back()
    assert video.link.alignment == Alignment(OFFSET_S, PlacedBy.CLOCK, 2.0)


def test_a_video_is_moved_by_hand_and_by_keys(qtbot: QtBot, page: ReviewPage) -> None:
    video, strip = page.state.video, page.bench.strip
    page.bench.align(True)
    page.desk.seek(40.0)
    settle(qtbot, page)
    before = painted_number(page)
    # The picture stays, and the samples move under it.
    middle = strip.rect().center()
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=middle)
    for x in range(0, 41, 8):
        qtbot.mouseMove(strip, middle + QPoint(x, 0))
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=middle + QPoint(40, 0))
    assert video.link is not None
    moved_s = 40.0 / strip._px_per_s()
    assert video.link.alignment.offset_s == pytest.approx(OFFSET_S - moved_s, abs=0.02)
    assert video.link.alignment.by is PlacedBy.HAND
    settle(qtbot, page)
    assert abs(painted_number(page) - before) <= 1
    # The moment stays, and the picture changes.
    offset, number = video.link.alignment.offset_s, painted_number(page)
    qtbot.keyClick(page.desk, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert video.link.alignment.offset_s == pytest.approx(offset - 1 / RATE_HZ)
    settle(qtbot, page)
    assert painted_number(page) == number + 1
    both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(page.desk, Qt.Key.Key_Left, both)
    assert video.link.alignment.offset_s == pytest.approx(offset - 1 / RATE_HZ + 0.1)


def test_a_video_that_is_gone_is_said(qtbot: QtBot, folder: Path, show: Show, clip: Path) -> None:
    recording = folder / NAME
    copy = folder / "gone.mp4"
    copy.write_bytes(clip.read_bytes())
    place = Alignment(0.0, PlacedBy.HAND, None)
    write_video_link(video_link_path(recording), link_to(copy, recording, place))
    copy.unlink()
    page = opened(qtbot, show(folder))
    view = page.bench.view
    qtbot.waitUntil(lambda: "gone.mp4 is not where it was" in view.accessibleDescription())
    assert page.desk.table.model().rowCount() > 0


def test_what_is_no_video_is_said_and_not_attached(
    qtbot: QtBot, folder: Path, show: Show, tmp_path: Path
) -> None:
    page = opened(qtbot, show(folder))
    page.refresh()
    text = tmp_path / "notes.mp4"
    text.write_text("no video", encoding="utf-8")
    page.state.video.attach(text)
    view = page.bench.view
    qtbot.waitUntil(lambda: "notes.mp4 is no video" in view.accessibleDescription())
    assert not video_link_path(folder / NAME).exists()


def test_a_clip_shows_video_and_leg_of_the_same_moment(
    qtbot: QtBot, page: ReviewPage, tmp_path: Path
) -> None:
    selected = page.model.selected
    assert selected is not None
    # While it is lifted: the toes are up.
    start, path = selected.rep.t_top - 0.5, tmp_path / "rep.mp4"
    page.desk.write_clip(path, (start, start + 1.0))
    qtbot.waitUntil(page.bench._said.isVisible)
    assert page.bench._said.text() == "rep.mp4 is written"
    assert (page.bench.folder.isVisible(), page.bench.folder.path) == (True, path)
    file = VideoFile(path)
    assert file.facts.duration_s == pytest.approx(1.0, abs=0.05)
    high = file.facts.height
    wide = high * 320 // 180
    feet = []
    for at in range(0, 30, 6):
        picture = file.picture_at((at + 0.5) / RATE_HZ, (4000, 4000))
        assert picture is not None
        left = picture.pixels[:, :wide]
        t = start + at / RATE_HZ
        assert read_number(left) == int((t - OFFSET_S) * RATE_HZ + 1e-6)
        feet.append(_share(picture.pixels[:, wide:], page.theme.color("toes_up")))
    file.close()
    # The leg is drawn: before the top the foot has the colour of toes that are up.
    assert max(feet) > 0.001


def test_a_clip_of_a_silent_video_has_the_cues_that_were_played(
    qtbot: QtBot, page: ReviewPage, tmp_path: Path
) -> None:
    path = tmp_path / "cues.mp4"
    qtbot.waitUntil(page.bench.cues_action.isChecked)
    page.desk.write_clip(path, (CUE.t - 0.5, CUE.t + 0.5))
    qtbot.waitUntil(page.bench._said.isVisible)
    sound = read_sound(path)
    assert sound is not None
    loud = np.flatnonzero(np.abs(sound) > 0.05) / SOUND_HZ
    assert loud[0] == pytest.approx(0.5, abs=0.02)
    # Its three notes, and nothing else.
    assert loud[-1] < 0.95
    page.bench.cues_action.setChecked(False)
    page.desk.write_clip(path, (CUE.t - 0.5, CUE.t - 0.2))
    qtbot.waitUntil(lambda: page.bench._clip is None)
    assert read_sound(path) is None


def test_a_clip_that_is_given_up_leaves_no_file(
    qtbot: QtBot, page: ReviewPage, tmp_path: Path
) -> None:
    folder = tmp_path / "clips"
    folder.mkdir()
    page.desk.write_clip(folder / "set.mp4", page.model.span())
    qtbot.waitUntil(lambda: page.bench.progress.isVisible() and any(folder.iterdir()))
    qtbot.mouseClick(page.bench._cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.bench._said.text() == "No clip was written.")
    assert list(folder.iterdir()) == []


@pytest.fixture
def english_again(qapp: QApplication) -> Iterator[None]:
    """Leave English to the tests that follow, in the usual size."""
    yield
    apply_language(qapp, SOURCE_LANGUAGE)
    apply_theme(qapp, Theme())


@pytest.mark.usefixtures("english_again")
@pytest.mark.parametrize(
    ("size", "scale", "language"),
    [((1280, 720), 1.0, "de"), ((1440, 900), 1.0, "en"), ((1280, 720), 2.0, "de")],
)
def test_no_word_is_cut_while_a_video_is_aligned(
    qtbot: QtBot,
    open_window: Callable[..., MainWindow],
    folder: Path,
    clip: Path,
    size: tuple[int, int],
    scale: float,
    language: str,
) -> None:
    recording = folder / NAME
    place = Alignment(OFFSET_S, PlacedBy.IMPACT, 0.027)
    write_video_link(video_link_path(recording), link_to(clip, recording, place))
    kept = Settings(first_run_done=True, storage_folder=str(folder))
    window = open_window(changed(kept, text_scale=scale, language=language))
    window.resize(*size)
    window.show_page(PageName.REVIEW)
    page = window.page
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: page.state.video.facts is not None)
    page.bench.align(True)
    qtbot.waitUntil(lambda: page.state.video.impacts is not None)
    no_layout_fault(qtbot, window, size)


def _tapped(times: tuple[float, ...]) -> Impacts:
    t = np.arange(0.0, 60.0, 0.01)
    return Impacts(t, np.zeros_like(t), tuple(Impact(at, 40.0, Segment.FOOT) for at in times))


def _stored(page: ReviewPage) -> float:
    session = page.model.session
    assert session is not None
    path = video_link_path(session.recording.path)
    return float(json.loads(path.read_text(encoding="utf-8"))["alignment"]["offset_s"])


def _share(pixels: npt.NDArray[np.uint8], color: QColor) -> float:
    wanted = [color.blue(), color.green(), color.red()]
    apart = np.abs(pixels[:, :, :3].astype(int) - wanted).max(axis=2)
    return float((apart < 60).mean())
