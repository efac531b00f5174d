"""The languages of the window: Qt catalogues, compiled ones beside their sources.

English is the language of the sources. ``python -m gui.translations`` brings the catalogues up to
date with the sources and compiles them.
"""

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from gui.texts.catalogue import ENGLISH, TEXTS, Texts

FOLDER = Path(__file__).parent
SOURCE_LANGUAGE = "en"

_installed: list[QTranslator] = []


def apply_language(app: QApplication, language: str) -> None:
    """Set the language of ``app`` for all widgets that are built from now on.

    Raises
    ------
    FileNotFoundError
        If there is no compiled catalogue.
    """
    for translator in _installed:
        app.removeTranslator(translator)
    _installed.clear()
    QLocale.setDefault(QLocale(language))
    if language == SOURCE_LANGUAGE:
        return
    # Qt's own words, such as Cancel; a system's Qt may come without them.
    qt_words = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if qt_words.load(f"qtbase_{language}", folder):
        _install(app, qt_words)
    path = FOLDER / f"toepoint_{language}.qm"
    translator = QTranslator(app)
    if not translator.load(str(path)):
        raise FileNotFoundError(path)
    _install(app, translator)


def _install(app: QApplication, translator: QTranslator) -> None:
    app.installTranslator(translator)
    _installed.append(translator)


def texts() -> Texts:
    """Return the catalogue in the language that :func:`apply_language` chose, at first English."""
    return TEXTS.get(QLocale().name()[:2], ENGLISH)
