"""The ankle error that late losses may cause beyond the stated uncertainty.

A sensor without clock and counter shows a loss only by the delay of all later messages. Until the loss
is certain, the times of its samples are too early by the missing time, and the error of the ankle is as
large as the turn of the segment in that time. The lost turn is then replaced with the rate of a later
time.
"""

from collections.abc import Iterable

import numpy as np

from processing.types import AngleBlock, Dropout
from sensor.types import FloatArray, Segment

FORGOTTEN_S = 0.5
"""Time after the notice of a loss in which the accelerometers correct its effect on the angle: in
simulation four fifths of it within 0.2 s, since the estimator trusts its angle less from then on.
"""


def late_loss_uncertainty(part: AngleBlock, dropouts: Iterable[Dropout]) -> FloatArray:
    """Return by how much more than its uncertainty the ankle of ``part`` may be off, (n,) rad."""
    uncertainty = np.zeros(len(part.t))
    if not len(part.t):
        return uncertainty
    # The foot's own rate follows from the ankle's. The thigh has no part in the ankle angle.
    turning = {Segment.SHIN: part.curl_rate, Segment.FOOT: part.curl_rate - part.ankle_rate}
    for gap in dropouts:
        start, stop = gap.lost_t, gap.t_end
        # A clock or counter shows a loss with the next message, so the times stay right.
        if gap.unnoticed_s <= 0.0 or gap.segment not in turning:
            continue
        if stop + FORGOTTEN_S <= part.t[0] or start >= part.t[-1]:
            continue
        rate = turning[gap.segment]
        at_loss, at_notice = np.interp((start, stop), part.t, rate).tolist()
        misplaced = (part.t >= start) & (part.t < stop)
        after = (part.t >= stop) & (part.t < stop + FORGOTTEN_S)
        uncertainty[misplaced] += gap.missing_s * np.abs(rate[misplaced] - at_loss)
        left = 1.0 - (part.t[after] - stop) / FORGOTTEN_S
        uncertainty[after] += gap.missing_s * abs(at_notice - at_loss) * left
    return uncertainty
