"""When a leg passes the speed of a hold: by a straight line through the speeds around that moment.

Tremor, the give of soft tissue and noise move the one sample at which a speed first passes a limit
about, the more so the gentler the leg comes to rest. A line uses all samples that it describes.
"""

import numpy as np

from sensor.types import FloatArray

_FIRST_S = 0.1
_SHORTEST_S = 0.04
_LONGEST_S = 0.6
_REACH = 0.75
"""So much of the level to either side of it is taken for straight."""
_ROUNDS = 6
_LEAST_SAMPLES = 4
_FURTHEST_S = 0.2
"""A line that crosses further from where the samples do describes something else."""


def crossing(
    t: FloatArray,
    speed: FloatArray,
    near_t: float,
    level: float,
    within: tuple[float, float],
    *,
    rises: bool,
) -> float:
    """Return when the speed passes ``level``, in s; ``near_t`` where no line can tell better.

    The line is fitted by least squares to the speeds around the level, as far as its own slope says
    that these reach; so a quick start is seen in few samples, a gentle one in many. The window is
    as long before the crossing as after it, for a curve bends a lopsided line aside.

    Parameters
    ----------
    t, speed
        (n,) s, increasing, and rad/s.
    near_t
        Where the samples pass the level, s.
    level
        The speed, rad/s, negative for one of a lowering; not 0.
    within
        Between these times, s, there is nothing but this one change of speed.
    rises
        Whether the speed passes the level upwards.
    """
    found = at = near_t
    half = 0.5 * _FIRST_S
    for _ in range(_ROUNDS):
        room = min(at - within[0], within[1] - at)
        first, last = np.searchsorted(t, (at - min(half, room), at + min(half, room)))
        if last - first < _LEAST_SAMPLES:
            break
        x, y = t[first:last] - at, speed[first:last]
        middle = float(x.mean())
        x = x - middle
        slope = float(x @ y) / float(x @ x)
        if slope == 0.0 or (slope > 0.0) is not rises:
            # Too few samples for what shakes them.
            at, half = near_t, 2.0 * half
            if half > _LONGEST_S:
                break
            continue
        at += middle + (level - float(y.mean())) / slope
        if not within[0] < at < within[1] or abs(at - near_t) > _FURTHEST_S:
            return near_t
        found = at
        half = min(max(_REACH * abs(level / slope), 0.5 * _SHORTEST_S), 0.5 * _LONGEST_S)
    return found
