"""Tells when the ankle angle that was taken again after a gap can be relied on.

After a gap the angle comes from both accelerometers alone. The more samples they have, the less of the
movement is left; meanwhile the correction of the gyros' integral still moves. It has settled when it
moves no more.
"""

import numpy as np

_STEP_S = 0.1
"""Time between two looks at the correction: the window of the ankle's filter."""
_FIRST = 3
"""The correction is looked at this often at least: 0.3 s, with the two windows that the ankle needs."""
_STEADY_RAD = np.radians(0.35)
"""A correction that moved by less in the later half of the looks has settled.

Half a degree is what a gap may cost.
"""


class Settling:
    """The looks at a correction since the last gap.

    Parameters
    ----------
    most_s
        After this time it counts as settled in any case, s.
    """

    def __init__(self, most_s: float) -> None:
        self._most = round(most_s / _STEP_S)
        self.settled = False
        self._looks: list[float] = []

    def restart(self) -> None:
        """Begin again: a gap has ended."""
        self.settled = False
        self._looks = []

    def look(self, correction: float) -> None:
        """Take the next look at the correction, rad, one window after the last."""
        if self.settled:
            return
        self._looks.append(correction)
        count = len(self._looks)
        later = self._looks[count // 2 if count > _FIRST else 0 :]
        steady = max(later) - min(later) < _STEADY_RAD
        self.settled = count >= self._most or (count >= _FIRST and steady)
