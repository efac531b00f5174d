"""The picture of a set and its result: what Review and the rest of Train show of it. No Qt."""

from dataclasses import dataclass

from gui.models.height_curves import HeightCurve, asked_fall, height_curves
from gui.models.rep_loops import LoopBand, RepLoop, loop_bands, rep_loops
from gui.models.review import worst_rep
from processing.judge.checks import Grade
from processing.judge.exercise_target import judges_toes
from processing.judge.reasons import Reason
from processing.judge.verdict import Verdict
from processing.review.judged_sets import JudgedSet
from processing.types import AngleBlock


@dataclass(frozen=True, slots=True)
class SetPicture:
    """The curves of all reps of a set: loops, or heights where nothing is asked of the toes."""

    over_time: bool
    """Whether nothing is asked of the toes, so that the heights over time are shown."""
    loops: tuple[RepLoop, ...] = ()
    """The ankle against the driving angle."""
    bands: tuple[LoopBand, ...] = ()
    """The bands behind the loops."""
    heights: tuple[HeightCurve, ...] = ()
    """The height over the time of each rep."""
    asked: tuple[float, float] | None = None
    """The asked lowering in s and the usual height in °; None without a tempo."""


def shown_over_time(judged: JudgedSet) -> bool:
    """Return whether nothing is asked of the toes in a set, so that the ankle against the rep tells nothing."""
    return not judges_toes(judged.source.exercise)


def set_picture(judged: JudgedSet, angles: AngleBlock) -> SetPicture:
    """Return the picture of a set by the ``angles`` that it was judged by."""
    if shown_over_time(judged):
        return SetPicture(True, heights=height_curves(judged, angles), asked=asked_fall(judged))
    return SetPicture(False, rep_loops(judged, angles), loop_bands(judged.target))


@dataclass(frozen=True, slots=True)
class SetFault:
    """The one thing to change in the next set, or why reps were not judged."""

    index: int
    """Of the worst rep, among all reps of the set."""
    numbers: tuple[int, ...]
    """Of the reps with the same correction."""
    grade: Grade
    """Of the worst rep."""
    reason: Reason
    """Of the worst rep."""


def set_fault(judged: JudgedSet) -> SetFault | None:
    """Return the fault of the worst rep with all reps that share it; None if there is none."""
    worst = worst_rep(judged) or next((v for v in judged.verdicts if _withheld(v)), None)
    if worst is None or worst.reason is None:
        return None
    wanted, same = worst.reason.correction, worst.grade is Grade.NOT_JUDGED
    numbers = [
        v.rep.number
        for v in judged.verdicts
        if v.reason is not None
        and v.reason.correction is wanted
        and not v.rep.partial
        and v.grade in ((Grade.NOT_JUDGED,) if same else (Grade.NEAR, Grade.MISS))
    ]
    index = judged.verdicts.index(worst)
    return SetFault(index, tuple(numbers) or (worst.rep.number,), worst.grade, worst.reason)


def _withheld(verdict: Verdict) -> bool:
    return verdict.grade is Grade.NOT_JUDGED and verdict.reason is not None
