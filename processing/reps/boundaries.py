"""Where the phases of one rep begin and end, once its bottoms and its peak are known."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from processing.reps.config import RepConfig
from processing.reps.crossings import crossing
from processing.types import Dropout
from sensor.types import FloatArray

ROUNDING_S = 1e-6
"""Sample times are rounded: a gap of just the limit is none."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Times in s of a rep's phases and its range in rad."""

    t_start: float
    t_top: float
    t_ecc: float
    t_bottom: float
    rom: float


def find_boundaries(
    t: FloatArray,
    curl: FloatArray,
    speed: FloatArray,
    lows: tuple[float, float],
    config: RepConfig,
) -> Boundaries:
    """Return the phase times of the one rep in the samples.

    A hold is where the speed is below ``config.hold_speed_dps`` within ``config.hold_fraction`` of
    the range from the peak, or from the bottom: the lift runs from the last such sample at the
    bottom to the first at the top. Where it is the speed that parts two samples, a line through the
    speeds around them says when (:mod:`processing.reps.crossings`); where it is the range, the
    boundary lies half-way between them.

    Parameters
    ----------
    t, curl, speed
        (n,) s, rad and rad/s, n >= 1: from the bottom before the rep until the bottom after it.
    lows
        Curl angle of the bottom before and after, rad.
    config
        The thresholds.
    """
    n = t.size
    peak = int(np.argmax(curl))
    rise, fall = curl[peak] - lows[0], curl[peak] - lows[1]
    slow = np.abs(speed) < math.radians(config.hold_speed_dps)
    before = slow & (curl <= lows[0] + config.hold_fraction * rise)
    high = slow & (curl >= curl[peak] - config.hold_fraction * max(rise, 0.0))
    after = slow & (curl <= lows[1] + config.hold_fraction * fall)

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
    # The samples that move, next to each boundary; where there is no hold, nothing parts them.
    moving = (
        start + 1 if bottoms.size else -1,
        top - 1 if tops.size else -1,
        ecc + 1 if tops.size else -1,
        bottom - 1 if landed.size else -1,
    )
    return _on_lines(t, speed, coarse, moving, math.radians(config.hold_speed_dps))


def _on_lines(
    t: FloatArray,
    speed: FloatArray,
    coarse: Boundaries,
    moving: tuple[int, int, int, int],
    level: float,
) -> Boundaries:
    """Return the boundaries where the speed passes ``level``, as far as it is the speed that parts.

    ``moving`` are the numbers of the samples next to each boundary of ``coarse`` in which the leg
    moves, -1 where that is not known.
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
    """Return the median ankle angle (rad) between two times, or the nearest sample's if none."""
    first, last = np.searchsorted(t, (start, stop))
    if last > first:
        return float(np.median(ankle[first:last]))
    return float(ankle[min(int(first), t.size - 1)])


def is_partial(duration_s: float, rom: float, reference: float | None, config: RepConfig) -> bool:
    """Return whether a rep is too short in range, or too short or too long in time, to count."""
    smallest = (
        math.radians(config.smallest_rom_deg)
        if reference is None
        else config.valid_fraction * reference
    )
    return rom < smallest or not config.min_rep_s <= duration_s <= config.max_rep_s


def find_gaps(t: FloatArray, config: RepConfig) -> list[tuple[float, float]]:
    """Return the stretches (s) in which samples at ``t`` (n,) are missing for too long to judge.

    A stretch begins where the first missing sample should be, so that its length is what is lost
    and not one sample more.
    """
    if t.size < 2:
        return []
    spacing = np.diff(t)
    step = float(np.median(spacing))
    wide = np.flatnonzero(spacing - step > config.gap_s + ROUNDING_S)
    return [(float(t[i]) + step, float(t[i + 1])) for i in wide]


def gap_reason(
    bounds: Boundaries, gaps: Sequence[tuple[float, float]], dropouts: Sequence[Dropout]
) -> str:
    """Return why a rep cannot be judged, naming the longest gap in its moving phases, or ``""``.

    Parameters
    ----------
    bounds
        The rep.
    gaps
        Start and end in s of each stretch without samples, see :func:`find_gaps`.
    dropouts
        What is known of lost samples: it names the sensor.
    """
    moving = ((bounds.t_start, bounds.t_top), (bounds.t_ecc, bounds.t_bottom))
    touching = [
        (stop - start, start, stop)
        for start, stop in gaps
        if any(start < last and stop > first for first, last in moving)
    ]
    if not touching:
        return ""
    length, start, stop = max(touching)
    segments = {d.segment for d in dropouts if d.t_start < stop and d.t_end > start}
    name = " and ".join(sorted(segments)) or "sensor"
    return f"{name} gap {length:.1f} s"
