"""Impacts of the leg: short jolts in the acceleration, which a camera sees as a tap or a landing."""

from dataclasses import dataclass

from sensor.types import FloatArray, Segment

MOST_OFFERED = 5
"""More would have to be compared one by one."""


@dataclass(frozen=True, slots=True)
class Impact:
    """A jolt of the leg."""

    t: float
    """Session time, s."""
    jolt: float
    """Largest difference of the acceleration from its surroundings, m/s²."""
    segment: Segment
    """The sensor that was jolted more."""


@dataclass(frozen=True, slots=True)
class Impacts:
    """The impacts of a session, and the jolts over its time."""

    t: FloatArray
    """(n,) session time, s."""
    jolt: FloatArray
    """(n,) the larger jolt of shin and foot, m/s²; 0 without data."""
    found: tuple[Impact, ...]
    """The impacts in order of time."""

    def near(self, t: float, within_s: float) -> tuple[Impact, ...]:
        """Return the largest impacts within ``within_s`` s of ``t``, the largest first."""
        close = [one for one in self.found if abs(one.t - t) <= within_s]
        return tuple(sorted(close, key=lambda one: -one.jolt)[:MOST_OFFERED])
