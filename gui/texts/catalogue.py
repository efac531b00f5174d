"""The one catalogue of what is said to people: from reasons and keys, in every language, without Qt.

Each language is a package of modules with the same functions. The protocols here say which; the
type checker proves that no language lacks one, and each function matches its keys exhaustively, so
that no key lacks a sentence. What is a label of one widget and follows from no value of the
processing is translated by Qt instead (:mod:`gui.translations`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from gui.texts.de import verdicts as de_verdicts
from gui.texts.en import verdicts as en_verdicts
from processing.judge.reasons import Correction, Reason
from processing.types import Withheld


class VerdictTexts(Protocol):
    """The texts of reasons and of what to change."""

    def reason(self, found: Reason) -> str:
        """Return what a check found, as a sentence without capital and full stop."""

    def withheld(self, why: Withheld) -> str:
        """Return why a rep is not judged, whatever its angles are."""

    def correction(self, what: Correction) -> str:
        """Return what to change, in a word or two that fit on a tile."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What is said in one language."""

    verdicts: VerdictTexts


ENGLISH = Texts(verdicts=en_verdicts)
GERMAN = Texts(verdicts=de_verdicts)
TEXTS: Mapping[str, Texts] = {"en": ENGLISH, "de": GERMAN}
"""The languages by their names in the settings."""
