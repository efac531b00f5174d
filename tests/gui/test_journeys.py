"""The journeys of a person through the whole window, by mouse and keys.

The simulated leg plays as fast as possible up to a given time and waits there
(:mod:`tests.paced_session`), so that the results do not depend on the load of the machine.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.models.sensors import TRY_SOURCE
from gui.models.settings import Settings, load_settings
from gui.pages.calibrate.calibrate_page import CalibratePage
from gui.pages.first_run.first_run_page import FirstRunPage
from gui.pages.review.review_page import ReviewPage
from gui.pages.sensors.sensors_page import SensorsPage
from gui.pages.train.train_page import TrainPage
from gui.shell.window import MainWindow
from processing.calibration.calibration_steps import CalibrationStep
from sensor.recording import open_recording
from sensor.types import Event, EventKind, Segment
from tests.gui.rig_window import ADDRESSES
from tests.paced_session import SET_EVENTS, Pacer, simulated
from tests.rig.client import Rig

AFTER_CALIBRATION_S = 25.6
TRAINED = (
    "sim:protocol=B,sets=2,reps=6,motion=even,rest_s=8,bottom_s=2,faults=fast,fault_every_reps=3,"
    "foot_dropouts_s=54+3,seed=7"
)
"""Reps 3 and 6 are lowered too fast, and the foot's sensor is silent while rep 4 is lowered."""
DROPOUT_S, BACK_S = 56.5, 58.5
AFTER_FIVE_S, SECOND_SET_S, IN_SECOND_SET_S = 66.2, 83.5, 99.0

Opener = Callable[..., MainWindow]


@pytest.fixture
def pacer(monkeypatch: pytest.MonkeyPatch) -> Pacer:
    """Return the pacer of all sessions of the window: each waits for the test."""
    pacer = Pacer()
    pacer.drive(monkeypatch)
    return pacer


def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def way(window: MainWindow, name: str) -> QPushButton:
    """Return the button of the head that leads to a page."""
    return next(b for b in window.findChildren(QPushButton) if b.text() == name and b.isVisible())


def connect(qtbot: QtBot, page: SensorsPage) -> None:
    """Connect both sensors; an attempt that ends without them fails with the words of the page."""
    click(qtbot, page.connect_button)
    qtbot.waitUntil(lambda: page.calibrate_button.isVisible() or page.state.session is None)
    assert page.calibrate_button.isVisible(), page.message.text()


def go_to(qtbot: QtBot, window: MainWindow, pacer: Pacer, t: float) -> None:
    """Play the session up to ``t`` s and let the window show the result."""
    session = window.state.session
    pacer.play_until(t, session)
    qtbot.waitUntil(lambda: session is None or not session._updates)
    window.page.refresh()


def train_page(window: MainWindow) -> TrainPage:
    assert isinstance(window.page, TrainPage)
    return window.page


def leg(page: TrainPage) -> tuple[float, float]:
    pose = page.glance.leg._pose
    assert pose.ankle_deg is not None
    assert pose.curl_deg is not None
    return pose.ankle_deg, pose.curl_deg


@pytest.mark.usefixtures("no_bluetooth")
def test_j1_the_first_page_leads_to_a_moving_leg(
    qtbot: QtBot, open_window: Opener, pacer: Pacer
) -> None:
    window = open_window(Settings())
    assert isinstance(window.page, FirstRunPage)
    click(qtbot, window.page.try_button)
    page = train_page(window)
    qtbot.waitUntil(window.simulated_tag.isVisible)
    truth = simulated(TRY_SOURCE).truth
    seen = []
    lift, lower = truth.reps[0].t_start + 0.5, truth.reps[0].t_ecc + 2.0
    for t, word in ((lift, "LIFT"), (lower, "LOWER")):
        go_to(qtbot, window, pacer, t)
        assert word in page.glance.words.accessibleDescription()
        ankle, curl = leg(page)
        now = window.state.live.now
        assert abs(ankle - np.degrees(np.interp(now, truth.t, truth.ankle))) < 6.0
        assert abs(curl - np.degrees(np.interp(now, truth.t, truth.shin_turn))) < 10.0
        seen.append((ankle, curl))
    assert seen[0][0] > 0.0 > seen[1][0]
    window.state.change(volume=0.4)
    page.refresh()
    assert "toes pointed, hold it" in page.glance.words.accessibleDescription()
    # It is none of the person's own sessions, and ends on its own Review.
    assert not list(window.state.settings.recordings_folder.glob("*.mcap"))
    window.state.stop()
    qtbot.waitUntil(lambda: isinstance(window.page, ReviewPage))
    qtbot.waitUntil(lambda: window.state.review.session is not None, timeout=30_000)


