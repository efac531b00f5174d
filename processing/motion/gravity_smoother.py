"""Gravity after each step of a whole recording, with all later steps in view.

The backward pass of Rauch, Tung & Striebel (AIAA Journal 3:1445, 1965) over the steps of
:mod:`processing.motion.gravity_filter`. Through a gap only the lever arm and the gyro offset pass.
"""

from collections.abc import Sequence

import numpy as np

from processing.motion.gravity_filter import (
    SETTLED_RAD,
    UP,
    Covariance,
    GravityStep,
    cost_of_gap,
)
from sensor.types import BoolArray, FloatArray

_AS_MUCH = 0.5
"""Share of the variance that would be left at the start of a gap without it.

What came after would have said as much as what came before.
"""


def smoothed_gravity(steps: Sequence[GravityStep]) -> tuple[FloatArray, BoolArray]:
    """Return gravity's reaction (k, 3) m/s² after each of k steps, and whether it is known (k,).

    It is known where the gaps beside it make no difference.
    """
    up, known = np.zeros((len(steps), 3)), np.ones(len(steps), dtype=np.bool_)
    if not steps:
        return up, known
    x: FloatArray = steps[-1].x
    p = steps[-1].covariance.corrected
    ungapped = None if steps[-1].ungapped is None else steps[-1].ungapped.corrected
    for at in range(len(steps) - 1, -1, -1):
        step = steps[at]
        if at + 1 < len(steps):
            later = steps[at + 1]
            gain = _gain(step.covariance, later.covariance, later.transition)
            x = step.x + gain @ (x - later.predicted)
            own = step.ungapped or step.covariance
            if later.begins:
                ungapped = _AS_MUCH * own.corrected
            elif ungapped is not None or step.ungapped is not None:
                its = later.ungapped or later.covariance
                ungapped = _smoothed(
                    own, its, p if ungapped is None else ungapped, later.transition
                )
            p = _smoothed(step.covariance, later.covariance, p, later.transition, gain)
        up[at] = x[UP]
        if ungapped is None:
            continue
        known[at] = cost_of_gap(step, p, ungapped) < SETTLED_RAD
        if known[at] and step.ungapped is None:
            ungapped = None
    return up, known


def _gain(own: Covariance, later: Covariance, transition: FloatArray) -> FloatArray:
    """Return the gain (12, 12) by which a step learns from the one after it."""
    gain = np.linalg.solve(later.predicted, transition @ own.corrected).T
    return gain.astype(np.float64, copy=False)


def _smoothed(
    own: Covariance,
    later: Covariance,
    smoothed: FloatArray,
    transition: FloatArray,
    gain: FloatArray | None = None,
) -> FloatArray:
    """Return the covariance (12, 12) of a step with the later ones in view.

    Parameters
    ----------
    own, later
        Covariances of the step and of the one after it.
    smoothed
        (12, 12) that of the one after it, with the later ones in view.
    transition
        (12, 12) from the one to the other.
    gain
        (12, 12) see `_gain`, if it is known already.
    """
    if gain is None:
        gain = _gain(own, later, transition)
    out: FloatArray = own.corrected + gain @ (smoothed - later.predicted) @ gain.T
    return out
