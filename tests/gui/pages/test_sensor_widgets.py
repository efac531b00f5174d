"""The widgets of the Sensors page: from model to widget and back."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.models.sensors import PLACES, STAGES, LinkView, PlaceView, SensorRow
from gui.pages.sensors.check_list import CheckList
from gui.pages.sensors.place_panel import PlacePanel
from gui.pages.sensors.sensor_list import SensorList
from gui.pages.sensors.sensor_row import SensorRowWidget
from gui.widgets.choice import Choice
from gui.widgets.marked_text import MarkedText
from gui.widgets.sensor_pill import Detail, SensorPill
from gui.widgets.switch import Switch
from gui.widgets.theme import DARK, LIGHT, Theme
from processing.types import SensorStatus
from sensor.ble.host_findings import HostCheck, HostCheckKey
from sensor.ble.remedies import REMEDIES, LinkFault
from sensor.types import Segment

ROW = SensorRow("A", "WT901", "WitMotion BLE 5", rssi=-55.0)


def texts(widget: QLabel | CheckList) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


@pytest.fixture
def row(qtbot: QtBot) -> SensorRowWidget:
    widget = SensorRowWidget(Theme())
    qtbot.addWidget(widget)
    widget.show_row(ROW, fixed=False)
    widget.show()
    return widget


@pytest.mark.parametrize(
    ("key", "segment"),
    [
        (Qt.Key.Key_S, Segment.SHIN),
        (Qt.Key.Key_F, Segment.FOOT),
        (Qt.Key.Key_T, Segment.THIGH),
        (Qt.Key.Key_Delete, None),
    ],
)
def test_a_key_on_a_row_places_the_sensor(
    qtbot: QtBot, row: SensorRowWidget, key: Qt.Key, segment: Segment | None
) -> None:
    with qtbot.waitSignal(row.assigned) as signal:
        qtbot.keyClick(row, key)
    assert signal.args == ["A", segment]


def test_a_button_of_a_row_places_the_sensor_and_takes_it_off(
    qtbot: QtBot, row: SensorRowWidget
) -> None:
    foot = row.buttons[Segment.FOOT]
    with qtbot.waitSignal(row.assigned) as signal:
        qtbot.mouseClick(foot, Qt.MouseButton.LeftButton)
    assert signal.args == ["A", Segment.FOOT]
    row.show_row(replace(ROW, segment=Segment.FOOT), fixed=False)
    assert foot.isChecked()
    with qtbot.waitSignal(row.assigned) as signal:
        qtbot.mouseClick(foot, Qt.MouseButton.LeftButton)
    assert signal.args == ["A", None]


@pytest.mark.parametrize("row_shown", [replace(ROW, refused="too slow"), replace(ROW, family="")])
def test_a_row_that_cannot_be_used_offers_no_place(
    qtbot: QtBot, row: SensorRowWidget, row_shown: SensorRow
) -> None:
    row.show_row(row_shown, fixed=False)
    assert not any(button.isVisible() for button in row.buttons.values())
    with qtbot.assertNotEmitted(row.assigned):
        qtbot.keyClick(row, Qt.Key.Key_S)


def test_the_thigh_has_a_button_where_there_is_a_sensor_for_it(
    qtbot: QtBot, row: SensorRowWidget
) -> None:
    thigh = row.buttons[Segment.THIGH]
    assert not thigh.isVisible()
    row.show_row(ROW, fixed=False, places=PLACES)
    with qtbot.waitSignal(row.assigned) as signal:
        qtbot.mouseClick(thigh, Qt.MouseButton.LeftButton)
    assert signal.args == ["A", Segment.THIGH]
    # Where the sensor is worn shows in any case.
    row.show_row(replace(ROW, segment=Segment.THIGH), fixed=True)
    assert thigh.isVisible()
    assert "on the thigh" in row.accessibleName()


def test_a_row_of_a_recording_cannot_be_put_elsewhere(qtbot: QtBot, row: SensorRowWidget) -> None:
    row.show_row(replace(ROW, segment=Segment.SHIN), fixed=True)
    with qtbot.assertNotEmitted(row.assigned):
        qtbot.keyClick(row, Qt.Key.Key_F)
        qtbot.keyClick(row, Qt.Key.Key_Delete)


def test_a_shaken_sensor_highlights_its_row_with_words(qtbot: QtBot, row: SensorRowWidget) -> None:
    assert not row.moving.isVisible()
    before = row.grab().toImage()
    row.show_row(replace(ROW, shaken=True), fixed=False)
    assert row.moving.isVisible()
    assert row.moving.text() in row.accessibleName()
    assert row.grab().toImage() != before


def test_a_row_describes_signal_and_battery_in_words(row: SensorRowWidget) -> None:
    row.show_row(replace(ROW, battery_percent=12.0), fixed=False)
    # Number and unit stay on one line.
    assert "near (−55\N{NO-BREAK SPACE}dBm)" in row.detail.text()
    assert "12 %" in row.detail.text()
    assert "charge" in row.detail.text()
    assert ROW.name in row.accessibleName()


def test_rows_keep_their_widget_and_focus_when_the_order_changes(qtbot: QtBot) -> None:
    rows = SensorList(Theme())
    qtbot.addWidget(rows)
    other = replace(ROW, source="B", name="other")
    rows.show_rows([ROW, other])
    with qtbot.waitActive(rows):
        rows.show()
    kept = rows.row("B")
    kept.setFocus()
    rows.show_rows([other, ROW])
    assert rows.row("B") is kept
    assert kept.hasFocus()
    qtbot.waitUntil(lambda: kept.y() < rows.row("A").y())
    rows.show_rows([other])
    assert rows.shown == ["B"]


@pytest.mark.parametrize("fault", list(LinkFault))
def test_every_fault_of_a_link_is_shown_with_what_to_do(qtbot: QtBot, fault: LinkFault) -> None:
    panel = PlacePanel(Theme(), Segment.FOOT)
    qtbot.addWidget(panel)
    remedy = REMEDIES[fault]
    panel.show_place(PlaceView(Segment.FOOT, "WT", LinkView("refused", 1, fault)))
    panel.show()
    assert panel.reason.isVisible()
    assert panel.reason.text().lower() == remedy.what.lower()
    assert panel.remedy.isVisible()
    assert panel.remedy.text()
    assert "`" not in panel.remedy.text()
    assert panel.reason.text() in panel.accessibleName()


def test_the_stages_of_connecting_differ_in_picture_and_name(qtbot: QtBot) -> None:
    panel = PlacePanel(Theme(LIGHT), Segment.SHIN)
    qtbot.addWidget(panel)
    pictures, words = set(), set()
    for state, reached in (("searching", -1), ("found", 0), ("connecting", 1), ("retrying", 1)):
        panel.show_place(PlaceView(Segment.SHIN, "WT", LinkView(state, reached)))
        pictures.add(bytes(panel.stages.grab().toImage().constBits()))
        words.add(panel.stages.accessibleDescription())
    assert len(pictures) == 4
    assert len(words) == 4


def test_streaming_is_shown_with_rate_and_losses(qtbot: QtBot) -> None:
    panel = PlacePanel(Theme(), Segment.SHIN)
    qtbot.addWidget(panel)
    panel.show_place(PlaceView(Segment.SHIN, "WT", LinkView("streaming", 4), 100.2, 0.0))
    assert panel.numbers.text() == "100 Hz · 0 % lost"


def test_checks_that_depend_on_a_problem_are_hidden(qtbot: QtBot) -> None:
    checks = CheckList(Theme(DARK))
    qtbot.addWidget(checks)
    checks.show_checks(
        [
            HostCheck(HostCheckKey.SERVICE, False, LinkFault.NO_BLUETOOTH_SERVICE),
            HostCheck(HostCheckKey.SWITCH, None),
            HostCheck(HostCheckKey.DISK, True, folder=Path("/"), free_bytes=80 * 10**9),
        ]
    )
    shown = texts(checks)
    assert "systemctl start bluetooth" in shown
    assert "`" not in shown
    assert "switch" not in shown
    assert "1 check is fine" in shown
    fine = [part.toolTip() for part in checks.findChildren(MarkedText) if part.toolTip()]
    assert fine == ["Disk: 80.0 GB free in /: 1600 hours or more"]


def test_a_switch_works_by_mouse_and_space(qtbot: QtBot) -> None:
    switch = Switch(Theme(), "Sound")
    qtbot.addWidget(switch)
    switch.show()
    off = switch.grab().toImage()
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert switch.isChecked()
    assert switch.grab().toImage() != off
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert not switch.isChecked()


def test_a_choice_works_by_mouse_and_arrow_keys(qtbot: QtBot) -> None:
    choice = Choice(Theme(), "Side", [("left", "left"), ("right", "right")])
    qtbot.addWidget(choice)
    with qtbot.waitActive(choice):
        choice.show()
    choice.show_value("left")
    with qtbot.waitSignal(choice.chosen) as signal:
        qtbot.mouseClick(choice.button("right"), Qt.MouseButton.LeftButton)
    assert signal.args == ["right"]
    choice.button("right").setFocus()
    with qtbot.waitSignal(choice.chosen) as signal:
        qtbot.keyClick(choice.button("right"), Qt.Key.Key_Left)
    assert signal.args == ["left"]
    assert choice.value == "left"


def test_a_bare_pill_keeps_its_width_and_shows_the_state_by_shape(qtbot: QtBot) -> None:
    pill = SensorPill(Theme(), "THIGH")
    qtbot.addWidget(pill)
    pill.set_detail(Detail.BARE)
    widths, pictures = set(), set()
    for state in ("streaming", "stalled", "lost"):
        pill.show_status(SensorStatus(9.0, Segment.THIGH, state, 99.0, 0.0, None))
        pill.resize(pill.sizeHint())
        widths.add(pill.width())
        pictures.add(bytes(pill.grab().toImage().constBits()))
        # The words stay for a screen reader, and in the tool tip.
        assert len(pill.accessibleName()) > len("THIGH: ")
    assert len(widths) == 1
    assert len(pictures) == 3
    assert pill.width() < pill.width_of(Detail.COMPACT)


def test_a_slow_sensor_is_shown_with_a_remedy(qtbot: QtBot) -> None:
    panel, pill = PlacePanel(Theme(), Segment.SHIN), SensorPill(Theme(), "SHIN")
    qtbot.addWidget(panel)
    qtbot.addWidget(pill)
    streaming = LinkView("streaming", len(STAGES) - 1)
    status = SensorStatus(
        9.0, Segment.SHIN, "streaming", 99.0, 90.0, None, asked_hz=100.0, arriving_hz=9.7
    )
    pill.show_status(status)
    panel.show_place(PlaceView(Segment.SHIN, "WT901", streaming, 99.0, 90.0, (10, 100)))
    assert panel.reason.text() == "10 of 100 samples a second arrive"
    assert panel.remedy.text().startswith("Switch the sensor off and on")
    assert pill.accessibleName() == "SHIN: 10 / 100 Hz"
    pill.show_status(replace(status, arriving_hz=98.0, lost_percent=2.0))
    panel.show_place(PlaceView(Segment.SHIN, "WT901", streaming, 99.0, 2.0))
    assert not panel.reason.isVisibleTo(panel)
    assert pill.accessibleName() == "SHIN: 99 Hz · 2 % lost"