@pytest.mark.usefixtures("no_bluetooth")
def test_j2_a_calibration_is_graded_and_accepted(
    qtbot: QtBot, window: MainWindow, pacer: Pacer
) -> None:
    click(qtbot, way(window, "Sensors"))
    sensors = window.page
    assert isinstance(sensors, SensorsPage)
    click(qtbot, sensors.try_button)
    go_to(qtbot, window, pacer, 1.0)
    click(qtbot, sensors.calibrate_button)
    page = window.page
    assert isinstance(page, CalibratePage)
    steps = (
        (CalibrationStep.STILL, 3.0),
        (CalibrationStep.PUMPS, 10.0),
        (CalibrationStep.CURLS, 20.0),
    )
    for step, t in steps:
        go_to(qtbot, window, pacer, t)
        assert "capturing" in page.rows[step].accessibleName()
        assert page.grade.text() == "Not calibrated"
    go_to(qtbot, window, pacer, AFTER_CALIBRATION_S)
    assert page.grade.text() == "Good"
    assert page.live_check.isVisible()
    for step, words in (
        (CalibrationStep.STILL, "°/s"),
        (CalibrationStep.PUMPS, "pointed"),
        (CalibrationStep.CURLS, "curl"),
    ):
        assert words in page.rows[step].accessibleName()
    click(qtbot, page.accept_button)
    assert isinstance(window.page, TrainPage)


def start_training(
    qtbot: QtBot, open_window: Opener, pacer: Pacer, folder: Path
) -> tuple[MainWindow, TrainPage]:
    """Open Train with a session whose sets are started and ended only by keys."""
    pacer.leave_out = SET_EVENTS
    window = open_window(Settings(first_run_done=True, storage_folder=str(folder)))
    click(qtbot, way(window, "Train"))
    window.state.start(TRAINED)
    go_to(qtbot, window, pacer, AFTER_CALIBRATION_S)
    qtbot.keyClick(window.page, Qt.Key.Key_Space)
    go_to(qtbot, window, pacer, AFTER_CALIBRATION_S + 1.5)
    page = train_page(window)
    assert page.set_button.text().startswith("End set")
    return window, page


def train_to_the_middle_of_the_second_set(
    qtbot: QtBot, window: MainWindow, page: TrainPage, pacer: Pacer
) -> Path:
    """End the first set by its key, start another, and close the window in it."""
    go_to(qtbot, window, pacer, AFTER_FIVE_S)
    qtbot.keyClick(page, Qt.Key.Key_Space)
    go_to(qtbot, window, pacer, AFTER_FIVE_S + 4.0)
    assert "REST" in page.glance.words.accessibleDescription()
    go_to(qtbot, window, pacer, SECOND_SET_S)
    qtbot.keyClick(page, Qt.Key.Key_Space)
    go_to(qtbot, window, pacer, IN_SECOND_SET_S)
    assert window.state.train.in_set
    recording = window.state.recording
    assert recording is not None
    window.close()
    return recording


@pytest.mark.slow
@pytest.mark.usefixtures("no_bluetooth")
def test_j3_each_rep_of_a_set_is_judged_and_spoken(
    qtbot: QtBot, open_window: Opener, pacer: Pacer, tmp_path: Path
) -> None:
    window, page = start_training(qtbot, open_window, pacer, tmp_path / "sessions")
    truth = simulated(TRAINED).truth
    judged = []
    for rep in truth.reps[:3]:
        go_to(qtbot, window, pacer, rep.t_bottom + 1.2)
        judged.append(page.tiles.accessibleDescription().split("; ")[-1])
    assert [tile.split(",")[0] for tile in judged] == ["1: good", "2: good", "3: miss"]
    assert "target 4" in judged[2]

    go_to(qtbot, window, pacer, DROPOUT_S)
    assert "foot" in page.glance.alarm.accessibleName().lower()
    assert page.glance.alarm.isVisible()
    assert page.glance.leg._pose.ankle_deg is None
    go_to(qtbot, window, pacer, BACK_S)
    assert not page.glance.alarm.isVisible()
    go_to(qtbot, window, pacer, truth.reps[4].t_bottom)
    recording = train_to_the_middle_of_the_second_set(qtbot, window, page, pacer)

    opened = open_recording(recording)
    assert opened.health.complete
    assert opened.duration_s > IN_SECOND_SET_S - 0.5
    events = [item for item in opened.items() if isinstance(item, Event)]
    kinds = [e.kind for e in events if e.kind in SET_EVENTS]
    assert kinds == [EventKind.SET_START, EventKind.SET_END, EventKind.SET_START]
    cues = [e.data for e in events if e.kind == EventKind.CUE]
    counted = [cue["speech"] for cue in cues if cue["kind"] == "count"]
    assert counted[:5] == ["one", "two", "three, slower", "four, not judged", "five, good"]
    spoken = [str(cue["speech"]) for cue in cues]
    assert any(words.startswith("foot sensor lost") for words in spoken)
    assert any(words.startswith("five reps, three good") for words in spoken)


