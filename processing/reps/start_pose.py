"""The start pose of a set, and where the bottoms of its reps are."""

import math

from processing.reps import rep_limits as limits
from processing.reps.set_life import RESUME_S

_POSE = math.radians(limits.POSE_DEG)
SAME_POSE = limits.SAME_POSE_FACTOR * _POSE
"""Angles this close together are the same start pose, rad."""


class StartPose:
    """The driving angle from which the reps of a set start, learnt from its rests and its reps.

    Attributes
    ----------
    angle
        The driving angle of the present start pose, rad.
    counted_t
        When the last whole rep of the set ended, s; before the first minus infinity.
    """

    def __init__(self) -> None:
        self.angle = 0.0
        self.new_set()

    def new_set(self) -> None:
        """Begin another set: its start pose is not known from reps yet."""
        self.counted_t = -math.inf
        self._set_angle = 0.0
        self._reps = 0
        self._lowest = math.inf

    def count(self, t: float, bottom: float) -> None:
        """Take note of a whole rep that ended at ``t`` s and began at ``bottom`` rad."""
        self.counted_t = t
        self._set_angle = self.angle
        self._reps += 1
        self._lowest = min(self._lowest, bottom)

    @property
    def has_reps(self) -> bool:
        """Whether a whole rep was done from this pose."""
        return self._reps > 0

    def is_of_set(self, curl: float) -> bool:
        """Return whether ``curl`` (rad) is the start pose of the last whole rep."""
        return abs(curl - self._set_angle) <= SAME_POSE

    def goes_on(self, t: float, curl: float) -> bool:
        """Return whether a leg that rests at ``curl`` rad at ``t`` s can go on with the set."""
        return t - self.counted_t <= RESUME_S and self.is_of_set(curl)

    def is_above(self, curl: float) -> bool:
        """Return whether ``curl`` (rad) is above the start pose."""
        return curl > self.angle + _POSE

    def is_left(self, curl: float) -> bool:
        """Return whether the leg is below its start pose: the person gets up or settles down."""
        if self._reps >= limits.BOTTOMS_KNOWN:
            # The reps so far show where the pad holds the leg, whatever it rests on now.
            return curl < self._lowest - math.radians(limits.BELOW_DEG)
        return curl < min(self.angle, self._lowest) - _POSE

    def rest(self, curl: float) -> bool:
        """Take the rest at ``curl`` rad as the start pose; return False if it is too low for one."""
        if not self.is_of_set(curl):
            # A person who lies down for another set has other bottoms.
            self._reps, self._lowest = 0, math.inf
        elif abs(curl - self._set_angle) <= _POSE:
            # One who shifts on the pad has lower ones.
            self._lowest = min(self._lowest, curl)
        elif self.is_left(curl):
            return False
        self.angle = curl
        return True
