"""The verdict on a rep: its checks, one grade, and one reason to speak of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from processing.judge.checks import (
    ANKLE_CHECKS,
    Check,
    DataQuality,
    Grade,
    Target,
    checks_of,
    data_check,
    doubt_check,
)
from processing.judge.late_loss_uncertainty import ankle_doubt
from processing.judge.measures import LEAD_IN_S, RepMeasures, measure, stretch
from processing.judge.reasons import CheckKey, Reason
from processing.types import AngleBlock, Rep
from sensor.types import FloatArray

ENGINE_VERSION = "2"
"""Changes whenever the same angles and thresholds would be judged otherwise."""


PRIORITY = tuple(CheckKey)
"""Which reason is spoken first."""

_WORST_FIRST = (Grade.MISS, Grade.NEAR)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one rep was done. ``reason`` is the one to speak of, None if there is none.

    ``target`` and ``quality`` are what it was judged against and what was known of the data.
    Where nothing was asked for, nothing is judged, and there is no reason either.
    """

    rep: Rep
    grade: Grade
    checks: tuple[Check, ...]
    reason: Reason | None
    measures: RepMeasures
    target: Target
    quality: DataQuality = field(default_factory=DataQuality)
    engine_version: str = ENGINE_VERSION

    def check(self, key: CheckKey) -> Check | None:
        """Return the check called ``key``, or None if it did not apply."""
        return next((check for check in self.checks if check.key is key), None)


def judge(
    rep: Rep, angles: AngleBlock, target: Target, quality: DataQuality | None = None
) -> Verdict:
    """Return the verdict on one rep.

    Parameters
    ----------
    rep
        The rep, live or final.
    angles
        Any stretch of the session that holds it; better with a second before it.
    target
        What it is judged against.
    quality
        What is known of the data beyond the gaps that the rep itself names.
    """
    quality = quality or DataQuality()
    measures = measure(rep, angles, target.bands, target.thresholds, quality.dropouts)
    checks = tuple(checks_of(rep, measures, target))
    around = stretch(angles, rep.t_start - LEAD_IN_S, max(rep.t_end, rep.t_bottom))
    doubt = ankle_doubt(around, quality.dropouts)
    most = float(doubt.max(initial=0.0))
    data = data_check(rep, measures, target, quality, most)
    if data is None and most > 0.0 and _is_open(rep, around, doubt, target, checks):
        data = doubt_check(most)
    if data is not None:
        checks = (data, *checks)
    grade = Grade.NOT_JUDGED if target.asks_nothing else _overall(checks)
    return Verdict(rep, grade, checks, _reason(checks, grade), measures, target, quality)


def _is_open(
    rep: Rep, around: AngleBlock, doubt: FloatArray, target: Target, checks: Sequence[Check]
) -> bool:
    """Return whether an ankle that is wrong by ``doubt``, either way, would be judged otherwise."""
    seen = _ankle_grades(checks)
    for sign in (1.0, -1.0):
        shifted = replace(around, ankle=around.ankle + sign * doubt)
        measures = measure(rep, shifted, target.bands, target.thresholds)
        if _ankle_grades(checks_of(rep, measures, target)) != seen:
            return True
    return False


def _ankle_grades(checks: Iterable[Check]) -> list[Grade]:
    return [check.grade for check in checks if check.key in ANKLE_CHECKS]


def _overall(checks: Sequence[Check]) -> Grade:
    if any(check.key is CheckKey.DATA for check in checks):
        return Grade.NOT_JUDGED
    grades = {check.grade for check in checks}
    return next((grade for grade in _WORST_FIRST if grade in grades), Grade.GOOD)


def _reason(checks: Sequence[Check], grade: Grade) -> Reason | None:
    """Return the one reason: of the checks as bad as the verdict, the first by priority."""
    guilty = [check.reason for check in checks if check.grade is grade]
    if grade is Grade.GOOD or not guilty:
        return None
    return min(guilty, key=lambda reason: PRIORITY.index(reason.check))