@pytest.mark.slow
@pytest.mark.usefixtures("no_bluetooth")
def test_j4_a_recording_is_reviewed_corrected_and_exported(
    qtbot: QtBot,
    open_window: Opener,
    pacer: Pacer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "sessions"
    recording = train_to_the_middle_of_the_second_set(
        qtbot, *start_training(qtbot, open_window, pacer, folder), pacer
    )
    before = list(open_recording(recording).items())
    window = open_window(Settings(first_run_done=True, storage_folder=str(folder)))
    click(qtbot, way(window, "Review"))
    page = window.page
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: page.model.session is not None)
    assert page._simulated.isVisible()
    table = page.desk.table
    assert table.model().rowCount() == 5
    table.setFocus()
    for place in range(1, 4):
        qtbot.keyClick(table, Qt.Key.Key_Right)
        assert table.currentIndex().row() == place
    assert table.model().index(3, 1).data() == "not judged"
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.desk.table.model().rowCount() == 4)
    qtbot.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.desk.table.model().rowCount() == 5)

    written = tmp_path / "angles.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(written), ""))
    page.export.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: "angles.csv" in page._about.text())
    rows = np.genfromtxt(written, delimiter=",", names=True, dtype=None, encoding="utf-8")
    truth = simulated(TRAINED).truth
    valid = rows["valid"].astype(bool) & (rows["t_s"] > AFTER_CALIBRATION_S)
    ankle = np.degrees(np.interp(rows["t_s"][valid], truth.t, truth.ankle))
    assert np.sqrt(np.mean((rows["ankle_deg"][valid] - ankle) ** 2)) < 3.0
    # Its file may have become compact meanwhile.
    assert list(open_recording(recording).items()) == before


@pytest.mark.usefixtures("no_bluetooth")
def test_j1_the_first_page_returns_unchanged_after_quitting_on_it(
    qtbot: QtBot, open_window: Opener
) -> None:
    window = open_window(Settings())
    window.state.change(language="de", text_scale=1.5)
    assert isinstance(window.page, FirstRunPage)
    window.close()
    again = open_window(load_settings())
    assert isinstance(again.page, FirstRunPage)
    assert "Sensoren" in again.page.connect_button.text()
    click(qtbot, again.page.connect_button)
    assert isinstance(again.page, SensorsPage)
    again.close()
    # Nothing is asked a second time; the first steps go on where they were left.
    last = open_window(load_settings())
    assert isinstance(last.page, SensorsPage)
    assert last.state.settings.text_scale == 1.5
    last.state.change(language="en")


@pytest.mark.bluetooth
def test_j1_after_quitting_midway_the_same_sensors_are_offered(
    qtbot: QtBot, rig: Rig, open_window: Opener
) -> None:
    """Two sensors are put on the leg in reverse order and connected; then the window is closed."""
    window = open_window(Settings(first_run_done=True))
    click(qtbot, way(window, "Sensors"))
    sensors = window.page
    assert isinstance(sensors, SensorsPage)
    qtbot.waitUntil(sensors.connect_button.isEnabled)
    wanted = dict(zip((Segment.SHIN, Segment.FOOT), reversed(ADDRESSES), strict=True))
    qtbot.waitUntil(lambda: len(window.state.sensors.usable) == 2)
    for segment, address in wanted.items():
        sensors.list.assigned.emit(address, segment)
    connect(qtbot, sensors)
    window.close()

    again = open_window(load_settings())
    click(qtbot, way(again, "Sensors"))
    sensors = again.page
    assert isinstance(sensors, SensorsPage)
    qtbot.waitUntil(sensors.connect_button.isEnabled)
    connect(qtbot, sensors)
    assert again.state.sensors.places == wanted


@pytest.mark.bluetooth
def test_two_virtual_sensors_are_recorded_with_the_controls_of_the_page(
    qtbot: QtBot, rig: Rig, window: MainWindow
) -> None:
    click(qtbot, way(window, "Sensors"))
    sensors = window.page
    assert isinstance(sensors, SensorsPage)
    qtbot.waitUntil(sensors.connect_button.isEnabled)
    connect(qtbot, sensors)
    click(qtbot, sensors.calibrate_button)
    page = window.page
    assert isinstance(page, CalibratePage)
    qtbot.waitUntil(page.start_button.isVisible)
    qtbot.keyClick(page, Qt.Key.Key_Space)
    qtbot.waitUntil(page.cancel_button.isVisible)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.start_button.isVisible)
    recording = window.state.recording
    assert recording is not None
    window.close()
    opened = open_recording(recording)
    assert opened.health.complete
    worn = {sensor.segment: sensor.source for sensor in opened.header.sensors}
    assert worn == dict(zip((Segment.SHIN, Segment.FOOT), ADDRESSES, strict=True))
