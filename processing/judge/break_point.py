"""The break point of a rep: the driving angle at which control of its lowering is lost.

A lowering has a planned mean pace: the range of the rep over the time that the tempo gives it. Control
is lost where the leg first goes clearly faster than that, keeps it up, and does not come back. Clearly: a
person whose own pace is near the limit passes it again and again by a little, which loses nothing. Live and
offline the same function computes it, from the samples of the rep alone.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from processing.judge.thresholds import Thresholds
from processing.types import AngleBlock, Rep
from sensor.types import BoolArray, FloatArray

SMOOTHING_S = 0.06
"""Standard deviation of the Gaussian by which the angle is smoothed before its speed is taken.

A tremor of 7 Hz is left with 3 % of its speed. At the onset of a fall the smoothed speed is early or
late by some hundredths of a second, in which a leg turns by less than 2°.
"""
REACH = 3.0
"""The Gaussian ends after so many standard deviations."""
LANDS_S = 0.05
"""A leg that is too fast until this long before the end of the lowering lands like that: nobody brought
it back. The end of a quick lowering is known to about this time.
"""
LANDED = math.radians(4.0)
"""A leg that is too fast until it is this near to the bottom lands as well, rad: hands or a pad brake a body
over the last degrees.
"""
CLEAR_SHARE = 0.025
"""A leg that was too fast and came back is seen to have been so if it got this far ahead of the fastest controlled
one, as a share of its range: 2° of a usual curl, as a coach sees at the ends of a lowering.
"""
CLEAR_PACE = 1.1
"""Control is lost where the leg gathers the speed by which it leaves one behind that is this much faster than
the fastest controlled one; the wavering of a controlled pace does not keep that up.
"""
SETTLES_S = 0.3
"""A lowering ends 2° above its bottom, which the leg reaches within this time, s."""


class Control(StrEnum):
    """Whether a lowering stayed under control."""

    HELD = "held"
    """It did all the way down."""
    LOST = "lost"
    """It did until the break point."""
    UNKNOWN = "unknown"
    """Samples are missing, or no tempo says how fast it should be."""


@dataclass(frozen=True, slots=True)
class BreakPoint:
    """The point of a lowering at which control is lost, if it is."""

    control: Control = Control.UNKNOWN
    """Whether it is."""
    angle: float | None = None
    """Driving angle there above the bottom of the rep, rad; None unless control is lost."""
    t: float | None = None
    """Time of that point, s; None unless control is lost."""

    @property
    def angle_held(self) -> float | None:
        """The angle down to which control was held, rad: 0 if all the way; None if unknown."""
        return 0.0 if self.control is Control.HELD else self.angle


@dataclass(frozen=True, slots=True)
class BreakPoints:
    """The break points of a set, over its whole reps."""

    known: int = 0
    """Reps of which it is known whether control was held."""
    lost: int = 0
    """Those of them in which it was lost."""
    median: float | None = None
    """Median break point of the reps in which it was lost, rad; None if there is none."""
    change: float | None = None
    """Angle down to which control was held in the last two reps minus that in the first two, rad.

    A rep under control all the way counts as 0. Positive: control is lost sooner. None with fewer than
    four known reps, and where control was never lost.
    """


def find_break_point(
    rep: Rep, angles: AngleBlock, planned_s: float | None, limits: Thresholds
) -> BreakPoint:
    """Return where control of the lowering of ``rep`` is lost.

    Parameters
    ----------
    rep
        The rep, live or offline.
    angles
        Any stretch of the session that holds the rep.
    planned_s
        Duration of the lowering that the tempo asks for, s; None if it asks for none.
    limits
        The pace that is too fast, and the times that it lasts.
    """
    if planned_s is None or rep.withheld is not None or rep.rom <= 0.0:
        return BreakPoint()
    # Without the landing: smoothed into the fall it would look like a leg that is brought back.
    inside = angles.both_judged & (angles.t >= rep.t_begin) & (angles.t <= rep.t_bottom + 1e-9)
    t, angle = angles.t[inside], angles.driving[inside]
    if t.size < 3:
        return BreakPoint()
    grid, speed = _speed(t, angle)
    most = limits.break_pace_ratio * rep.rom / planned_s
    bottom = _bottom(rep, angles)
    # Nothing is known of the lowering itself, as at the end of a damaged recording.
    if bottom is None:
        return BreakPoint()
    above = np.interp(grid, t, angle) - bottom
    lands = (grid >= rep.t_bottom - LANDS_S) | (above <= LANDED)
    found = _first_loss(rep, grid, speed - most, most, lands, limits)
    if found is None:
        return BreakPoint(Control.HELD)
    # Of a leg that is too fast from the first sample on, control is lost at the top.
    return BreakPoint(Control.LOST, float(np.interp(found, grid, above)), found)


def _bottom(rep: Rep, angles: AngleBlock) -> float | None:
    """Return the driving angle at the bottom of ``rep``, rad; None if no sample of its lowering is known.

    A loss that is not noticed yet leaves the angle off by some degrees before the lift or after the
    lowering. So the start pose, whose angle is zero, has a vote beside both bottoms; in a rep that begins with
    the lowering it is the top.
    """
    inside = angles.both_judged & (angles.t >= rep.t_begin) & (angles.t <= rep.t_bottom)
    before = float(angles.driving[inside].max()) - rep.rom
    until = min(rep.t_bottom + SETTLES_S, math.inf if rep.noticed_t is None else rep.noticed_t)
    lowered = angles.both_judged & (angles.t >= rep.t_ecc) & (angles.t <= until + 1e-9)
    if not lowered.any():
        return None
    posed = -rep.rom if rep.lowers_first else 0.0
    return float(np.median([before, float(angles.driving[lowered].min()), posed]))


def _first_loss(
    rep: Rep,
    t: FloatArray,
    excess: FloatArray,
    most: float,
    lands: BoolArray,
    limits: Thresholds,
) -> float | None:
    """Return when (s) the leg first goes down clearly too fast for good, None if never.

    Parameters
    ----------
    rep
        The rep.
    t, excess
        (n,) s, and the speed downwards above the fastest controlled one, rad/s, on an even grid.
    most
        The fastest controlled speed, rad/s.
    lands
        (n,) whether a leg that is too fast until then lands like that.
    limits
        The times that a loss lasts.
    """
    fast, seen = (excess > 0.0) & (t >= rep.t_ecc), CLEAR_SHARE * rep.rom
    edges = np.flatnonzero(np.diff(fast.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    step, caught_s = float(t[1] - t[0]), 0.0
    for first, stop in edges.tolist():
        gains = excess[first:stop] * step
        # A pace that comes back after a little is no loss.
        if not lands[stop - 1] and gains.sum() < seen:
            continue
        clear = (CLEAR_PACE - 1.0) * most
        begin = _crossing(t, excess, first, rep.t_ecc)
        start = first + _left_behind(gains - clear * step, seen)
        if start > first:
            # There the leg is that fast already: it began to gather that speed a little before.
            gathers = (excess[start] - excess[start - 1]) / step
            begin = max(begin, float(t[start]) - clear / max(gathers, 1e-9))
        last = stop - 1
        lasted_s = (float(t[last]) if stop == t.size else float(t[stop])) - begin
        # The last of several steps down is no fall: the leg was brought back from longer ones before.
        late_s = caught_s if lands[last] else limits.break_hold_s + limits.break_return_s
        if lasted_s >= max(limits.break_hold_s, late_s):
            return begin
        caught_s = max(caught_s, lasted_s)
    return None


def _left_behind(gains: FloatArray, seen: float) -> int:
    """Return the index from which a leg gets clearly ahead of another one; 0 if it never does.

    Parameters
    ----------
    gains
        (n,) way in rad that it gains on the other one in each step.
    seen
        The lead that is clear, rad.
    """
    ahead = np.concatenate([[0.0], np.cumsum(gains)])
    start = int(np.argmin(ahead))
    if ahead[-1] - ahead[start] < seen:
        return 0
    return start


def _crossing(t: FloatArray, excess: FloatArray, index: int, t_first: float) -> float:
    """Return when the leg becomes too fast on its way to the sample ``index``, s."""
    if index == 0 or excess[index - 1] > 0.0:
        return max(float(t[index]), t_first)
    share = -excess[index - 1] / (excess[index] - excess[index - 1])
    return max(float(t[index - 1] + share * (t[index] - t[index - 1])), t_first)


def _speed(t: FloatArray, angle: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return an even grid of times (s) and the smoothed speed downwards there (rad/s)."""
    step = float(np.median(np.diff(t)))
    grid = np.linspace(t[0], t[-1], max(round((t[-1] - t[0]) / step) + 1, 3))
    even = np.interp(grid, t, angle)
    # Of a short rep no more can be mirrored than it has.
    reach = min(max(round(REACH * SMOOTHING_S / step), 1), grid.size - 1)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) * step / SMOOTHING_S) ** 2)
    # Turned about its ends the curve keeps the speed that it has there.
    padded = np.pad(even, reach, mode="reflect", reflect_type="odd")
    smooth = np.convolve(padded, weights / weights.sum(), mode="valid")
    speed: FloatArray = -np.gradient(smooth, grid)
    return grid, speed
