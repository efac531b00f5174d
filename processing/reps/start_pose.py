"""The start pose of a set, and where the bottoms of its reps are: learnt from its rests and its reps.

``x``, ``marks`` and ``bounds`` are those of :mod:`.machine_values`.
"""

import math

from processing.reps.machine_values import (
    BELOW,
    COUNTED_T,
    LEFT,
    LOWEST,
    POSE,
    POSE_ANGLE,
    REPS,
    SAME,
    SET_ANGLE,
)
from processing.reps.rep_limits import BOTTOMS_KNOWN
from processing.reps.set_life import RESUME_S
from sensor.compiled import compiled
from sensor.types import FloatArray, IntArray


def begin_poses(x: FloatArray, marks: IntArray) -> None:
    """Begin another set: its start pose is not known from reps yet."""
    x[COUNTED_T], x[SET_ANGLE], x[LOWEST] = -math.inf, 0.0, math.inf
    marks[REPS] = 0


def count_bottom(x: FloatArray, marks: IntArray, t: float, bottom: float) -> None:
    """Take note of a whole rep that ended at ``t`` s and began at ``bottom`` rad."""
    x[COUNTED_T] = t
    x[SET_ANGLE] = x[POSE_ANGLE]
    x[LOWEST] = min(x[LOWEST], bottom)
    marks[REPS] += 1


@compiled("b1(f8[::1], f8[::1], f8)")
def is_of_set(x: FloatArray, bounds: FloatArray, curl: float) -> bool:
    """Return whether ``curl`` (rad) is the start pose of the last whole rep."""
    return bool(abs(curl - x[SET_ANGLE]) <= bounds[SAME])


@compiled("b1(f8[::1], f8[::1], f8, f8)")
def goes_on(x: FloatArray, bounds: FloatArray, t: float, curl: float) -> bool:
    """Return whether a leg that rests at ``curl`` rad at ``t`` s can go on with the set."""
    return bool(t - x[COUNTED_T] <= RESUME_S and is_of_set(x, bounds, curl))


@compiled("b1(f8[::1], f8[::1], f8)")
def is_above(x: FloatArray, bounds: FloatArray, curl: float) -> bool:
    """Return whether ``curl`` (rad) is above the start pose."""
    return bool(curl > x[POSE_ANGLE] + bounds[POSE])


@compiled("b1(f8[::1], i8[::1], f8[::1], f8)")
def is_left(x: FloatArray, marks: IntArray, bounds: FloatArray, curl: float) -> bool:
    """Return whether the leg is below its start pose: the person gets up or settles down."""
    if marks[REPS] >= BOTTOMS_KNOWN:
        # The reps so far show where the pad holds the leg, whatever it rests on now.
        return bool(curl < x[LOWEST] - bounds[BELOW])
    return bool(curl < min(x[POSE_ANGLE], x[LOWEST]) - bounds[LEFT])


@compiled("b1(f8[::1], i8[::1], f8[::1], f8)")
def rest(x: FloatArray, marks: IntArray, bounds: FloatArray, curl: float) -> bool:
    """Take the rest at ``curl`` rad as the start pose; return False if it is too low for one."""
    if not is_of_set(x, bounds, curl):
        # A person who lies down for another set has other bottoms.
        marks[REPS], x[LOWEST] = 0, math.inf
    elif abs(curl - x[SET_ANGLE]) <= bounds[POSE]:
        # One who shifts on the pad has lower ones.
        x[LOWEST] = min(x[LOWEST], curl)
    elif is_left(x, marks, bounds, curl):
        return False
    x[POSE_ANGLE] = curl
    return True
