"""Says names, which no pack can hold, with the computer's own voice where it has one."""

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech

TEST_ENGINE = "mock"
"""Qt's engine that says nothing: never chosen where sound is wanted."""


class NameVoice:
    """A voice of the system. Use it in the thread of the window."""

    def __init__(self, engine: "QTextToSpeech") -> None:
        self._engine = engine

    def say(self, name: str, volume: float) -> None:
        """Say ``name`` at a volume from 0 to 1; what it was saying before ends."""
        self._engine.setVolume(volume)
        self._engine.say(name)


def open_name_voice(language: str, engine: str = "") -> NameVoice | None:
    """Return a voice for ``language``; None where there is none, as on many Linux computers.

    ``engine`` names one of Qt's engines, the empty one is the system's best.
    """
    try:
        module = importlib.import_module("PySide6.QtTextToSpeech")
    except ImportError:
        # Qt's module or the system's speech library is not installed: names are only shown.
        return None
    engines = [name for name in module.QTextToSpeech.availableEngines() if name != TEST_ENGINE]
    if not engine and not engines:
        return None
    made = module.QTextToSpeech(engine or engines[0])
    wanted = QLocale(language).language()
    locales = [one for one in made.availableLocales() if one.language() == wanted]
    if made.state() == module.QTextToSpeech.State.Error or not locales:
        return None
    made.setLocale(locales[0])
    return NameVoice(made)
