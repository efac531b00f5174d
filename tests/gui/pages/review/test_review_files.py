"""Recordings that Review opens, in whatever state, and the files that it writes."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from gui.models.settings import Settings
from gui.pages.review.review_page import ReviewPage
from gui.shell.window import MainWindow
from processing.library import KeptAnalyses
from sensor.errors import RecordingFault
from tests.failing_disk import FailingDisk
from tests.gui.pages.review.opened_review import NAME, Show, opened, shown_path
from tests.gui.recorded_session import SETS, analyse_once, recorded


def drop(window: MainWindow, path: Path) -> bool:
    """Drop a file on the window; return whether it was taken."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), copy, mime, left, none)
    window.dragEnterEvent(enter)
    if enter.isAccepted():
        window.dropEvent(QDropEvent(QPointF(9, 9), copy, mime, left, none))
    return enter.isAccepted()


def test_a_recording_is_opened_by_dropping_it_anywhere_on_the_window(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_window: Callable[..., MainWindow],
) -> None:
    analyse_once(monkeypatch)
    elsewhere = tmp_path / "elsewhere.mcap"
    elsewhere.write_bytes(recorded())
    folder = tmp_path / "empty"
    window = open_window(Settings(first_run_done=True, storage_folder=str(folder)))
    assert drop(window, elsewhere)
    page = window.page
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: page.model.session is not None)
    assert page._stack.currentIndex() == 1
    assert page.library.sessions == ()
    assert not folder.exists()
    assert not drop(window, tmp_path / "holiday.jpg")


def test_a_dropped_folder_is_shown_and_can_be_left_again(
    qtbot: QtBot, folder: Path, tmp_path: Path, open_window: Callable[..., MainWindow]
) -> None:
    athlete = tmp_path / "Sam"
    athlete.mkdir()
    (athlete / "2026-03-03_10-00-00.mcap").write_bytes(recorded())
    window = open_window(Settings(first_run_done=True, storage_folder=str(folder)))
    assert drop(window, athlete)
    page = window.page
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: shown_path(page) == athlete / "2026-03-03_10-00-00.mcap")
    assert page.side.title.text() == "Sam"
    assert window.state.settings.recordings_folder == folder
    assert not page.library.holds(athlete / "2026-03-03_10-00-00.mcap")
    qtbot.mouseClick(page.side.back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown_path(page) == folder / NAME)
    assert not page.side.back.isVisible()
    assert page.library.holds(folder / NAME)


def test_a_long_session_shows_its_first_set_while_the_rest_is_read(
    qtbot: QtBot, folder: Path, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.models.review.LONG_S", 1.0)
    go_on = threading.Event()
    analyse = KeptAnalyses.analyse

    def waiting(*args: object, **kwargs: object) -> object:
        assert go_on.wait(60.0)
        return analyse(*args, **kwargs)  # type: ignore[arg-type]  # handed on as it is

    monkeypatch.setattr(KeptAnalyses, "analyse", waiting)
    page = show(folder)
    page.open(folder / NAME)
    qtbot.waitUntil(lambda: page.sets.model().rowCount() == 1)
    assert "first set" in page._about.text()
    assert not page.edit.isEnabled()
    assert not page.side.progress.isHidden()
    go_on.set()
    qtbot.waitUntil(lambda: page.sets.model().rowCount() == SETS)
    assert "first set" not in page._about.text()
    qtbot.waitUntil(page.edit.isEnabled)


def test_going_back_to_a_session_needs_no_new_analysis(
    qtbot: QtBot, folder: Path, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = folder / "2026-01-01_10-00-00.mcap"
    other.write_bytes(recorded())
    page = opened(qtbot, show(folder))
    qtbot.waitUntil(lambda: len(page.library.sessions) == 2)
    page.open(other)
    qtbot.waitUntil(lambda: shown_path(page) == other)

    def analysed_again(*_: object, **__: object) -> None:
        pytest.fail("it was analysed already")

    monkeypatch.setattr("gui.models.review.analyse", analysed_again)
    page.open(folder / NAME)
    qtbot.waitUntil(lambda: shown_path(page) == folder / NAME)
    page.open(other)
    qtbot.waitUntil(lambda: shown_path(page) == other)


def test_a_damaged_recording_shows_how_much_was_recovered(
    qtbot: QtBot, folder: Path, show: Show
) -> None:
    whole = recorded()
    (folder / NAME).write_bytes(whole[: len(whole) * 3 // 4])
    page = opened(qtbot, show(folder))
    assert "damaged: everything until" in page.banner.text.text()
    assert "recovered" in page.banner.why.text()
    assert "damaged" in str(page.side.list.model().index(0, 0).data())


def test_a_recording_that_stays_large_says_why(qtbot: QtBot, folder: Path, show: Show) -> None:
    with FailingDisk(folder, room=0):
        page = opened(qtbot, show(folder))
        qtbot.waitUntil(page.banner.isVisible)
    assert page.library.stays_large == {folder / NAME: RecordingFault.DISK_FULL}
    assert page.banner.text.text() == (
        "The recording stays large, because its disk is full. Nothing of it is lost."
    )


def test_a_file_that_is_no_recording_is_named_and_nothing_else_happens(
    qtbot: QtBot, folder: Path, show: Show
) -> None:
    (folder / "2026-03-01_10-00-00.mcap").write_bytes(b"holiday pictures")
    page = opened(qtbot, show(folder))
    qtbot.waitUntil(lambda: page.side.list.model().rowCount() == 2)
    assert "cannot be opened" in str(page.side.list.model().index(0, 0).data())
    page.side.list.setCurrentIndex(page.side.list.model().index(0, 0))
    qtbot.waitUntil(page.banner.isVisible)
    assert "2026-03-01_10-00-00.mcap" in page.banner.text.text()
    assert page.model.session is not None


def test_angles_and_report_are_written_and_shown_in_their_folder(
    qtbot: QtBot, review: ReviewPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, review)
    table, report = tmp_path / "angles.csv", tmp_path / "report"
    page.export.angles_wanted.emit(table)
    qtbot.waitUntil(lambda: page._about.text() == "angles.csv is written")
    head = "t_s,ankle_deg,curl_deg,phase,valid,control\n"
    assert table.read_text(encoding="utf-8").startswith(head)
    assert (page.folder.isVisible(), page.folder.path) == (True, table)
    page.export.report_wanted.emit(report)
    qtbot.waitUntil(lambda: page._about.text() == "report.html is written")
    assert "Simulated data" in (report / "report.html").read_text(encoding="utf-8")
    asked: list[QUrl] = []
    monkeypatch.setattr("gui.widgets.folder_button.QDesktopServices.openUrl", asked.append)
    qtbot.mouseClick(page.folder, Qt.MouseButton.LeftButton)
    assert asked == [QUrl.fromLocalFile(str(report))]


def test_a_file_that_cannot_be_written_is_reported(
    qtbot: QtBot, review: ReviewPage, tmp_path: Path
) -> None:
    page = opened(qtbot, review)
    # A folder cannot be made where there is a file.
    (tmp_path / "no").touch()
    page.export.angles_wanted.emit(tmp_path / "no" / "such" / "folder.csv")
    qtbot.waitUntil(page.banner.isVisible)
    assert "folder.csv" in page.banner.text.text()
