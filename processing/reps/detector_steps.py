"""The steps of the live detector, sample by sample, until something must be looked at."""

from typing import Final

import numpy as np

from processing.reps.gaps import is_gap
from processing.reps.machine_steps import step
from processing.reps.rep_limits import SMOOTHING_S
from processing.reps.trace import ANKLE, DRIVING, DRIVING_RATE, SHIN, TIME
from sensor.compiled import compiled
from sensor.types import BoolArray, FloatArray, IntArray

# Places in the detector's values.
SPEED: Final = 0
"""The smoothed rate of the driving angle, rad/s, not a number before the first one."""
SPACING: Final = 1
"""The shortest time between samples so far, s: the grid is even where none are missing."""
LAST_T: Final = 2
"""The time of the last sample, s."""
JUDGED_T: Final = 3
"""The time of the last sample by which a rep can be judged, s; not a number before the first one."""
VALUES: Final = 4

NOTHING: Final = 0
"""All samples are done. This is a reason to stop, as are the next two and every trigger of the machine, above 0."""
GAP: Final = -1
"""So much is missing before the sample that the leg may have moved unseen."""
UNJUDGED: Final = -2
"""Before the sample is a gap in which no rep can be judged."""


_IN = "Array(f8, 1, 'A', True)"
_FLAGS = "Array(b1, 1, 'A', True)"


@compiled(
    "UniTuple(i8, 2)("
    f"{_IN}, {_IN}, {_IN}, {_IN}, {_IN}, f8[::1], {_FLAGS}, {_FLAGS}, i8, b1,"
    " f8[::1], f8[:, ::1], i8[::1], f8[::1], i8[::1], f8[::1])"
)
def watch(
    t: FloatArray,
    driving: FloatArray,
    rate: FloatArray,
    ankle: FloatArray,
    shin: FloatArray,
    net: FloatArray,
    known: BoolArray,
    judged: BoolArray,
    first: int,
    resumed: bool,
    values: FloatArray,
    rows: FloatArray,
    ends: IntArray,
    x: FloatArray,
    marks: IntArray,
    bounds: FloatArray,
) -> tuple[int, int]:
    """Take samples until one must be looked at; return its number and the reason, see :data:`NOTHING`.

    Parameters
    ----------
    t, driving, rate, ankle, shin, net
        (n,) s, rad, rad/s, rad, rad and rad/s.
    known, judged
        (n,) where there is a driving angle, and where a rep can be judged.
    first
        Number of the first sample to take.
    resumed
        Whether the gap before it has been looked at.
    values
        (4,) see :data:`SPEED`; changed, as the next ones are.
    rows, ends
        Of the trace, with room for the samples.
    x, marks, bounds
        Of the machine, see :mod:`.machine_values`.
    """
    for i in range(first, len(t)):
        if not known[i]:
            continue
        elapsed = t[i] - values[LAST_T]
        values[SPACING] = min(values[SPACING], elapsed)
        if judged[i] or np.isnan(values[JUDGED_T]):
            if is_gap(t[i] - values[JUDGED_T], values[SPACING]):
                return i, UNJUDGED
            values[JUDGED_T] = t[i]
        if resumed and i == first:
            values[SPEED] = rate[i]
        elif np.isnan(values[SPEED]) or is_gap(elapsed, values[SPACING]):
            return i, GAP
        else:
            # A one-pole low pass by backward difference, which is stable at any spacing.
            values[SPEED] += elapsed / (elapsed + SMOOTHING_S) * (rate[i] - values[SPEED])
        at = ends[1]
        rows[TIME, at], rows[DRIVING, at], rows[DRIVING_RATE, at] = t[i], driving[i], rate[i]
        rows[ANKLE, at], rows[SHIN, at] = ankle[i] if judged[i] else np.nan, shin[i]
        ends[1] = at + 1
        values[LAST_T] = t[i]
        trigger = step(x, marks, bounds, t[i], driving[i], values[SPEED], net[i])
        if trigger:
            return i, trigger
    return len(t), NOTHING
