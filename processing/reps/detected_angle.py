"""The angle in which reps are found, from the driving angle of the exercise.

In most exercises it is the driving angle itself. Where an exercise holds the shin, it is that angle without the
sway of the shin. A person on one leg sways by 4 to 5 degrees from end to end: the ankle bends by as much, while the
heel, at which a coach looks, stays where it is.
"""

from collections import deque
from dataclasses import replace

import numpy as np

from processing.exercises.rep_limits import RepLimits
from processing.reps.lowering_first import upside_down
from processing.types import AngleBlock
from sensor.types import FloatArray, frozen

_SWAY_S = 2.0
"""Time constant of the high pass that leaves the sway of the shin, s.

People sway at 0.15 to 2 Hz, of which it leaves nine tenths and more. A shin that leans ever further, or whose
angle drifts, must not carry the start pose away.
"""
_KEPT_S = 6.0
"""Angles of so long ago may come again."""
_LEAST_SHARE, _MOST_SHARE = 0.7, 1.6
"""The ankle turns by this share of what the foot turns, as the shin goes along with it by up to a third."""


class DetectedAngle:
    """A stage that makes the angle in which the reps of an exercise are found; any split gives the same bits.

    Parameters
    ----------
    own
        The limits of the exercise.
    """

    def __init__(self, own: RepLimits) -> None:
        self._own = own
        self.reset()

    def reset(self) -> None:
        """Forget all samples."""
        self._t = self._lean = 0.0
        self._knows = False
        self._leans: deque[tuple[float, float]] = deque()
        """Times (s) and mean turns of the shin (rad) of the last seconds."""

    def feed(self, angles: AngleBlock) -> AngleBlock:
        """Return ``angles`` with a driving angle that grows with the first movement of a rep, a lift or a lowering."""
        if self._own.most_shin_percent is not None:
            angles = self._without_sway(angles)
        return upside_down(angles) if self._own.lowers_first else angles

    def again(self, angles: AngleBlock) -> AngleBlock:
        """Return :meth:`feed` of ``angles`` that replace all since their first one."""
        while self._leans and self._leans[-1][0] >= angles.t[0]:
            self._leans.pop()
        self._knows = bool(self._leans)
        if self._knows:
            self._t, self._lean = self._leans[-1]
        return self.feed(angles)

    def _without_sway(self, angles: AngleBlock) -> AngleBlock:
        sways = np.zeros(len(angles.t))
        t_before, lean, knows = self._t, self._lean, self._knows
        known = angles.driving_valid & np.isfinite(angles.shin_turn)
        for index in np.flatnonzero(known).tolist():
            t, turn = float(angles.t[index]), float(angles.shin_turn[index])
            elapsed = t - t_before
            lean = lean + elapsed / (elapsed + _SWAY_S) * (turn - lean) if knows else turn
            t_before, knows = t, True
            sways[index] = turn - lean
            self._leans.append((t, lean))
        while self._leans and self._leans[0][0] < t_before - _KEPT_S:
            self._leans.popleft()
        self._t, self._lean, self._knows = t_before, lean, knows
        rates = np.where(known, angles.shin_rate - sways / _SWAY_S, 0.0)
        return replace(
            angles,
            driving=frozen(angles.driving + sways),
            driving_rate=frozen(angles.driving_rate + rates),
        )


def ankle_share(detected: FloatArray, ankle: FloatArray) -> float:
    """Return by how much the ankle turns for each turn of the angle in which a rep is found.

    Parameters
    ----------
    detected, ankle
        (n,) rad over one rep; the ankle is not a number where it is not known.
    """
    known = np.isfinite(ankle)
    away = detected[known] - detected[known].mean() if known.any() else np.empty(0)
    spread = float(away @ away)
    share = abs(float(away @ ankle[known])) / spread if spread > 0.0 else 1.0
    return min(max(share, _LEAST_SHARE), _MOST_SHARE)
