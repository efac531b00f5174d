"""The start pose of a set, and where the bottoms of its reps are."""

import math

from processing.exercises.rep_limits import LEG_CURL_LIMITS, RepLimits
from processing.reps import rep_limits as limits
from processing.reps.set_life import RESUME_S


class StartPose:
    """The driving angle from which the reps of a set start, learnt from its rests and its reps.

    Parameters
    ----------
    own
        The limits of the exercise.

    Attributes
    ----------
    angle
        The driving angle of the present start pose, rad.
    counted_t
        When the last whole rep of the set ended, s; before the first minus infinity.
    same
        Angles this close together are the same start pose, rad.
    """

    def __init__(self, own: RepLimits = LEG_CURL_LIMITS) -> None:
        self._pose = math.radians(own.pose_deg)
        self._left = math.radians(own.left_deg)
        self._below = math.radians(own.below_deg)
        self.same = limits.SAME_POSE_FACTOR * self._pose
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
        return abs(curl - self._set_angle) <= self.same

    def goes_on(self, t: float, curl: float) -> bool:
        """Return whether a leg that rests at ``curl`` rad at ``t`` s can go on with the set."""
        return t - self.counted_t <= RESUME_S and self.is_of_set(curl)

    def is_above(self, curl: float) -> bool:
        """Return whether ``curl`` (rad) is above the start pose."""
        return curl > self.angle + self._pose

    def is_left(self, curl: float) -> bool:
        """Return whether the leg is below its start pose: the person gets up or settles down."""
        if self._reps >= limits.BOTTOMS_KNOWN:
            # The reps so far show where the pad holds the leg, whatever it rests on now.
            return curl < self._lowest - self._below
        return curl < min(self.angle, self._lowest) - self._left

    def rest(self, curl: float) -> bool:
        """Take the rest at ``curl`` rad as the start pose; return False if it is too low for one."""
        if not self.is_of_set(curl):
            # A person who lies down for another set has other bottoms.
            self._reps, self._lowest = 0, math.inf
        elif abs(curl - self._set_angle) <= self._pose:
            # One who shifts on the pad has lower ones.
            self._lowest = min(self._lowest, curl)
        elif self.is_left(curl):
            return False
        self.angle = curl
        return True
