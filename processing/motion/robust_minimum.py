"""Least squares in which large differences count less, with limits: the method of Levenberg and Marquardt.

(Levenberg, Quarterly of Applied Mathematics 2:164, 1944; Marquardt, SIAM Journal 11:431, 1963.) A
difference f costs 2 (sqrt(1 + f²) - 1): as f² while it is small, as 2 |f| when it is large.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sensor.types import FloatArray

_DAMPING, _LESS, _MORE = 1e-3, 0.1, 10.0
"""Damping of the first step, as a share of the curvature, and its factors after a good and a bad step."""
_TRIES = 10
"""Steps that are tried with more and more damping before the search ends."""


@dataclass(frozen=True, slots=True)
class Minimum:
    """The end of a search for k parameters."""

    x: FloatArray
    """(k,) the parameters."""
    cost: float
    """Half of the sum of what the differences cost."""
    information: FloatArray
    """(k, k) curvature of the cost there."""
    count: int
    """Number of differences."""


def robust_minimum(
    differences: Callable[[FloatArray], FloatArray],
    derivatives: Callable[[FloatArray], FloatArray],
    most: FloatArray,
    steps: int,
    tolerance: float,
) -> Minimum:
    """Search, from zero, the parameters whose differences cost least.

    Parameters
    ----------
    differences
        Returns (n,) differences of the parameters (k,), each as a share of what is expected.
    derivatives
        Returns their derivatives (k, n).
    most
        (k,) no parameter is larger than this, nor smaller than its negative.
    steps
        Most steps.
    tolerance
        The search ends when a step changes cost or parameters by a smaller share than this.
    """
    x = np.zeros(len(most))
    found = differences(x)
    cost, damping = _cost(found), _DAMPING
    slopes = derivatives(x)
    gradient, information = _quadratic(found, slopes)
    for _ in range(steps):
        for _ in range(_TRIES):
            tried = np.clip(x + _step(x, gradient, information, most, damping), -most, most)
            its = differences(tried)
            less = cost - _cost(its)
            if less > 0.0:
                break
            damping *= _MORE
        else:
            break
        size, step = float(np.linalg.norm(x)), float(np.linalg.norm(tried - x))
        done = less < tolerance * cost or step < tolerance * (tolerance + size)
        x, found, cost, damping = tried, its, cost - less, damping * _LESS
        gradient, information = _quadratic(found, derivatives(x))
        if done:
            break
    return Minimum(x, cost, information, len(found))


def _cost(found: FloatArray) -> float:
    return float((np.sqrt(1.0 + found * found) - 1.0).sum())


def _quadratic(found: FloatArray, slopes: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return gradient (k,) and curvature (k, k) of the cost where the differences are linear."""
    weight = 1.0 / np.sqrt(1.0 + found * found)
    return slopes @ (weight * found), (slopes * weight**3) @ slopes.T


def _step(
    x: FloatArray, gradient: FloatArray, information: FloatArray, most: FloatArray, damping: float
) -> FloatArray:
    """Return the step (k,) to the damped minimum; parameters that would leave their limits stay."""
    free = (np.abs(x) < most) | (gradient * x > 0.0)
    out = np.zeros(len(x))
    curvature = information[np.ix_(free, free)]
    curvature[np.diag_indices(len(curvature))] *= 1.0 + damping
    try:
        out[free] = -np.linalg.solve(curvature, gradient[free])
    except np.linalg.LinAlgError:
        # The data say nothing of some parameters, as of a gyroscope that measures exactly zero: the
        # shortest step leaves them where they are.
        out[free] = -np.linalg.lstsq(curvature, gradient[free])[0]
    return out
