"""Brings the samples of shin and foot (and thigh) onto one uniform time grid.

A sample shows the movement at its own time: what a sensor's low pass and its means delay is already
taken out of its times (:attr:`sensor.families.base.Capabilities.delay_s`). Between samples the values
change evenly. Every grid sample is the mean over the grid interval that ends at it, computed from the
running integral. So a gyro keeps its total rotation, whatever its rate, and a faster sensor is averaged
instead of aliased.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeGuard

import numpy as np

from processing.motion.grid import GRID_HZ, LATE_BRIDGE_S
from processing.types import LinkSamples, PairedBlock, join_blocks
from sensor.types import (
    BoolArray,
    FloatArray,
    ImuBlock,
    Segment,
    SensorInfo,
    frozen,
    frozen_bool,
)

PAIRED_SEGMENTS = (Segment.SHIN, Segment.FOOT)
"""The segments that every session has."""
MAX_GAP_S = 0.060
"""Longest time between neighbouring samples that is bridged.

The loss of one message of four samples at a little under 100 Hz leaves just less.
"""
PATIENCE_S = 0.300
"""The grid waits this long for a sensor that is behind the other one.

A shorter stall costs only delay; after a longer one the samples count as missing. A cue that comes
later than this is no longer about the movement it is meant for.
"""

_T, _X, _INTEGRAL, _GAPS, _CLIPS = 0, slice(1, 7), slice(7, 13), 13, 14
_COLUMNS = 15


class _Track:
    """The samples of one sensor that the grid still needs, one row per sample.

    A row holds its time, acc and gyr, their running integral, and the number of gaps and of clipped
    samples up to and including it.
    """

    def __init__(self) -> None:
        self.rows = np.empty((0, _COLUMNS))

    def extend(self, blocks: Sequence[ImuBlock]) -> None:
        """Append the samples of ``blocks``; a gap adds nothing to the integral.

        Only before the first of them may time run back. The samples before it were placed too late:
        those that it runs back over are dropped, and what lies between is a gap.
        """
        runs_back = len(self.rows) > 0 and blocks[0].t[0] <= self.rows[-1, _T]
        if runs_back:
            self.rows = self.rows[: int(self.rows[:, _T].searchsorted(blocks[0].t[0]))]
        known = len(self.rows)
        rows = np.empty((known + sum(len(b.t) for b in blocks), _COLUMNS))
        rows[:known] = self.rows
        added = rows[known:]
        added[:, _T] = np.concatenate([b.t for b in blocks])
        added[:, 1:4] = np.concatenate([b.acc for b in blocks])
        added[:, 4:7] = np.concatenate([b.gyr for b in blocks])
        added[:, _CLIPS] = np.concatenate([b.clipped for b in blocks])
        if not known and len(rows):
            rows[0, _INTEGRAL] = 0.0
            rows[0, _GAPS] = 0.0
        first = max(known, 1)
        old, new = rows[first - 1 : -1], rows[first:]
        width = new[:, _T] - old[:, _T]
        gap = width > MAX_GAP_S
        at = known
        for block in blocks:
            if at and block.unnoticed_s and block.lost:
                missing_s = width[at - first] * block.lost / (block.lost + 1)
                gap[at - first] = missing_s > LATE_BRIDGE_S
            at += len(block.t)
        if runs_back and known:
            gap[0] = True
        new[:, _INTEGRAL] = (old[:, _X] + new[:, _X]) * np.where(gap, 0.0, 0.5 * width)[:, None]
        new[:, _GAPS] = gap
        # cumsum adds in order, so that any split of the input gives the same bits.
        # Time, acc, gyr and flags are in one array, so that a block costs few calls.
        tail = rows[first - 1 :, 7:14]
        tail.cumsum(axis=0, out=tail)
        clips = rows[max(known - 1, 0) :, _CLIPS]
        clips.cumsum(out=clips)
        self.rows = rows

    def forget_before(self, t: float) -> None:
        """Drop the rows before the two samples on either side of ``t`` s."""
        keep = int(self.rows[:, _T].searchsorted(t)) - 1
        if keep > 0:
            self.rows = self.rows[keep:]

    def means(
        self, edges: FloatArray, in_time: BoolArray
    ) -> tuple[FloatArray, BoolArray, BoolArray]:
        """Return the means (n, 6), validity and clipping (n,) of n grid intervals.

        Parameters
        ----------
        edges
            (n + 1,) s, the ends of the intervals.
        in_time
            (n,) False where the samples came too late: such an interval is not valid, so that the
            result does not depend on what has arrived since.
        """
        n = len(edges) - 1
        if len(self.rows) < 2:
            return np.zeros((n, 6)), np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)
        after = self.rows[:, _T].searchsorted(edges)
        hi = np.minimum(np.maximum(after, 1), len(self.rows) - 1)
        low, high = self.rows[hi - 1], self.rows[hi]
        inside = (edges >= low[:, _T]) & (edges <= high[:, _T])
        into = (edges - low[:, _T])[:, None]
        change = (high[:, _X] - low[:, _X]) / (high[:, _T] - low[:, _T])[:, None]
        integral = low[:, _INTEGRAL] + (low[:, _X] + 0.5 * change * into) * into
        # An interval is sound if no gap lies between the samples that bracket it.
        valid = in_time & inside[:-1] & inside[1:] & (high[1:, _GAPS] == low[:-1, _GAPS])
        clipped = valid & (high[1:, _CLIPS] > low[:-1, _CLIPS])
        means = np.where(valid[:, None], (integral[1:] - integral[:-1]) * GRID_HZ, 0.0)
        return means, valid, clipped


class Pairing:
    """Streams of :class:`ImuBlock` in, :class:`PairedBlock` out. Any split gives the same bits.

    The grid moves on when both sensors have passed a grid time, or when one of them, or the host's
    clock, is ``patience_s`` ahead; samples that arrive later are not used. Where the time of a sensor
    runs back, the grid goes on from where it is. Blocks of other segments are ignored.

    Parameters
    ----------
    patience_s
        How long the grid waits for a sensor that is behind; infinite offline.
    segments
        The segments whose sensors are paired.
    """

    def __init__(
        self,
        patience_s: float = PATIENCE_S,
        segments: Sequence[Segment] = PAIRED_SEGMENTS,
    ) -> None:
        self.patience_s = patience_s
        self.segments = tuple(segments)
        self.reset()

    def reset(self) -> None:
        """Forget every sample: a new session."""
        self._tracks = {s: _Track() for s in self.segments}
        self._known = dict.fromkeys(self.segments, -math.inf)
        self._host_t = -math.inf
        self._reached_t = -math.inf
        self._next: int | None = None

    def feed(self, items: Sequence[ImuBlock | float]) -> PairedBlock | None:
        """Take ``items`` in their order of arrival; return the grid samples they complete.

        An item is a block of samples, or a number: the host's time in s, by which sensors that are
        silent until then are late.
        """
        # A sensor whose time runs back drops samples, which others before it may still have used.
        at = self._runs_back(items)
        if at:
            parts = [self.feed(items[:at]), self.feed(items[at:])]
            found = [part for part in parts if part is not None]
            return join_blocks(found) if found else None
        if not items:
            return None
        if self._next is None:
            starts = [float(b.t[0]) for b in items if self._is_samples(b)]
            if not starts:
                return None
            self._next = int(np.floor(starts[0] * GRID_HZ)) + 1
        known, limit = self._progress(items)
        for segment, track in self._tracks.items():
            own = [b for b in items if isinstance(b, ImuBlock) and b.segment is segment]
            if own:
                track.extend(own)
        return self._emit(known, limit)

    def finish(self) -> PairedBlock | None:
        """Return what is left when no more samples come: the grid up to the last one."""
        if self._next is None:
            return None
        return self._emit({s: [t] for s, t in self._known.items()}, [max(self._known.values())])

    def _runs_back(self, items: Sequence[ImuBlock | float]) -> int:
        """Return the place of the first but one item before which the time of its sensor runs back."""
        known = dict(self._known)
        for at, item in enumerate(items):
            if isinstance(item, ImuBlock) and item.t.size and item.segment in known:
                if at and item.t.item(0) <= known[item.segment]:
                    return at
                known[item.segment] = item.t.item(-1)
        return 0

    def _is_samples(self, item: ImuBlock | float) -> TypeGuard[ImuBlock]:
        return isinstance(item, ImuBlock) and item.segment in self._tracks and len(item.t) > 0

    def _progress(
        self, items: Sequence[ImuBlock | float]
    ) -> tuple[dict[Segment, list[float]], list[float]]:
        """Return, after each item, the time (s) each sensor has reached, and the grid may reach."""
        known = dict(self._known)
        after: dict[Segment, list[float]] = {segment: [] for segment in known}
        limit: list[float] = []
        host_t, patience_s = self._host_t, self.patience_s
        reached_t = self._reached_t
        for segment, t in _arrivals(items):
            if segment is None:
                host_t = max(host_t, t)
            elif segment in known:
                known[segment] = t
            for each, each_t in known.items():
                after[each].append(each_t)
            times = known.values()
            # Where time runs back, what was reached stays reached.
            reached_t = max(reached_t, max(host_t, *times) - patience_s, min(times))
            limit.append(reached_t)
        self._known = known
        self._host_t = host_t
        self._reached_t = reached_t
        return after, limit

    def _emit(self, known: dict[Segment, list[float]], limit: list[float]) -> PairedBlock | None:
        """Return the grid as far as ``limit`` allows after the last of the items."""
        first = self._next if self._next is not None else 0
        if limit[-1] * GRID_HZ < first:
            return None
        last = math.floor(limit[-1] * GRID_HZ)
        edges = np.arange(first - 1, last + 1) / GRID_HZ
        t = edges[1:]
        # The item with which a grid time became ready: what came later is too late for it.
        released = np.minimum(np.array(limit).searchsorted(t), len(limit) - 1)
        columns: dict[Segment, tuple[FloatArray, BoolArray, BoolArray]] = {}
        for segment, track in self._tracks.items():
            in_time = np.array(known[segment])[released] >= t
            columns[segment] = track.means(edges, in_time)
            track.forget_before(float(edges[-1]))
        self._next = last + 1
        shin, foot = columns[Segment.SHIN], columns[Segment.FOOT]
        thigh = columns.get(Segment.THIGH)
        return PairedBlock(
            t=frozen(t),
            shin_acc=frozen(shin[0][:, :3]),
            shin_gyr=frozen(shin[0][:, 3:]),
            foot_acc=frozen(foot[0][:, :3]),
            foot_gyr=frozen(foot[0][:, 3:]),
            shin_valid=frozen_bool(shin[1]),
            foot_valid=frozen_bool(foot[1]),
            shin_clipped=frozen_bool(shin[2]),
            foot_clipped=frozen_bool(foot[2]),
            thigh=None if thigh is None else _link(*thigh),
        )


def _arrivals(items: Iterable[ImuBlock | float]) -> Iterator[tuple[Segment | None, float]]:
    """Yield the segment of each message and the time of its last sample, in their order of arrival.

    A time of the host comes with None.
    """
    together: list[ImuBlock] = []
    for item in items:
        if isinstance(item, ImuBlock) and item.places is not None:
            together.append(item)
            continue
        yield from _in_their_places(together)
        together = []
        if not isinstance(item, ImuBlock):
            yield None, item
        elif item.t.size:
            yield item.segment, item.t.item(-1)
    yield from _in_their_places(together)


def _in_their_places(blocks: Sequence[ImuBlock]) -> Iterator[tuple[Segment, float]]:
    """Yield segment and time as above for the messages of blocks with places."""
    known = [(b, b.ends, b.places) for b in blocks if b.ends is not None and b.places is not None]
    if not known:
        return
    order = np.concatenate([places for _, _, places in known]).argsort(kind="stable")
    times = np.concatenate([block.t[ends - 1] for block, ends, _ in known])[order]
    of_block = np.repeat(np.arange(len(known)), [len(ends) for _, ends, _ in known])[order]
    segments = [block.segment for block, _, _ in known]
    yield from zip([segments[i] for i in of_block.tolist()], times.tolist(), strict=True)


def segments_of(sensors: Sequence[SensorInfo]) -> tuple[Segment, ...]:
    """Return the segments to pair of a session's ``sensors``: the thigh only if it is worn."""
    worn = any(sensor.segment is Segment.THIGH for sensor in sensors)
    return (*PAIRED_SEGMENTS, Segment.THIGH) if worn else PAIRED_SEGMENTS


def _link(means: FloatArray, valid: BoolArray, clipped: BoolArray) -> LinkSamples:
    return LinkSamples(
        frozen(means[:, :3]), frozen(means[:, 3:]), frozen_bool(valid), frozen_bool(clipped)
    )
