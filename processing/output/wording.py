"""Sentences of the exports, which the caller passes: processing has keys and numbers only."""

from collections.abc import Callable
from dataclasses import dataclass

from processing.calibration.grade import Remark
from processing.exercises.exercise_troubles import ExerciseTrouble
from processing.judge.reasons import Reason
from processing.output.report_words import ReportWords
from processing.ranges.measures import RangeKind
from processing.ranges.results import Difference
from processing.review.angle_remarks import AngleFlag, AngleRemark


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of an export, in one language."""

    reason: Callable[[Reason], str]
    """Says the outcome of a check."""
    remark: Callable[[Remark], str]
    """Says why a calibration is not better."""
    angle_remark: Callable[[AngleRemark], str]
    """Says when the ankle angle cannot be trusted, and why."""
    angle_advice: Callable[[AngleFlag], str]
    """Says what to do about such an angle."""
    measure: Callable[[RangeKind], str]
    """Names a measured range, with the knee and the side."""
    range_method: Callable[[], str]
    """Says how ranges are measured, and what that cannot show."""
    contrast: Callable[[Difference], str]
    """Says how two means of one day differ, and whether that can be told from chance."""
    exercise_trouble: Callable[[ExerciseTrouble], str]
    """Says what is wrong with an exercise of a recording, and what is still shown."""
    report: ReportWords
    """The words of the report."""
