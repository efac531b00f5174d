"""How large a leg can be drawn in a given room, and where its knee is then. No Qt.

Lengths are in those of a shin: along the straight leg from the knee, and across it to the side
where it curls.
"""

import math
from dataclasses import dataclass
from functools import cache

THIGH, FOOT = 0.5, 0.46
"""As people are built; of the thigh only the lower part is drawn."""
KNEE, ANKLE, TOE = 0.095, 0.062, 0.038
"""Half the width of the leg at its joints, and of the toes."""
HIP = 1.25 * KNEE
MOST_CURL_DEG = 115
_ANKLES_DEG = range(-50, 26)
"""From as far pointed as ankles go to as far up."""
_FOLLOWED = 0.6
"""How far the picture follows the leg as it rises: a still picture would show a smaller leg."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every pose fits into: from and to where along and across the leg."""

    back: float
    front: float
    low: float
    high: float

    def scale(self, along: float, across: float) -> float:
        """Return the length of a shin that fits into a room of that size."""
        return min(along / (self.front - self.back), across / (self.high - self.low))


def across_of_knee(curl_deg: float) -> float:
    """Return how far across the knee is from where it is with the leg straight."""
    low, high = _across(0)
    straight = 0.5 * (low + high)
    low, high = _across(min(max(curl_deg, 0.0), float(MOST_CURL_DEG)))
    return -_FOLLOWED * (0.5 * (low + high) - straight)


@cache
def frame() -> Frame:
    """Return what every pose from a straight leg to the most curled fits into."""
    curls = range(MOST_CURL_DEG + 1)
    low = min(_across(c)[0] + across_of_knee(c) for c in curls)
    high = max(_across(c)[1] + across_of_knee(c) for c in curls)
    front = max(_toes(c, a)[0] for c in curls for a in _ANKLES_DEG)
    return Frame(-(THIGH + HIP), front + TOE, low, high)


def _across(curl_deg: float) -> tuple[float, float]:
    """Return from and to where the leg reaches across, measured from the knee."""
    reached = [_toes(curl_deg, ankle_deg)[1] for ankle_deg in _ANKLES_DEG]
    heel = math.sin(math.radians(curl_deg)) + 2 * ANKLE
    return min(-HIP, min(reached) - TOE), max(HIP, max(reached) + TOE, heel)


def _toes(curl_deg: float, ankle_deg: float) -> tuple[float, float]:
    """Return where the toes are, along and across."""
    shin, foot = math.radians(curl_deg), math.radians(curl_deg - 90.0 - ankle_deg)
    return (
        math.cos(shin) + FOOT * math.cos(foot),
        math.sin(shin) + FOOT * math.sin(foot),
    )
