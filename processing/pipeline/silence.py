"""Notices a sensor that has fallen silent, while it is silent."""

import numpy as np

from processing.types import PairedBlock, SensorSilent
from sensor.types import BoolArray, FloatArray, Segment


class Silence:
    """Tells once of every silence of a sensor that lasts ``lost_after_s``.

    Any split of the input tells the same. A sensor that has never been heard is not told of.
    """

    def __init__(self, lost_after_s: float) -> None:
        self.lost_after_s = lost_after_s
        self._heard_t = dict.fromkeys(Segment, -np.inf)
        self._lost = dict.fromkeys(Segment, False)

    def feed(self, paired: PairedBlock) -> list[SensorSilent]:
        """Return the silences that have become too long within ``paired``."""
        return [
            *self._of(Segment.SHIN, paired.t, paired.shin_valid),
            *self._of(Segment.FOOT, paired.t, paired.foot_valid),
            *(self._of(Segment.THIGH, paired.t, paired.thigh.valid) if paired.thigh else ()),
        ]

    def _of(self, segment: Segment, t: FloatArray, valid: BoolArray) -> list[SensorSilent]:
        if valid.all():
            self._heard_t[segment], self._lost[segment] = float(t[-1]), False
            return []
        heard = np.where(valid, t, -np.inf)
        heard[0] = max(heard[0], self._heard_t[segment])
        heard = np.maximum.accumulate(heard)
        lost = (t - heard >= self.lost_after_s) & np.isfinite(heard)
        before = np.concatenate(([self._lost[segment]], lost[:-1]))
        self._heard_t[segment], self._lost[segment] = float(heard[-1]), bool(lost[-1])
        return [
            SensorSilent(segment, float(heard[i]), float(t[i]))
            for i in np.flatnonzero(lost & ~before).tolist()
        ]
