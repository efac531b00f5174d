"""Which ends of a joint's axes mean dorsiflexion, where the shin does not show it."""

from dataclasses import replace

import numpy as np

from processing.motion.grid import Runs, filled
from processing.motion.joint_fit import JointFit
from processing.motion.pose import Pose
from processing.motion.shin_turn import ShinTurn
from processing.types import PairedBlock
from sensor.types import FloatArray

_FIRST_PUMP = 0.3
"""The first pump is where the turn first reaches this share of its largest value."""
_FURTHER = 1.5
"""An ankle that turns further one way by this factor points that way: toes go down by about 40°, up by 15°."""
_OUTER_PERCENT = (5.0, 95.0)
"""Percentiles of the foot's turn: a stumble reaches further than the exercise, but not for long."""


def belong_together(fit: JointFit, pose: Pose, held: PairedBlock) -> bool:
    """Return whether the ends of both axes fit each other, by a movement with a shin that is ``held``.

    Pumps under a shin that rests show the foot's axis, but which end of the shin's axis belongs to it only
    shows where the leg lies otherwise than in the still pose. With the wrong one the ankle seems to have
    bent by twice the tilt of the shin.
    """
    if not (held.shin_valid.any() and held.foot_valid.any()):
        return True
    joint = fit.joint
    shin = _tilt(joint.shin_axis, pose.shin_acc, held.shin_acc[held.shin_valid])
    foot = _tilt(joint.foot_axis, pose.foot_acc, held.foot_acc[held.foot_valid])
    bent = foot - shin
    return bool(np.cos(bent) >= 0.0)


def _tilt(axis: FloatArray, before: FloatArray, acc: FloatArray) -> float:
    """Return the turn (rad) about ``axis`` that takes gravity from ``before`` to the mean of ``acc``.

    Parameters
    ----------
    axis, before
        (3,) in the sensor's frame.
    acc
        (n,3) m/s², n >= 1.
    """
    after = acc.mean(axis=0)
    first, second = (one - (one @ axis) * axis for one in (before, after))
    # Gravity turns in the sensor's frame the other way than the sensor.
    return -float(np.arctan2(axis @ np.cross(first, second), first @ second))


def opposite(fit: JointFit) -> JointFit:
    """Return the same joint with both axes turned round: dorsiflexion becomes plantarflexion."""
    joint = fit.joint
    turned = replace(joint, shin_axis=-joint.shin_axis, foot_axis=-joint.foot_axis)
    return replace(fit, joint=turned)


def toes_up_first(fit: JointFit, pumps: PairedBlock, pose: Pose) -> JointFit:
    """Return the joint with the ends of its axes so that the toes go further down than up.

    If they go as far both ways, the first pump is dorsiflexion.
    """
    rate = (pumps.foot_gyr - pose.foot_gyr) @ fit.joint.foot_axis
    rate -= (pumps.shin_gyr - pose.shin_gyr) @ fit.joint.shin_axis
    turned = np.cumsum(np.where(pumps.shin_valid & pumps.foot_valid, rate, 0.0))
    up, down = float(turned.max(initial=0.0)), -float(turned.min(initial=0.0))
    if max(up, down) >= _FURTHER * min(up, down):
        return fit if down > up else opposite(fit)
    first = turned[np.argmax(np.abs(turned) > _FIRST_PUMP * np.abs(turned).max())]
    # Pumps show the axis but not its ends; people are asked to begin with toes up.
    return fit if first >= 0 else opposite(fit)


def heel_up(block: PairedBlock, pose: Pose, fit: JointFit, rate_hz: float) -> JointFit:
    """Return the joint with the ends of its axes so that the foot turns further down than up.

    A heel rises by 40° from the ground; the toes by less, in walking as well.
    """
    whole, _ = filled(block, None, rate_hz)
    offset = fit.joint.foot_offset
    foot_turn = ShinTurn(fit.joint.foot_axis, pose.foot_acc - offset, rate_hz)
    turned, _ = foot_turn.feed(
        whole.foot_acc - offset, whole.foot_gyr - pose.foot_gyr, Runs().cut(whole.foot_valid)
    )
    low, high = np.percentile(turned[whole.foot_valid], _OUTER_PERCENT)
    return fit if high + low <= 0.0 else opposite(fit)
