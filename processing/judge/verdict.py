"""The verdict on a rep: from its checks to one grade and one reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from processing.judge.break_point import find_break_point
from processing.judge.checks import (
    Check,
    DataQuality,
    Grade,
    Target,
    checks_of,
    data_check,
)
from processing.judge.measures import RepMeasures, measure
from processing.judge.reasons import CheckKey, Reason
from processing.types import AngleBlock, Rep

ENGINE_VERSION = "10"
"""Version of the rules: it changes whenever the same angles and limits give another verdict."""


PRIORITY = tuple(CheckKey)
"""The order in which one of several reasons is chosen."""

_WORST_FIRST = (Grade.MISS, Grade.NEAR)
"""The grades of a check that decide the verdict; a note does not."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The sum of the checks of one rep: one grade, and one reason to speak of."""

    rep: Rep
    """The rep."""
    grade: Grade
    """The grade of the rep; *not judged* where the data do not allow it, or nothing was asked for."""
    checks: tuple[Check, ...]
    """All checks that apply."""
    reason: Reason | None
    """The one reason to speak of; None where there is nothing to say."""
    measures: RepMeasures
    """The measurements of the rep."""
    target: Target
    """The target of the rep."""
    quality: DataQuality = field(default_factory=DataQuality)
    """The quality of its data."""
    engine_version: str = ENGINE_VERSION
    """The version of the rules that made this verdict."""

    def check(self, key: CheckKey) -> Check | None:
        """Return the check called ``key``, or None if it did not apply."""
        return next((check for check in self.checks if check.key is key), None)


@dataclass(frozen=True, slots=True)
class RestJudged:
    """The verdict on a rep again, once the rest after it is known: when the next rep is over."""

    verdict: Verdict
    """The verdict, which replaces the one that was given when the rep was over."""
    t: float
    """When the rest was known, s."""


def judge(
    rep: Rep, angles: AngleBlock, target: Target, quality: DataQuality | None = None
) -> Verdict:
    """Return the verdict on one rep.

    Parameters
    ----------
    rep
        The rep, live or offline.
    angles
        Any stretch of the session that contains it, best with :data:`.LEAD_IN_S` before it.
    target
        What it is judged against.
    quality
        The quality of the data beyond the gaps that the rep itself names.
    """
    quality = quality or DataQuality()
    limits, tempo = target.thresholds, target.tempo
    point = find_break_point(rep, angles, None if tempo is None else tempo.eccentric_s, limits)
    measures = measure(rep, angles, target.bands, limits, quality.dropouts, point)
    checks = tuple(checks_of(rep, measures, target))
    data = data_check(rep, measures, target, quality)
    if data is not None:
        checks = (data, *checks)
    grade = Grade.NOT_JUDGED if target.asks_nothing else _overall(checks)
    return Verdict(rep, grade, checks, _reason(checks, grade), measures, target, quality)


def with_rest(
    verdict: Verdict, following: Rep, angles: AngleBlock, quality: DataQuality
) -> Verdict:
    """Return ``verdict`` with the rest after the rep judged, and the rep as the whole of that rest shows it.

    Parameters
    ----------
    verdict
        The verdict on a live rep.
    following
        The next rep.
    angles
        Any stretch of the session that contains the rep of the verdict, best with :data:`.LEAD_IN_S` before it.
    quality
        The quality of the data as it is known now: losses may have been noticed since.
    """
    rep = verdict.rep
    over_t = rep.t_over if following.rested_t is None else max(following.rested_t, rep.t_turn)
    rep = replace(rep, t_end=max(following.t_begin, over_t))
    rep = replace(rep, t_top=over_t) if rep.lowers_first else replace(rep, t_bottom=over_t)
    return judge(rep, angles, verdict.target, replace(verdict.quality, dropouts=quality.dropouts))


def _overall(checks: Sequence[Check]) -> Grade:
    # By the data alone: a check that is not judged for a small range leaves the others to decide.
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
