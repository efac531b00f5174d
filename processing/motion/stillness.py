"""Stretches of a recording in which a sensor, or a leg, is still."""

from dataclasses import dataclass, replace

import numpy as np

from processing.types import PairedBlock
from sensor.types import BoolArray, FloatArray

WINDOW_S = 0.5
"""Shortest stretch that counts as still: several cycles of a tremor of 8 to 12 Hz."""


@dataclass(frozen=True, slots=True)
class StillLimits:
    """Limits of the standard deviations of a still sensor over :data:`WINDOW_S`."""

    gyr_dps: float
    """Of the gyro, °/s."""
    acc_mps2: float
    """Of the accelerometer, m/s²."""


WORN = StillLimits(gyr_dps=2.0, acc_mps2=0.25)
"""A sensor strapped to a leg that is held still. Not chosen by a documented measurement."""
LYING = StillLimits(gyr_dps=1.0, acc_mps2=0.15)
"""A sensor on a bench: no tremor, only its own noise and steps on the floor."""


@dataclass(frozen=True, slots=True)
class StillSpan:
    """Samples ``start:stop`` of a block, in which both sensors were still or stillest."""

    start: int
    """Number of the first sample."""
    stop: int
    """Number of the sample after the last."""
    shin_dps: float
    """Standard deviation of the shin's gyro, °/s."""
    foot_dps: float
    """Standard deviation of the foot's gyro, °/s."""
    steady: bool
    """Whether both sensors were still; False for the stillest stretch of a block that has none."""


def spread(samples: FloatArray, length: int) -> FloatArray:
    """Return the standard deviation (n - length + 1,) of ``samples`` (n, 3) in sliding windows.

    The variances of the three components are added.

    Parameters
    ----------
    samples
        (n, 3) in any unit, which is that of the result.
    length
        Samples in a window.
    """
    centred = samples - samples.mean(axis=0)
    first = np.cumsum(np.vstack([np.zeros((1, 3)), centred]), axis=0)
    second = np.cumsum(np.vstack([np.zeros((1, 3)), centred * centred]), axis=0)
    # Running sums of centred samples: uncentred ones of a long block would lose the small variance.
    mean = (first[length:] - first[:-length]) / length
    square = (second[length:] - second[:-length]) / length
    out: FloatArray = np.sqrt(np.maximum(square - mean * mean, 0.0).sum(axis=1))
    return out


def stillest(block: PairedBlock, rate_hz: float) -> StillSpan | None:
    """Return the first still span of a leg in ``block``, or else its stillest window.

    The span is extended for as long as both sensors stay still. None if the block is shorter than
    a window or has no window without missing samples.
    """
    length = max(2, round(WINDOW_S * rate_hz))
    if len(block.t) < length:
        return None
    whole = _all_of(block.shin_valid & block.foot_valid, length)
    if not whole.any():
        return None
    shin, foot = spread(block.shin_gyr, length), spread(block.foot_gyr, length)
    moved = np.maximum(shin, foot)
    still = (
        whole
        & (moved < np.radians(WORN.gyr_dps))
        & (spread(block.shin_acc, length) < WORN.acc_mps2)
        & (spread(block.foot_acc, length) < WORN.acc_mps2)
    )
    if still.any():
        start = int(np.argmax(still))
        # From the first still window on, as long as every window is still.
        more = np.flatnonzero(~still[start:])
        stop = start + (int(more[0]) if len(more) else len(still) - start) - 1 + length
    else:
        start = int(np.argmin(np.where(whole, moved, np.inf)))
        stop = start + length
    dps = np.degrees(
        [np.sqrt(g[start:stop].var(axis=0).sum()) for g in (block.shin_gyr, block.foot_gyr)]
    )
    return StillSpan(start, stop, float(dps[0]), float(dps[1]), bool(still.any()))


def without_drift(block: PairedBlock, span: StillSpan, rate_hz: float) -> StillSpan:
    """Return the beginning of ``span`` in which the mean rates stay as they were at first.

    A leg that is moved evenly scatters as little as one at rest, but what a gyro reads at rest does not change
    within seconds.
    """
    length = max(2, round(WINDOW_S * rate_hz))
    part = slice(span.start, span.stop)
    drifts = [_drift(gyr[part], length) for gyr in (block.shin_gyr, block.foot_gyr)]
    gone = np.flatnonzero(np.maximum(*drifts) > np.radians(WORN.gyr_dps))
    stop = span.stop if not gone.size else span.start + int(gone[0]) - 1 + length
    return replace(span, stop=stop)


def _drift(gyr: FloatArray, length: int) -> FloatArray:
    """Return by how much (rad/s) the mean of ``gyr`` (n, 3) in sliding windows differs from the first."""
    total = np.cumsum(np.vstack([np.zeros((1, 3)), gyr]), axis=0)
    means = (total[length:] - total[:-length]) / length
    out: FloatArray = np.linalg.norm(means - means[0], axis=1)
    return out


def _all_of(flags: BoolArray, length: int) -> BoolArray:
    """Return whether all ``flags`` (n,) are set in sliding windows, (n - length + 1,)."""
    total = np.concatenate([[0], np.cumsum(flags)])
    out: BoolArray = (total[length:] - total[:-length]) == length
    return out
