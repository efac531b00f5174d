"""Brings the samples of shin and foot (and of thigh and pelvis) onto one uniform time grid.

A sample shows the movement at its own time: what a sensor's low pass and its means delay is already
taken out of its times (:attr:`sensor.families.base.Capabilities.delay_s`). Between samples the values
change evenly. Every grid sample is the mean over the grid interval that ends at it, computed from the
running integral. So a gyro keeps its total rotation, whatever its rate, and a faster sensor is averaged
instead of aliased.
"""

import math
from collections.abc import Sequence
from typing import TypeGuard

import numpy as np

from processing.motion.grid import GRID_HZ
from processing.pipeline.track import Track
from processing.types import LinkSamples, PairedBlock, join_blocks
from sensor.compiled import compiled
from sensor.compiled.arrays import copy_row, highest, lowest
from sensor.types import FloatArray, ImuBlock, IntArray, Segment, SensorInfo

PAIRED_SEGMENTS = (Segment.SHIN, Segment.FOOT)
"""The segments that every session has."""
ADDED_SEGMENTS = (Segment.THIGH, Segment.PELVIS)
"""The segments that a session may have besides, in the order in which they are paired."""
PATIENCE_S = 0.300
"""The grid waits this long for a sensor that is behind the other one.

A shorter stall costs only delay; after a longer one the samples count as missing. A cue that comes
later than this is no longer about the movement it is meant for.
"""

_HOST, _OTHER = -1, -2
"""Numbers in place of a sensor's: for the host's clock, and for sensors that are not paired."""


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
        self._numbers = {segment: number for number, segment in enumerate(self.segments)}
        self.reset()

    def reset(self) -> None:
        """Forget every sample: a new session."""
        self._tracks = {s: Track() for s in self.segments}
        self._known_t = np.full(len(self.segments), -math.inf)
        # The host's time, and the time that the grid may reach.
        self._reached_t = np.full(2, -math.inf)
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
            starts = [block.t.item(0) for block in items if self._is_samples(block)]
            if not starts:
                return None
            self._next = math.floor(starts[0] * GRID_HZ) + 1
        sensors, times = self._arrivals(items)
        if not times:
            return None
        known_t, limit_t = np.empty((len(self.segments), len(times))), np.empty(len(times))
        _progress(
            self._known_t, self._reached_t, self.patience_s,
            np.array(sensors), np.array(times), known_t, limit_t,
        )  # fmt: skip
        for item in items:
            if self._is_samples(item):
                self._tracks[item.segment].append(item)
        return self._emit(known_t, limit_t)

    def finish(self) -> PairedBlock | None:
        """Return what is left when no more samples come: the grid up to the last one."""
        if self._next is None:
            return None
        return self._emit(self._known_t[:, None].copy(), self._known_t.max(keepdims=True))

    def _runs_back(self, items: Sequence[ImuBlock | float]) -> int:
        """Return the place of the first but one item before which the time of its sensor runs back."""
        if len(items) < 2:
            return 0
        known = dict(zip(self.segments, self._known_t.tolist(), strict=True))
        for at, item in enumerate(items):
            if self._is_samples(item):
                if at and item.t.item(0) <= known[item.segment]:
                    return at
                known[item.segment] = item.t.item(-1)
        return 0

    def _is_samples(self, item: ImuBlock | float) -> TypeGuard[ImuBlock]:
        return isinstance(item, ImuBlock) and item.segment in self._tracks and len(item.t) > 0

    def _arrivals(self, items: Sequence[ImuBlock | float]) -> tuple[list[int], list[float]]:
        """Return the number of the segment of each message, and the time of its last sample.

        They are in the order of their arrival. A time of the host comes with :data:`_HOST`.
        """
        sensors: list[int] = []
        times: list[float] = []
        together: list[tuple[int, ImuBlock]] = []
        for item in items:
            number = (
                self._numbers.get(item.segment, _OTHER) if isinstance(item, ImuBlock) else _HOST
            )
            if isinstance(item, ImuBlock) and item.places is not None:
                together.append((number, item))
                continue
            if together:
                _add_in_their_places(together, sensors, times)
                together = []
            if not isinstance(item, ImuBlock):
                sensors.append(number)
                times.append(item)
            elif item.t.size:
                sensors.append(number)
                times.append(item.t.item(-1))
        if together:
            _add_in_their_places(together, sensors, times)
        return sensors, times

    def _emit(self, known_t: FloatArray, limit_t: FloatArray) -> PairedBlock | None:
        """Return the grid as far as the last of ``limit_t`` (k,) s allows.

        ``known_t`` (s, k) s is the time that each of s sensors had reached after each of k messages.
        """
        # A sensor that has sent nothing yet is waited for without end if the patience has none.
        if limit_t.item(-1) == -math.inf:
            return None
        first, last = self._next or 0, _last_number(limit_t.item(-1))
        if last < first:
            return None
        self._next = last + 1
        t = np.empty(self._next - first)
        shin, foot, *others = [
            track.means(first, own_t, limit_t, t)
            for track, own_t in zip(self._tracks.values(), known_t, strict=True)
        ]
        more = dict(zip(self.segments[2:], (LinkSamples(*one) for one in others), strict=True))
        t.setflags(write=False)
        return PairedBlock(
            t, *shin[:2], *foot[:2], shin[2], foot[2], shin[3], foot[3],
            more.get(Segment.THIGH), more.get(Segment.PELVIS),
        )  # fmt: skip


