"""The Calibrate page: led by events, keys and buttons."""

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.models.calibration import StepState
from gui.models.train_view import Face
from gui.models.worker import RunningSession
from gui.pages.calibrate.calibrate_page import CalibratePage
from gui.pages.page_name import PageName
from gui.shell.window import MainWindow
from processing.calibration.calibration_steps import FULL, WITH_BENCH, CalibrationStep, StepEnded
from processing.calibration.troubles import LookSwapped
from processing.pipeline.live_calibration import MAX_NEUTRAL_DEG
from processing.review.self_calibration import own_calibration
from sensor.recording import open_recording
from sensor.simulation.session_files import save_session
from sensor.types import Segment
from tests.gui.train_window import FakeSession
from tests.paced_session import Pacer, simulated
from tests.rig.client import Rig

LOOK_EVERY_S = 1.0
LAST_LOOK_S = 60.0
SIMULATED = "sim:protocol=B,sets=1,reps=1"


def calibrate(window: MainWindow) -> CalibratePage:
    window.show_page(PageName.CALIBRATE)
    page = window.page
    assert isinstance(page, CalibratePage)
    return page


def test_without_a_session_the_page_leads_to_the_sensors(qtbot: QtBot, window: MainWindow) -> None:
    page = calibrate(window)
    assert page.heading.text() == "Connect the sensors first"
    assert not page.start_button.isVisible()
    qtbot.mouseClick(page.sensors_button, Qt.MouseButton.LeftButton)
    assert type(window.page).__name__ == "SensorsPage"


