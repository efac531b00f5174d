"""Moves losses that were noticed late to where they happened, once the whole recording is there.

A sensor without clock and counter shows a loss only when all later messages have come late for a
while. Live, the samples of that time are placed too early, by what is missing; offline, their times
can be corrected, and the gap is where it was.
"""

from collections.abc import Sequence
from itertools import pairwise

from sensor.types import Event, ImuBlock, Segment, frozen


def place_late_losses(items: Sequence[ImuBlock | Event]) -> list[ImuBlock | Event]:
    """Return ``items`` with every loss before the samples that first came late because of it.

    Items that do not move are the same objects.
    """
    found = list(items)
    for segment in Segment:
        places = [
            i
            for i, item in enumerate(found)
            if isinstance(item, ImuBlock) and item.segment is segment
        ]
        blocks = [item for item in (found[i] for i in places) if isinstance(item, ImuBlock)]
        for i, block in zip(places, _placed(blocks), strict=True):
            found[i] = block
    return found


def _placed(blocks: Sequence[ImuBlock]) -> list[ImuBlock]:
    """Return the blocks of one sensor, with those that came before the loss was noticed moved."""
    out = list(blocks)
    for i, (before, block) in enumerate(pairwise(blocks), start=1):
        if block.unnoticed_s <= 0.0 or not block.lost:
            continue
        gap_s = float(block.t[0] - before.t[-1])
        missing_s = gap_s * block.lost / (block.lost + 1)
        # Half a message before the first late sample, so that no message is cut in two.
        late_t = float(block.t[-1]) - missing_s - block.unnoticed_s
        late_t -= 0.5 * float(block.t[-1] - before.t[-1] - missing_s)
        first = i
        # An earlier loss is a border: what came before it is in its place.
        while first > 1 and float(out[first - 1].t[-1]) >= late_t and not out[first - 1].lost:
            first -= 1
        out[i] = out[i]._replace(lost=0, unnoticed_s=0.0)
        for k in range(first, i):
            out[k] = out[k]._replace(t=frozen(out[k].t + missing_s))
        out[first] = out[first]._replace(lost=out[first].lost + block.lost)
    return out
