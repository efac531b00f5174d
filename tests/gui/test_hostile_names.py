"""Names that look like HTML, or are much too long, are shown as they are on every page."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextDocumentFragment
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.models.notes import Note
from gui.models.settings import Settings
from gui.pages.page_name import PageName
from gui.pages.review.review_page import ReviewPage
from gui.shell.window import MainWindow
from gui.widgets.legend_label import LegendLabel, LegendWord
from gui.widgets.plain_text import CommandLabel, plain_tip
from sensor.ble.discovery import FoundDevice
from sensor.ble.host_findings import HostCheck, HostCheckKey
from tests.gui.page_scenes import keep_recordings, show_full

HOSTILE = "WT<img src=x width=9999>"
LONG = "W" * 240
NAMES = (HOSTILE, LONG, "<table width=9999><tr><td>a & b", "<b>bold</b>\n<h1>x")
WIDEST_PX = 1280
"""The narrowest screen for which the window is made."""


def assert_plain(window: MainWindow) -> None:
    """Check that no label reads HTML, and that no text makes the window wider than the screen."""
    for text in window.findChildren(QLabel):
        if not isinstance(text, CommandLabel | LegendLabel):
            assert text.textFormat() is Qt.TextFormat.PlainText, text.text()
    for part in window.findChildren(QWidget):
        assert part.minimumSizeHint().width() < WIDEST_PX, part
        tip = part.toolTip()
        assert "<img" not in tip
        assert "<table" not in tip
    assert window.minimumSizeHint().width() <= WIDEST_PX


def test_a_legend_shows_what_looks_like_html(window: MainWindow) -> None:
    legend = LegendLabel(window.state.theme)
    legend.show_words(tuple(LegendWord(name, QColor("red")) for name in (HOSTILE, "a & b")))
    shown = QTextDocumentFragment.fromHtml(legend.text()).toPlainText()
    assert shown.split() == [*HOSTILE.split(), *["a", "&", "b"]]


def test_a_tip_shows_what_looks_like_html() -> None:
    assert plain_tip("a\nb") == "a\nb"
    assert plain_tip(f"{HOSTILE}\nb") == "<p>WT&lt;img src=x width=9999&gt;<br>b</p>"


def test_devices_with_hostile_names(qtbot: QtBot, window: MainWindow) -> None:
    window.state._timer.stop()
    window.show_page(PageName.SENSORS)
    model = window.state.sensors
    for at, name in enumerate(NAMES):
        model.see(FoundDevice(f"AA:{at}", name, "witmotion", -50), 0.0)
    model.see(FoundDevice("AA:9", HOSTILE, "sensortag", -80, refused=HOSTILE), 0.0)
    model.assign_nearest()
    model.checks = [HostCheck(HostCheckKey.ADAPTER, False)]
    window.say(f"{HOSTILE} {LONG}")
    window.page.refresh()
    assert_plain(window)
    row = window.page.findChildren(QLabel)
    assert any(text.text() == HOSTILE for text in row)


@pytest.fixture
def hostile_window(
    open_window: Callable[..., MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """A window with recordings in a folder whose name looks like HTML."""
    folder = tmp_path / "<img width=9999>" / ("x" * 200)
    keep_recordings(folder, monkeypatch)
    return open_window(Settings(first_run_done=True, storage_folder=str(folder)))


def test_files_notes_and_errors_with_hostile_texts(
    qtbot: QtBot, hostile_window: MainWindow
) -> None:
    window = hostile_window
    # Train last: nothing is read while its session runs.
    for name in sorted(PageName, key=lambda name: name is PageName.TRAIN):
        page = show_full(qtbot, window, name)
        if isinstance(page, ReviewPage):
            session = page.model.session
            assert session is not None
            notes = tuple(Note(float(at), text) for at, text in enumerate(NAMES))
            problems = replace(session.analysis, problems=NAMES)
            page._show_session(replace(session, recorded_notes=notes, analysis=problems))
            page._show_trouble(" ".join(NAMES))
        window.say(" ".join(NAMES))
        assert_plain(window)
