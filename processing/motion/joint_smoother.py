"""The fixed-interval smoother of a joint: in each window, the state that all windows agree on.

The live filter (:mod:`processing.motion.joint_filter`) runs forward over the whole recording, and
its states are corrected backward by what the later windows told (Rauch, Tung & Striebel, AIAA J.
3:1445, 1965). So the offline angle is what the live filter would have known later: the same model,
the same noises, and the calibration as the same prior.
"""

from dataclasses import dataclass

import numpy as np

from processing.motion.joint_filter import (
    DRIFT,
    FOOT_BIAS,
    MIN_USED,
    OFFSET,
    SHIN_BIAS,
    TILTS,
    WALKS,
    JointFilter,
)
from processing.motion.joint_steps import SIZE
from processing.motion.joint_windows import JointWindows
from sensor.types import BoolArray, FloatArray

_BATCH = 512
"""Windows whose gains are computed at once: enough to be fast, and little memory."""
_FIRST = 20
"""Windows (2 s) whose forces show the angle after a gap: one alone may be that of a step."""
_UPPER = np.triu_indices(SIZE)
"""A covariance is symmetric: half of it is kept, 1.5 kB a window."""


@dataclass(frozen=True, slots=True)
class SmoothedJoint:
    """The states after each of m windows, with the knowledge of all of them."""

    x: FloatArray
    """(m, 19), see :mod:`processing.motion.joint_filter`."""
    variance: FloatArray
    """(m,) variance of the linear function of the state that was asked for; inf where unknown."""
    begun: BoolArray
    """(m,) whether the angle was taken from the window's forces alone, not from the one before."""


def smooth_joint(
    joint: JointFilter,
    windows: JointWindows,
    still: tuple[BoolArray, BoolArray],
    missing: FloatArray,
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
        (m,) each, whether the shin's and the foot's sensor were still.
    missing
        (m,) s that a sensor was missing.
    restarts
        (m,) whether a gap ended in the window, so that the angle before it says nothing.
    seconds
        Length of a window.
    slope
        (19,) linear function of the state whose variance is returned.
    """
    count = len(windows.share)
    x = np.empty((count, SIZE))
    packed = np.empty((count, len(_UPPER[0])))
    carried, begun = np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.bool_)
    known = np.zeros(count, dtype=np.bool_)
    noise = np.zeros((count, len(WALKS)))
    share = windows.share.tolist()
    for i in range(count):
        if restarts[i]:
            after = windows.forces[i : i + _FIRST][windows.share[i : i + _FIRST] >= MIN_USED]
            joint.restart(joint.angle_between(after) if len(after) else None)
        carried[i] = joint.started
        if joint.started:
            noise[i] = joint.noise(seconds, float(missing[i]))
        begun[i] = joint.advance(
            windows.forces[i],
            windows.rates[i],
            windows.turns[i],
            share[i],
            seconds,
            missing[i],
        )
        for flags, acc, bias in (
            (still[0], windows.shin_acc, SHIN_BIAS),
            (still[1], windows.foot_acc, FOOT_BIAS),
        ):
            if flags[i] and share[i]:
                joint.weigh(acc[i], bias)
        carried[i] &= not begun[i]
        known[i] = joint.started
        x[i], packed[i] = joint.x, joint.p[_UPPER]
    variance = np.empty(count)
    later_x, later_p = x[-1], joint.p
    variance[-1] = slope @ later_p @ slope
    for stop in range(count - 1, 0, -_BATCH):
        part = slice(max(stop - _BATCH, 0), stop)
        ahead = slice(part.start + 1, stop + 1)
        p = _unpacked(packed[part])
        f = _transitions(windows.turns[ahead], carried[ahead], seconds)
        fp = f @ p
        predicted = fp @ f.transpose(0, 2, 1)
        predicted[:, WALKS, WALKS] += noise[ahead]
        # Any number will do: an angle that begins later says nothing about the angle before.
        predicted[~carried[ahead], OFFSET, OFFSET] = 1.0
        gains = np.linalg.solve(predicted, fp).transpose(0, 2, 1)
        expected = (f @ x[part, :, None])[..., 0]
        for i in range(part.stop - part.start - 1, -1, -1):
            gain, at = gains[i], part.start + i
            later_x = x[at] + gain @ (later_x - expected[i])
            later_p = p[i] + gain @ (later_p - predicted[i]) @ gain.T
            x[at], variance[at] = later_x, slope @ later_p @ slope
    return SmoothedJoint(x, np.where(known, np.maximum(variance, 0.0), np.inf), begun)


def _unpacked(packed: FloatArray) -> FloatArray:
    """Return the covariances (k, 19, 19) of their upper halves (k, 190)."""
    p = np.empty((len(packed), SIZE, SIZE))
    p[:, _UPPER[0], _UPPER[1]] = packed
    p[:, _UPPER[1], _UPPER[0]] = packed
    return p


def _transitions(turns: FloatArray, carried: BoolArray, seconds: float) -> FloatArray:
    """Return the matrices (k, 19, 19) by which each of k windows carries the state before it on."""
    f = np.tile(np.eye(SIZE), (len(turns), 1, 1))
    f[carried, OFFSET, DRIFT] = seconds
    f[carried, OFFSET, TILTS] = turns[carried]
    f[~carried, OFFSET] = 0.0
    return f
