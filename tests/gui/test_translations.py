"""The catalogues hold every text of the sources, and their compiled forms hold the same."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from gui.models.settings import Language
from gui.pages.sensors.check_list import CheckList
from gui.shell.app import make_application
from gui.translations import FOLDER, SOURCE_LANGUAGE, apply_language
from gui.widgets.theme import PALETTES, Theme, ThemeName
from sensor.ble.host_checks import check_conflicting_programs

LANGUAGES = [language for language in get_args(Language) if language != SOURCE_LANGUAGE]
HINT = "run `python -m gui.translations` and translate what it says is not"


def messages(language: str) -> Iterator[tuple[str, str, str, bool]]:
    """Yield context, source, translation and whether it is finished."""
    # This file is our own and not from outside.
    root = ET.parse(FOLDER / f"toepoint_{language}.ts").getroot()  # noqa: S314
    for context in root.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            yield (
                context.findtext("name", ""),
                message.findtext("source", ""),
                translation.text or "",
                translation.get("type") is None,
            )


def literals() -> set[str]:
    """Return every text that the sources of the window pass to ``tr``."""
    found: set[str] = set()
    for path in FOLDER.parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            at = {"tr": 0, "translate": 1}.get(node.func.attr)
            if at is None or len(node.args) <= at:
                continue
            text = node.args[at]
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                found.add(text.value)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_window_is_translated(language: str) -> None:
    done = {source for _, source, text, finished in messages(language) if finished and text}
    assert literals() - done == set(), HINT


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_source(language: str) -> None:
    for _, source, text, _ in messages(language):
        assert sorted(re.findall(r"\{\w*\}", source)) == sorted(re.findall(r"\{\w*\}", text)), (
            source
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_equals_its_source(qtbot: QtBot, language: str) -> None:
    translator = QTranslator()
    assert translator.load(str(FOLDER / f"toepoint_{language}.qm"))
    for context, source, text, finished in messages(language):
        if finished and context:
            assert translator.translate(context, source) == text, HINT


def test_a_language_without_a_catalogue_is_an_error(qtbot: QtBot) -> None:
    with pytest.raises(FileNotFoundError):
        apply_language(make_application(), "tlh")
    assert not Path(FOLDER, "toepoint_tlh.qm").exists()


def test_the_doctor_names_other_programs_in_german(qtbot: QtBot) -> None:
    app = make_application()
    apply_language(app, "de")
    widget = CheckList(Theme(PALETTES[ThemeName.DARK], 1.0))
    qtbot.addWidget(widget)
    widget.show_checks([check_conflicting_programs(["btmgmt", "flowsync"])])
    words = " ".join(label.text() for label in widget.findChildren(QLabel))
    apply_language(app, SOURCE_LANGUAGE)
    assert "btmgmt (hält vielleicht den Adapter fest)" in words
    assert "flowsync (das Programm von Polar" in words
    assert "may hold" not in words


def test_the_buttons_of_qt_are_german_too(qtbot: QtBot) -> None:
    app = make_application()
    apply_language(app, "de")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    shown = box.button(QDialogButtonBox.StandardButton.Cancel).text()
    apply_language(app, SOURCE_LANGUAGE)
    assert shown.replace("&", "") == "Abbrechen"
