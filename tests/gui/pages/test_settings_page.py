"""The Settings page: a setting is saved at once, or refused with a message, and changes the window."""

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QSlider
from pytestqt.qtbot import QtBot

from gui.models.settings import Settings, load_settings, settings_path
from gui.pages.page_name import PageName
from gui.pages.settings.settings_page import SettingsPage
from gui.pages.settings.supramaximal_dialog import SupramaximalDialog
from gui.shell.window import MainWindow
from gui.widgets.choice import Choice
from gui.widgets.switch import Switch
from processing.coach.plan_reasons import RAMP_IN_WEEKS, Gate
from processing.coach.supramaximal import WARNING

pytestmark = pytest.mark.usefixtures("no_bluetooth")


def settings_page(window: MainWindow) -> SettingsPage:
    window.show_page(PageName.SETTINGS)
    page = window.page
    assert isinstance(page, SettingsPage)
    return page


def write(qtbot: QtBot, page: SettingsPage, name: str, text: str) -> None:
    line = page.fields[name].control
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


ELSEWHERE = {
    "first_run_done",
    "first_step",
    "athlete_key",
    "plan",
    "easy_week_answered",
    "load",
    "loads",
    "bands_for",
    "places",
    "understood",
    "protocols",
    # A choice for each variant of the exercise that is chosen.
    "variants",
}
"""Kept without being asked for here: the first run, Train, the target of a protocol, the windows."""


def test_every_setting_is_on_the_page_or_known_to_be_chosen_elsewhere(window: MainWindow) -> None:
    shown = set(settings_page(window).fields)
    assert {setting.name for setting in fields(Settings)} - ELSEWHERE == shown


def test_in_german_numbers_have_a_comma(
    qtbot: QtBot, open_window: Callable[..., MainWindow]
) -> None:
    settings = Settings(first_run_done=True, language="de", load_step=1.25)
    page = settings_page(open_window(settings))
    line = page.fields["load_step"].control
    assert isinstance(line, QLineEdit)
    assert line.text() == "1,25"
    write(qtbot, page, "load_step", "0,01")
    assert "0,1" in page.fields["load_step"].trouble.text()


def test_a_choice_is_saved_at_once(qtbot: QtBot, window: MainWindow) -> None:
    page = settings_page(window)
    write(qtbot, page, "athlete", "A-17")
    write(qtbot, page, "load_step", "1,25")
    for name, value in (("side", "left"), ("unit", "lb"), ("feedback", "test")):
        choice = page.fields[name].control
        assert isinstance(choice, Choice)
        qtbot.mouseClick(choice.button(value), Qt.MouseButton.LeftButton)
    switch, volume = page.fields["sound"].control, page.fields["volume"].control
    assert isinstance(switch, Switch)
    assert isinstance(volume, QSlider)
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    volume.setFocus()
    qtbot.keyClick(volume, Qt.Key.Key_Home)
    protocols = page.fields["protocol"].control
    assert isinstance(protocols, QComboBox)
    protocols.setFocus()
    qtbot.keyClick(protocols, Qt.Key.Key_Home)
    kept = load_settings()
    assert kept == window.state.settings
    assert (kept.athlete, kept.load_step, kept.side, kept.unit) == ("A-17", 1.25, "left", "lb")
    assert (kept.feedback, kept.sound, kept.volume) == ("test", False, 0.0)
    assert kept.protocol == protocols.itemData(0)


