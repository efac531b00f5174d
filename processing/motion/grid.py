"""Holes in a stream: samples that are missing, and those that are there but not valid."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from processing.types import LinkSamples, PairedBlock
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
    before = float(block.t[0]) - 1.0 / rate_hz if last_t is None else last_t
    if round((float(block.t[-1]) - before) * rate_hz) <= len(block.t):
        return block, None
    steps = np.rint(np.diff(block.t, prepend=before) * rate_hz)
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

    thigh = block.thigh
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
            thigh
            and LinkSamples(
                spread(thigh.acc),
                spread(thigh.gyr),
                spread_bool(thigh.valid),
                spread_bool(thigh.clipped),
            ),
        ),
        present,
    )


@dataclass(frozen=True, slots=True)
class Run:
    """Samples ``start:stop`` of a block are all valid or all not; ``missing`` came before them.

    ``missing`` counts the samples that were not valid directly before a valid run, also in the
    blocks before; it is zero for the first valid run of a stream, which nothing came before.
    """

    start: int
    stop: int
    valid: bool
    missing: int


class Runs:
    """Cuts a stream of flags into runs, and remembers a gap from one block to the next."""

    def __init__(self) -> None:
        self._missing: int | None = None

    def cut(self, valid: BoolArray) -> list[Run]:
        """Return the runs of ``valid`` (n,), n at least 1, in order."""
        edges = [0, *(np.flatnonzero(valid[1:] != valid[:-1]) + 1).tolist(), len(valid)]
        runs: list[Run] = []
        for start, stop in pairwise(edges):
            if valid[start]:
                runs.append(Run(start, stop, valid=True, missing=self._missing or 0))
                self._missing = 0
            else:
                runs.append(Run(start, stop, valid=False, missing=0))
                if self._missing is not None:
                    self._missing += stop - start
        return runs
