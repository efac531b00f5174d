"""What the strap of a virtual sensor does: slow curls of a shank, with a foot that points.

Closed form in time, so that a sample is the same whenever it is asked for.
"""

from typing import Protocol

import numpy as np

from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, Segment, frozen


class Motion(Protocol):
    """The specific force and the angular rate at given times."""

    def at(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return acc (n, 3) in m/s² and gyr (n, 3) in rad/s at times ``t`` (n,) in seconds."""
        ...


class Curling:
    """One curl every ``period_s``: the sensor turns about its y axis between 0 and ``range_rad``.

    The foot turns further than the shin, since its ankle points as well. ``swing`` scales it all:
    a sensor that lies still has 0.
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
