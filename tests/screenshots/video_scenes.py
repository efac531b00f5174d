"""The scenes of Review with a video beside the leg; the video is drawn, and says so."""

import shutil
from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QScrollArea

from gui.models.review import ReviewModel
from gui.pages.page_name import PageName
from gui.pages.review.replay_panel import pose_of
from gui.pages.review.review_page import ReviewPage
from gui.widgets.figure import FigureWidget
from gui.widgets.theme import PALETTES, Theme, ThemeName
from processing.review.video_link import (
    Alignment,
    PlacedBy,
    link_to,
    video_link_path,
    write_video_link,
)
from tests.screenshots.scenes import RECORDINGS, SMALL_SIZE, Picture
from tests.screenshots.stage import USUAL_SIZE, Stage

FILM_SIZE = (640, 360)
TALL_SIZE = (360, 640)
RATE_HZ = 30
FILMED_S = (38.0, 58.0)
"""The part of the session that is filmed: the fourth rep is in it."""
REP = 3


def video(stage: Stage, folder: Path) -> Iterator[Picture]:
    """Yield Review with a video, playing and being aligned, in several looks."""
    kept = folder / "video"
    for name, size, values, film, align in (
        ("", USUAL_SIZE, {}, FILM_SIZE, False),
        ("_align", USUAL_SIZE, {}, FILM_SIZE, True),
        ("_align_tall_light", USUAL_SIZE, {"theme": "light"}, TALL_SIZE, True),
        ("_align_1280x720_german", SMALL_SIZE, {"language": "de"}, FILM_SIZE, True),
        ("_large", USUAL_SIZE, {"text_scale": 2.0}, FILM_SIZE, True),
        ("_2560x1440", (2560, 1440), {}, FILM_SIZE, False),
    ):
        page = stage.open(PageName.REVIEW, size, storage_folder=str(kept), **values)
        assert isinstance(page, ReviewPage)
        recording = _kept(kept)
        page.open(recording)
        stage.wait(partial(_is_open, page))
        path = kept / f"film_{film[0]}.mp4"
        if not path.exists():
            _film(path, page.model, film)
        at = Alignment(
            FILMED_S[0], PlacedBy.IMPACT if align else PlacedBy.CLOCK, 0.027 if align else 2.0
        )
        write_video_link(video_link_path(recording), link_to(path, recording, at))
        page.state.video.show_session(None)
        stage.wait(partial(_has_video, page))
        page.desk.choose_rep(REP)
        assert page.model.selected is not None
        page.desk.seek(page.model.selected.rep.t_top + 0.4)
        if align:
            page.bench.align(True)
        stage.wait(partial(_shows, page, align))
        areas = page.findChildren(QScrollArea)
        areas[0].ensureWidgetVisible(page.bench)
        yield f"video{name}", stage.picture()
    yield "video_gone", _without_film(stage, kept)


def _without_film(stage: Stage, kept: Path) -> QImage:
    page = stage.window.page
    assert isinstance(page, ReviewPage)
    for path in kept.glob("film_*.mp4"):
        path.unlink()
    page.state.video.show_session(None)
    stage.wait(lambda: page.state.video.found is not None)
    return stage.picture()


def _kept(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "b_faults.mcap"
    if not path.exists():
        shutil.copy(RECORDINGS / path.name, path)
    return path


def _is_open(page: ReviewPage) -> bool:
    library = page.library
    return page.model.session is not None and library.opening is None and not library.waiting


def _has_video(page: ReviewPage) -> bool:
    return page.state.video.facts is not None


def _shows(page: ReviewPage, align: bool) -> bool:
    picture, link = page.bench.view.picture, page.state.video.link
    if picture is None or link is None or (align and page.state.video.impacts is None):
        return False
    return picture.covers(page.desk.player.t - link.alignment.offset_s)


def _film(path: Path, model: ReviewModel, size: tuple[int, int]) -> None:
    """Draw the set of ``model`` as a camera would see it."""
    assert model.current is not None
    exercise = model.current.source.exercise
    theme = Theme(PALETTES[ThemeName.LIGHT], 1.0)
    leg = FigureWidget(theme)
    leg.resize(*size)
    image = QImage(*size, QImage.Format.Format_RGB32)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE_HZ, options={"preset": "ultrafast"})
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        for number in range(round((FILMED_S[1] - FILMED_S[0]) * RATE_HZ)):
            moment = model.moment(FILMED_S[0] + number / RATE_HZ)
            leg.show_pose(pose_of(exercise, moment, None, knee=False))
            leg.render(image, QPoint(0, 0))
            painter = QPainter(image)
            painter.setPen(theme.color("muted"))
            painter.setFont(theme.font(15))
            words = f"drawn in place of a film · {number}"
            room = QRect(12, 8, size[0] - 24, 30)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft, words)
            painter.end()
            rows = np.frombuffer(image.constBits(), np.uint8).reshape(size[1], size[0], 4)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(rows), format="bgra")
            frame.pts, frame.time_base = number, Fraction(1, RATE_HZ)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
