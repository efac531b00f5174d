"""The verdict on a rep: its checks, one grade, and one reason to speak of."""

from collections.abc import Sequence
from dataclasses import dataclass

from processing.coach.checks import Check, CheckKey, DataQuality, Grade, Target, checks_of
from processing.coach.measures import RepMeasures, measure
from processing.types import AngleBlock, Rep

ENGINE_VERSION = "1"
"""Changes whenever the same angles and thresholds would be judged otherwise."""


PRIORITY = (
    CheckKey.DATA,
    CheckKey.ROM,
    CheckKey.SWITCH,
    CheckKey.HOLD,
    CheckKey.DROP,
    CheckKey.ECCENTRIC,
    CheckKey.CONCENTRIC,
    CheckKey.TOP_PAUSE,
    CheckKey.BOTTOM_PAUSE,
    CheckKey.LIFT,
)
"""Which reason is spoken first."""

_WORST_FIRST = (Grade.MISS, Grade.NEAR)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one rep was done. ``reason`` is the one check to speak of, None if there is none.

    Where nothing was asked for, nothing is judged, and there is no reason either.
    """

    rep: Rep
    grade: Grade
    checks: tuple[Check, ...]
    reason: Check | None
    measures: RepMeasures
    target: Target
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
    measures = measure(rep, angles, target.bands, target.thresholds)
    checks = tuple(checks_of(rep, measures, target, quality or DataQuality()))
    grade = Grade.NOT_JUDGED if target.asks_nothing else _overall(checks)
    return Verdict(rep, grade, checks, _reason(checks, grade), measures, target)


def judge_set(
    reps: Sequence[Rep], angles: AngleBlock, target: Target, quality: DataQuality | None = None
) -> list[Verdict]:
    """Return the verdicts on the reps of a set, see :func:`judge`."""
    return [judge(rep, angles, target, quality) for rep in reps]


def _overall(checks: Sequence[Check]) -> Grade:
    if any(check.key is CheckKey.DATA for check in checks):
        return Grade.NOT_JUDGED
    grades = {check.grade for check in checks}
    return next((grade for grade in _WORST_FIRST if grade in grades), Grade.GOOD)


def _reason(checks: Sequence[Check], grade: Grade) -> Check | None:
    """Return the one reason: of the checks as bad as the verdict, the first by priority."""
    guilty = [check for check in checks if check.grade is grade]
    if grade is Grade.GOOD or not guilty:
        return None
    return min(guilty, key=lambda check: PRIORITY.index(check.key))
