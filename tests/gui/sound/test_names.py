"""Names are said by the system's voice; here by the engine that Qt has for tests."""

import importlib

import pytest
from pytestqt.qtbot import QtBot

from gui.sound.names import NameVoice, open_name_voice

pytest.importorskip("PySide6.QtTextToSpeech", exc_type=ImportError)


def test_a_name_is_said_by_the_voice(qtbot: QtBot) -> None:
    voice = open_name_voice("en", "mock")
    assert isinstance(voice, NameVoice)
    engine = voice._engine
    spoken: list[tuple[str, float]] = []
    engine.stateChanged.connect(lambda state: spoken.append((state.name, engine.volume())))
    with qtbot.waitSignal(engine.stateChanged):
        voice.say("Anna", 0.5)
    assert spoken[0] == ("Speaking", 0.5)
    engine.stop()


def test_a_language_without_a_voice_has_none(qtbot: QtBot) -> None:
    assert open_name_voice("zu", "mock") is None


def test_without_the_module_there_is_no_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    assert open_name_voice("en") is None
