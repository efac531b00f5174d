"""The movement of the strap of a virtual sensor: slow curls of a shin, with a foot that points.

It has a closed form in time, so that a sample does not depend on when it is requested.
"""

from typing import Protocol

import numpy as np

from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, Segment, frozen


class Motion(Protocol):
    """A movement with specific force and angular rate at any time."""

    def at(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return acc (n, 3) in m/s² and gyr (n, 3) in rad/s at times ``t`` (n,) in seconds."""
        ...


class Curling:
    """Curls with a period of ``period_s``: the sensor turns about its y axis between 0 and a range.

    The foot turns further than the shin, since the ankle points as well. ``swing`` scales the range:
    it is 0 for a sensor that lies still.
    """

    def __init__(self, segment: Segment, period_s: float = 4.0, swing: float = 1.0) -> None:
        self.range_rad = swing * (2.2 if segment is Segment.FOOT else 1.6)
        self.omega = 2.0 * np.pi / period_s

    def at(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        """See :class:`Motion`."""
        angle = self.range_rad * (1.0 - np.cos(self.omega * t)) / 2.0
        rate = self.range_rad * self.omega * np.sin(self.omega * t) / 2.0
        zero = np.zeros_like(t)
        acc = np.stack([np.sin(angle), zero, np.cos(angle)], axis=1) * STANDARD_GRAVITY_MPS2
        return frozen(acc), frozen(np.stack([zero, rate, zero], axis=1))
