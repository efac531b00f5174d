"""The size of a drawn leg in a given room, and the place of its knee.

Lengths are in shins: along the straight leg from the knee, and across it to the side to which it
curls. Angles are in degrees.
"""

import math
from dataclasses import dataclass
from functools import cache

THIGH, FOOT = 0.5, 0.46
"""Lengths of the usual proportions; only the lower part of the thigh is drawn."""
KNEE, ANKLE, TOE = 0.095, 0.062, 0.038
"""Half the width of the leg at its joints and at the toes."""
HIP = 1.25 * KNEE
ALL_CURLS = (0, 115)
"""The curls of a straight leg and of a leg that is curled as far as possible."""
_ANKLES = range(-50, 26, 5)
"""Ankle angles from fully pointed to fully up."""
_FOLLOWED = 0.6
"""Share by which the picture follows the rising leg: a still picture would show a smaller leg."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The box that every pose between two curls fits into, in shins from the knee."""

    back: float
    """Along the leg, the end at the hip."""
    front: float
    """Along the leg, the end at the toes."""
    low: float
    """Across the leg, the side away from the curl."""
    high: float
    """Across the leg, the side of the curl."""

    def scale(self, along: float, across: float) -> float:
        """Return the length of the shin in a room of that size, in the units of the room."""
        return min(along / (self.front - self.back), across / (self.high - self.low))


# The picture asks for the same few ranges at every frame.
@cache
def frame(least_curl: int, most_curl: int) -> Frame:
    """Return the box of all poses between two curls, in degrees."""
    curls = range(least_curl, most_curl + 1)
    return Frame(
        back=-(THIGH + HIP),
        front=max(_toes(c, a)[0] for c in curls for a in _ANKLES) + TOE,
        low=min(_across(c)[0] + across_of_knee(c) for c in curls),
        high=max(_across(c)[1] + across_of_knee(c) for c in curls),
    )


def across_of_knee(curl: float) -> float:
    """Return the offset of the knee across the leg, from its place with the leg straight."""
    # A tenth of a degree moves the knee by less than a tenth of a pixel.
    return _across_of_knee(round(curl, 1))


@cache
def _across_of_knee(curl: float) -> float:
    least, most = ALL_CURLS
    return -0.5 * _FOLLOWED * (sum(_across(min(max(curl, least), most))) - sum(_across(least)))


def _across(curl: float) -> tuple[float, float]:
    """Return the least and the largest reach of the leg across, from the knee."""
    reached = [_toes(curl, ankle)[1] for ankle in _ANKLES]
    heel = math.sin(math.radians(curl)) + 2 * ANKLE
    return min(-HIP, min(reached) - TOE), max(HIP, max(reached) + TOE, heel)


def _toes(curl: float, ankle: float) -> tuple[float, float]:
    """Return the place of the toes, along and across, from the knee."""
    shin, foot = math.radians(curl), math.radians(curl - 90.0 - ankle)
    return (
        math.cos(shin) + FOOT * math.cos(foot),
        math.sin(shin) + FOOT * math.sin(foot),
    )
