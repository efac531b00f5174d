"""What losses that were noticed late leave in doubt.

A sensor without clock and counter shows a loss only in that all later messages come late. Until
that is certain its samples are placed too early by what is missing, and the ankle is wrong by how
far the segment turns in that time. The turn that was lost is then made up for with the rate of a
later moment.
"""

from collections.abc import Iterable

import numpy as np

from processing.types import AngleBlock, Dropout
from sensor.types import FloatArray, Segment

FORGOTTEN_S = 0.5
"""So long after a loss was noticed the accelerometers have taken back what it did to the angle: in
simulation four fifths of it within 0.2 s, since the estimator trusts its angle less from then on.
"""


def ankle_doubt(part: AngleBlock, dropouts: Iterable[Dropout]) -> FloatArray:
    """Return by how much more than its uncertainty the ankle of ``part`` may be off, (n,) rad."""
    doubt = np.zeros(len(part.t))
    if not len(part.t):
        return doubt
    turning = {Segment.SHIN: part.curl_rate, Segment.FOOT: part.curl_rate - part.ankle_rate}
    for gap in dropouts:
        start, stop = gap.t_start - gap.unnoticed_s, gap.t_end
        if gap.unnoticed_s <= 0.0 or gap.segment not in turning:
            continue
        if stop + FORGOTTEN_S <= part.t[0] or start >= part.t[-1]:
            continue
        rate = turning[gap.segment]
        at_loss, at_notice = np.interp((start, stop), part.t, rate).tolist()
        misplaced = (part.t >= start) & (part.t < stop)
        after = (part.t >= stop) & (part.t < stop + FORGOTTEN_S)
        doubt[misplaced] += gap.missing_s * np.abs(rate[misplaced] - at_loss)
        left = 1.0 - (part.t[after] - stop) / FORGOTTEN_S
        doubt[after] += gap.missing_s * abs(at_notice - at_loss) * left
    return doubt
