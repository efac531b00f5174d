"""The lower edge of the arrivals: a line that maps a device's time to the host's.

A notification cannot arrive before its last sample was taken, and the fastest ones arrive shortly
after. So the line along the lower edge of all points (device time, arrival) is the device's clock
as the host sees it, and the height of a point above the line is the time that it waited (Moon,
Skelly and Towsley, "Estimation and removal of clock skew from network delay measurements",
INFOCOM 1999).

The edge of the convex hull depends on two points only. Asymmetric least squares (Newey and Powell,
"Asymmetric least squares estimation and testing", Econometrica 1987) through the fastest arrival
of each second uses all of them and scatters a third less.
"""

import math

import numpy as np

from sensor.compiled import compiled
from sensor.types import FloatArray

WINDOW = 60
"""So many of the newest stretches count, a minute of arrivals: the speed of a device's clock changes with
its temperature. Those before a gap count after it as well, since the clock has gone on meanwhile."""
BUCKET_S = 1.0
"""Length of the stretches of device time; the fastest arrival of each is kept."""
FIRST_BUCKET_S = 0.1
"""Shortest part of a stretch. At first a part is a tenth of the time since the start, so that the line
exists from the first moment on. Once the stretch is over, only its fastest arrival is left: that of a
tenth of a second has waited some milliseconds longer, and would pull the line up."""
LATE_WEIGHT = 0.03
"""Weight of a point above the line, against 1 for a point below it: the line keeps to the edge."""
SPREAD_S = 0.005
"""Usual scatter of the fastest arrivals. It decides how soon data outweigh the nominal rate."""

(
    TOLERANCE, PRIOR_S2, START_S, BUCKET_END_S, LEAST_WAIT_S, ORIGIN_DEVICE_S, ORIGIN_HOST_S, SLOPE, SLOPE_SD,
    FIRST, STRETCH, STOP, STRETCH_END_S,
) = range(13)  # fmt: skip
"""Places in the state of a line: the largest distance of its slope from 1, as a fraction; the weight of that,
in s²; the device time of its start, nan before it; the end of the part in hand and the shortest wait in it;
a point of the line in device and host time; its slope, host over device time, and the standard deviation of
that; the first of its points, the first of the stretch in hand, and the end of these; and the end of that
stretch. All times in s."""
LINE_PLACES = 13
"""Length of that state."""
DEVICE_S, ARRIVAL_S = 0, 1
"""Columns of its points: the fastest arrival of each stretch."""


def begin_line(line: FloatArray, tolerance: float) -> None:
    """Fill the state of a line of which nothing is known; its slope is within ``tolerance`` of 1."""
    line[:] = 0.0
    line[TOLERANCE], line[SLOPE_SD] = tolerance, tolerance / 2.0
    # A normal prior: 95 of 100 devices have a slope within the tolerance of their family.
    line[PRIOR_S2] = (SPREAD_S / (tolerance / 2.0)) ** 2 * LATE_WEIGHT
    line[START_S], line[SLOPE] = math.nan, 1.0
    line[STRETCH_END_S] = -math.inf


def make_room(line: FloatArray, points: FloatArray, added: int) -> FloatArray:
    """Return the points at the front of an array with room for ``added`` more."""
    kept = points[int(line[FIRST]) : int(line[STOP])]
    out = np.empty((len(kept) + added, 2))
    out[: len(kept)] = kept
    line[STRETCH] -= line[FIRST]
    line[FIRST], line[STOP] = 0, len(kept)
    return out


@compiled("b1(f8[::1])")
def has_begun(line: FloatArray) -> bool:
    """Return whether anything has arrived."""
    return not math.isnan(line[START_S])


@compiled("f8(f8[::1], f8)")
def host_s(line: FloatArray, device_s: float) -> float:
    """Return the host's time, in s, at device time ``device_s``."""
    return float(line[ORIGIN_HOST_S] + line[SLOPE] * (device_s - line[ORIGIN_DEVICE_S]))


@compiled("f8(f8[::1], f8)")
def uncertainty_s(line: FloatArray, span_s: float) -> float:
    """Return by how much the line may be off, in s, ``span_s`` after a point of it.

    It holds for 95 of 100 lines.
    """
    return 2.0 * float(line[SLOPE_SD]) * span_s


@compiled("void(f8[::1], f8[:, ::1])")
def hurry(line: FloatArray, points: FloatArray) -> None:
    """Follow the next arrivals as quickly as the first ones: the line may have drifted."""
    if line[STOP] > line[FIRST]:
        line[START_S] = line[BUCKET_END_S] = points[int(line[STOP]) - 1, DEVICE_S]


