"""The end of a lowering: the rest at the bottom, for long enough to know where that is.

``x`` is that of :mod:`.machine_values`.
"""

import math

from processing.reps.machine_values import LOWER_T, NEAR_T, SINKING_T
from processing.reps.rep_limits import (
    HOLD_FRACTION,
    LANDED_FRACTION,
    LANDED_S,
    LOW_REST_FRACTION,
    LOW_REST_S,
    REST_FRACTION,
    REST_SPEED_DPS,
)
from sensor.compiled import compiled
from sensor.types import FloatArray

_REST_SPEED = math.radians(REST_SPEED_DPS)


@compiled("void(f8[::1], f8)")
def begin_lowering(x: FloatArray, t: float) -> None:
    """Begin a lowering at ``t`` s."""
    x[LOWER_T] = x[NEAR_T] = x[SINKING_T] = t


@compiled("b1(f8[::1], f8, f8, f8, f8, f8)")
def is_landed(
    x: FloatArray, t: float, height: float, lift: float, net: float, still_s: float
) -> bool:
    """Return whether the leg rests at the bottom; to be asked at every sample.

    Parameters
    ----------
    x
        The values; changed.
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
    lowered_s = t - x[LOWER_T]
    if not net > -_REST_SPEED:
        x[SINKING_T] = t
    if height <= HOLD_FRACTION * lift:
        landed_s = max(LANDED_S, LANDED_FRACTION * lowered_s)
        # The net speed is that of the last half second.
        return bool(t - x[NEAR_T] >= LANDED_S and t - x[SINKING_T] > landed_s - LANDED_S)
    x[NEAR_T] = t
    # Higher up, a stall is only known to be the bottom if the lowering does not go on.
    is_low = height <= REST_FRACTION * lift
    low_rest_s = max(LOW_REST_S, LOW_REST_FRACTION * lowered_s)
    return bool(is_low and still_s >= low_rest_s)
