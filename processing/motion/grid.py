"""The time grid of the angles, and its gaps: samples that are missing or not valid."""

from dataclasses import fields
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from processing.types import PARTLY_KNOWN, LinkSamples, PairedBlock
from sensor.compiled import compiled
from sensor.types import BoolArray, FloatArray

IndexArray: TypeAlias = npt.NDArray[np.int64]
_Block = TypeVar("_Block", PairedBlock, LinkSamples)

GRID_HZ = 100.0
"""Rate of the grid: the one that most of the supported sensors offer."""
BRIDGE_S = 0.1
"""Over a longer gap no rate is interpolated, and both angles are taken again from the accelerometers.

As long as the gap for which a rep is not judged. In a lift of 100° in 1 s an even change of the rate
is wrong by 0.3° over this gap, but by 2.5° over 0.3 s.
"""
LATE_BRIDGE_S = 0.2
"""So long a loss is bridged where it is noticed late, for there nothing is missing: the samples on both
sides of the notice are consecutive.

Its turn, taken from the rate beside the loss, is wrong by 1° in a lift of 100° in 1 s. After a longer one
the angles are taken again.
"""
MAX_FILL_S = 10.0
"""A longer gap is filled only so far, for the filters have forgotten everything by then.

Gravity's direction has a time constant of 3 s, and the joint filter starts again after 0.2 s.
"""


def filled(
    block: PairedBlock, last_t: float | None, rate_hz: float
) -> tuple[PairedBlock, BoolArray | None]:
    """Return ``block`` without missing samples, and which of its samples were there.

    Parameters
    ----------
    block
        Samples at the times of a grid, some of which may be missing.
    last_t
        Time of the sample before the block, s; None if the block is the first.
    rate_hz
        Rate of the grid.

    Returns
    -------
    tuple
        The block with zeros, not valid, where samples were missing; and a mask (m,) of its samples
        that were there, None if all were.
    """
    if not len(block.t):
        return block, None
    before = block.t.item(0) - 1.0 / rate_hz if last_t is None else last_t
    # The usual case, and the cheap one: every sample of the grid is there.
    if round((block.t.item(-1) - before) * rate_hz) <= len(block.t):
        return block, None
    steps = np.rint(np.diff(block.t, prepend=before) * rate_hz)
    steps = np.clip(steps, 1.0, MAX_FILL_S * rate_hz).astype(np.int64)
    at = np.cumsum(steps) - 1
    n = int(at[-1]) + 1
    present = np.zeros(n, dtype=np.bool_)
    present[at] = True

    return _spread(block, at, n), present


def _spread(block: _Block, at: IndexArray, n: int) -> _Block:
    """Return ``block`` with its samples at the places ``at`` of ``n``, and zeros elsewhere."""
    return type(block)(*(_spread_field(getattr(block, f.name), at, n) for f in fields(block)))


def _spread_field(value: Any, at: IndexArray, n: int) -> Any:
    if value is None:
        return None
    if isinstance(value, LinkSamples):
        return _spread(value, at, n)
    out = np.zeros((n, *value.shape[1:]), dtype=value.dtype)
    out[at] = value
    return out


def longest_bridge(rate_hz: float) -> int:
    """Return how many samples of the grid may be missing in a gap that is bridged.

    A grid sample is the mean over an interval, so that the grid misses more of them than the sensor.
    """
    return round(BRIDGE_S * rate_hz) + PARTLY_KNOWN


def runs_between_gaps(valid: BoolArray, rate_hz: float) -> list[tuple[int, int]]:
    """Return start and stop of the stretches of ``valid`` (n,) between gaps longer than the bridge."""
    # Only the edges are numbers: an index of every sample of a long session would take 30 MB.
    edges = np.flatnonzero(np.diff(valid, prepend=False, append=False))
    if not len(edges):
        return []
    starts, stops = edges[::2], edges[1::2]
    wide = starts[1:] - stops[:-1] > longest_bridge(rate_hz)
    first, last = np.append([True], wide), np.append(wide, [True])
    return list(zip(starts[first].tolist(), stops[last].tolist(), strict=True))


def bridged(samples: FloatArray, valid: BoolArray) -> FloatArray:
    """Return ``samples`` (n, 3) with straight lines where they are not ``valid`` (n,)."""
    if valid.all() or not valid.any():
        return np.ascontiguousarray(samples)
    at, known = np.arange(len(valid)), np.flatnonzero(valid)
    return np.stack([np.interp(at, known, x[known]) for x in samples.T], axis=1)


def bridged_part(
    samples: FloatArray, valid: BoolArray, part: tuple[int, int], within: tuple[int, int]
) -> FloatArray:
    """Return the samples of a ``part`` (start and stop) as :func:`bridged`, from both of its sides.

    ``within`` are the samples that may be looked at for it.
    """
    first, last = part
    while first > within[0] and not valid[first]:
        first -= 1
    while last < within[1] and not valid[last - 1]:
        last += 1
    whole = bridged(samples[first:last], valid[first:last])
    return whole[part[0] - first : part[1] - first]


class Run(NamedTuple):
    """Consecutive samples ``start:stop`` of a block that are all valid or all not."""

    start: int
    """Number of the first sample."""
    stop: int
    """Number of the sample after the last."""
    valid: bool
    """Whether the samples are valid."""
    missing: int
    """Number of invalid samples directly before a valid run, earlier blocks included.

    0 for the first valid run of a stream.
    """


class Runs:
    """The runs in a stream of flags; a gap is remembered from one block to the next."""

    def __init__(self) -> None:
        self._missing: int | None = None

    def cut(self, valid: BoolArray) -> list[Run]:
        """Return the runs of ``valid`` (n,), n >= 1, in order."""
        edges = [0, len(valid)]
        # Live, and for every message, all are alike.
        if _changes(valid):
            edges[1:1] = (np.flatnonzero(valid[1:] != valid[:-1]) + 1).tolist()
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


@compiled("i8(Array(b1, 1, 'A', True))")
def _changes(valid: BoolArray) -> int:
    """Return how often the flags ``valid`` (n,) change."""
    count = 0
    for i in range(1, len(valid)):
        if valid[i] != valid[i - 1]:
            count += 1
    return count
