"""Windows reopen where they were, or on another monitor if theirs is gone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.models.settings import Settings, load_settings, settings_path
from gui.models.window_place import WindowPlace
from gui.pages.train.train_windows import ExtraWindow
from gui.shell.app import make_application, make_window
from gui.widgets.window_geometry import place_of, restore
from sensor.errors import SettingError
from tests.gui.train_window import TrainWindow
from tests.patience import PATIENCE_S

TWO_MONITORS = """
import sys
from PySide6.QtCore import QSize
from gui.shell.app import make_application
from gui.widgets.window_geometry import place_of, restore
from gui.models.window_place import WindowPlace
from PySide6.QtWidgets import QWidget
app = make_application()
window = QWidget()
restore(window, WindowPlace("right", 100, 50, 800, 600), QSize(640, 480))
window.show()
app.processEvents()
print(window.screen().name(), window.geometry().getRect(), place_of(window))
"""


@pytest.mark.parametrize(
    "text", ["", "1440x900", "0x0+1+1 on HDMI", "1440x900+0+0", "1440x900+-5+0 on A", "a" * 500]
)
def test_a_malformed_place_is_refused(text: str) -> None:
    with pytest.raises(SettingError, match="1440x900"):
        WindowPlace.of_text(text)


def test_a_written_place_is_read_back() -> None:
    for place in (
        WindowPlace("HDMI-1", 20, 30, 800, 600),
        WindowPlace("DP on the left", 0, 0, 99, 50, True),
    ):
        assert WindowPlace.of_text(str(place)) == place


def test_a_window_reopens_on_its_monitor(tmp_path: Path) -> None:
    screens = [
        {"name": "left", "x": 0, "y": 0, "width": 1920, "height": 1080},
        {"name": "right", "x": 1920, "y": 0, "width": 1280, "height": 1024},
    ]
    usual = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": [{**screen, **usual} for screen in screens]}))
    done = subprocess.run(
        [sys.executable, "-c", TWO_MONITORS],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_S,
    )
    assert done.stdout.strip() == "right (2020, 50, 800, 600) 800x600+100+50 on right"


def test_a_window_is_visible_if_its_monitor_is_gone(qtbot: QtBot) -> None:
    make_application()
    window = QWidget()
    qtbot.addWidget(window)
    there = QApplication.primaryScreen().availableGeometry()
    restore(window, WindowPlace("GONE", 5000, 4000, 20_000, 300), QSize(640, 480))
    assert there.contains(window.geometry())
    assert window.width() == there.width()
    # It does not reach out of a monitor that has become smaller either.
    name = QApplication.primaryScreen().name()
    restore(
        window,
        WindowPlace(name, there.width() - 10, there.height() - 10, 300, 200),
        QSize(640, 480),
    )
    assert there.contains(window.geometry())
    restore(window, None, QSize(640, 480))
    middle = QRect(window.geometry()).center() - there.center()
    assert window.size() == QSize(640, 480)
    assert max(abs(middle.x()), abs(middle.y())) <= 1


@pytest.mark.usefixtures("no_bluetooth")
def test_the_windows_of_the_program_remember_their_places(qtbot: QtBot) -> None:
    window = make_window(Settings(first_run_done=True))
    window.setGeometry(30, 40, 1100, 700)
    window.show()
    train = TrainWindow(window)
    train.page.show_coach_window()
    coach = train.page.coach_window
    assert isinstance(coach, ExtraWindow)
    coach.setGeometry(70, 80, 640, 540)
    qtbot.waitUntil(lambda: coach.width() == 640 and window.width() == 1100)
    wanted = place_of(coach)
    window.close()
    kept = load_settings()
    assert kept.place("main") == WindowPlace(window.screen().name(), 30, 40, 1100, 700)
    assert kept.place("coach") == wanted
    window.deleteLater()
    again = make_window(kept)
    page = TrainWindow(again).page
    page.show_coach_window()
    assert page.coach_window is not None
    assert page.coach_window.geometry() == QRect(70, 80, 640, 540)
    again.close()
    again.deleteLater()


@pytest.mark.usefixtures("no_bluetooth")
def test_a_place_does_not_overwrite_unreadable_settings() -> None:
    path = settings_path()
    path.parent.mkdir(parents=True)
    path.write_text("damaged")
    window = make_window()
    window.show()
    window.close()
    window.deleteLater()
    assert path.read_text() == "damaged"
