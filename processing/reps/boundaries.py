"""The boundaries of the phases of one rep, once its bottoms and its peak are known."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from processing.reps import rep_limits as limits
from processing.reps.crossings import crossing
from processing.types import Dropout, Withheld, WithheldCause
from sensor.types import FloatArray

ROUNDING_S = 1e-6
"""Sample times are rounded: a gap that is longer than the limit by less than this is none."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The times of a rep's phases and its range."""

    t_start: float
    """Start of the lift, s."""
    t_top: float
    """End of the lift, s."""
    t_ecc: float
    """Start of the lowering, s."""
    t_bottom: float
    """End of the lowering, s."""
    rom: float
    """Rise of the driving angle from the bottom before to the peak, rad."""


def find_boundaries(
    t: FloatArray, curl: FloatArray, speed: FloatArray, lows: tuple[float, float]
) -> Boundaries:
    """Return the phase times of the one rep in the samples.

    The leg is held where it is slower than :data:`.rep_limits.HOLD_SPEED_DPS` and within
    :data:`.rep_limits.HOLD_FRACTION` of the range from the peak, or from the bottom: the lift runs
    from the last such sample at the bottom to the first at the top. If the two samples beside a
    boundary differ in speed, a line through the speeds around them gives its time
    (:mod:`processing.reps.crossings`); if they differ in range, the boundary lies half-way between.

    Parameters
    ----------
    t
        (n,) s, n >= 1, from the bottom before the rep until the bottom after it.
    curl
        The driving angle, (n,) rad.
    speed
        Its rate, (n,) rad/s.
    lows
        The driving angle at the bottom before and after, rad.
    """
    n = t.size
    peak = int(np.argmax(curl))
    rise, fall = curl[peak] - lows[0], curl[peak] - lows[1]
    slow = np.abs(speed) < math.radians(limits.HOLD_SPEED_DPS)
    before = slow & (curl <= lows[0] + limits.HOLD_FRACTION * rise)
    high = slow & (curl >= curl[peak] - limits.HOLD_FRACTION * max(rise, 0.0))
    after = slow & (curl <= lows[1] + limits.HOLD_FRACTION * fall)

    bottoms = np.flatnonzero(before[: peak + 1])
    start = int(bottoms[-1]) if bottoms.size else int(np.argmin(curl[: peak + 1]))
    tops = np.flatnonzero(high[start:]) + start
    top = int(tops[0]) if tops.size else peak
    ecc = int(tops[-1]) if tops.size else peak
    landed = np.flatnonzero(after[ecc:]) + ecc
    bottom = int(landed[0]) if landed.size else ecc + int(np.argmin(curl[ecc:]))

    def between(index: int) -> float:
        return 0.5 * float(t[max(index - 1, 0)] + t[min(index, n - 1)])

    t_start = between(start + 1)
    t_top = max(between(top), t_start) if tops.size else float(t[peak])
    t_ecc = max(between(ecc + 1), t_top) if tops.size else t_top
    coarse = Boundaries(t_start, t_top, t_ecc, max(between(bottom), t_ecc), float(rise))
    # The moving sample beside each boundary; without a hold there is no boundary to refine.
    moving = (
        start + 1 if bottoms.size else -1,
        top - 1 if tops.size else -1,
        ecc + 1 if tops.size else -1,
        bottom - 1 if landed.size else -1,
    )
    # Samples are 10 ms apart and noisy; the crossing of a line is neither.
    return _at_crossings(t, speed, coarse, moving, math.radians(limits.HOLD_SPEED_DPS))