@compiled("void(f8[::1], f8[:, ::1], f8, f8)")
def add_arrival(line: FloatArray, points: FloatArray, device_s: float, arrival_s: float) -> None:
    """Add a message whose newest sample is of ``device_s`` and that arrived at ``arrival_s``.

    There must be room in ``points`` for one more.
    """
    if not has_begun(line):
        line[START_S] = device_s
        line[ORIGIN_DEVICE_S], line[ORIGIN_HOST_S] = device_s, arrival_s
        _open_bucket(line, points, device_s, arrival_s)
        return
    if device_s >= line[BUCKET_END_S]:
        # Once per stretch is enough, and a fit goes over all points.
        _fit(line, points)
        _open_bucket(line, points, device_s, arrival_s)
    wait_s = arrival_s - host_s(line, device_s)
    if wait_s < line[LEAST_WAIT_S]:
        line[LEAST_WAIT_S] = wait_s
        newest = int(line[STOP]) - 1
        points[newest, DEVICE_S], points[newest, ARRIVAL_S] = device_s, arrival_s
    if wait_s < 0.0:
        # No sample arrives before it is taken, so the line is too late by this at least.
        line[ORIGIN_HOST_S] += wait_s
        line[LEAST_WAIT_S] = 0.0


@compiled("void(f8[::1], f8[:, ::1], f8, f8)")
def _open_bucket(line: FloatArray, points: FloatArray, device_s: float, arrival_s: float) -> None:
    age_s = device_s - line[START_S]
    line[BUCKET_END_S] = device_s + min(BUCKET_S, max(FIRST_BUCKET_S, age_s / 10.0))
    line[LEAST_WAIT_S] = arrival_s - host_s(line, device_s)
    if device_s >= line[STRETCH_END_S]:
        _end_stretch(line, points)
        line[STRETCH_END_S] = device_s + BUCKET_S
    stop = int(line[STOP])
    points[stop, DEVICE_S], points[stop, ARRIVAL_S] = device_s, arrival_s
    line[STOP] = stop + 1


@compiled("void(f8[::1], f8[:, ::1])")
def _end_stretch(line: FloatArray, points: FloatArray) -> None:
    """Keep the fastest arrival of the stretch in hand alone, and of the newest stretches one each."""
    stretch, stop = int(line[STRETCH]), int(line[STOP])
    if stop > stretch:
        fastest = stretch
        for i in range(stretch + 1, stop):
            later_s = line[SLOPE] * (points[i, DEVICE_S] - points[fastest, DEVICE_S])
            if points[i, ARRIVAL_S] - points[fastest, ARRIVAL_S] < later_s:
                fastest = i
        points[stretch, DEVICE_S] = points[fastest, DEVICE_S]
        points[stretch, ARRIVAL_S] = points[fastest, ARRIVAL_S]
        stretch += 1
    line[FIRST] = max(line[FIRST], stretch - WINDOW)
    line[STRETCH] = line[STOP] = stretch


@compiled("void(f8[::1], f8[:, ::1])")
def _fit(line: FloatArray, points: FloatArray) -> None:
    # Asymmetric least squares iterate; one step is enough here, since it starts from the line
    # of a second ago.
    first, stop, tolerance = int(line[FIRST]), int(line[STOP]), line[TOLERANCE]
    newest_s = points[stop - 1, DEVICE_S]
    excess = line[SLOPE] - 1.0
    level_s = host_s(line, newest_s) - newest_s
    # Coordinates are relative to the newest point and the last line, which keeps them small:
    # sums of squares of whole days would lose the milliseconds.
    w_sum, wx_sum, wxx_sum, wy_sum, wxy_sum = 0.0, 0.0, 0.0, 0.0, 0.0
    for i in range(first, stop):
        x = points[i, DEVICE_S] - newest_s
        y = points[i, ARRIVAL_S] - points[i, DEVICE_S] - level_s - excess * x
        w = 1.0 if y < 0.0 else LATE_WEIGHT
        wx = w * x
        w_sum += w
        wx_sum += wx
        wxx_sum += wx * x
        wy_sum += w * y
        wxy_sum += wx * y
    mean_x, mean_y = wx_sum / w_sum, wy_sum / w_sum
    spread = wxx_sum - wx_sum * mean_x
    fitted = (wxy_sum - wx_sum * mean_y + excess * spread) / (spread + line[PRIOR_S2])
    fitted = min(tolerance, max(-tolerance, fitted))
    line[SLOPE] = 1.0 + fitted
    line[SLOPE_SD] = SPREAD_S * math.sqrt(LATE_WEIGHT / (spread + line[PRIOR_S2]))
    line[ORIGIN_DEVICE_S] = newest_s
    line[ORIGIN_HOST_S] = newest_s + level_s + mean_y + (excess - fitted) * mean_x
