"""The catalogue in the language of the window."""

from PySide6.QtCore import QLocale

from gui.texts.catalogue import ENGLISH, TEXTS, Texts


def texts() -> Texts:
    """Return the texts in the language that :func:`gui.translations.apply_language` chose."""
    return TEXTS.get(QLocale().name()[:2], ENGLISH)
