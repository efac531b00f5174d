"""The scale of a gyroscope, by the accelerometer beside it.

Gravity, seen from a sensor, turns against the sensor: du/dt = -w x u, where u is the direction of the
specific force and w the turn rate (the transport theorem for a vector that is constant in space). The
change of u over a third of a second therefore shows by how much the turn rates are too small.
"""

from typing import NamedTuple

import numpy as np

from sensor.types import FloatArray

WINDOW_S = 0.3
"""A mean over this time leaves out most jolts of a movement and keeps its turns."""
LEAST_TURN = 0.01
"""Least root mean square of the change of direction in a window, about half a degree."""


class TurnScale(NamedTuple):
    """The turn of gravity, as the accelerometer sees it, over the turn by the gyroscope."""

    factor: float
    """1 if both agree; 1/57 if degrees are taken for radians."""
    correlation: float
    """From -1 to 1; low where the sensor is pushed about more than it turns, as in walking."""


def turn_scale(acc: FloatArray, gyr: FloatArray, rate_hz: float) -> TurnScale | None:
    """Compare the turn of gravity in ``acc`` with the turn rates ``gyr``.

    Parameters
    ----------
    acc
        (n, 3) specific force in m/s², in the sensor's frame.
    gyr
        (n, 3) angular rate in rad/s, in the same frame.
    rate_hz
        Rate of the samples.

    Returns
    -------
    TurnScale or None
        None if the direction of gravity hardly changes.
    """
    step = max(1, round(WINDOW_S * rate_hz))
    if len(acc) < 4 * step:
        return None
    mean = _means(acc, step)
    up = mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)
    turned = np.cumsum(-np.cross(_means(gyr, step), up), axis=0) / rate_hz
    by_gyr, by_acc = (part[step:] - part[:-step] for part in (turned, up))
    by_gyr, by_acc = by_gyr - by_gyr.mean(axis=0), by_acc - by_acc.mean(axis=0)
    power, seen = float((by_gyr**2).sum()), float((by_acc**2).sum())
    if power == 0.0 or seen < LEAST_TURN**2 * len(by_acc):
        return None
    common = float((by_gyr * by_acc).sum())
    return TurnScale(common / power, common / (power * seen) ** 0.5)


def _means(values: FloatArray, count: int) -> FloatArray:
    """Return the mean of each ``count`` neighbours of ``values`` (n, 3)."""
    sums = np.cumsum(values, axis=0)
    means: FloatArray = (sums[count:] - sums[:-count]) / count
    return means