def _at_crossings(
    t: FloatArray,
    speed: FloatArray,
    coarse: Boundaries,
    moving: tuple[int, int, int, int],
    level: float,
) -> Boundaries:
    """Move those boundaries that the speed decides to where it passes ``level`` (rad/s).

    ``moving`` are the numbers of the samples beside each boundary of ``coarse`` in which the leg
    moves, -1 where there is none.
    """
    up, down = speed > level, speed < -level
    start, top, ecc, bottom = (i if 0 <= i < t.size else -1 for i in moving)
    t_start, t_top, t_ecc, t_bottom = coarse.t_start, coarse.t_top, coarse.t_ecc, coarse.t_bottom
    lifting, lowering = 0.5 * (t_start + t_top), 0.5 * (t_ecc + t_bottom)
    if start >= 0 and up[start]:
        came_down = t[:start][down[:start]]
        begun = float(came_down[-1] if came_down.size else t[0])
        t_start = crossing(t, speed, t_start, level, (begun, lifting), rises=True)
    if top >= 0 and up[top]:
        t_top = crossing(t, speed, t_top, level, (lifting, t_ecc), rises=False)
    if ecc >= 0 and down[ecc]:
        t_ecc = crossing(t, speed, t_ecc, -level, (t_top, lowering), rises=False)
    if bottom >= 0 and down[bottom]:
        goes_up = t[bottom:][up[bottom:]]
        rested = float(goes_up[0] if goes_up.size else t[-1])
        t_bottom = crossing(t, speed, t_bottom, -level, (lowering, rested), rises=True)
    return replace(coarse, t_start=t_start, t_top=t_top, t_ecc=t_ecc, t_bottom=t_bottom)


def ankle_median(t: FloatArray, ankle: FloatArray, start: float, stop: float) -> float:
    """Return the median ankle angle (rad) between two times (s), or the nearest sample's if none.

    A median, because a short twitch of the foot is no error of the whole phase.

    Parameters
    ----------
    t
        (n,) s, n >= 1.
    ankle
        (n,) rad.
    start, stop
        The times, s.
    """
    first, last = np.searchsorted(t, (start, stop))
    if last > first:
        return float(np.median(ankle[first:last]))
    return float(ankle[min(int(first), t.size - 1)])


def is_partial(duration_s: float, rom: float, reference: float | None) -> bool:
    """Return whether a rep does not count: its range is too small, or it is too short or too long.

    Parameters
    ----------
    duration_s
        Lift, hold and lowering together, s.
    rom
        Its range, rad.
    reference
        The range of a whole rep, rad, None if not known.
    """
    smallest = (
        math.radians(limits.SMALLEST_ROM_DEG)
        if reference is None
        else limits.VALID_FRACTION * reference
    )
    return rom < smallest or not limits.MIN_REP_S <= duration_s <= limits.MAX_REP_S


def find_gaps(t: FloatArray) -> list[tuple[float, float]]:
    """Return start and end (s) of the gaps between samples at ``t`` (n,) that are too long to judge.

    A gap begins where the first missing sample should be, so its length is what is missing and not
    one sample more.
    """
    if t.size < 2:
        return []
    spacing = np.diff(t)
    step = float(np.median(spacing))
    wide = np.flatnonzero(spacing - step > limits.GAP_S + ROUNDING_S)
    return [(float(t[i]) + step, float(t[i + 1])) for i in wide]


def gap_in(
    bounds: Boundaries, gaps: Sequence[tuple[float, float]], dropouts: Sequence[Dropout]
) -> Withheld | None:
    """Return the longest gap in a rep's moving phases as the reason not to judge it, or None.

    Parameters
    ----------
    bounds
        The rep.
    gaps
        Start and end in s of each stretch without samples, see :func:`find_gaps`.
    dropouts
        The known losses, which name the sensor.
    """
    moving = ((bounds.t_start, bounds.t_top), (bounds.t_ecc, bounds.t_bottom))
    touching = [
        (stop - start, start, stop)
        for start, stop in gaps
        if any(start < last and stop > first for first, last in moving)
    ]
    if not touching:
        return None
    # The longest gap says most about what is missing.
    length, start, stop = max(touching)
    segments = {d.segment for d in dropouts if d.t_start < stop and d.t_end > start}
    return Withheld(WithheldCause.GAP, length, tuple(sorted(segments)))
