"""The end of a lowering: the rest at the bottom."""

import math

from processing.reps import rep_limits as limits

_REST_SPEED = math.radians(limits.REST_SPEED_DPS)


class Landing:
    """A lowering that may come to rest at the bottom, for long enough to know where that is.

    Attributes
    ----------
    near_t
        When the leg was last higher than a hold at the bottom may be, s.
    """

    def __init__(self) -> None:
        self.begin(-math.inf)

    def begin(self, t: float) -> None:
        """Begin a lowering at ``t`` s."""
        self._lower_t = self.near_t = self._sinking_t = t

    def is_over(self, t: float, height: float, lift: float, *, net: float, still_s: float) -> bool:
        """Return whether the leg rests at the bottom; to be asked at every sample.

        Parameters
        ----------
        t
            Time of the sample, s.
        height
            Height of the leg above the bottom before the lift, rad.
        lift
            Height of the whole lift, rad.
        net
            Net speed of the leg, rad/s; not a number if not known.
        still_s
            How long the leg has been still, s.
        """
        lowered_s = t - self._lower_t
        if not net > -_REST_SPEED:
            self._sinking_t = t
        if height <= limits.HOLD_FRACTION * lift:
            landed_s = max(limits.LANDED_S, limits.LANDED_FRACTION * lowered_s)
            return (
                t - self.near_t >= limits.LANDED_S
                # The net speed is that of the last half second.
                and t - self._sinking_t > landed_s - limits.LANDED_S
            )
        self.near_t = t
        # Higher up, a stall is only known to be the bottom if the lowering does not go on.
        is_low = height <= limits.REST_FRACTION * lift
        low_rest_s = max(limits.LOW_REST_S, limits.LOW_REST_FRACTION * lowered_s)
        return is_low and still_s >= low_rest_s
