"""The Sensors page through its own controls: simulated, replayed, and live with virtual sensors."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.models.settings import Settings
from gui.pages.page_name import PageName
from gui.pages.sensors.place_panel import PlacePanel
from gui.pages.sensors.sensors_page import SensorsPage
from gui.shell.window import MainWindow
from processing.types import SensorStatus
from sensor.ble.discovery import FoundDevice
from sensor.recording import RecordingWriter
from sensor.simulation import SimulationParameters, simulate
from sensor.store.pairs import Pair, RememberedSensor, load_pairs
from sensor.types import Event, EventKind, Segment
from tests.gui.clock import NOW
from tests.gui.rig_window import ADDRESSES
from tests.rig.client import Rig

ONE, TWO = ADDRESSES
THREE = "00:00:5E:00:53:23"


def sensors(window: MainWindow) -> SensorsPage:
    window.show_page(PageName.SENSORS)
    page = window.page
    assert isinstance(page, SensorsPage)
    return page


def names(page: SensorsPage) -> list[str]:
    return [page.list.row(source).name.text() for source in page.list.shown]


def places(page: SensorsPage) -> list[PlacePanel]:
    return [panel for panel in page.places.values() if panel.isVisibleTo(page)]


def streaming(page: SensorsPage) -> bool:
    return all(panel.stages.accessibleDescription() == "streaming" for panel in places(page))


def wait_for_streams(qtbot: QtBot, page: SensorsPage) -> None:
    """Wait until every place streams; where one never does, say how far each came and why."""

    def check() -> None:
        found = [
            (panel.stages.accessibleDescription(), panel.reason.text()) for panel in places(page)
        ]
        facts = (found, page.message.text(), page.state.session, page.state.search.running)
        assert streaming(page), facts

    qtbot.waitUntil(check)


def on_the_leg(page: SensorsPage) -> list[str]:
    """Return the names of the streaming sensors, in the order of their places."""
    names = [panel.name.text() for panel in places(page)]
    return names if streaming(page) else []


def saved_places() -> dict[Segment, str]:
    """Return the sensors that would be offered the next time, by place."""
    return {sensor.segment: sensor.address for pair in load_pairs()[:1] for sensor in pair.sensors}


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.usefixtures("no_bluetooth")
def test_without_bluetooth_the_page_shows_the_problem_and_a_remedy(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = sensors(window)
    qtbot.waitUntil(lambda: bool(window.state.sensors.checks))
    failed = [check for check in window.state.sensors.checks if check.ok is False]
    assert failed
    assert all(check.fault is not None for check in failed)
    assert page.empty.isVisible()
    assert not page.connect_button.isEnabled()
    window.state.sensors.checks = []
    click(qtbot, page.again_button)
    qtbot.waitUntil(lambda: bool(window.state.sensors.checks))


@pytest.mark.usefixtures("no_bluetooth")
def test_without_sensors_a_simulated_leg_streams_through_the_same_controls(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = sensors(window)
    click(qtbot, page.try_button)
    wait_for_streams(qtbot, page)
    assert [page.list.row(s).buttons[Segment.SHIN].isChecked() for s in page.list.shown] == [
        True,
        False,
    ]
    assert page.list_card.note.text() == "simulated"
    assert page.calibrate_button.isVisible()
    assert not page.swap_button.isVisible()
    shin = page.list.row(page.list.shown[0])
    status = SensorStatus(9.0, Segment.SHIN, "", 100.0, 0.0, 50.0, shaken=True)
    window.state.live.take([status])
    page.refresh()
    assert shin.moving.isVisible()
    click(qtbot, page.end_button)
    qtbot.waitUntil(page.connect_button.isVisible)
    assert page.list.shown == []


@pytest.mark.usefixtures("no_bluetooth")
def test_a_recording_streams_through_the_same_controls(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = simulate(SimulationParameters(sets=1, reps=1, calibration=False))
    path = tmp_path / "session.mcap"
    with RecordingWriter(path, session.header) as writer:
        for item in session.items:
            writer.write(item)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    page = sensors(window)
    click(qtbot, page.open_button)
    wait_for_streams(qtbot, page)
    assert page.list_card.note.text() == "from a recording"
    assert window.state.recording is None


@pytest.mark.usefixtures("no_bluetooth")
def test_a_file_that_is_no_recording_is_refused_with_a_message(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "holiday.mcap"
    path.write_bytes(b"not a recording at all")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    page = sensors(window)
    click(qtbot, page.open_button)
    qtbot.waitUntil(lambda: "holiday.mcap" in page.message.text())
    assert window.state.session is None


@pytest.mark.bluetooth
def test_two_sensors_are_connected_swapped_and_offered_again(
    qtbot: QtBot, rig: Rig, window: MainWindow, open_window: Callable[..., MainWindow]
) -> None:
    page = sensors(window)
    qtbot.waitUntil(lambda: names(page) == ["one", "two"])
    click(qtbot, page.connect_button)
    wait_for_streams(qtbot, page)
    assert window.state.sensors.places == {Segment.SHIN: ONE, Segment.FOOT: TWO}
    recording = window.state.recording
    assert recording is not None

    row = page.list.row(TWO)
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_S)
    assert window.state.source.startswith(f"ble:shin={TWO}")
    qtbot.waitUntil(lambda: on_the_leg(page) == ["two", "one"])

    click(qtbot, page.swap_button)
    assert window.state.source.startswith(f"ble:shin={ONE}")
    qtbot.waitUntil(lambda: on_the_leg(page) == ["one", "two"])
    # The page shows that they stream a moment before the session knows them and they are saved.
    qtbot.waitUntil(lambda: saved_places() == {Segment.SHIN: ONE, Segment.FOOT: TWO})
    window.close()
    assert not any(rig.do("state", address=one)["connected"] for one in (ONE, TWO))

    later = sensors(open_window())
    assert later.connect_button.text() == "Connect my sensors"
    click(qtbot, later.connect_button)
    wait_for_streams(qtbot, later)
    assert later.state.sensors.places == {Segment.SHIN: ONE, Segment.FOOT: TWO}


@pytest.mark.usefixtures("no_bluetooth")
def test_a_person_may_train_without_a_thigh_that_does_not_answer(
    qtbot: QtBot, window: MainWindow
) -> None:
    page, model = sensors(window), window.state.sensors
    for source, place in ((ONE, Segment.SHIN), (TWO, Segment.FOOT), (THREE, Segment.THIGH)):
        model.see(FoundDevice(source, place.value, "board", -50), time.monotonic())
        model.assign(source, place)
    page.refresh()
    assert not page.without_button.isVisible()
    failed = {"source": THREE, "state": "refused", "fault": "not found"}
    model.take_link(Event(0, EventKind.LINK, failed))
    page.refresh()
    assert page.without_button.text() == "Connect without: thigh"
    click(qtbot, page.without_button)
    assert list(model.places) == [Segment.SHIN, Segment.FOOT]


@pytest.mark.usefixtures("no_bluetooth")
def test_an_exercise_that_needs_the_thigh_asks_for_its_sensor(
    open_window: Callable[..., MainWindow],
) -> None:
    window = open_window(Settings(first_run_done=True, exercise="glute_ham_raise"))
    page, model = sensors(window), window.state.sensors
    page.refresh()
    assert len(places(page)) == 3
    for source, place in ((ONE, Segment.SHIN), (TWO, Segment.FOOT)):
        model.see(FoundDevice(source, place.value, "board", -50), time.monotonic())
        model.assign(source, place)
    page.refresh()
    assert page.message.text().startswith("The chosen exercise needs a sensor on the thigh too.")
    model.see(FoundDevice(THREE, "thigh", "board", -50), time.monotonic())
    model.assign(THREE, Segment.THIGH)
    page.refresh()
    assert "needs" not in page.message.text()


@pytest.mark.bluetooth
def test_a_third_sensor_goes_on_the_thigh(qtbot: QtBot, rig: Rig, window: MainWindow) -> None:
    rig.do("add", address=THREE, family="board", name="three", segment="thigh", rssi=-70)
    page = sensors(window)
    qtbot.waitUntil(lambda: names(page) == ["one", "two", "three"])
    assert [panel.name.text() for panel in places(page)][2].startswith("optional")
    row = page.list.row(THREE)
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_T)
    qtbot.waitUntil(row.buttons[Segment.THIGH].isChecked)
    click(qtbot, page.connect_button)
    qtbot.waitUntil(lambda: page.leg_card.note.text() == "3 of 3 streaming")
    assert on_the_leg(page) == ["one", "two", "three"]
    assert page.calibrate_button.isVisible()
    qtbot.waitUntil(lambda: [len(pair.sensors) for pair in load_pairs()][:1] == [3])


@pytest.mark.bluetooth
def test_a_refusing_sensor_shows_reason_and_remedy_and_can_be_retried(
    qtbot: QtBot, rig: Rig, window: MainWindow
) -> None:
    rig.do("set", address=TWO, busy=100)
    page = sensors(window)
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    click(qtbot, page.connect_button)
    foot = page.places[Segment.FOOT]
    qtbot.waitUntil(lambda: window.state.session is None)
    qtbot.waitUntil(foot.reason.isVisible)
    assert "refused" in foot.reason.text()
    assert "Another app" in foot.remedy.text()
    assert "connecting" in foot.stages.accessibleDescription()
    rig.do("set", address=TWO, busy=0)
    click(qtbot, page.connect_button)
    wait_for_streams(qtbot, page)
    assert not foot.reason.isVisible()


@pytest.mark.bluetooth
def test_a_lost_sensor_is_shown_until_it_is_back(
    qtbot: QtBot, rig: Rig, window: MainWindow
) -> None:
    page = sensors(window)
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    click(qtbot, page.connect_button)
    wait_for_streams(qtbot, page)
    rig.do("vanish", address=TWO, seconds=2.0)
    foot = page.places[Segment.FOOT]
    qtbot.waitUntil(foot.remedy.isVisible)
    wait_for_streams(qtbot, page)


@pytest.mark.usefixtures("no_bluetooth")
def test_a_third_near_sensor_without_a_place_gets_one_by_a_key(
    qtbot: QtBot, window: MainWindow
) -> None:
    page, model = sensors(window), window.state.sensors
    window.state._timer.stop()
    for source, name in ((ONE, "one"), (TWO, "two")):
        model.see(FoundDevice(source, name, "board", -50), time.monotonic())
    model.assign_nearest()
    page.refresh()
    assert not page.spare_button.isVisible()
    # Another person's sensor across the room is none of ours.
    model.see(FoundDevice(THREE, "three", "board", -75), time.monotonic())
    page.refresh()
    assert not page.spare_button.isVisible()
    for _ in range(20):
        model.see(FoundDevice(THREE, "three", "board", -45), time.monotonic())
    page.refresh()
    assert page.spare_button.text() == "three has no place: put it on the thigh · T"
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_T)
    assert model.places[Segment.THIGH] == THREE
    page.refresh()
    assert not page.spare_button.isVisible()
    before = dict(model.places)
    qtbot.keyClick(page, Qt.Key.Key_X)
    assert (model.places[Segment.SHIN], model.places[Segment.FOOT]) == (
        before[Segment.FOOT],
        before[Segment.SHIN],
    )


@pytest.mark.usefixtures("no_bluetooth")
def test_a_roomy_page_shows_where_the_sensors_are_worn(window: MainWindow) -> None:
    page = sensors(window)
    assert page.where.figure.isVisible()
    image = page.where.figure.grab().toImage()
    painted = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }
    # The lower leg is seen, and the sensors on it.
    assert {window.state.theme.color(name).name() for name in ("leg", "text")} <= painted
    window.resize(1000, 640)
    window.state.change(text_scale=2.0)
    assert not sensors(window).where.isVisible()


@pytest.mark.usefixtures("no_bluetooth")
def test_the_list_tells_the_last_known_charge_of_a_sensor_that_is_off(window: MainWindow) -> None:
    page, model = sensors(window), window.state.sensors
    window.state._timer.stop()
    model.expect(Pair("mine", (RememberedSensor(Segment.FOOT, TWO, "board", "two"),)))
    model.note_end({TWO: 61.0}, NOW - timedelta(days=3))
    page.refresh()
    row = page.list.row(TWO)
    assert row.detail.text().endswith("battery 61 %, seen 3 days ago")
    assert "battery 61 %, seen 3 days ago" in row.accessibleName()
