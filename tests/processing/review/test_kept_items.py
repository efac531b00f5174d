"""Kept items come back as they were added, from memory and from temporary files."""

from collections.abc import Iterable

import numpy as np
import pytest

from processing.review.kept_items import KeptItems
from sensor import long_columns
from sensor.types import Event, EventKind, ImuBlock, Segment

FACTS = ("segment", "lost", "unnoticed_s", "found", "jumped")
ARRAYS = ("t", "acc", "gyr", "clipped", "ends", "places")


def mixed(count: int) -> list[ImuBlock | Event]:
    """Return blocks of several lengths and facts, and events before, between and after them."""
    rng = np.random.default_rng(3)
    items: list[ImuBlock | Event] = [Event(0, EventKind.NOTE, {"text": "first"})]
    place = 0
    for number in range(count):
        messages = int(rng.integers(1, 9))
        ends = np.cumsum(rng.integers(1, 6, messages))
        n = int(ends[-1])
        items.append(
            ImuBlock(
                (Segment.SHIN, Segment.FOOT)[int(rng.integers(2))],
                number + np.arange(n) / 100.0,
                rng.normal(size=(n, 3)),
                rng.normal(size=(n, 3)),
                rng.random(n) < 0.1,
                int(rng.integers(0, 5)),
                float(rng.choice([0.0, 0.25])),
                int(rng.integers(0, 3)),
                bool(rng.random() < 0.2),
                ends,
                place + np.arange(messages),
            )
        )
        place += messages
        if rng.random() < 0.2:
            items += [Event(number, EventKind.NOTE, {"n": n}), Event(number, EventKind.MARK)]
    return items


def alike(found: Iterable[ImuBlock | Event], expected: Iterable[ImuBlock | Event]) -> bool:
    return all(same(a, b) for a, b in zip(found, expected, strict=True))


def same(a: ImuBlock | Event, b: ImuBlock | Event) -> bool:
    if isinstance(a, Event) or isinstance(b, Event):
        return a == b
    facts = all(getattr(a, name) == getattr(b, name) for name in FACTS)
    return facts and all(np.array_equal(getattr(a, name), getattr(b, name)) for name in ARRAYS)


@pytest.mark.parametrize("spill_bytes", [1, 5_000, long_columns.SPILL_BYTES])
@pytest.mark.parametrize("count", [0, 1, 50])
def test_items_come_back_in_their_order_again_and_again(
    monkeypatch: pytest.MonkeyPatch, spill_bytes: int, count: int
) -> None:
    monkeypatch.setattr(long_columns, "SPILL_BYTES", spill_bytes)
    items = mixed(count)
    kept = KeptItems()
    for item in items:
        kept.add(item)
    for _ in range(2):
        assert alike(kept, items)
    for segment in (Segment.SHIN, Segment.FOOT, Segment.THIGH):
        own = [one for one in items if isinstance(one, ImuBlock) and one.segment is segment]
        assert alike(kept.blocks(segment), own)


def test_two_readers_do_not_disturb_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_columns, "SPILL_BYTES", 1)
    items = mixed(50)
    kept = KeptItems()
    for item in items:
        kept.add(item)
    pairs = list(zip(kept, kept, strict=True))
    assert all(
        same(one, item) and same(other, item)
        for (one, other), item in zip(pairs, items, strict=True)
    )


def test_a_block_whose_messages_have_no_places_is_refused() -> None:
    block = next(one for one in mixed(1) if isinstance(one, ImuBlock))
    with pytest.raises(ValueError, match="without places"):
        KeptItems().add(block._replace(places=None))
