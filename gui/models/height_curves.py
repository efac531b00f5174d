"""Height over the time of each rep, where nothing is asked of the toes. No Qt.

Time is 0 where the lowering begins, so that the falls of all reps lie over each other.
"""

import math
from dataclasses import dataclass

import numpy as np

from gui.models.rep_loops import MOST_POINTS
from processing.judge.checks import Grade
from processing.review.judged_sets import JudgedSet
from processing.types import AngleBlock, Rep
from sensor.types import FloatArray


@dataclass(frozen=True, slots=True)
class HeightCurve:
    """The height over the time of a rep."""

    index: int
    """Among all reps of the set, partial ones too."""
    grade: Grade
    """Grade of its verdict."""
    partial: bool
    """Whether it is a partial rep."""
    t_s: FloatArray
    """(n,) since the lowering began."""
    height_deg: FloatArray
    """(n,) above the bottom of the rep, NaN without data."""
    broke: tuple[float, float] | None
    """Time in s and height in degrees where control of the lowering is lost; None unless it is."""

    @property
    def lines(self) -> tuple[tuple[FloatArray, FloatArray], ...]:
        """The line of the rep: time (n,) s and height (n,) degrees."""
        return ((self.t_s, self.height_deg),)


def height_curves(judged: JudgedSet, angles: AngleBlock) -> tuple[HeightCurve, ...]:
    """Return the curves of the reps of a set."""
    return tuple(
        _curve(index, v.rep, v.grade, angles, v.measures.break_point.t)
        for index, v in enumerate(judged.verdicts)
    )


def asked_fall(judged: JudgedSet) -> tuple[float, float] | None:
    """Return the seconds that a lowering should take and the usual height, °; None without a tempo."""
    tempo, mean = judged.target.tempo, judged.metrics.rom_mean
    if tempo is None or mean is None:
        return None
    return tempo.eccentric_s, math.degrees(mean)


def at_moment(
    judged: JudgedSet, angles: AngleBlock, index: int | None, t: float
) -> tuple[float, float] | None:
    """Return where ``t`` s of the session lies on the curve of the rep ``index``; None if on none."""
    if index is None:
        return None
    rep = judged.verdicts[index].rep
    if not rep.t_begin <= t <= rep.t_over:
        return None
    return _point(rep, angles, t)


def _curve(
    index: int, rep: Rep, grade: Grade, angles: AngleBlock, broke_t: float | None
) -> HeightCurve:
    first, last = np.searchsorted(angles.t, (rep.t_begin, rep.t_over + 1e-9))
    step = max(-(-int(last - first) // (2 * MOST_POINTS)), 1)
    part = slice(int(first), int(last), step)
    height = np.degrees(angles.driving[part] - _bottom(rep, angles))
    return HeightCurve(
        index,
        grade,
        rep.partial,
        angles.t[part] - rep.t_ecc,
        np.where(angles.both_valid[part], height, np.nan),
        None if broke_t is None else _point(rep, angles, broke_t),
    )


def _bottom(rep: Rep, angles: AngleBlock) -> float:
    """Return the driving angle at the bottom of a rep, rad: its peak less its range."""
    first, last = np.searchsorted(angles.t, (rep.t_begin, rep.t_over + 1e-9))
    known = angles.driving[first:last][angles.both_valid[first:last]]
    return float(known.max()) - rep.rom if known.size else 0.0


def _point(rep: Rep, angles: AngleBlock, t: float) -> tuple[float, float] | None:
    if not angles.t.size:
        return None
    driving = float(np.interp(t, angles.t, angles.driving))
    return t - rep.t_ecc, math.degrees(driving - _bottom(rep, angles))
