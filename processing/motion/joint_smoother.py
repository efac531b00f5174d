"""The fixed-interval smoother of a joint: in each window, the state that all windows agree on.

The live filter (:mod:`processing.motion.joint_filter`) runs forward over the whole recording, and
its states are corrected backward by what the later windows told (:mod:`processing.motion.joint_backward`).
So the offline angle is what the live filter would have known later: the same model, the same noises, and the
calibration as the same prior. A covariance and the gains of a window are 6 kB, so they are not kept: going
back, the filter runs once more over each piece of the recording, from the state that it had there.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from processing.motion.joint_backward import smooth_back
from processing.motion.joint_corrections import SIZE
from processing.motion.joint_filter import DELAY, TILTS, JointFilter, JointSteps
from processing.motion.joint_steps import MIN_USED
from processing.motion.joint_windows import JointWindows, part_of
from processing.motion.long_block import release
from sensor.types import BoolArray, FloatArray

_PIECE = 512
"""Windows whose gains are in memory at once: 3 MB."""
_FIRST = 20
"""Windows (2 s) whose forces show the angle after a gap: one alone may be that of a step."""


@dataclass(frozen=True, slots=True)
class SmoothedJoint:
    """The state after each of m windows, with the knowledge of all of them."""

    value: FloatArray
    """(m,) the linear function of the state that was asked for."""
    variance: FloatArray
    """(m,) its variance; inf where unknown."""
    cost: FloatArray
    """(m,) what the gap before the window adds to the variance."""
    delay: FloatArray
    """(m,) s, delay of the foot's samples."""
    begun: BoolArray
    """(m,) whether the angle was taken from the window's forces alone, not from the one before."""
    tilts: FloatArray
    """(4,) rad, mean tilts of both axes."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Windows, and the filter before them."""

    part: slice
    filter: JointFilter


def smooth_joint(
    joint: JointFilter,
    windows: JointWindows,
    still: BoolArray,
    unseen: FloatArray,
    restarts: BoolArray,
    seconds: float,
    slope: FloatArray,
) -> SmoothedJoint:
    """Run ``joint`` forward over all windows, and correct its states backward.

    Parameters
    ----------
    joint
        The filter before the first window.
    windows
        m windows of the recording.
    still
        (m, 2) whether the shin's and the foot's sensor were still.
    unseen
        (m,) rad², variance of the joint's turn in gaps that were bridged.
    restarts
        (m,) whether a gap ended in the window, so that the angle before it says nothing.
    seconds
        Length of a window.
    slope
        (19,) linear function of the state.
    """
    count = len(windows.share)
    out = SmoothedJoint(
        np.empty(count), np.empty(count), np.empty(count), np.empty(count),
        np.empty(count, dtype=np.bool_), np.zeros(len(range(*TILTS.indices(SIZE)))),
    )  # fmt: skip

    def run(forward: JointFilter, part: slice, own: JointWindows, keep: int) -> JointSteps:
        return forward.advance(own, still[part], unseen[part], seconds, slope, keep=keep)

    pieces: list[_Piece] = []
    for part in _parts(restarts):
        if restarts[part.start]:
            first = part_of(windows, slice(part.start, part.start + _FIRST))
            forces = first.forces[first.share >= MIN_USED]
            joint.restart(joint.angle_between(forces) if len(forces) else None)
        pieces.append(_Piece(part, deepcopy(joint)))
        run(joint, part, part_of(windows, part), 1)
        release(windows)
    gradient, curvature = np.zeros(SIZE), np.zeros((SIZE, SIZE))
    for piece in reversed(pieces):
        part, own = piece.part, part_of(windows, piece.part)
        steps = run(piece.filter, part, own, len(own.share))
        smooth_back(
            gradient, curvature, own.turns, seconds, slope, steps.carried,
            steps.x, *steps.back, out.variance[part],
        )  # fmt: skip
        out.value[part], out.delay[part] = steps.x @ slope, steps.x[:, DELAY]
        out.cost[part] = _smoothed_cost(steps.cost, steps.variance, out.variance[part])
        out.begun[part] = steps.begun
        out.variance[part][~(steps.carried | steps.begun)] = np.inf
        out.tilts[:] += steps.x[:, TILTS].sum(axis=0) / count
        release(windows)
    np.maximum(out.variance, 0.0, out=out.variance)
    return out


def _smoothed_cost(cost: FloatArray, forward: FloatArray, both: FloatArray) -> FloatArray:
    """Return what is left (m,) of the ``cost`` (m, 2) of a gap when the later windows are known too.

    The variances (m,) are those of the filter ``forward`` and with the later windows, ``both``. What these tell
    is as much without the gap.
    """
    later = np.maximum(1.0 / np.maximum(both, 1e-12) - 1.0 / np.maximum(forward, 1e-12), 0.0)
    without = np.maximum(forward - cost[:, 0], 0.0)
    out: FloatArray = cost[:, 0] / (1.0 + later * forward) / (1.0 + later * without)
    return out * cost[:, 1]


def _parts(restarts: BoolArray) -> Iterator[slice]:
    """Yield the windows between two restarts, in pieces."""
    count = len(restarts)
    cuts = {0, *np.flatnonzero(restarts).tolist(), *range(0, count, _PIECE), count}
    for start, stop in pairwise(sorted(cuts)):
        yield slice(start, stop)
