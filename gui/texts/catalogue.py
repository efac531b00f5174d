"""The one catalogue of what is said to people: from reasons and keys, in every language, without Qt.

Each language is a package of modules with the same functions. The protocols here say which; the
type checker proves that no language lacks one, and each function matches its keys exhaustively, so
that no key lacks a sentence. What is a label of one widget and follows from no value of the
processing is translated by Qt instead (:mod:`gui.translations`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from gui.texts.de import calibration as de_calibration
from gui.texts.de import plan as de_plan
from gui.texts.de import speech as de_speech
from gui.texts.de import verdicts as de_verdicts
from gui.texts.en import calibration as en_calibration
from gui.texts.en import plan as en_plan
from gui.texts.en import speech as en_speech
from gui.texts.en import verdicts as en_verdicts
from processing.calibration.grade import Remark
from processing.calibration.troubles import StepTrouble
from processing.coach.plan_reasons import PlanReason
from processing.coach.speech import Key
from processing.judge.reasons import Correction, Reason
from processing.judge.recount import Difference
from processing.review.angle_remarks import AngleFlag, AngleRemark
from processing.types import Withheld


class VerdictTexts(Protocol):
    """The texts of reasons and of what to change."""

    def reason(self, found: Reason) -> str:
        """Return what a check found, as a sentence without capital and full stop."""

    def withheld(self, why: Withheld) -> str:
        """Return why a rep is not judged, whatever its angles are."""

    def correction(self, what: Correction) -> str:
        """Return what to change, in a word or two that fit on a tile."""


class SpeechTexts(Protocol):
    """The texts that the voice is recorded from."""

    def spoken(self, key: Key) -> str:
        """Return what the clip of ``key`` says."""


class CalibrationTexts(Protocol):
    """The texts of calibrations, and of angles that are not to be believed."""

    def trouble(self, found: StepTrouble) -> str:
        """Return what goes wrong in a step, and what to do."""

    def remark(self, found: Remark) -> str:
        """Return what keeps a calibration from being better, what was measured, and what to do."""

    def angle_remark(self, found: AngleRemark) -> str:
        """Return when the ankle angle is not to be believed, why, and what to do."""

    def angle_flag(self, flag: AngleFlag) -> str:
        """Return what is wrong with the ankle angle."""

    def angle_advice(self, flag: AngleFlag) -> str:
        """Return what a flag of the ankle angle means, and what to do."""


class PlanTexts(Protocol):
    """The texts of the course of a session."""

    def plan_reason(self, why: PlanReason) -> str:
        """Return why the session came into its state."""

    def load_ratio(self, ratio: float, waves: int) -> str:
        """Return the ratio of the pointed to the toes-up load, and what it was learned from."""

    def count_change(self, live: int, final: int) -> str:
        """Return how the count of a set came out."""

    def difference(self, found: Difference) -> str:
        """Return why the count of a set changed when it was over."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What is said in one language."""

    verdicts: VerdictTexts
    speech: SpeechTexts
    calibration: CalibrationTexts
    plan: PlanTexts


ENGLISH = Texts(verdicts=en_verdicts, speech=en_speech, calibration=en_calibration, plan=en_plan)
GERMAN = Texts(verdicts=de_verdicts, speech=de_speech, calibration=de_calibration, plan=de_plan)
TEXTS: Mapping[str, Texts] = {"en": ENGLISH, "de": GERMAN}
"""The languages by their names in the settings."""
