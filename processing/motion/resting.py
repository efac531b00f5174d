"""The direction and the start pose of curls in any movement: a curl leaves a rest and comes back.

At the top a leg may be held as long as at the bottom, but before the first rep and after the last
it rests at the bottom. So a rest counts if it is longer than its neighbours and has curls on one
side only; with curls on both sides, only if it is too long for a hold. A recording is assumed to
begin and end at rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sensor.types import FloatArray

TURN_DEG = 20.0
"""The shin's inclination must turn this far from one extreme to the next.

The limits of this module are tested on drawn sets (tests/processing/motion/test_resting.py); how
they were chosen is not documented.
"""
REST_DEG = 15.0
"""At a rest the inclination stays within this; more than fidgeting and a machine's play."""
REST_S = 2.0
"""A rest before the first or after the last curl takes at least this long."""
LONG_REST_S = 6.0
"""A rest between two curls takes at least this long: longer than any hold at the top."""
BACK_FRACTION = 0.35
"""A curl comes back to within this share of its height; a person who gets up does not."""
MOST_S = 20.0
"""A curl takes at most this long, like a rep."""
LEAST_S = 1.0
"""Quicker movements are steps, and do not count for the start pose."""


@dataclass(frozen=True, slots=True)
class CurlStart:
    """The direction of the curls and the rest that they begin from."""

    sign: float
    """Sign of the shin's turn as the knee bends, 1 or -1."""
    start: int
    """Number of the rest's first sample."""
    stop: int
    """Number of the sample after its last."""


@dataclass(frozen=True, slots=True)
class _Stop:
    """An extreme of the inclination: ``level`` rad, held over the samples ``first:last``.

    ``edge`` is True for the first and the last of a recording.
    """

    level: float
    first: int
    last: int
    edge: bool


def find_curl_start(turned: FloatArray, rate_hz: float) -> CurlStart | None:
    """Return direction and start of the curls in a recording.

    None if nothing in it leaves a rest and comes back, or as much one way as the other.

    Parameters
    ----------
    turned
        (n,) rad, the shin turn, of which the sign is not known yet.
    rate_hz
        Rate of the samples.
    """
    if not len(turned):
        return None
    stops = _stops(turned)
    seconds = [np.inf if stop.edge else (stop.last - stop.first) / rate_hz for stop in stops]
    votes = 0.0
    longest: dict[float, tuple[float, _Stop]] = {}
    for at, stop in enumerate(stops):
        sides = [_curls(stops, seconds, at, step, rate_hz) for step in (-1, 1)]
        found = [side for side in sides if side is not None]
        needed_s = REST_S if len(found) == 1 else LONG_REST_S
        if seconds[at] < max(needed_s, *seconds[max(at - 1, 0) : at + 2]):
            continue
        for sign, curling_s in found:
            votes += sign
            if curling_s > longest.get(sign, (-1.0, stop))[0]:
                longest[sign] = (curling_s, stop)
    # As many curls one way as the other: the direction stays open.
    if not votes:
        return None
    sign = float(np.sign(votes))
    start = longest[sign][1]
    return CurlStart(sign, start.first, start.last)


def _stops(turned: FloatArray) -> list[_Stop]:
    """Return the extremes of ``turned`` (n,) rad and for how long the leg stayed near each."""
    least, near = np.radians([TURN_DEG, REST_DEG])
    at = _extremes(turned, float(least))
    stops = []
    for k, i in enumerate(at):
        before = at[k - 1] if k else 0
        after = at[k + 1] if k + 1 < len(at) else len(turned)
        # A rest ends where the leg leaves the extreme for good, not at its first fidget.
        away = np.abs(turned[before:after] - turned[i]) > near
        left = np.flatnonzero(away[: i - before])
        right = np.flatnonzero(away[i - before :])
        first = before + int(left[-1]) + 1 if left.size else before
        last = i + int(right[0]) if right.size else after
        stops.append(_Stop(float(turned[i]), first, last, k in (0, len(at) - 1)))
    return stops


def _extremes(turned: FloatArray, least: float) -> list[int]:
    """Return the samples between which ``turned`` (n,) turns by ``least`` rad to and fro.

    The first and the last are the extremes that the curve begins and ends with.
    """
    values = turned.tolist()
    found: list[int] = []
    low = high = rising = 0
    for i, value in enumerate(values):
        if rising >= 0 and value > values[high]:
            high = i
        if rising <= 0 and value < values[low]:
            low = i
        if rising >= 0 and values[high] - value >= least:
            found.append(high)
            rising, low = -1, i
        elif rising <= 0 and value - values[low] >= least:
            found.append(low)
            rising, high = 1, i
    return [*found, high if rising > 0 else low]


def _curls(
    stops: Sequence[_Stop],
    seconds: Sequence[float],
    at: int,
    step: int,
    rate_hz: float,
) -> tuple[float, float] | None:
    """Return the sign of the curls beside stop ``at`` and how long they take (s), None if none are.

    ``step`` is -1 for those before the stop, 1 for those after it.
    """
    home = stops[at].level
    sign = curling_s = 0.0
    while 0 <= at + 2 * step < len(stops):
        here, peak, back = stops[at], stops[at + step], stops[at + 2 * step]
        height = peak.level - home
        gone, come = (here.last, back.first) if step > 0 else (back.last, here.first)
        took_s = (come - gone) / rate_hz
        if (
            abs(back.level - home) > BACK_FRACTION * abs(height)
            or took_s > MOST_S
            or seconds[at + step] > LONG_REST_S
            or sign * height < 0
        ):
            break
        sign = float(np.sign(height))
        curling_s += took_s if took_s >= LEAST_S else 0.0
        at += 2 * step
    return (sign, curling_s) if sign else None
