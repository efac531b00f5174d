"""The lower edge of the arrivals of a whole stream: a smooth curve, and never above an arrival."""

import numpy as np

from sensor.clock.envelope import BUCKET_S, LATE_WEIGHT, SPREAD_S
from sensor.clock.lost_messages import shortest
from sensor.compiled import compiled
from sensor.types import FloatArray, IntArray

BEND = 1e4
"""Weight of the bend of the curve, with one node a second: it follows changes of a minute or two, as
those of a warming device, and no pattern of the link."""
SLOPE_SD = 2e-4
"""Usual distance of the speed within a stream from its mean; keeps short pieces from tilting."""
LOWERED_S = 30.0
"""The curve is lowered for so long before and after an arrival that it lies above."""
CURVE_ROUNDS = 12
"""Rounds of asymmetric least squares; the weights stop changing after about eight."""


def edge_slope(
    arrival_s: FloatArray, placed_s: FloatArray, slope: float, slope_sd: float, tolerance: float
) -> float:
    """Return the slope of the line along the lower edge of the arrivals."""
    x, y = _fastest(arrival_s - slope * placed_s, placed_s, *_seconds(placed_s))
    x = x - x.mean()
    weight: FloatArray = np.full(len(x), LATE_WEIGHT)
    excess = 0.0
    for _ in range(CURVE_ROUNDS):
        total = weight.sum()
        mean_x, mean_y = (weight * x).sum() / total, (weight * y).sum() / total
        spread = (weight * (x - mean_x) ** 2).sum() + LATE_WEIGHT * (SPREAD_S / slope_sd) ** 2
        excess = float((weight * (x - mean_x) * (y - mean_y)).sum() / spread)
        weight = _weights(y - mean_y - excess * (x - mean_x))
    return min(1.0 + tolerance, max(1.0 - tolerance, slope + excess))


def lower_edge(wait_s: FloatArray, placed_s: FloatArray) -> FloatArray:
    """Return the lower edge of the waits at each message, (m,) s: smooth, and never above a wait."""
    second, first = _seconds(placed_s)
    seconds = second[first]
    x, y = _fastest(wait_s, placed_s, second, first)
    # A stream of hours has a million messages: what is not needed any more makes room.
    del second
    nodes = _nodes(placed_s)
    # Each wait counts at its two neighbouring nodes.
    left = np.minimum(((x - nodes[0]) / BUCKET_S).astype(np.int64), len(nodes) - 2)
    share = (x - nodes[left]) / BUCKET_S
    stiff = LATE_WEIGHT * (SPREAD_S / SLOPE_SD) ** 2 / len(nodes)
    level = float(y.min())
    curve = np.full(len(nodes), level)
    for _ in range(CURVE_ROUNDS):
        on_curve = curve[left] * (1.0 - share) + curve[left + 1] * share
        weight = _weights(y - on_curve)
        curve = level + _smooth(left, share, weight, y - level, len(nodes), stiff)
    height: FloatArray = np.interp(placed_s, nodes, curve)
    height += _lowered(wait_s - height, placed_s, nodes, seconds, first)
    return height


def _smooth(
    left: IntArray, share: FloatArray, weight: FloatArray, y: FloatArray, n: int, stiff: float
) -> FloatArray:
    """Return the curve on n nodes that minimises weighted squares, its bend, and its tilt."""
    bands = np.zeros((3, n))  # main diagonal, first and second beside it
    right = np.zeros(n)
    one, other = 1.0 - share, share
    np.add.at(bands[0], left, weight * one * one)
    np.add.at(bands[0], left + 1, weight * other * other)
    np.add.at(bands[1], left, weight * one * other)
    np.add.at(right, left, weight * one * y)
    np.add.at(right, left + 1, weight * other * y)
    bands[0, :-1] += stiff
    bands[0, 1:] += stiff
    bands[1, :-1] -= stiff
    if n > 2:
        for at, value in ((0, 1.0), (1, 4.0), (2, 1.0)):
            bands[0, at : n - 2 + at] += BEND * LATE_WEIGHT * value
        bands[1, : n - 2] -= 2.0 * BEND * LATE_WEIGHT
        bands[1, 1 : n - 1] -= 2.0 * BEND * LATE_WEIGHT
        bands[2, : n - 2] += BEND * LATE_WEIGHT
    _solve(bands, right)
    return right