def test_the_variant_of_a_heel_raise_is_asked_for_and_stored_with_its_sets(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = settings_page(window)
    assert not page.variants.isVisible()
    window.state.change(exercise="heel_raise", protocol="raise-3-0-3")
    assert page.variants.isVisible()
    qtbot.mouseClick(page.variants.choices["place"].button("step"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.variants.choices["legs"].button("one"), Qt.MouseButton.LeftButton)
    saved = load_settings(settings_path())
    assert saved.variants == {"heel_raise": {"place": "step", "legs": "one"}}
    announced = window.state.train.announcement()
    assert (announced["place"], announced["legs"]) == ("step", "one")
    assert "knee" not in announced
    window.state.change(exercise="leg_curl", protocol="B")
    assert not page.variants.isVisible()
    assert "place" not in window.state.train.announcement()


def test_sound_is_switched_on_every_page_by_mouse_and_key(qtbot: QtBot, window: MainWindow) -> None:
    page = settings_page(window)
    switch = page.fields["sound"].control
    assert isinstance(switch, Switch)
    qtbot.mouseClick(window.mute, Qt.MouseButton.LeftButton)
    assert not load_settings().sound
    assert not switch.isChecked()
    assert "off" in window.mute.accessibleDescription()
    window.show_page(PageName.TRAIN)
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.state.settings.sound)
    assert switch.isChecked()
    assert "on" in window.mute.accessibleDescription().split()


def test_the_controls_show_the_saved_settings(open_window: Callable[..., MainWindow]) -> None:
    page = settings_page(
        open_window(Settings(first_run_done=True, athlete="B-2", side="left", volume=0.3))
    )
    line, side = page.fields["athlete"].control, page.fields["side"].control
    volume = page.fields["volume"].control
    assert isinstance(line, QLineEdit)
    assert isinstance(side, Choice)
    assert isinstance(volume, QSlider)
    assert (line.text(), side.value, volume.value()) == ("B-2", "left", 30)


def test_a_bad_number_is_refused_beside_its_field(qtbot: QtBot, window: MainWindow) -> None:
    page = settings_page(window)
    field = page.fields["load_step"]
    for text in ("heavy", "0", "-3", "1e9", "nan", " "):
        write(qtbot, page, "load_step", text)
        assert field.trouble.isVisible(), text
        assert field.control.accessibleDescription() == field.trouble.text()
        assert window.state.settings.load_step == Settings().load_step
        assert not settings_path().exists()
    write(qtbot, page, "load_step", "5")
    assert not field.trouble.isVisible()
    assert load_settings().load_step == 5.0


def test_a_folder_that_cannot_be_used_is_refused(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = settings_page(window)
    field = page.fields["storage_folder"]
    write(qtbot, page, "storage_folder", "some/where")
    assert field.trouble.isVisible()
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    write(qtbot, page, "storage_folder", str(blocked / "sessions"))
    assert field.trouble.isVisible()
    chosen = tmp_path / "sessions"
    chosen.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(chosen))
    qtbot.mouseClick(page.choose_button, Qt.MouseButton.LeftButton)
    assert window.state.settings.recordings_folder == chosen
    assert not field.trouble.isVisible()


def test_look_and_language_change_all_pages_and_keep_the_focus(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = settings_page(window)
    before = window.grab().toImage()
    theme = page.fields["theme"].control
    assert isinstance(theme, Choice)
    qtbot.mouseClick(theme.button("light"), Qt.MouseButton.LeftButton)
    assert window.page is not page
    assert isinstance(window.page, SettingsPage)
    assert window.grab().toImage() != before

    scales = window.page.fields["text_scale"].control
    assert isinstance(scales, QComboBox)
    scales.setFocus()
    qtbot.keyClick(scales, Qt.Key.Key_Down)
    assert window.state.settings.text_scale > 1.0
    focused = window.focusWidget()
    assert focused is not None
    assert focused.objectName() == "text_scale"

    language = window.page.fields["language"].control
    assert isinstance(language, Choice)
    qtbot.mouseClick(language.button("de"), Qt.MouseButton.LeftButton)
    assert window.page.fields["theme"].control.accessibleName() == "Erscheinungsbild"
    language = window.page.fields["language"].control
    assert isinstance(language, Choice)
    qtbot.mouseClick(language.button("en"), Qt.MouseButton.LeftButton)
    assert window.page.fields["theme"].control.accessibleName() == "Theme"


def test_other_settings_do_not_rebuild_the_pages(qtbot: QtBot, window: MainWindow) -> None:
    page = settings_page(window)
    write(qtbot, page, "machine", "by the window")
    assert window.page is page


def test_unreadable_settings_are_reported_and_not_changed(
    qtbot: QtBot, open_window: Callable[..., MainWindow]
) -> None:
    path = settings_path()
    path.parent.mkdir(parents=True)
    broken = json.dumps({"type": "toepoint.settings", "version": 1, "side": "upside down"})
    path.write_text(broken)
    window = open_window(None)
    assert "side" in window.banner.text.text()
    assert window.banner.isVisible()
    assert path.read_text() == broken
    window.state.change(first_run_done=True)
    assert load_settings().first_run_done


def test_a_message_stays_until_it_is_dismissed(qtbot: QtBot, window: MainWindow) -> None:
    window.state.start("file:/nowhere/at/all.mcap", record=False)
    qtbot.waitUntil(window.banner.isVisible)
    assert "all.mcap" in window.banner.text.text()
    qtbot.mouseClick(window.banner.close_button, Qt.MouseButton.LeftButton)
    assert not window.banner.isVisible()


def test_a_file_with_settings_of_an_earlier_version_loads() -> None:
    path = settings_path()
    path.parent.mkdir(parents=True)
    head = {"type": "toepoint.settings", "version": 1}
    gone = {"shin_source": "AA:1", "foot_source": "AA:2"}
    path.write_text(json.dumps({**head, **gone, "side": "left"}))
    assert load_settings() == Settings(side="left")


@pytest.mark.parametrize("weeks", [1, 4])
def test_supramaximal_sets_need_their_ramp_in_and_a_deliberate_yes(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, weeks: int
) -> None:
    page = settings_page(window)
    said: list[object] = []
    monkeypatch.setattr(page.state, "gate_before", lambda _: Gate(weeks))
    monkeypatch.setattr(page.state.sound, "say", said.append)
    answers = iter([False, True])

    def answer(dialog: SupramaximalDialog) -> bool:
        buttons = {button.text() for button in dialog.buttons.buttons()}
        assert ("I understand" in buttons) is (weeks == RAMP_IN_WEEKS)
        return next(answers)

    monkeypatch.setattr(SupramaximalDialog, "exec", answer)
    before = page.state.settings.protocol
    picker = page.fields["protocol"].control
    assert isinstance(picker, QComboBox)

    def choose() -> None:
        at = picker.findData("B-two-legs-up")
        picker.setCurrentIndex(at)
        picker.activated.emit(at)

    choose()
    assert page.state.settings.protocol == before
    assert picker.currentData() == before
    choose()
    is_open = weeks == RAMP_IN_WEEKS
    assert page.state.settings.protocol == ("B-two-legs-up" if is_open else before)
    assert page.state.settings.understood == ("B-two-legs-up" if is_open else "")
    assert said == ([WARNING] * 2 if is_open else [])
