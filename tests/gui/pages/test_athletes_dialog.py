"""The athletes of an account in the running window: the switch on Home, and the dialog."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.models.athletes import FIRST, add_athlete, athletes
from gui.models.settings import Settings, load_settings
from gui.pages.athletes_dialog import AthletesDialog
from gui.pages.home.home_page import HomePage
from gui.pages.page_name import PageName
from gui.shell.window import MainWindow
from processing.library.goal_file import Goals

RECORDINGS = Path(__file__).parents[3] / "recordings"
MINE = Settings(first_run_done=True, athlete="M.", load=42.5)

pytestmark = pytest.mark.usefixtures("no_bluetooth")


def home(window: MainWindow) -> HomePage:
    page = window.page
    assert isinstance(page, HomePage)
    return page


def choose(window: MainWindow, alias: str) -> None:
    """Choose an athlete on Home, as a click in its list does."""
    picker = home(window).next.athlete
    picker.activated.emit(picker.findText(alias))


def press(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def window(open_window: Callable[..., MainWindow]) -> MainWindow:
    add_athlete("J.", MINE)
    return open_window(MINE)


def test_a_switch_on_home_shows_the_other_ones_plan_goals_and_sessions(
    qtbot: QtBot, window: MainWindow
) -> None:
    state = window.state
    folder = state.settings.recordings_folder
    folder.mkdir(parents=True)
    shutil.copy(RECORDINGS / "b_good.mcap", folder / "2026-11-01_10-00-00.mcap")
    state.library.look()
    qtbot.waitUntil(lambda: len(state.library.sessions) == 1)
    state.change_goals(Goals(sessions_a_week=2))
    picker = home(window).next.athlete
    assert [picker.itemText(n) for n in range(picker.count())] == ["J.", "M.", "Athletes…"]
    assert picker.currentText() == "M."
    choose(window, "J.")
    assert state.settings.athlete == "J."
    assert state.settings.load == Settings().load
    assert state.goals.goals == Goals()
    assert state.library.sessions == ()
    qtbot.waitUntil(lambda: state.library.listed and state.library.idle)
    assert state.library.sessions == ()
    assert home(window).next.athlete.currentText() == "J."
    choose(window, "M.")
    assert state.settings.load == 42.5
    assert state.goals.goals.sessions_a_week == 2
    qtbot.waitUntil(lambda: len(state.library.sessions) == 1)
    # What is on the disk is what the next start finds.
    assert load_settings().athlete == "M."


def test_who_trains_cannot_change_during_a_session(qtbot: QtBot, window: MainWindow) -> None:
    window.state.start("sim:protocol=B", record=False)
    window.show_page(PageName.HOME)
    qtbot.waitUntil(lambda: not home(window).next.athlete.isEnabled())
    dialog = AthletesDialog(window, window.state)
    assert not any(row.train.isEnabled() or row.delete.isEnabled() for row in dialog.rows)
    window.state.stop()
    qtbot.waitUntil(home(window).next.athlete.isEnabled)


def test_an_athlete_is_added_exported_and_deleted_in_two_clicks(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = window.state
    dialog = AthletesDialog(window, state)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.alias, "K.")
    press(qtbot, dialog.add)
    assert [row.alias.text() for row in dialog.rows] == ["J.", "K.", "M."]
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.alias, "k.")
    press(qtbot, dialog.add)
    assert "nobody else has it" in dialog.said.text()
    folder = state.settings.recordings_folder
    folder.mkdir(parents=True)
    shutil.copy(RECORDINGS / "b_good.mcap", folder / "2026-11-01_10-00-00.mcap")
    dialog.refresh()
    mine = dialog.rows[2]
    assert "1 session" in mine.words.text()
    target = tmp_path / "out" / "m.zip"
    monkeypatch.setattr(
        "gui.pages.athletes_dialog.QFileDialog.getSaveFileName", lambda *_: (str(target), "")
    )
    press(qtbot, mine.export)
    qtbot.waitUntil(lambda: str(target) in dialog.said.text())
    assert (dialog.folder.isVisible(), dialog.folder.path) == (True, target)
    with zipfile.ZipFile(target) as file:
        assert "sessions/2026-11-01_10-00-00.mcap" in file.namelist()
    mine = dialog.rows[2]
    press(qtbot, mine.delete)
    assert "for good?" in mine.words.text()
    # Nothing is deleted by pressing the same key again.
    qtbot.keyClick(mine.keep, Qt.Key.Key_Space)
    assert list(folder.glob("*.mcap"))
    press(qtbot, mine.delete)
    press(qtbot, mine.confirm)
    qtbot.waitUntil(lambda: "was deleted" in dialog.said.text())
    assert not list(folder.glob("*"))
    # Somebody else trains now, and Home says who.
    assert state.settings.athlete == "J."
    assert home(window).next.athlete.currentText() == "J."
    assert [one.alias for one in athletes(state.settings)] == ["J.", "K."]


def test_the_last_athlete_leaves_a_clean_first_one(
    qtbot: QtBot, open_window: Callable[..., MainWindow]
) -> None:
    window = open_window(MINE)
    window.state.change_goals(Goals(sessions_a_week=2))
    dialog = AthletesDialog(window, window.state)
    qtbot.addWidget(dialog)
    dialog.show()
    press(qtbot, dialog.rows[0].delete)
    press(qtbot, dialog.rows[0].confirm)
    qtbot.waitUntil(lambda: "was deleted" in dialog.said.text())
    settings = window.state.settings
    assert (settings.athlete_key, settings.athlete, settings.load) == (FIRST, "", Settings().load)
    assert window.state.goals.goals == Goals()
    assert settings.first_run_done
