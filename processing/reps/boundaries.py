"""The boundaries of the phases of one rep, once its bottoms and its peak are known."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from processing.exercises.rep_limits import LEG_CURL_LIMITS, RepLimits
from processing.reps import rep_limits as limits
from processing.reps.detected_angle import ankle_share
from processing.reps.movements import Movement, median, visible_ends
from processing.types import Dropout, Withheld, WithheldCause
from sensor.types import FloatArray


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
    t: FloatArray,
    curl: FloatArray,
    speed: FloatArray,
    lows: tuple[float, float],
    own: RepLimits = LEG_CURL_LIMITS,
    ankle: FloatArray | None = None,
) -> Boundaries:
    """Return the phase times of the one rep in the samples.

    The phases are those that a coach sees, see :mod:`processing.reps.movements`. Live and offline
    this function gets the same stretch of the driving angle.

    Parameters
    ----------
    t
        (n,) s, n >= 1, from the rest before the rep until the rest after it.
    curl
        The driving angle, (n,) rad.
    speed
        Its rate, (n,) rad/s.
    lows
        The driving angle at the bottom before and after, rad.
    own
        The limits of the exercise.
    ankle
        The ankle angle, (n,) rad, needed by exercises that hold the shin.
    """
    # Where the rep is found in another angle, its range and what is near are still those of the ankle.
    share = 1.0
    if own.most_shin_percent is not None and ankle is not None:
        share = ankle_share(curl, ankle)
    near = math.radians(own.plateau_deg) / share
    grid, (curl, speed) = _evenly(t, curl, speed)
    peak = int(np.argmax(curl))
    top, rise, fall = float(curl[peak]), float(curl[peak]) - lows[0], float(curl[peak]) - lows[1]
    t_start = t_top = t_ecc = t_bottom = float(grid[peak])
    # The hold at the top belongs to both movements; neither reaches into the bottom of the other.
    begin, end = _top_zone(curl, peak, lows)
    if rise > 0.0:
        lift = Movement(grid[:end], curl[:end] - lows[0], speed[:end], rise, near)
        t_start, t_top = visible_ends(lift)
    if fall > 0.0:
        t_ecc, t_bottom = visible_ends(
            Movement(grid[begin:], top - curl[begin:], -speed[begin:], fall, near)
        )
    # Without a hold the leg turns where it is highest, at the latest.
    t_top, t_ecc = min(t_top, max(t_ecc, float(grid[peak]))), max(t_ecc, t_top)
    return Boundaries(t_start, t_top, t_ecc, max(t_bottom, t_ecc), share * rise)


def rested_from(bounds: Boundaries, rested_t: float) -> Boundaries:
    """Return ``bounds`` of a rep that begins no earlier than the one before it was over, at ``rested_t`` s."""
    return replace(bounds, t_start=min(max(bounds.t_start, rested_t), bounds.t_top))


def rest_low(curl: FloatArray, peak: int, lows: tuple[float, float]) -> float:
    """Return the driving angle at the bottom after a rep, rad, as the rest after it shows it.

    Parameters
    ----------
    curl
        The driving angle until the end of the rest, (n,) rad.
    peak
        Its highest sample.
    lows
        The driving angle at the bottom before the rep, and the lowest after it until it was noticed as over, rad.
    """
    lowest = float(curl[peak:].min())
    # A leg that goes on far below belongs to a person who gets up; the rep ends where it rested.
    got_up = lowest < lows[1] - limits.HOLD_FRACTION * (float(curl[peak]) - lows[0])
    return min(lows[1], lows[0] if got_up else lowest)


def _top_zone(curl: FloatArray, peak: int, lows: tuple[float, float]) -> tuple[int, int]:
    """Return the samples between which the leg is in the upper quarter of the rep's range."""
    below = np.flatnonzero(curl <= 0.75 * float(curl[peak]) + 0.25 * max(lows))
    before, after = below[below < peak], below[below > peak]
    return (
        int(before[-1]) + 1 if before.size else 0,
        int(after[0]) if after.size else curl.size,
    )


