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
    from scipy.signal import find_peaks  # noqa: PLC0415 - slow to load

    size = _PROMINENCE * float(np.ptp(angle))
    # The ends count as turning points too: a movement may begin at one.
    padded = np.concatenate([[angle.mean()], angle, [angle.mean()]])
    lows = padded[find_peaks(-padded, prominence=size)[0]]
    highs = padded[find_peaks(padded, prominence=size)[0]]
    return lows, highs


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
