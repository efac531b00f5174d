"""Notices a sensor that has stalled, while it is silent."""

import numpy as np

from processing.types import PairedBlock, SensorSilent
from sensor.types import BoolArray, FloatArray, Segment

LOST_AFTER_S = 1.0
"""A sensor that sends nothing for this long is reported: longer than an ordinary stall of a link."""


class Silence:
    """The silences of the sensors that are too long, each reported once.

    Any split of the input gives the same. A sensor that never sent anything is not reported.
    """

    def __init__(self) -> None:
        self._heard_t = dict.fromkeys(Segment, -np.inf)
        self._lost = dict.fromkeys(Segment, False)

    def feed(self, paired: PairedBlock) -> list[SensorSilent]:
        """Return the silences that became too long within ``paired``."""
        return [
            *self._of(Segment.SHIN, paired.t, paired.shin_valid),
            *self._of(Segment.FOOT, paired.t, paired.foot_valid),
            *(self._of(Segment.THIGH, paired.t, paired.thigh.valid) if paired.thigh else ()),
            *(self._of(Segment.PELVIS, paired.t, paired.pelvis.valid) if paired.pelvis else ()),
        ]

    def _of(self, segment: Segment, t: FloatArray, valid: BoolArray) -> list[SensorSilent]:
        """Return the silences of one segment, whose samples at ``t`` (n,) s are ``valid`` (n,)."""
        if np.count_nonzero(valid) == len(valid):
            self._heard_t[segment], self._lost[segment] = t.item(-1), False
            return []
        heard = np.where(valid, t, -np.inf)
        # The last sample may be in an earlier block.
        heard[0] = max(heard[0], self._heard_t[segment])
        heard = np.maximum.accumulate(heard)
        lost = (t - heard >= LOST_AFTER_S) & np.isfinite(heard)
        # A silence that was reported in an earlier block is not reported again.
        before = np.concatenate(([self._lost[segment]], lost[:-1]))
        self._heard_t[segment], self._lost[segment] = float(heard[-1]), bool(lost[-1])
        return [
            SensorSilent(segment, float(heard[i]), float(t[i]))
            for i in np.flatnonzero(lost & ~before).tolist()
        ]