def _evenly(t: FloatArray, *signals: FloatArray) -> tuple[FloatArray, list[FloatArray]]:
    """Return ``signals`` (n,) on an even grid from the first to the last ``t``; gaps are bridged."""
    if t.size < 3:
        return t, list(signals)
    step = median(np.diff(t))
    # Its end is the last sample to the bit: a rep that ended later would not be over yet.
    grid = np.linspace(t[0], t[-1], round((t[-1] - t[0]) / step) + 1)
    return grid, [np.interp(grid, t, signal) for signal in signals]


def ankle_median(t: FloatArray, ankle: FloatArray, start: float, stop: float) -> float:
    """Return the median ankle angle (rad) between two times (s), or the nearest sample's if none.

    A median, because a short twitch of the foot is no error of the whole phase. 0 if it is nowhere known.

    Parameters
    ----------
    t
        (n,) s, n >= 1.
    ankle
        (n,) rad, not a number where it is not known.
    start, stop
        The times, s.
    """
    first, last = np.searchsorted(t, (start, stop)).tolist()
    within = ankle[first:last]
    within = within[np.isfinite(within)]
    if within.size:
        return median(within)
    known = np.isfinite(ankle)
    t, ankle = t[known], ankle[known]
    return float(ankle[min(int(np.searchsorted(t, start)), t.size - 1)]) if t.size else 0.0


def is_partial(
    duration_s: float, rom: float, reference: float | None, own: RepLimits = LEG_CURL_LIMITS
) -> bool:
    """Return whether a rep does not count: its range is too small, or it is too short or too long.

    Parameters
    ----------
    duration_s
        Lift, hold and lowering together, s.
    rom
        Its range, rad.
    reference
        The range of a whole rep, rad, None if not known.
    own
        The limits of the exercise.
    """
    smallest = (
        math.radians(own.smallest_deg)
        if reference is None
        else own.whole_percent / 100.0 * reference
    )
    return rom < smallest or not own.shortest_s <= duration_s <= own.longest_s


def tilts_shin(
    t: FloatArray,
    driving: FloatArray,
    shin_turn: FloatArray,
    times: tuple[float, float],
    own: RepLimits,
) -> bool:
    """Return whether the shin moves with the driving angle too far for a rep of the exercise.

    An angle of the ankle changes as much where the shin tilts over a foot on the floor. A sway turns the
    shin too, but not in step with the ankle.

    Parameters
    ----------
    t, driving, shin_turn
        (n,) s, rad and rad.
    times
        Start and end of the movement, s.
    own
        The limits of the exercise.
    """
    if own.most_shin_percent is None:
        return False
    first, last = np.searchsorted(t, times).tolist()
    angle, shin = driving[first : last + 1], shin_turn[first : last + 1]
    if angle.size < 2:
        return False
    rom, turned = float(np.ptp(angle)), float(np.ptp(shin))
    if turned <= math.radians(limits.STEADY_SHIN_DEG):
        return False
    share = own.most_shin_percent / 100.0
    away = angle - angle.mean()
    spread = float(away @ away)
    along = abs(float(away @ shin)) / spread if spread > 0.0 else math.inf
    return along > share or turned > limits.MOST_SWAY * share * rom


def gap_in(
    bounds: Boundaries, gaps: Sequence[tuple[float, float]], dropouts: Sequence[Dropout]
) -> Withheld | None:
    """Return the longest gap in a rep's moving phases as the reason not to judge it, or None.

    Parameters
    ----------
    bounds
        The rep.
    gaps
        Start and end in s of each stretch without samples, see :func:`.gaps.find_gaps`.
    dropouts
        The known losses, which name the sensor.
    """
    # A gap that ends with a rep's first sample hides its start.
    moving = ((bounds.t_start, bounds.t_top), (bounds.t_ecc, bounds.t_bottom))
    touching = [
        (stop - start, start, stop)
        for start, stop in gaps
        if any(start < last and stop >= first for first, last in moving)
    ]
    if not touching:
        return None
    # The longest gap says most about what is missing.
    _, start, stop = max(touching)
    return withheld_by((start, stop), dropouts)


def withheld_by(gap: tuple[float, float], dropouts: Sequence[Dropout]) -> Withheld:
    """Return ``gap``, its start and end in s, as the reason not to judge a rep.

    ``dropouts`` are the known losses, which name the sensor.
    """
    start, stop = gap
    segments = {d.segment for d in dropouts if d.lost_t < stop and d.t_end > start}
    return Withheld(WithheldCause.GAP, stop - start, tuple(sorted(segments)))
