"""The bands that apply: the choice for a protocol, else the protocol's own, else the general choice."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.models.chosen_coach import coach_of, protocol_of
from gui.models.settings import Settings, load_settings, save_settings
from gui.models.train_plan import TrainPlan
from gui.pages.page_name import PageName
from gui.pages.settings.settings_page import SettingsPage
from gui.shell.window import MainWindow
from processing.coach.stop_rule import StopRule
from processing.judge.bands import PRESETS
from processing.library import Past
from sensor.errors import DocumentError

STRICT = """
format = 1
name = "own"
title = "My own"
waves = 1
bands = "strict"
[[set]]
type = "B"
lift = "DF"
lower = "PF"
tempo = "4-0-1-1"
reps = [4, 6]
rest_s = 90
"""


@pytest.fixture
def own_protocol(tmp_path: Path) -> str:
    path = tmp_path / "own.toml"
    path.write_text(STRICT, "utf-8")
    return str(path)


def in_force(settings: Settings) -> str:
    """Return the bands on which the live coach and the recording agree."""
    recorded = TrainPlan(settings).announcement(1)["bands"]
    rule = coach_of(settings).protocol.band_rule(recorded)
    return next(name for name, preset in PRESETS.items() if preset == rule)


def test_the_most_specific_choice_of_bands_applies(own_protocol: str) -> None:
    general = Settings(protocol="B", band_preset="relaxed")
    assert in_force(general) == "relaxed"
    assert in_force(Settings(protocol="B")) == "standard"
    own = replace(general, protocol=own_protocol)
    assert in_force(own) == "strict"
    assert in_force(replace(own, bands_for={own_protocol: "standard"})) == "standard"
    assert in_force(replace(own, bands_for={"B": "standard"})) == "strict"


def test_a_stop_rule_of_the_settings_is_for_sets_whose_protocol_names_none(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f"{STRICT}stop = {{ control_loss_percent = 40 }}\n", "utf-8")
    off = Settings(protocol="B")
    assert coach_of(off).plan.present_prescription().stop == StopRule()
    loss = replace(off, stop_rule="control_loss")
    assert coach_of(loss).plan.present_prescription().stop == StopRule(control_loss_percent=25.0)
    higher = replace(loss, stop_rule="break_point")
    assert coach_of(higher).plan.present_prescription().stop == StopRule(break_rise_deg=20.0)
    missed = replace(loss, stop_rule="quality")
    assert coach_of(missed).plan.present_prescription().stop == StopRule(missed_reps=3)
    own = replace(loss, protocol=str(path))
    assert coach_of(own).plan.present_prescription().stop == StopRule(control_loss_percent=40.0)


@pytest.mark.parametrize("done", [0, 2, 5])
def test_the_coach_knows_the_number_of_earlier_sessions(done: int) -> None:
    """The switch cue belongs to the first three sessions: see the tests of the cues."""
    past = Past(weeks_trained=3.0, sessions_done=done)
    assert coach_of(Settings(), past=past).config.sessions_done == done


def test_the_bands_at_the_start_of_a_set_override_all_others(own_protocol: str) -> None:
    protocol = protocol_of(Settings(protocol=own_protocol))
    assert protocol.band_rule("relaxed") == PRESETS["relaxed"]
    for nonsense in ("soft", 7, None, True):
        assert protocol.band_rule(nonsense) == PRESETS["strict"]


def test_a_choice_for_a_protocol_with_its_own_bands_is_kept_for_it(
    qtbot: QtBot, window: MainWindow, own_protocol: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_page(PageName.SETTINGS)
    page = window.page
    assert isinstance(page, SettingsPage)
    assert in_force(window.state.settings) == "standard"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (own_protocol, ""))
    qtbot.mouseClick(page.own_button, Qt.MouseButton.LeftButton)
    assert window.state.settings.protocol == own_protocol
    assert page.bands.value == "strict"
    qtbot.mouseClick(page.bands.button("relaxed"), Qt.MouseButton.LeftButton)
    kept = load_settings()
    assert (kept.band_preset, kept.bands_for) == ("standard", {own_protocol: "relaxed"})
    assert in_force(kept) == "relaxed"


def test_an_invalid_protocol_is_not_chosen_and_the_reason_shown(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(STRICT.replace("waves = 1", "waves = 99"), "utf-8")
    window.show_page(PageName.SETTINGS)
    page = window.page
    assert isinstance(page, SettingsPage)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    qtbot.mouseClick(page.own_button, Qt.MouseButton.LeftButton)
    assert window.state.settings.protocol == "B"
    assert "waves" in page.fields["protocol"].trouble.text()


def test_a_missing_protocol_does_not_stop_the_window_from_opening(
    open_window: Callable[[Settings], MainWindow],
) -> None:
    window = open_window(Settings(first_run_done=True, protocol="/nowhere/own.toml"))
    assert window.state.settings.protocol == "B"
    assert "own.toml" in window.banner.text.text()


def test_settings_with_an_unknown_protocol_or_bands_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        protocol_of(Settings(protocol="Z"))
    path = tmp_path / "settings.json"
    save_settings(Settings(bands_for={"own.toml": "strict"}), path)
    path.write_text(path.read_text("utf-8").replace('"strict"', '"soft"'), "utf-8")
    with pytest.raises(DocumentError, match='one of "relaxed"') as caught:
        load_settings(path)
    assert caught.value.where == "bands_for.own.toml"
