"""Keeps a stream of blocks on its uniform grid: what is missing becomes samples that are not valid."""

import numpy as np

from processing.types import PairedBlock
from sensor.types import BoolArray, FloatArray

MAX_FILL_S = 10.0
"""A longer hole is filled only so far: the filters have forgotten everything by then."""


def filled(
    block: PairedBlock, last_t: float | None, rate_hz: float
) -> tuple[PairedBlock, BoolArray | None]:
    """Return ``block`` without holes, and which of its samples were there (None: all).

    ``last_t`` s is the time of the sample before the block, None if it is the first.
    """
    if not len(block.t):
        return block, None
    before = block.t[0] - 1.0 / rate_hz if last_t is None else last_t
    steps = np.rint(np.diff(block.t, prepend=before) * rate_hz)
    if steps.max() <= 1.0:
        return block, None
    steps = np.clip(steps, 1.0, MAX_FILL_S * rate_hz).astype(np.int64)
    at = np.cumsum(steps) - 1
    n = int(at[-1]) + 1
    present = np.zeros(n, dtype=np.bool_)
    present[at] = True

    def spread(values: FloatArray) -> FloatArray:
        out = np.zeros((n, *values.shape[1:]))
        out[at] = values
        return out

    def spread_bool(values: BoolArray) -> BoolArray:
        out = np.zeros(n, dtype=np.bool_)
        out[at] = values
        return out

    return (
        PairedBlock(
            spread(block.t),
            spread(block.shin_acc),
            spread(block.shin_gyr),
            spread(block.foot_acc),
            spread(block.foot_gyr),
            spread_bool(block.shin_valid),
            spread_bool(block.foot_valid),
            spread_bool(block.shin_clipped),
            spread_bool(block.foot_clipped),
        ),
        present,
    )
