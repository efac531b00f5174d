"""What a check found, in the person's language: the reasons of the rep table. No widgets."""

from PySide6.QtCore import QCoreApplication

from gui.texts.decimals import decimal, plain
from processing.judge.checks import Check, CheckKey, Grade
from processing.judge.verdict import Verdict


def check_words(check: Check, verdict: Verdict) -> str:
    """Return ``check`` of ``verdict`` in a short phrase, with what was measured and asked for."""
    tempo = verdict.target.tempo
    if check.value is None or check.grade is Grade.NOT_JUDGED or tempo is None:
        return _without_value(check)
    texts = _texts()
    if check.key not in texts:
        return check.text
    targets = {
        CheckKey.ECCENTRIC: tempo.eccentric_s,
        CheckKey.CONCENTRIC: tempo.concentric_s,
        CheckKey.TOP_PAUSE: tempo.top_s,
        CheckKey.BOTTOM_PAUSE: tempo.bottom_s,
    }
    target = targets.get(check.key)
    return texts[check.key].format(
        value=decimal(check.value),
        whole=f"{abs(check.value):.0f}",
        height=f"{100 * check.value:.0f}",
        after=decimal(verdict.measures.switch_s or 0.0),
        angle=_angle(check.value),
        target="X" if target is None else plain(target),
    )


def _angle(degrees: float) -> str:
    up = QCoreApplication.translate("check", "{angle}° up")
    pointed = QCoreApplication.translate("check", "{angle}° pointed")
    return (up if degrees >= 0.0 else pointed).format(angle=f"{abs(degrees):.0f}")


def _without_value(check: Check) -> str:
    if check.key is CheckKey.SWITCH:
        return QCoreApplication.translate("check", "the toes were never pointed")
    if check.key is CheckKey.RETURN and check.grade is Grade.NOTE:
        return QCoreApplication.translate("check", "the lift began with the toes pointed")
    return check.text


def _texts() -> dict[CheckKey, str]:
    translate = QCoreApplication.translate
    return {
        CheckKey.ROM: translate("check", "{whole} % of the full range"),
        CheckKey.SWITCH: translate(
            "check", "pointed {after} s after the top, at {height} % height"
        ),
        CheckKey.HOLD: translate("check", "toes in the band {whole} % of the way"),
        CheckKey.DROP: translate("check", "dropped: {value} times the mean speed"),
        CheckKey.ECCENTRIC: translate("check", "lowered in {value} s, target {target} s"),
        CheckKey.CONCENTRIC: translate("check", "lifted in {value} s, target {target} s"),
        CheckKey.TOP_PAUSE: translate("check", "rested {value} s at the top, target {target} s"),
        CheckKey.BOTTOM_PAUSE: translate(
            "check", "rested {value} s at the bottom, target {target} s"
        ),
        CheckKey.LIFT: translate("check", "toes {angle} on the way up"),
    }
