"""The range of a repeated movement, and the start pose of the curls."""

import numpy as np

from processing.motion.calibrated import Calibration
from processing.motion.pose import grid_rate
from processing.motion.stillness import stillest
from processing.types import PairedBlock
from sensor.types import FloatArray

_AT_BOTTOM = 0.25
"""A rest below this share of the range is at the bottom, as in the reps."""
_LOWEST = 0.05
"""Without such a rest, the samples below this share of the range are averaged."""
_PROMINENCE = 0.5
"""A turning point stands out by this share of the range: jerks on the way do not."""


def start_force(curls: PairedBlock, calibration: Calibration) -> FloatArray:
    """Return the shin's acceleration (3,) m/s² in the start pose of the curls, offset included.

    The start pose is where the leg first rested at the bottom, or else where it was lowest.
    """
    rate = (curls.shin_gyr - np.array(calibration.shin.gyr_offset)) @ np.array(
        calibration.curl_axis
    )
    # Unit and scale do not matter here: only which samples are lowest.
    curl = np.cumsum(np.where(curls.shin_valid, rate, 0.0))
    low, span = float(curl.min()), float(np.ptp(curl))
    rest = stillest(curls, grid_rate(curls))
    if rest is not None and curl[rest.start : rest.stop].mean() < low + _AT_BOTTOM * span:
        held: FloatArray = curls.shin_acc[rest.start : rest.stop].mean(axis=0)
        return held
    force: FloatArray = curls.shin_acc[curls.shin_valid & (curl <= low + _LOWEST * span)].mean(
        axis=0
    )
    return force


def turning_points(angle: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the lows and highs of a repeated movement ``angle`` (n,), in its unit."""
    size = _PROMINENCE * float(np.ptp(angle))
    # The ends count as turning points too: a movement may begin at one.
    padded = np.concatenate([[angle.mean()], angle, [angle.mean()]])
    return padded[_peaks(-padded, size)], padded[_peaks(padded, size)]


def _peaks(x: FloatArray, prominence: float) -> list[int]:
    """Return the peaks of ``x`` (n,) that stand out by ``prominence``; of a plateau its middle.

    A peak stands out by its height over the higher one of the lowest values on both sides, up to the
    next value that is higher than the peak.
    """
    starts = np.flatnonzero(np.diff(x, prepend=np.nan))
    ends = np.append(starts[1:], len(x)) - 1
    level = x[starts]
    inner = level[1:-1]
    tops = np.flatnonzero((inner > level[:-2]) & (inner > level[2:])) + 1
    found = []
    for at in ((starts[tops] + ends[tops]) // 2).tolist():
        higher = np.flatnonzero(x > x[at])
        split = int(np.searchsorted(higher, at))
        first = higher[split - 1] + 1 if split else 0
        last = higher[split] if split < len(higher) else len(x)
        if x[at] - max(x[first : at + 1].min(), x[at:last].min()) >= prominence:
            found.append(at)
    return found


def median_turns(angle: FloatArray) -> tuple[float, float]:
    """Return the median low and high turning point of a repeated movement ``angle`` (n,) rad."""
    if not len(angle):
        return 0.0, 0.0
    # The median of the turning points forgives one movement that was too small or too large.
    low, high = turning_points(angle)
    return (
        float(np.median(low)) if len(low) else float(angle.min()),
        float(np.median(high)) if len(high) else float(angle.max()),
    )
