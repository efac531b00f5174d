"""How wrong the turn over a short gap may be that is bridged by a rate that changes evenly.

The rates of the last movement tell: what a bridge of the same length would have been wrong by at each of them.
"""

import math

from processing.motion.joint_filter import GAP_DPS
from sensor.compiled import compiled
from sensor.types import FloatArray

RECENT = 160
"""Rates that are looked at: 1.6 s, which hold a stride, or the end of a lift and its beginning."""
_LEAST = 40
"""Fewer rates than these tell nothing: then the joint may have moved as fast as in a longer gap."""


@compiled("f8(f8[::1], i8, i8, f8, f8)")
def bridge_variance(
    recent: FloatArray, entered: int, missing: int, change: float, step_s: float
) -> float:
    """Return the variance of the joint's turn over a bridged gap, rad².

    Parameters
    ----------
    recent
        (160,) rad/s, the last rates in a ring.
    entered
        How many rates have been entered; the last ones are kept.
    missing
        Samples in the gap.
    change
        Change of the rate over the gap, rad/s. If it is larger than usual, the bridge is worse by as much.
    step_s
        Time between samples.
    """
    known, reach = min(entered, RECENT), missing + 1
    if known < _LEAST + reach:
        return float((math.radians(GAP_DPS) * missing * step_s) ** 2)
    start = entered - known
    between = 0.0
    for k in range(1, reach):
        between += recent[(start + k) % RECENT]
    errors, changes = 0.0, 0.0
    for first in range(start, entered - reach):
        before, after = recent[first % RECENT], recent[(first + reach) % RECENT]
        error = between - 0.5 * missing * (before + after)
        errors += error * error
        changes += (after - before) * (after - before)
        between += after - recent[(first + 1) % RECENT]
    count = known - reach
    errors, changes = errors * step_s * step_s / count, changes / count
    if changes == 0.0:
        return float((0.5 * change * missing * step_s) ** 2)
    return float(errors * max(1.0, change * change / changes))