def _last_number(limit_t: float) -> int:
    """Return the number of the last grid time that is not after ``limit_t`` s.

    It compares times as :func:`.track._means` does: rounding may bring the product to the other side of
    a whole number, and a grid time would then be left to the next message in one division and not in another.
    """
    number = math.floor(limit_t * GRID_HZ)
    if (number + 1) / GRID_HZ <= limit_t:
        return number + 1
    return number - (number / GRID_HZ > limit_t)


@compiled("void(f8[::1], f8[::1], f8, i8[::1], f8[::1], f8[:, ::1], f8[::1])")
def _progress(
    known_t: FloatArray,
    reached_t: FloatArray,
    patience_s: float,
    sensors: IntArray,
    times: FloatArray,
    known_after_t: FloatArray,
    limit_t: FloatArray,
) -> None:
    """Follow messages in the order of their arrival.

    Parameters
    ----------
    known_t
        (s,) s that each sensor has reached; changed.
    reached_t
        (2,) s: the host's time, and the time that the grid may reach; changed.
    patience_s
        How long the grid waits for a sensor that is behind.
    sensors, times
        (k,) messages as :meth:`Pairing._arrivals` returns them.
    known_after_t, limit_t
        (s, k) and (k,), filled with ``known_t`` and the time that the grid may reach after each of them.
    """
    for message in range(len(times)):
        if sensors[message] == _HOST:
            reached_t[0] = max(reached_t[0], times[message])
        elif sensors[message] != _OTHER:
            known_t[sensors[message]] = times[message]
        copy_row(known_after_t[:, message], known_t)
        latest = max(reached_t[0], highest(known_t))
        # Where time runs back, what was reached stays reached.
        reached_t[1] = max(reached_t[1], latest - patience_s, lowest(known_t))
        limit_t[message] = reached_t[1]


def _add_in_their_places(
    together: Sequence[tuple[int, ImuBlock]], sensors: list[int], times: list[float]
) -> None:
    """Add the messages of blocks with places, as :meth:`Pairing._arrivals` returns them."""
    known = [
        (number, block, block.ends, block.places)
        for number, block in together
        if block.ends is not None and block.places is not None
    ]
    order = np.concatenate([places for *_, places in known]).argsort(kind="stable")
    ends_t = np.concatenate([block.t[ends - 1] for _, block, ends, _ in known])
    numbers = np.repeat([n for n, *_ in known], [len(ends) for *_, ends, _ in known])
    sensors += numbers[order].tolist()
    times += ends_t[order].tolist()


def segments_of(sensors: Sequence[SensorInfo]) -> tuple[Segment, ...]:
    """Return the segments to pair of a session's ``sensors``: thigh and pelvis only if they are worn."""
    worn = {sensor.segment for sensor in sensors}
    return (*PAIRED_SEGMENTS, *(one for one in ADDED_SEGMENTS if one in worn))
