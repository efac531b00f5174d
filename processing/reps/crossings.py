"""The moment at which a leg passes the speed of a hold, by a line through the speeds around it.

Tremor, soft tissue and noise shift the first sample beyond a limit, and more so the gentler the leg
comes to rest. A line uses all samples that it describes: on a tremor of 1.5 °/s it scatters less
than half as much (tests/processing/reps/test_crossings.py).
"""

import numpy as np

from sensor.types import FloatArray

_FIRST_S = 0.1
"""Length of the first window: 10 samples at 100 Hz, one cycle of a tremor of 10 Hz."""
_SHORTEST_S = 0.04
"""Length of the shortest window: the four samples at 100 Hz that a line needs."""
_LONGEST_S = 0.6
"""Length of the longest window: in more time than this, no start or end of a lift is straight."""
_REACH = 0.75
"""The speed counts as straight while it is within this share of the level to either side."""
_ROUNDS = 6
"""The line is fitted again this often to the window that its own slope asks for."""
_LEAST_SAMPLES = 4
"""A line through fewer samples follows their noise."""
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
    that they are near it: a quick start is seen in few samples, a gentle one in many. The window is
    as long before the crossing as after it, because a curve tilts the line of a lopsided window.

    Parameters
    ----------
    t
        (n,) s, increasing.
    speed
        (n,) rad/s.
    near_t
        Where the samples pass the level, s.
    level
        The speed, rad/s, negative in a lowering; not 0.
    within
        Between these two times, s, there is only this one change of speed.
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
            # The tremor is stronger than the change of speed in so few samples: take more.
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
