"""Which bands are in force: the person's choice for a protocol, the protocol's own, the general one."""

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
from processing.judge.bands import PRESETS
from processing.library import Past
from sensor.errors import DocumentError

STRICT = """
format = 1
name = "mine"
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
def mine(tmp_path: Path) -> str:
    path = tmp_path / "mine.toml"
    path.write_text(STRICT, "utf-8")
    return str(path)


def in_force(settings: Settings) -> str:
    """Return the bands that live coach and recording agree on."""
    said = TrainPlan(settings).announcement(1)["bands"]
    rule = coach_of(settings).protocol.band_rule(said)
    return next(name for name, preset in PRESETS.items() if preset == rule)


def test_the_more_specific_goes_first(mine: str) -> None:
    general = Settings(protocol="B", band_preset="relaxed")
    assert in_force(general) == "relaxed"
    assert in_force(Settings(protocol="B")) == "standard"
    own = replace(general, protocol=mine)
    assert in_force(own) == "strict"
    assert in_force(replace(own, bands_for={mine: "standard"})) == "standard"
    assert in_force(replace(own, bands_for={"B": "standard"})) == "strict"


@pytest.mark.parametrize("done", [0, 2, 5])
def test_the_coach_knows_how_many_sessions_there_were(done: int) -> None:
    """The cue for the switch is for the first three: see the cues' own tests."""
    past = Past(weeks_trained=3.0, sessions_done=done)
    assert coach_of(Settings(), past=past).config.sessions_done == done


def test_what_the_start_of_a_set_says_goes_before_all(mine: str) -> None:
    protocol = protocol_of(Settings(protocol=mine))
    assert protocol.band_rule("relaxed") == PRESETS["relaxed"]
    for nonsense in ("soft", 7, None, True):
        assert protocol.band_rule(nonsense) == PRESETS["strict"]


def test_a_choice_is_kept_for_the_protocol_that_names_its_own(
    qtbot: QtBot, window: MainWindow, mine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_page(PageName.SETTINGS)
    page = window.page
    assert isinstance(page, SettingsPage)
    assert in_force(window.state.settings) == "standard"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (mine, ""))
    qtbot.mouseClick(page.own_button, Qt.MouseButton.LeftButton)
    assert window.state.settings.protocol == mine
    assert page.bands.value == "strict"
    qtbot.mouseClick(page.bands.button("relaxed"), Qt.MouseButton.LeftButton)
    kept = load_settings()
    assert (kept.band_preset, kept.bands_for) == ("standard", {mine: "relaxed"})
    assert in_force(kept) == "relaxed"


def test_a_protocol_that_cannot_be_is_not_chosen_and_says_why(
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


def test_a_protocol_that_is_gone_keeps_no_window_from_opening(
    open_window: Callable[[Settings], MainWindow],
) -> None:
    window = open_window(Settings(first_run_done=True, protocol="/nowhere/mine.toml"))
    assert window.state.settings.protocol == "B"
    assert "mine.toml" in window.banner.text.text()


def test_settings_that_name_no_protocol_or_no_bands(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        protocol_of(Settings(protocol="Z"))
    path = tmp_path / "settings.json"
    save_settings(Settings(bands_for={"mine.toml": "strict"}), path)
    path.write_text(path.read_text("utf-8").replace('"strict"', '"soft"'), "utf-8")
    with pytest.raises(DocumentError, match='one of "relaxed"') as caught:
        load_settings(path)
    assert caught.value.where == "bands_for.mine.toml"