@compiled("void(f8[:, ::1], f8[::1])")
def _solve(bands: FloatArray, right: FloatArray) -> None:
    """Replace ``right`` (n,) by the solution for a symmetric matrix of five diagonals.

    ``bands`` (3, n) are the main diagonal and the two below it. They are overwritten by the factors of the
    matrix, a diagonal D and a triangle L: its product L D stands below D.
    """
    n = len(right)
    for i in range(n):
        for k in range(1, min(2, i) + 1):
            square, first = bands[0, i - k], bands[k, i - k]
            bands[0, i] -= first * first / square
            right[i] -= first / square * right[i - k]
        if i and i + 1 < n:
            bands[1, i] -= bands[2, i - 1] * bands[1, i - 1] / bands[0, i - 1]
    for i in range(n - 1, -1, -1):
        right[i] /= bands[0, i]
        for k in range(1, min(2, n - 1 - i) + 1):
            right[i] -= bands[k, i] / bands[0, i] * right[i + k]


def _lowered(
    room_s: FloatArray, placed_s: FloatArray, nodes: FloatArray, second: IntArray, first: IntArray
) -> FloatArray:
    """Return by how much a curve must be lowered, smoothly, so that no ``room_s`` is below it.

    ``second`` are the seconds that have messages, and ``first`` the first message of each.
    """
    least = np.minimum(np.minimum.reduceat(room_s, first), 0.0)
    needed = np.zeros(len(nodes) + 1)
    # A wait lies between two nodes, so both must be low enough.
    np.minimum.at(needed, second, least)
    np.minimum.at(needed, second + 1, least)
    half = round(LOWERED_S / BUCKET_S)
    padded = np.pad(needed[: len(nodes)], 2 * half, mode="edge")
    # Each mean is over windows that all hold its own node, so it is nowhere above what is needed.
    lowest = shortest(padded, 2 * half + 1)[: len(nodes) + 2 * half]
    mean = np.convolve(lowest, np.full(2 * half + 1, 1.0 / (2 * half + 1)), mode="valid")
    lowered: FloatArray = np.interp(placed_s, nodes, mean)
    return lowered


def _nodes(placed_s: FloatArray) -> FloatArray:
    """Return the device times, s, at which the edge is fitted: one a second, two at least."""
    first_s, last_s = float(placed_s[0]), float(placed_s[-1])
    count = max(2, int((last_s - first_s) / BUCKET_S) + 2)
    return first_s + BUCKET_S * np.arange(count, dtype=np.float64)


def _weights(above_s: FloatArray) -> FloatArray:
    """Return the weights of waits that are ``above_s`` the edge; negative is below it."""
    # A hold-up says nothing about the edge, however long it is.
    held = SPREAD_S / np.maximum(above_s, SPREAD_S)
    return np.asarray(np.where(above_s < 0.0, 1.0, LATE_WEIGHT * held**2), dtype=np.float64)


def _fastest(
    wait_s: FloatArray, placed_s: FloatArray, second: IntArray, first: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Return device time and wait of the message that waits least of each second, s.

    ``second`` and ``first`` are those of :func:`_seconds`.
    """
    least = np.minimum.reduceat(wait_s, first)
    # The device time of the least wait: the first message of its second that has it.
    at = np.flatnonzero(wait_s == np.repeat(least, np.diff([*first, len(wait_s)])))
    at = at[np.diff(second[at], prepend=-1) > 0]
    return placed_s[at], wait_s[at]


def _seconds(placed_s: FloatArray) -> tuple[IntArray, IntArray]:
    """Return the second (m,) of each message, from 0, and the first message of each second that has one."""
    since = placed_s - placed_s[0]
    since /= BUCKET_S
    second = since.astype(np.int64)
    return second, np.append([0], np.flatnonzero(second[1:] != second[:-1]) + 1)
