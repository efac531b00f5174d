"""How large a leg can be drawn in a given room, and where its knee is then.

Lengths are in those of a shin: along the straight leg from the knee, and across it to the side
where it curls. Angles in degrees.
"""

import math
from dataclasses import dataclass
from functools import cache

THIGH, FOOT = 0.5, 0.46
"""As people are built; of the thigh only the lower part is drawn."""
KNEE, ANKLE, TOE = 0.095, 0.062, 0.038
"""Half the width of the leg at its joints, and of the toes."""
HIP = 1.25 * KNEE
ALL_CURLS = (0, 115)
"""A straight leg, and as far as one curls at most."""
_ANKLES = range(-50, 26, 5)
"""From as far pointed as ankles go to as far up."""
_FOLLOWED = 0.6
"""How far the picture follows the leg as it rises: a still picture would show a smaller leg."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every pose between two curls fits into: from and to where along and across the leg."""

    back: float
    front: float
    low: float
    high: float

    def scale(self, along: float, across: float) -> float:
        """Return the length of a shin that fits into a room of that size."""
        return min(along / (self.front - self.back), across / (self.high - self.low))


@cache
def frame(least_curl: int, most_curl: int) -> Frame:
    """Return what every pose from the straightest to the most curled leg fits into."""
    curls = range(least_curl, most_curl + 1)
    return Frame(
        back=-(THIGH + HIP),
        front=max(_toes(c, a)[0] for c in curls for a in _ANKLES) + TOE,
        low=min(_across(c)[0] + across_of_knee(c) for c in curls),
        high=max(_across(c)[1] + across_of_knee(c) for c in curls),
    )


def across_of_knee(curl: float) -> float:
    """Return how far across the knee is drawn from where it is with the leg straight."""
    least, most = ALL_CURLS
    return -0.5 * _FOLLOWED * (sum(_across(min(max(curl, least), most))) - sum(_across(least)))


def _across(curl: float) -> tuple[float, float]:
    """Return from and to where the leg reaches across, measured from the knee."""
    reached = [_toes(curl, ankle)[1] for ankle in _ANKLES]
    heel = math.sin(math.radians(curl)) + 2 * ANKLE
    return min(-HIP, min(reached) - TOE), max(HIP, max(reached) + TOE, heel)


def _toes(curl: float, ankle: float) -> tuple[float, float]:
    """Return where the toes are, along and across."""
    shin, foot = math.radians(curl), math.radians(curl - 90.0 - ankle)
    return (
        math.cos(shin) + FOOT * math.cos(foot),
        math.sin(shin) + FOOT * math.sin(foot),
    )
