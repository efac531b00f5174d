"""Blocks of several sensors are put in the order of their messages, whole or stream by stream."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import pytest

from sensor import arrival_order
from sensor.arrival_order import in_order, merged_in_order
from sensor.types import ImuBlock, Segment

SEGMENTS = (Segment.SHIN, Segment.FOOT, Segment.THIGH)
_Message = tuple[float, Segment, tuple[float, ...]]


def streams(seed: int) -> list[list[ImuBlock]]:
    """Return blocks of three sensors whose messages arrived among each other."""
    rng = np.random.default_rng(seed)
    owner = rng.choice(3, 400, p=[0.5, 0.3, 0.2])
    out: list[list[ImuBlock]] = []
    for number, segment in enumerate(SEGMENTS):
        places = np.flatnonzero(owner == number)
        cuts = [0, *np.unique(rng.integers(1, len(places), 9)).tolist(), len(places)]
        blocks: list[ImuBlock] = []
        for start, stop in pairwise(cuts):
            own = places[start:stop]
            ends = np.cumsum(rng.integers(1, 4, len(own)))
            n = int(ends[-1])
            values = rng.normal(size=(n, 3))
            t = np.repeat(own, np.diff([0, *ends])) + np.arange(n) / n
            facts = int(rng.integers(0, 9)), float(rng.random()), int(rng.integers(0, 3)), True
            blocks.append(
                ImuBlock(segment, t, values, -values, values[:, 0] > 1.0, *facts, ends, own)
            )
        out.append(blocks)
    return out


def messages(blocks: Iterable[ImuBlock]) -> list[_Message]:
    """Return place, segment and times of each message."""
    found: list[_Message] = []
    for block in blocks:
        assert block.ends is not None
        assert block.places is not None
        for place, start, end in zip(
            block.places.tolist(), [0, *block.ends[:-1].tolist()], block.ends.tolist(), strict=True
        ):
            found.append((place, block.segment, tuple(block.t[start:end].tolist())))
    return found


def facts(blocks: Iterable[ImuBlock]) -> list[tuple[float, ...]]:
    """Return the place of each block that has facts about what is before it, and these."""
    return [
        (block.places.item(0), block.lost, block.unnoticed_s, block.found, block.jumped)
        for block in blocks
        if block.places is not None and (block.lost, block.unnoticed_s, block.found) != (0, 0.0, 0)
    ]


def check(found: Sequence[ImuBlock], given: Sequence[Sequence[ImuBlock]]) -> None:
    every = [block for blocks in given for block in blocks]
    assert sorted(messages(found)) == sorted(messages(every))
    for segment, blocks in zip(SEGMENTS, given, strict=True):
        own = [block for block in found if block.segment is segment]
        assert messages(own) == messages(blocks)
        assert facts(own) == facts(blocks)
        np.testing.assert_array_equal(
            np.concatenate([block.gyr for block in own]), np.concatenate([b.gyr for b in blocks])
        )
    firsts = [block.places.item(0) for block in found if block.places is not None]
    assert firsts == sorted(firsts)
    # No block begins among the messages of another one.
    begins = np.array([block.places[0] for block in every if block.places is not None])
    for block in found:
        assert block.places is not None
        inside = (begins > block.places[0]) & (begins <= block.places[-1])
        assert not inside.any()


@pytest.mark.parametrize("seed", range(5))
def test_blocks_are_cut_where_another_begins(seed: int) -> None:
    given = streams(seed)
    check(in_order([block for blocks in reversed(given) for block in blocks]), given)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("together", [1, 40, 16_384])
def test_streams_are_merged_in_the_same_order(
    monkeypatch: pytest.MonkeyPatch, seed: int, together: int
) -> None:
    monkeypatch.setattr(arrival_order, "_TOGETHER", together)
    given = streams(seed)
    check(list(merged_in_order([iter(blocks) for blocks in given])), given)


def test_a_stream_is_read_only_as_far_as_another_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrival_order, "_TOGETHER", 1)
    given = streams(1)
    read: dict[int, int] = dict.fromkeys(range(len(given)), 0)

    def watched(number: int) -> Iterator[ImuBlock]:
        for block in given[number]:
            read[number] += 1
            yield block

    merged = merged_in_order([watched(number) for number in range(len(given))])
    next(merged)
    # A place that all streams have passed is known at once.
    assert max(read.values()) <= 3


def test_streams_without_blocks_give_none() -> None:
    assert list(merged_in_order([])) == []
    assert list(merged_in_order([iter([]), iter([])])) == []
