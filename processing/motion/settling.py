"""Tells when an angle that was taken again after a gap can be relied on.

After a gap the angle comes from accelerometers alone, which measure movement together with gravity.
The more samples they have, the less of the movement is left; meanwhile the correction of the gyros'
integral still moves. It has settled when it moves no more.
"""

import numpy as np

from sensor.types import STANDARD_GRAVITY_MPS2

STEP_S = 0.1
"""Time between two looks at the correction: the window of the ankle's filter."""
FIRST = 3
"""The correction is looked at this often at least: 0.3 s, with the two windows that the ankle needs."""
_STEADY_RAD = np.radians(0.35)
"""A correction has settled when its doubt is smaller: half a degree is what a gap may cost.

The doubt is what it moved by in the later half of the looks, and the direction that the acceleration
beyond gravity can still leave in the mean, were it the same in each look's time and never again.
"""
_CALM_MPS2 = 1.0
"""An accelerometer that differs more from gravity says nothing yet, however steady it seems.

Twice what soft tissue shows on a machine; a step shows several times as much.
"""


class Settling:
    """The looks at a correction since the last gap.

    Parameters
    ----------
    most_s
        After this time it counts as settled in any case, s.
    """

    def __init__(self, most_s: float) -> None:
        self._most = round(most_s / STEP_S)
        self.settled = False
        self._looks: list[tuple[float, float]] = []

    def restart(self) -> None:
        """Begin again: a gap has ended."""
        self.settled = False
        self._looks = []

    def look(self, correction: float, excess: float = 0.0) -> bool:
        """Take the next look, :data:`STEP_S` after the last; return whether it has settled.

        Parameters
        ----------
        correction
            The correction of the gyros' integral, rad.
        excess
            The difference of the accelerometer from gravity since the last look, m/s².
        """
        if self.settled:
            return True
        self._looks.append((correction, excess))
        count = len(self._looks)
        later = self._looks[count // 2 if count > FIRST else 0 :]
        corrections = [correction for correction, _ in later]
        excesses = [excess for _, excess in later]
        moved = max(corrections) - min(corrections)
        doubt = moved + float(np.mean(excesses)) / (STANDARD_GRAVITY_MPS2 * count)
        steady = doubt < _STEADY_RAD and max(excesses) < _CALM_MPS2
        self.settled = count >= self._most or (count >= FIRST and steady)
        return self.settled
