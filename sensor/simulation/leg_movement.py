"""The movement of a leg, as the sensors on it see it."""

from collections.abc import Mapping
from typing import Protocol

from sensor.simulation.leg_kinematics import Anatomy, Coordinate, LinkedFrame
from sensor.simulation.paths import KeyPath, Motion
from sensor.types import FloatArray, Segment


class LegMovement(Protocol):
    """The movement of a whole session as a function of time."""

    @property
    def effort(self) -> KeyPath:
        """The effort of the leg, from 0 to 1."""
        ...

    def at(self, t: FloatArray) -> dict[Coordinate, Motion]:
        """Return the motion of every coordinate at times ``t`` (n,) s."""
        ...

    def bone(
        self, segment: Segment, anatomy: Anatomy, motions: Mapping[Coordinate, Motion]
    ) -> LinkedFrame:
        """Return the frame of a segment with these ``motions``, with its origin at its upper joint."""
        ...
