"""Puts blocks of many messages of several sensors in the order in which their messages arrived.

A block of many messages stands for a block of each of them. What follows the stream message by message
needs their order among all sensors only where a message does not simply follow; so the blocks of every
sensor are cut there, and between two cuts the places in them tell the order.
"""

import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from sensor.clock.clock import Break
from sensor.types import ImuBlock

_TOGETHER = 16_384
"""Samples that are put in order together, at least: 1 MB."""


def in_order(blocks: Iterable[ImuBlock]) -> list[ImuBlock]:
    """Return blocks with places, cut wherever one of them begins, in order of their first messages."""
    known = [(block, block.places) for block in blocks if block.places is not None]
    if not known:
        return []
    begins = np.unique([places[0] for _, places in known])
    pieces: list[ImuBlock] = []
    for block, places in known:
        cuts = np.unique([0, *places.searchsorted(begins[begins > places[0]]), len(places)])
        pieces += [
            messages_of(block, start, stop)
            for start, stop in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True)
        ]
    pieces.sort(key=_first_place)
    return pieces


def merged_in_order(streams: Sequence[Iterator[ImuBlock]]) -> Iterator[ImuBlock]:
    """Yield the blocks with places of several streams as :func:`in_order`.

    Each stream is read only as far as another one has come.
    """
    reached = dict.fromkeys(streams, -math.inf)
    waiting: list[ImuBlock] = []
    samples = 0
    while reached:
        # The stream that is behind the others tells how far the order is known.
        stream = min(reached, key=lambda one: reached[one])
        block = next(stream, None)
        if block is None:
            del reached[stream]
        elif block.places is not None:
            waiting.append(block)
            samples += len(block.t)
            reached[stream] = max(reached[stream], block.places.item(-1))
        if samples >= _TOGETHER and reached:
            known, waiting = _parted(waiting, min(reached.values()))
            samples = sum(len(one.t) for one in waiting)
            yield from in_order(known)
    yield from in_order(waiting)


def _parted(blocks: Iterable[ImuBlock], place: float) -> tuple[list[ImuBlock], list[ImuBlock]]:
    """Return the messages up to ``place`` and those after it."""
    known: list[ImuBlock] = []
    later: list[ImuBlock] = []
    for block in blocks:
        count = 0 if block.places is None else len(block.places)
        cut = 0 if block.places is None else int(block.places.searchsorted(place, side="right"))
        if cut:
            known.append(messages_of(block, 0, cut))
        if cut < count:
            later.append(messages_of(block, cut, count))
    return known, later


def messages_of(block: ImuBlock, start: int, stop: int) -> ImuBlock:
    """Return the messages from ``start`` to ``stop`` of a block with places."""
    ends, places = block.ends, block.places
    if ends is None or places is None or (start, stop) == (0, len(places)):
        return block
    first = ends.item(start - 1) if start else 0
    own = slice(first, ends.item(stop - 1))
    part = ImuBlock(
        block.segment,
        block.t[own],
        block.acc[own],
        block.gyr[own],
        block.clipped[own],
        ends=ends[start:stop] - first,
        places=places[start:stop],
    )
    return part if start else with_facts_of(part, block)


def with_facts_of(block: ImuBlock, before: ImuBlock | Break) -> ImuBlock:
    """Return ``block`` with the facts of another block, or of a break, about what is before it."""
    return block._replace(
        lost=before.lost,
        unnoticed_s=before.unnoticed_s,
        found=before.found,
        jumped=before.jumped,
    )


def by_time(block: ImuBlock) -> ImuBlock:
    """Return ``block`` as if each message had arrived when its last sample was taken."""
    return block if block.ends is None else block._replace(places=block.t[block.ends - 1])


def _first_place(block: ImuBlock) -> float:
    return 0.0 if block.places is None else block.places.item(0)
