"""Where a leg holds still."""

from dataclasses import dataclass

import numpy as np

from processing.types import PairedBlock
from sensor.types import BoolArray, FloatArray


@dataclass(frozen=True, slots=True)
class StillnessConfig:
    """A sensor is still while its gyro and accelerometer stray this little over ``window_s``."""

    window_s: float = 0.5
    gyr_dps: float = 2.0
    acc_mps2: float = 0.25


@dataclass(frozen=True, slots=True)
class StillSpan:
    """Samples ``start:stop`` of a block, during which both sensors were still enough to use.

    ``shin_dps`` and ``foot_dps`` are the gyros' standard deviations; ``steady`` says whether both
    sensors really were still, or this is only the stillest that there is.
    """

    start: int
    stop: int
    shin_dps: float
    foot_dps: float
    steady: bool


def spread(samples: FloatArray, length: int) -> FloatArray:
    """Return the standard deviation (n - length + 1,) of ``samples`` (n, 3) in sliding windows.

    The three components' variances are added.
    """
    centred = samples - samples.mean(axis=0)
    first = np.cumsum(np.vstack([np.zeros((1, 3)), centred]), axis=0)
    second = np.cumsum(np.vstack([np.zeros((1, 3)), centred * centred]), axis=0)
    mean = (first[length:] - first[:-length]) / length
    square = (second[length:] - second[:-length]) / length
    out: FloatArray = np.sqrt(np.maximum(square - mean * mean, 0.0).sum(axis=1))
    return out


def stillest(block: PairedBlock, rate_hz: float, config: StillnessConfig) -> StillSpan | None:
    """Return the first still span of ``block``, or else its stillest window.

    The span is extended for as long as both sensors stay still. None if the block is shorter than
    a window or has no window without missing samples.
    """
    length = max(2, round(config.window_s * rate_hz))
    if len(block.t) < length:
        return None
    whole = _all_of(block.shin_valid & block.foot_valid, length)
    if not whole.any():
        return None
    shin, foot = spread(block.shin_gyr, length), spread(block.foot_gyr, length)
    moved = np.maximum(shin, foot)
    still = (
        whole
        & (moved < np.radians(config.gyr_dps))
        & (spread(block.shin_acc, length) < config.acc_mps2)
        & (spread(block.foot_acc, length) < config.acc_mps2)
    )
    if still.any():
        start = int(np.argmax(still))
        more = np.flatnonzero(~still[start:])
        stop = start + (int(more[0]) if len(more) else len(still) - start) - 1 + length
    else:
        start = int(np.argmin(np.where(whole, moved, np.inf)))
        stop = start + length
    dps = np.degrees(
        [np.sqrt(g[start:stop].var(axis=0).sum()) for g in (block.shin_gyr, block.foot_gyr)]
    )
    return StillSpan(start, stop, float(dps[0]), float(dps[1]), bool(still.any()))


def _all_of(flags: BoolArray, length: int) -> BoolArray:
    total = np.concatenate([[0], np.cumsum(flags)])
    out: BoolArray = (total[length:] - total[:-length]) == length
    return out
