"""Brings the sensors of shin and foot onto one uniform time grid.

An inertial sensor filters or integrates before it gives out a sample, so a sample stands for the
time since the one before it. Every grid sample is the mean, in that sense, over the grid interval
that ends at it, computed from the running integral: a gyro resampled so keeps its total rotation,
whatever its rate, and a faster sensor is averaged instead of aliased.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard

import numpy as np

from processing.types import LinkSamples, PairedBlock
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


@dataclass(frozen=True, slots=True)
class PairingConfig:
    """Parameters of the grid.

    ``max_gap_s`` is the longest time between neighbouring samples that is bridged: 50 ms of missing
    ones and the next, so that the loss of one message of four samples at a little under 100 Hz is.
    ``patience_s`` is how long the grid waits for a sensor that is behind the other one: shorter
    than that a stall costs nothing but delay, longer and the samples count as missing.
    """

    grid_hz: float = 100.0
    max_gap_s: float = 0.060
    patience_s: float = 0.300


_T, _X, _INTEGRAL, _GAPS, _CLIPS = 0, slice(1, 7), slice(7, 13), 13, 14
_COLUMNS = 15


class _Track:
    """The samples of one sensor that the grid still needs, one row a sample.

    A row holds its time, acc and gyr, their running integral, and how many gaps and clipped
    samples there were up to and including it.
    """

    def __init__(self, max_gap_s: float) -> None:
        self.max_gap_s = max_gap_s
        self.rows = np.empty((0, _COLUMNS))

    def extend(self, blocks: Sequence[ImuBlock]) -> None:
        """Append the samples of ``blocks``; a gap adds nothing to the integral."""
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
        gap = width > self.max_gap_s
        new[:, _INTEGRAL] = new[:, _X] * np.where(gap, 0.0, width)[:, None]
        new[:, _GAPS] = gap
        # cumsum adds in order, so that any split of the input gives the same bits.
        tail = rows[first - 1 :, 7:14]
        tail.cumsum(axis=0, out=tail)
        clips = rows[max(known - 1, 0) :, _CLIPS]
        clips.cumsum(out=clips)
        self.rows = rows

    def forget_before(self, t: float) -> None:
        """Drop what lies before the samples that bracket ``t``."""
        keep = int(self.rows[:, _T].searchsorted(t)) - 1
        if keep > 0:
            self.rows = self.rows[keep:]

    def means(
        self, edges: FloatArray, grid_hz: float, in_time: BoolArray
    ) -> tuple[FloatArray, BoolArray, BoolArray]:
        """Return the means (n, 6), validity and clipping (n,) of the n intervals of ``edges``.

        An interval that is not ``in_time`` (n,) is not valid, whatever has arrived since.
        """
        n = len(edges) - 1
        if len(self.rows) < 2:
            return np.zeros((n, 6)), np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)
        after = self.rows[:, _T].searchsorted(edges)
        hi = np.minimum(np.maximum(after, 1), len(self.rows) - 1)
        low, high = self.rows[hi - 1], self.rows[hi]
        inside = (edges >= low[:, _T]) & (edges <= high[:, _T])
        into = (edges - low[:, _T])[:, None]
        integral = low[:, _INTEGRAL] + high[:, _X] * into
        # An interval is sound if no gap lies between the samples that bracket it.
        valid = in_time & inside[:-1] & inside[1:] & (high[1:, _GAPS] == low[:-1, _GAPS])
        clipped = valid & (high[1:, _CLIPS] > low[:-1, _CLIPS])
        means = np.where(valid[:, None], (integral[1:] - integral[:-1]) * grid_hz, 0.0)
        return means, valid, clipped


class Pairing:
    """Streams of :class:`ImuBlock` in, :class:`PairedBlock` out. Any split gives the same bits.

    The grid moves on when both sensors have passed a grid time, or when one of them, or the host's
    clock, is ``patience_s`` ahead; what then arrives late is not used. Blocks of other segments
    are ignored.

    Attributes
    ----------
    overtaken
        Whether the grid moved on past a sensor that went on afterwards: more patience might give
        other samples.
    """

    def __init__(
        self,
        config: PairingConfig | None = None,
        segments: Sequence[Segment] = PAIRED_SEGMENTS,
    ) -> None:
        self.config = config or PairingConfig()
        self.segments = tuple(segments)
        self.reset()

    def reset(self) -> None:
        """Forget every sample: a new session."""
        self._tracks = {s: _Track(self.config.max_gap_s) for s in self.segments}
        self._known = dict.fromkeys(self.segments, -math.inf)
        self._host_t = -math.inf
        self._reached_t = -math.inf
        self._next: int | None = None
        self.overtaken = False

    def feed(self, items: Sequence[ImuBlock | float]) -> PairedBlock | None:
        """Take ``items`` in their order of arrival; return the grid samples they complete.

        An item is a block of samples, or a number: the host's time in s, which says that sensors
        silent until then are late.
        """
        if not items:
            return None
        if self._next is None:
            starts = [float(b.t[0]) for b in items if self._is_samples(b)]
            if not starts:
                return None
            self._next = int(np.floor(starts[0] * self.config.grid_hz)) + 1
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

    def _is_samples(self, item: ImuBlock | float) -> TypeGuard[ImuBlock]:
        return isinstance(item, ImuBlock) and item.segment in self._tracks and len(item.t) > 0

    def _progress(
        self, items: Sequence[ImuBlock | float]
    ) -> tuple[dict[Segment, list[float]], list[float]]:
        """Return after each item how far each sensor was known, and how far the grid may go."""
        known = dict(self._known)
        after: dict[Segment, list[float]] = {segment: [] for segment in known}
        limit: list[float] = []
        host_t, patience_s = self._host_t, self.config.patience_s
        reached_t, overtaken = self._reached_t, self.overtaken
        for item in items:
            if not isinstance(item, ImuBlock):
                host_t = max(host_t, item)
            elif item.t.size and item.segment in known:
                own_t = known[item.segment]
                overtaken |= own_t < reached_t and _goes_on(item, own_t, reached_t)
                known[item.segment] = item.t.item(-1)
            for segment, t in known.items():
                after[segment].append(t)
            times = known.values()
            reached_t = max(max(host_t, *times) - patience_s, min(times))
            limit.append(reached_t)
        self._known = known
        self._host_t = host_t
        self._reached_t, self.overtaken = reached_t, overtaken
        return after, limit

    def _emit(self, known: dict[Segment, list[float]], limit: list[float]) -> PairedBlock | None:
        """Return the grid as far as ``limit`` allows after the last of the items."""
        grid_hz = self.config.grid_hz
        first = self._next if self._next is not None else 0
        if limit[-1] * grid_hz < first:
            return None
        last = math.floor(limit[-1] * grid_hz)
        edges = np.arange(first - 1, last + 1) / grid_hz
        t = edges[1:]
        released = np.minimum(np.array(limit).searchsorted(t), len(limit) - 1)
        columns: dict[Segment, tuple[FloatArray, BoolArray, BoolArray]] = {}
        for segment, track in self._tracks.items():
            in_time = np.array(known[segment])[released] >= t
            columns[segment] = track.means(edges, grid_hz, in_time)
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


def segments_of(sensors: Sequence[SensorInfo]) -> tuple[Segment, ...]:
    """Return what is to be paired of the ``sensors`` of a session: a thigh only if it is worn."""
    worn = any(sensor.segment is Segment.THIGH for sensor in sensors)
    return (*PAIRED_SEGMENTS, Segment.THIGH) if worn else PAIRED_SEGMENTS


def _link(means: FloatArray, valid: BoolArray, clipped: BoolArray) -> LinkSamples:
    return LinkSamples(
        frozen(means[:, :3]), frozen(means[:, 3:]), frozen_bool(valid), frozen_bool(clipped)
    )


def _goes_on(block: ImuBlock, known_t: float, reached_t: float) -> bool:
    """Whether ``block`` could have said something of the time before ``reached_t``."""
    return math.isfinite(known_t) or block.t.item(0) <= reached_t
