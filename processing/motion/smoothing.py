"""The course of a slowly changing angle that agrees best with all measurements of it at once."""

import numpy as np

from sensor.types import FloatArray

_ROUNDS = 3
"""Times that the weights are set again by the error of each measurement."""
_GROUP = 20
"""Measurements whose mean direction is followed to count whole turns: 2 s of windows."""


def smooth_angle(
    angle: FloatArray, weight: FloatArray, wander: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the smoothed angle (k,) rad and its variance (k,) rad².

    The estimate is that of the Kalman smoother for a random walk, found by its normal equations,
    which are tridiagonal, instead of a run forward and back. A measurement that is further off than
    its weight allows counts for less, in proportion.

    Parameters
    ----------
    angle
        (k,) rad, measured up to whole turns.
    weight
        (k,) rad⁻², one over the variance of each measurement; zero where there is none.
    wander
        (k - 1,) rad², the variance of the change from each measurement to the next.
    """
    from scipy.linalg import solveh_banded  # noqa: PLC0415 - slow to load

    link = 1.0 / wander
    trusted = weight.copy()
    target = _near(angle, _course(angle, weight))
    path = target
    for _ in range(_ROUNDS):
        banded = np.zeros((2, len(target)))
        banded[0, 1:] = -link
        # The small number gives a whole session without a measurement a solution too.
        banded[1] = trusted + 1e-9
        banded[1, :-1] += link
        banded[1, 1:] += link
        path = solveh_banded(banded, trusted * target)
        # The path may come to lie nearer to another whole turn of a measurement.
        target = _near(target, path)
        off = target - path
        # Outliers are soft tissue and impacts: their weight falls with the square of their error.
        trusted = weight / np.maximum(1.0, 0.5 * off * off * weight)
    return path, _variance(trusted, wander)


def _course(angle: FloatArray, weight: FloatArray) -> FloatArray:
    """Return roughly the course of the angle, (k,) rad, whole turns included.

    It is the mean direction of groups of measurements, followed from each group to the next.
    """
    start = np.arange(0, len(angle), _GROUP)
    pull = np.add.reduceat(weight * np.exp(1j * angle), start)
    seen = np.flatnonzero(np.abs(pull))
    if not len(seen):
        return np.zeros(len(angle))
    return np.interp(
        np.arange(len(angle)), start[seen] + _GROUP / 2, np.unwrap(np.angle(pull[seen]))
    )


def _near(angle: FloatArray, other: FloatArray) -> FloatArray:
    """Return ``angle`` (k,) plus the whole turns that bring it within half a turn of ``other``."""
    out: FloatArray = angle - 2.0 * np.pi * np.round((angle - other) / (2.0 * np.pi))
    return out


def _variance(weight: FloatArray, wander: FloatArray) -> FloatArray:
    """Return the variance (k,) rad² of the smoothed angle, from the weights before and after."""
    before = _known(weight, wander)
    after = _known(weight[::-1], wander[::-1])[::-1]
    # Both directions contain the measurement itself, so it is subtracted once.
    out: FloatArray = 1.0 / np.maximum(before + after - weight, 1e-9)
    return out


def _known(weight: FloatArray, wander: FloatArray) -> FloatArray:
    """Return one over the variance (k,) rad⁻² that all measurements up to each leave."""
    known = weight.tolist()
    for i, spread in enumerate(wander.tolist()):
        known[i + 1] += 1.0 / (spread + 1.0 / max(known[i], 1e-9))
    return np.array(known)
