"""The blocks and events of a recording in their order; the samples lie in temporary files if they are many."""

from collections import deque
from collections.abc import Iterator

import numpy as np

from sensor.long_columns import LongColumns, release
from sensor.types import Event, ImuBlock, Segment

_SEGMENTS = tuple(Segment)
_PIECE = 16
"""Blocks after which memory is given back: up to 130 kB each."""


class KeptItems:
    """Blocks with places, and events. Once all are added, they can be iterated again and again."""

    def __init__(self) -> None:
        self._samples, self._messages, self._facts = LongColumns(), LongColumns(), LongColumns()
        self._events: list[tuple[int, Event]] = []
        self._count = 0

    def add(self, item: ImuBlock | Event) -> None:
        """Append a block with places, or an event.

        Raises
        ------
        RecordingError
            If a temporary file cannot be written.
        """
        if isinstance(item, Event):
            self._events.append((self._count, item))
            return
        if item.ends is None or item.places is None:
            raise ValueError("a block without places")
        self._count += 1
        self._samples.append(item.t, item.acc, item.gyr, item.clipped)
        self._messages.append(item.ends, item.places)
        facts = [_SEGMENTS.index(item.segment), item.lost, item.found, item.jumped]
        sizes = [len(item.t), len(item.ends)]
        self._facts.append(np.array([[*facts, *sizes]]), np.array([item.unnoticed_s]))

    def __iter__(self) -> Iterator[ImuBlock | Event]:
        """Yield all items in the order in which they were added."""
        events = deque(self._events)
        for number, block in enumerate(self._blocks()):
            while events and events[0][0] <= number:
                yield events.popleft()[1]
            yield block
        yield from (event for _, event in events)

    def blocks(self, segment: Segment) -> Iterator[ImuBlock]:
        """Yield the blocks of the sensor on ``segment``, in their order."""
        return (block for block in self._blocks() if block.segment is segment)

    def _blocks(self) -> Iterator[ImuBlock]:
        columns = self._samples.whole(), self._messages.whole(), self._facts.whole()
        samples, messages, facts = columns
        if samples is None or messages is None or facts is None:
            return
        (t, acc, gyr, clipped), (ends, places) = samples, messages
        sample = message = 0
        for first in range(0, self._count, _PIECE):
            part = slice(first, first + _PIECE)
            for (segment, lost, found, jumped, n, k), unnoticed_s in zip(
                facts[0][part].tolist(), facts[1][part].tolist(), strict=True
            ):
                own, its = slice(sample, sample + n), slice(message, message + k)
                sample, message = sample + n, message + k
                yield ImuBlock(
                    _SEGMENTS[segment], t[own], acc[own], gyr[own], clipped[own],
                    lost, unnoticed_s, found, bool(jumped), ends[its], places[its],
                )  # fmt: skip
            release(*samples, *messages)