def test_a_simulated_calibration_is_shown_to_its_grade(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    pacer = Pacer()
    pacer.drive(monkeypatch)
    page = calibrate(window)
    window.state.start(SIMULATED, record=False)
    model = window.state.live.calibration
    headings, pictures = set(), set()
    t = 0.0
    while model.grade is None or not page.accept_button.isVisible():
        t += LOOK_EVERY_S
        pacer.play_until(t, window.state.session)
        window.state.poll()
        page.refresh()
        headings.add(page.heading.text())
        pictures.add(bytes(page.picture.grab().toImage().constBits()))
        assert t < LAST_LOOK_S
    assert {"Hold still", "Three ankle pumps", "Two curls without load"} <= headings
    assert len(pictures) > 5
    assert page.grade.text() == "Good"
    assert not page.start_button.isVisible()
    assert not page.rows[CalibrationStep.BENCH].isVisible()
    for row in (page.rows[step] for step in FULL):
        assert "°" in row.detail.text()
        assert not row.redo_button.isVisible()
    pacer.play_until(LAST_LOOK_S, window.state.session)
    qtbot.waitUntil(lambda: "I read" in page.live_check.text())
    qtbot.mouseClick(page.accept_button, Qt.MouseButton.LeftButton)
    assert type(window.page).__name__ == "TrainPage"


def test_a_recording_without_marks_is_calibrated_from_its_own_movement(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    """The window plays it as ``replay`` and ``coach`` do, so the angles are the same."""
    path = tmp_path / "unmarked.mcap"
    save_session(simulated("sim:protocol=B,sets=1,reps=3,marks=no,seed=5"), path)
    known, _ = own_calibration(open_recording(path))
    assert known is not None
    page = calibrate(window)
    window.state.start(f"file:{path}", record=False, speed=None)
    qtbot.waitUntil(lambda: window.state.live.ankle_deg is not None)
    assert window.state.session is not None
    pipeline = window.state.session._session._pipeline
    assert pipeline is not None
    assert pipeline.calibration == known
    qtbot.waitUntil(lambda: page.grade.text() == "Self-calibration")
    assert window.state.train.face() is not Face.NOT_CALIBRATED


def test_the_angle_of_a_goniometer_goes_into_the_calibration(
    qtbot: QtBot, window: MainWindow
) -> None:
    page, session = led(window)
    page.neutral.setFocus()
    page.neutral.selectAll()
    qtbot.keyClicks(page.neutral, "-12")
    qtbot.keyClick(page.neutral, Qt.Key.Key_Return)
    qtbot.mouseClick(page.start_button, Qt.MouseButton.LeftButton)
    assert session.led == [(FULL, {"side": "right", "neutral_deg": -12.0})]
    # An angle that no foot can have is refused.
    page.neutral.setFocus()
    page.neutral.selectAll()
    qtbot.keyClicks(page.neutral, "95")
    qtbot.keyClick(page.neutral, Qt.Key.Key_Return)
    assert abs(page.neutral.value()) <= MAX_NEUTRAL_DEG


def test_a_calibration_can_begin_on_the_bench(qtbot: QtBot, window: MainWindow) -> None:
    page, session = led(window)
    qtbot.mouseClick(page.bench_button, Qt.MouseButton.LeftButton)
    assert session.led == [(WITH_BENCH, {"side": "right", "neutral_deg": 0.0})]


class LedSession(FakeSession):
    """A session that keeps the requests for a guide and their data."""

    def __init__(self) -> None:
        super().__init__()
        self.led: list[tuple[object, object]] = []

    def guide(self, steps: object, data: object = None) -> None:
        self.led.append((steps, data))


def led(window: MainWindow) -> tuple[CalibratePage, LedSession]:
    """Return the page with a session of worn sensors."""
    page, session = calibrate(window), LedSession()
    window.state._timer.stop()
    window.state.source = "ble:"
    window.state.session = cast("RunningSession", session)
    page.refresh()
    return page, session


@pytest.mark.bluetooth
def test_the_guide_leads_through_the_steps_and_shows_troubles(
    qtbot: QtBot, rig: Rig, window: MainWindow
) -> None:
    page = calibrate(window)
    one, two = "00:00:5E:00:53:31", "00:00:5E:00:53:32"
    rig.do("add", address=one, family="board", segment="shin", swing=0.0)
    rig.do("add", address=two, family="board", segment="foot", swing=0.0)
    window.state.start(f"ble:shin={one},foot={two}")
    model = window.state.live.calibration
    qtbot.waitUntil(lambda: window.state.live.now > 0.0)
    qtbot.waitUntil(page.start_button.isVisible)

    # Both sensors lie still: the first step completes by itself, the second waits for the ankle.
    qtbot.keyClick(page, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: model.states[CalibrationStep.STILL] is StepState.DONE)
    qtbot.waitUntil(lambda: model.running is CalibrationStep.PUMPS)
    qtbot.waitUntil(lambda: page.heading.text() == "Three ankle pumps")
    assert "°/s" in page.rows[CalibrationStep.STILL].detail.text()
    assert not page.start_button.isVisible()

    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: model.running is None)
    assert model.next is CalibrationStep.PUMPS
    qtbot.waitUntil(page.rows[CalibrationStep.STILL].redo_button.isVisible)

    rig.do("disconnect", address=two)
    qtbot.mouseClick(page.rows[CalibrationStep.STILL].redo_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "oot sensor" in page.trouble.text())
    qtbot.waitUntil(lambda: model.states[CalibrationStep.STILL] is StepState.DONE)
    qtbot.mouseClick(page.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not model.leading)


def test_sensors_that_look_swapped_are_swapped_by_one_key(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, state = calibrate(window), window.state
    state._timer.stop()
    state.session = cast("RunningSession", FakeSession())
    state.source = "ble:"
    state.sensors.places = {Segment.SHIN: "AA:1", Segment.FOOT: "AA:2"}
    started: list[str] = []
    monkeypatch.setattr(state, "start", started.append)
    page.refresh()
    assert not page.swap_button.isVisible()
    still, pumps = CalibrationStep.STILL, CalibrationStep.PUMPS
    state.live.take([StepEnded(still, 4.0, accepted=True, value=0.2, unit="°/s")])
    state.live.take([StepEnded(pumps, 9.0, False, 95.0, "°", LookSwapped(95.0, 8.0))])
    page.refresh()
    assert page.swap_button.text() == "Swap shin and foot · X"
    assert "swapped" in page.trouble.text()
    qtbot.keyClick(page, Qt.Key.Key_X)
    assert state.sensors.places == {Segment.SHIN: "AA:2", Segment.FOOT: "AA:1"}
    assert started == [state.sensors.source_text]
    # A recording was worn as it was.
    state.source = "file:old.mcap"
    page.refresh()
    assert not page.swap_button.isVisible()
