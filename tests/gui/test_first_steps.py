"""The first steps: skipped, resumed in the next window, begun again, and moved on by what is done."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.models.first_steps import FirstStep
from gui.models.settings import Settings, load_settings
from gui.pages.first_run.first_run_page import FirstRunPage
from gui.pages.page_name import PageName
from gui.pages.settings.settings_page import SettingsPage
from gui.shell.window import MainWindow
from tests.gui.session_batches import session_batches
from tests.gui.train_window import TrainWindow

Opener = Callable[..., MainWindow]
SESSION = "sim:protocol=B,sets=1,reps=2,seed=3"


def press(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def shown(window: MainWindow) -> str:
    return type(window.page).__name__


def test_steps_are_skipped_resumed_ended_and_begun_again(
    qtbot: QtBot, open_window: Opener, no_bluetooth: None
) -> None:
    first = open_window(Settings())
    assert not first.steps.isVisible()
    assert isinstance(first.page, FirstRunPage)
    press(qtbot, first.page.connect_button)
    assert shown(first) == "SensorsPage"
    qtbot.waitUntil(first.steps.isVisible)
    assert first.steps.buttons[FirstStep.SENSORS].isChecked()
    press(qtbot, first.steps.skip)
    assert shown(first) == "CalibratePage"
    first.close()

    # The window opens where the person stopped.
    second = open_window(load_settings())
    assert shown(second) == "CalibratePage"
    qtbot.waitUntil(second.steps.isVisible)
    assert second.steps.buttons[FirstStep.CALIBRATE].isChecked()
    assert "A few short movements" in second.steps.sentence.text()
    press(qtbot, second.steps.buttons[FirstStep.SENSORS])
    assert (shown(second), load_settings().first_step) == ("SensorsPage", "sensors")
    press(qtbot, second.steps.end)
    assert not second.steps.isVisible()
    second.close()

    third = open_window(load_settings())
    assert shown(third) == "HomePage"
    assert not third.steps.isVisible()
    third.show_page(PageName.SETTINGS)
    assert isinstance(third.page, SettingsPage)
    press(qtbot, third.page.steps_button)
    assert shown(third) == "SensorsPage"
    qtbot.waitUntil(third.steps.isVisible)


def test_a_session_moves_the_steps_on(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(Settings(first_run_done=True, first_step="sensors"))
    training = TrainWindow(window)
    # A simulated leg is no step of the person's own.
    training.begin("sim:")
    batches = session_batches(SESSION)
    training.play(batches[: len(batches) // 2])
    assert window.state.settings.first_step == "sensors"
    training.begin("ble:")
    seen = []
    for batch in batches:
        training.play([batch])
        seen.append((window.state.settings.first_step, window.steps.isVisible()))
        # It is away while a set runs.
        assert not (window.state.train.in_set and window.steps.isVisible())
    assert ("train", True) in seen
    assert seen[-1] == ("done", False)


def test_who_has_trained_before_sees_no_steps(window: MainWindow) -> None:
    assert not window.steps.isVisible()
    assert window.state.settings.first_step == "done"
