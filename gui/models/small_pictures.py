"""The curves of every set of a session, ready to be drawn small. No Qt."""

import math
from dataclasses import dataclass, replace

from gui.models.rep_loops import LoopBand
from gui.models.review import ReviewedSession
from gui.models.set_picture import SetPicture, set_picture
from processing.judge.checks import Grade
from processing.review.judged_sets import JudgedSet
from sensor.types import FloatArray

LOOP_LEFT, LOOP_RIGHT = -6.0, 112.0
"""Ends of the axis of the curl, in percent of the range of the set."""
LOOP_LOW_DEG, LOOP_HIGH_DEG = -55.0, 30.0
"""Ends of the axis of the ankle."""
_USUAL_DEG = 30.0
_ROOM_ABOVE = 1.15
"""The axis of heights reaches so far above the highest rep."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A line of a rep."""

    x: FloatArray
    """(n,), NaN without data."""
    y: FloatArray
    """(n,), NaN without data."""
    grade: Grade
    """Grade of its rep."""


@dataclass(frozen=True, slots=True)
class SmallPicture:
    """The curves of a set: ankle against curl, or of heel raises height over time."""

    number: int
    """Number of the set, from 1."""
    good: int
    """Good reps."""
    judged: int
    """Judged reps."""
    reps: int
    """Counted reps."""
    curves: tuple[Curve, ...] = ()
    """The lines, those of good reps first, so that the others are seen."""
    x_range: tuple[float, float] = (LOOP_LEFT, LOOP_RIGHT)
    """Ends of the axis across: percent of the curl, or s."""
    y_range: tuple[float, float] = (LOOP_LOW_DEG, LOOP_HIGH_DEG)
    """Ends of the axis up: degrees."""
    bands: tuple[LoopBand, ...] = ()
    """The bands of the toes."""
    asked: tuple[float, float] | None = None
    """Seconds of the asked lowering and the usual height, °; None where heights are not drawn."""
    heights: bool = False
    """Whether it shows heights over time."""


def small_pictures(session: ReviewedSession) -> tuple[SmallPicture, ...]:
    """Return a picture for each set of a session."""
    angles = session.analysis.offline_angles
    return tuple(small_picture(judged, set_picture(judged, angles)) for judged in session.sets)


def small_picture(judged: JudgedSet, picture: SetPicture) -> SmallPicture:
    """Return the picture of a set in a form that is drawn small."""
    numbers = judged.metrics
    found = SmallPicture(judged.number, numbers.good, numbers.judged, numbers.reps)
    if picture.over_time:
        return _with_heights(found, judged, picture)
    return replace(
        found,
        curves=_sorted(
            [
                Curve(x, y, loop.grade)
                for loop in picture.loops
                if not loop.partial
                for x, y in loop.lines
            ]
        ),
        bands=picture.bands,
    )


def _with_heights(found: SmallPicture, judged: JudgedSet, picture: SetPicture) -> SmallPicture:
    whole = [one for one in picture.heights if not one.partial and len(one.t_s)]
    highest = max((v.rep.rom for v in judged.verdicts), default=math.radians(_USUAL_DEG))
    starts = [float(one.t_s[0]) for one in whole]
    ends = [float(one.t_s[-1]) for one in whole]
    ends += [] if picture.asked is None else [picture.asked[0]]
    return replace(
        found,
        curves=_sorted([Curve(one.t_s, one.height_deg, one.grade) for one in whole]),
        x_range=(min(starts, default=-1.0), max(ends, default=3.0)),
        y_range=(0.0, _ROOM_ABOVE * math.degrees(highest)),
        asked=picture.asked,
        heights=True,
    )


def _sorted(curves: list[Curve]) -> tuple[Curve, ...]:
    wrong = (Grade.NEAR, Grade.MISS)
    return tuple(sorted(curves, key=lambda one: one.grade in wrong))
