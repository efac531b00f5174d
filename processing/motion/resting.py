"""Which way a leg curls and from where, found in any movement: a curl leaves a rest and comes back.

At the top a leg may be held as long as at the bottom, but before the first rep and after the last
it rests at the bottom. So a rest counts if it is longer than its neighbours and curls are on one
side of it only; with curls on both sides, only if it is too long for a hold. A recording is taken
to begin and end at rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sensor.types import FloatArray


@dataclass(frozen=True, slots=True)
class RestConfig:
    """What is a rest, and what a curl from it.

    A turn of at least ``turn_deg`` tells one extreme of the shin's inclination from the next. At a
    rest it stays within ``rest_deg`` for ``rest_s``, or ``long_rest_s`` between two curls. A curl
    comes back to within ``back_fraction`` of its height and takes at most ``most_s``. For the
    start pose only those count that take at least ``least_s``: quicker ones are steps.
    """

    turn_deg: float = 20.0
    rest_deg: float = 15.0
    rest_s: float = 2.0
    long_rest_s: float = 6.0
    back_fraction: float = 0.35
    most_s: float = 20.0
    least_s: float = 1.0


@dataclass(frozen=True, slots=True)
class CurlStart:
    """``sign`` is that of the curls' turn; they begin from the samples ``start:stop``."""

    sign: float
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Stop:
    """An extreme of the inclination: ``level`` rad, kept to over the samples ``first:last``."""

    level: float
    first: int
    last: int
    edge: bool


def find_curl_start(
    turned: FloatArray, rate_hz: float, config: RestConfig | None = None
) -> CurlStart | None:
    """Return how the curls in ``turned`` (n,) rad, the shin's turn about the knee's axis, begin.

    None if nothing in it leaves a rest and comes back, or as much one way as the other.
    """
    config = config or RestConfig()
    if not len(turned):
        return None
    stops = _stops(turned, config)
    seconds = [np.inf if stop.edge else (stop.last - stop.first) / rate_hz for stop in stops]
    votes = 0.0
    longest: dict[float, tuple[float, _Stop]] = {}
    for at, stop in enumerate(stops):
        sides = [_curls(stops, seconds, at, step, rate_hz, config) for step in (-1, 1)]
        found = [side for side in sides if side is not None]
        needed_s = config.rest_s if len(found) == 1 else config.long_rest_s
        if seconds[at] < max(needed_s, *seconds[max(at - 1, 0) : at + 2]):
            continue
        for sign, curling_s in found:
            votes += sign
            if curling_s > longest.get(sign, (-1.0, stop))[0]:
                longest[sign] = (curling_s, stop)
    if not votes:
        return None
    sign = float(np.sign(votes))
    start = longest[sign][1]
    return CurlStart(sign, start.first, start.last)


def _stops(turned: FloatArray, config: RestConfig) -> list[_Stop]:
    least, near = np.radians([config.turn_deg, config.rest_deg])
    at = _extremes(turned, float(least))
    stops = []
    for k, i in enumerate(at):
        before = at[k - 1] if k else 0
        after = at[k + 1] if k + 1 < len(at) else len(turned)
        away = np.abs(turned[before:after] - turned[i]) > near
        left = np.flatnonzero(away[: i - before])
        right = np.flatnonzero(away[i - before :])
        first = before + int(left[-1]) + 1 if left.size else before
        last = i + int(right[0]) if right.size else after
        stops.append(_Stop(float(turned[i]), first, last, k in (0, len(at) - 1)))
    return stops


def _extremes(turned: FloatArray, least: float) -> list[int]:
    """Return the samples between which ``turned`` (n,) turns by ``least`` rad, this way and that.

    The first and the last are the extremes that the curve comes from and ends at.
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
    config: RestConfig,
) -> tuple[float, float] | None:
    """Return the sign of the curls next to a stop on one side, and how long they take in s."""
    home = stops[at].level
    sign = curling_s = 0.0
    while 0 <= at + 2 * step < len(stops):
        here, peak, back = stops[at], stops[at + step], stops[at + 2 * step]
        height = peak.level - home
        gone, come = (here.last, back.first) if step > 0 else (back.last, here.first)
        took_s = (come - gone) / rate_hz
        if (
            abs(back.level - home) > config.back_fraction * abs(height)
            or took_s > config.most_s
            or seconds[at + step] > config.long_rest_s
            or sign * height < 0
        ):
            break
        sign = float(np.sign(height))
        curling_s += took_s if took_s >= config.least_s else 0.0
        at += 2 * step
    return (sign, curling_s) if sign else None
