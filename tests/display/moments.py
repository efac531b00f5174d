"""Moments of the running window at which its pixels are compared: every page, at work."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.models.job import Job
from gui.pages.page_name import PageName
from gui.pages.review.review_page import ReviewPage
from gui.pages.train.train_page import TrainPage
from tests.patience import PATIENCE_S
from tests.screenshots.scenes import LOST, MOMENTS, RECORDINGS, SETS, show_sensors_in_sight
from tests.screenshots.stage import Stage

FRAME_S = 0.1
"""From one frame of the session to the next: ten times as long as the window's own, which only saves time."""
IN_A_SET_S = 66.0
"""The middle of the first set of the session, with reps that are done."""

Moment = tuple[str, QWidget]
"""Its name, and the window to look at."""


def play(stage: Stage, seconds: float, to_s: float) -> None:
    """Play the last ``seconds`` before ``to_s`` frame by frame, as the running window does."""
    frames = round(seconds / FRAME_S)
    for back in range(frames, -1, -1):
        stage.go_on(to_s - back * FRAME_S)


def training(stage: Stage) -> Iterator[Moment]:
    """Yield Train while a set runs: played, scrolled, resized, hidden and shown again."""
    window = stage.window
    stage.show(PageName.TRAIN)
    play(stage, 1.0, IN_A_SET_S)
    yield "train, in a set", window
    for share in (1.0, 0.5):
        _scroll(window, share)
        play(stage, 0.3, IN_A_SET_S + 1.0 - 0.5 * share)
        yield f"train, scrolled to {share:.0%}", window
    _scroll(window, 0.0)
    size = window.size()
    window.resize(size.width() - 90, size.height() - 60)
    play(stage, 0.3, IN_A_SET_S + 1.5)
    yield "train, smaller", window
    window.resize(size)
    play(stage, 0.3, IN_A_SET_S + 2.0)
    yield "train, as large as before", window
    stage.show(PageName.SETTINGS)
    stage.show(PageName.TRAIN)
    play(stage, 0.3, IN_A_SET_S + 2.5)
    yield "train, shown again", window


def session(stage: Stage) -> Iterator[Moment]:
    """Yield the pages and windows of a running session, from the calibration to its end."""
    stage.open(PageName.CALIBRATE)
    yield "calibrate, no sensors", stage.window
    stage.show(PageName.TRAIN)
    stage.settle()
    yield "train, no session", stage.window
    stage.play(SETS, 0.0)
    for name, (page, t) in MOMENTS.items():
        if page is PageName.TRAIN and 60.0 <= t < 80.0:
            continue
        if t > IN_A_SET_S and not _seen_set(stage):
            yield from training(stage)
            yield from _other_windows(stage)
        stage.show(page)
        play(stage, 0.5, t)
        yield name, stage.window


def _seen_set(stage: Stage) -> bool:
    return stage.window.state.live.now >= IN_A_SET_S


def _other_windows(stage: Stage) -> Iterator[Moment]:
    """Yield the leg in place of the plots, and the two windows beside the main one."""
    page = stage.window.page
    assert isinstance(page, TrainPage)
    page.switch_picture()
    play(stage, 0.5, IN_A_SET_S + 3.5)
    yield "train, leg in place of the plots", stage.window
    page.switch_picture()
    for name, show in (("far", page.show_far_window), ("coach", page.show_coach_window)):
        show()
        extra = page.far_window if name == "far" else page.coach_window
        assert extra is not None
        extra.showNormal()
        extra.move(0, 0)
        extra.resize(stage.window.size())
        extra.raise_()
        play(stage, 1.0, stage.window.state.live.now + 1.2)
        yield f"train, window: {name}", extra
        extra.close()


def trouble(stage: Stage) -> Iterator[Moment]:
    """Yield a lost sensor in a set, and after it."""
    stage.open(PageName.TRAIN)
    stage.play(LOST, 36.0)
    for t in (37.5, 41.0, 44.0):
        play(stage, 1.0, t)
        yield f"train, foot sensor lost from 38 to 42 s, at {t:.1f} s", stage.window


def sensors(stage: Stage) -> Iterator[Moment]:
    """Yield Sensors with and without sensors in sight."""
    stage.open(PageName.SENSORS)
    model = stage.window.state.sensors
    stage.wait(lambda: bool(model.checks) and not stage.window.state.search.running)
    yield "sensors, no Bluetooth", stage.window
    show_sensors_in_sight(stage)
    stage.settle()
    yield "sensors, in sight", stage.window


@contextmanager
def _reading_held() -> Iterator[Event]:
    """Let a job that reads wait after its first progress until the event that is yielded is set.

    A bar that moves on between the capture and the re-rendering is no fault of the painting.
    """
    go_on = Event()
    report = Job._report

    def held(job: Job[Any], share: float) -> None:
        report(job, share)
        if share > 0.0:
            go_on.wait(PATIENCE_S)

    with patch.object(Job, "_report", held):
        yield go_on


def library(stage: Stage, folder: Path) -> Iterator[Moment]:
    """Yield Review with its replay, and History."""
    kept = folder / "kept"
    if not kept.exists():
        kept.mkdir()
        for name in ("a_toes_up", "b_good", "b_faults"):
            shutil.copy(RECORDINGS / f"{name}.mcap", kept)
    page = stage.open(PageName.REVIEW, storage_folder=str(kept))
    assert isinstance(page, ReviewPage)
    with _reading_held() as go_on:
        page.open(kept / "b_faults.mcap")
        stage.wait(lambda: page.library.share > 0.0)
        stage.settle()
        yield "review, reading", stage.window
        go_on.set()
        stage.wait(partial(_opened, page))
    yield "review", stage.window
    for rep in (1, 3):
        page.desk.choose_rep(rep)
        stage.settle()
        yield f"review, rep {rep}", stage.window
    for t in (30.0, 31.0, 35.0, 45.0):
        page.show_time(t)
        stage.settle()
    yield "review, replay", stage.window
    for share in (1.0, 0.3):
        _scroll(stage.window, share)
        stage.settle()
        yield f"review, scrolled to {share:.0%}", stage.window
    stage.show(PageName.HISTORY)
    stage.settle()
    yield "history", stage.window
    _scroll(stage.window, 1.0)
    stage.settle()
    yield "history, scrolled", stage.window


def settings(stage: Stage) -> Iterator[Moment]:
    """Yield Settings, scrolled and in the other theme, and the first page."""
    stage.open(PageName.SETTINGS)
    yield "settings", stage.window
    for share in (1.0, 0.4):
        _scroll(stage.window, share)
        stage.settle()
        yield f"settings, scrolled to {share:.0%}", stage.window
    stage.change(theme="light")
    yield "settings, light", stage.window
    stage.open(None)
    yield "first run", stage.window


def every_moment(stage: Stage, folder: Path) -> Iterator[Moment]:
    """Yield the moments of all pages."""
    yield from session(stage)
    yield from trouble(stage)
    yield from sensors(stage)
    yield from library(stage, folder)
    yield from settings(stage)


def _opened(page: ReviewPage) -> bool:
    library = page.library
    return page.model.session is not None and library.opening is None and not library.waiting


def _scroll(window: QWidget, share: float) -> None:
    """Scroll every area and table of ``window`` to ``share`` of its way."""
    for area in window.findChildren(QScrollArea):
        bar = area.verticalScrollBar()
        if area.verticalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            bar.setValue(round(share * bar.maximum()))
