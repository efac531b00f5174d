"""The ankle angle around losses that were noticed late, as far as it can be revised.

A sensor without clock and counter shows a loss only by the delay of all later messages. Until the loss
is certain, the times of its samples are too early by the missing time, and the ankle is off by the turn
of the segment in that time. The gyros miss the turn of the loss itself, until the accelerometers have
corrected that. At the notice the turn of a later time stands in for the lost one.

Once the loss is known, so is this error, but for how fast the accelerometers corrected it.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from processing.types import AngleBlock, Dropout
from sensor.types import FloatArray, Segment, frozen

CORRECTED_S = 0.8
"""Time constant with which the accelerometers correct the turn that was lost.

That of the joint's filter: by its noises a window of 0.1 s corrects an eighth of an error.
"""
SETTLED_S = 0.12
"""The same after the notice, since the estimator trusts its angle less from then on: in simulation four
fifths within 0.2 s.
"""
FORGOTTEN_S = 0.5
"""Time after the notice of a loss in which it still makes a difference."""
EARLIER_S = 3.0
"""A rep is looked at from so long before it: until then what was lost has been corrected."""
LEFT_FRACTION = 0.5
"""Share of a revision that stays uncertain, since neither time constant is exact.

Chosen on simulated sessions: the ankle is within its uncertainty as often as without losses.
"""


def revised(part: AngleBlock, dropouts: Iterable[Dropout]) -> tuple[AngleBlock, FloatArray]:
    """Return ``part`` with the ankle revised by the losses among ``dropouts`` that were noticed late.

    Beside it: by how much more than its uncertainty the ankle may still be off, (n,) rad.
    """
    error, left = np.zeros(len(part.t)), np.zeros(len(part.t))
    if not len(part.t):
        return part, left
    # The foot's own rate follows from the ankle's. The thigh has no part in the ankle angle.
    turning = {Segment.SHIN: part.shin_rate, Segment.FOOT: part.ankle_rate - part.shin_rate}
    for gap in dropouts:
        # A clock or counter shows a loss with the next message, so the times stay right.
        if gap.unnoticed_s <= 0.0 or gap.segment not in turning:
            continue
        start, stop = gap.lost_t, gap.t_end
        if stop + FORGOTTEN_S <= part.t[0] or start >= part.t[-1]:
            continue
        rate = turning[gap.segment]
        at_loss, at_notice = np.interp((start, stop), part.t, rate).tolist()
        misplaced = (part.t >= start) & (part.t < stop)
        after = (part.t >= stop) & (part.t < stop + FORGOTTEN_S)
        uncorrected = at_loss * np.exp((start - part.t[misplaced]) / CORRECTED_S)
        off = np.zeros(len(part.t))
        off[misplaced] = rate[misplaced] - uncorrected
        at_stop = at_notice - at_loss * np.exp((start - stop) / CORRECTED_S)
        off[after] = at_stop * np.exp((stop - part.t[after]) / SETTLED_S)
        error += gap.missing_s * off
        left += LEFT_FRACTION * gap.missing_s * np.abs(off)
    if not left.any():
        return part, left
    return replace(part, ankle=frozen(part.ankle - error)), left
