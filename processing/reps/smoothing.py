"""The smoothing of an evenly sampled curve by Savitzky and Golay, Anal. Chem. 36 (1964) 1627."""

import numpy as np

from sensor.types import FloatArray

DEGREE = 2


def smoothed(values: FloatArray, window: int) -> FloatArray:
    """Return ``values`` (n,), each replaced by a parabola through the ``window`` samples around it.

    At the ends the parabola of the first or last window is used. ``window`` is odd and at most n.
    """
    half = window // 2
    if half < 2:
        # A parabola goes through one sample, and through three.
        return values.copy()
    at = np.arange(-half, half + 1)
    weights = 3.0 * (3 * half * half + 3 * half - 1 - 5 * at * at)
    weights /= (window - 2) * window * (window + 2)
    out = np.empty_like(values)
    out[half : len(values) - half] = np.convolve(values, weights, mode="valid")
    for start, first in ((0, 0), (len(values) - window, half + 1)):
        parabola = np.polyfit(at, values[start : start + window], DEGREE)
        out[start + first : start + first + half] = np.polyval(parabola, at[first : first + half])
    return out
