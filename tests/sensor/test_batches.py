"""However a stream is divided into batches, it gives the same samples, losses and errors."""

from collections.abc import Sequence
from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from processing.pipeline.dropouts import Dropouts
from processing.pipeline.pairing import Pairing
from processing.types import join_blocks
from sensor.assembler import Assembler
from sensor.dated_again import dated_again
from sensor.families import families
from sensor.families.base import DeviceSamples, Family
from sensor.types import (
    Event,
    EventKind,
    ImuBlock,
    Item,
    Notification,
    NotificationRun,
    Segment,
    SensorInfo,
)
from tests.drawn import examples
from tests.sensor.families.driver import stream_settings
from tests.sensor.test_assembler import START_NS, motion

SOURCES = {"a": Segment.SHIN, "b": Segment.FOOT}
SECONDS = 6.0
FACTS = ("lost", "unnoticed_s", "found", "jumped")


def sensors(family: Family) -> list[SensorInfo]:
    chosen = stream_settings(family)
    return [SensorInfo(s, segment, family.name, settings=chosen) for s, segment in SOURCES.items()]


def troubled(family: Family, seed: int) -> list[Item]:
    """Return two streams with losses, jumps of the clock, bad payloads, late arrivals, a new link."""
    rng = np.random.default_rng(seed)
    items: list[Item] = []
    for info in sensors(family):
        encoder = family.encoder(info.settings)
        n, rate_hz = encoder.samples_per_notification, info.settings.rate_hz
        messages = int(SECONDS * rate_hz / n)
        jump = int(rng.integers(messages))
        ahead = int(rng.integers(-3000, 5000))
        held = rng.uniform(0.0, SECONDS, 3)
        lost_from = int(rng.integers(messages))
        for i in range(messages):
            if lost_from <= i < lost_from + 30 or rng.random() < 0.01:
                continue
            index = max(0, i * n + ahead * (i >= jump))
            t = (i * n + np.arange(n)) / rate_hz
            arrival_s = t[-1] + 0.005 + rng.gamma(2.0, 0.004)
            arrival_s = max([arrival_s, *(h + 0.6 for h in held if h < arrival_s < h + 0.6)])
            samples = DeviceSamples(*motion(t), index, index / rate_hz)
            for characteristic, payload in encoder.encode(samples):
                kind = int(rng.integers(150))
                content = bytes(
                    payload[: len(payload) // 2] if kind == 0 else
                    rng.bytes(len(payload)) if kind == 1 else
                    payload + b"\x00" if kind == 2 else
                    payload * 2 if kind == 3 else payload
                )  # fmt: skip
                at_ns = START_NS + round(arrival_s * 1e9)
                items.append(Notification(at_ns, info.source, characteristic, content))
    linked = {"source": "a", "state": "streaming"}
    items += [
        Event(START_NS + round(rng.uniform(0.0, SECONDS) * 1e9), EventKind.LINK, linked),
        Event(START_NS + round(rng.uniform(0.0, SECONDS) * 1e9), EventKind.MARK),
    ]
    return sorted(items, key=lambda item: item.t_ns)


def batches(items: Sequence[Item], sizes: Sequence[int]) -> list[Event | list[NotificationRun]]:
    """Return the items in batches of these sizes, again and again, and at most up to an event."""
    out: list[Event | list[NotificationRun]] = []
    waiting: list[tuple[int, Notification]] = []
    left = 0
    for number, item in enumerate(items):
        if isinstance(item, Event):
            out += [runs(waiting), item] if waiting else [item]
            waiting = []
            continue
        waiting.append((number, item))
        if len(waiting) >= sizes[left % len(sizes)]:
            left += 1
            out.append(runs(waiting))
            waiting = []
    return [*out, runs(waiting)] if waiting else out


def runs(numbered: Sequence[tuple[int, Notification]]) -> list[NotificationRun]:
    keys = dict.fromkeys((item.source, item.characteristic) for _, item in numbered)
    found = []
    for key in keys:
        own = [(k, item) for k, item in numbered if (item.source, item.characteristic) == key]
        found.append(
            NotificationRun(
                *key,
                np.array([k for k, _ in own]),
                np.array([item.t_ns for _, item in own]),
                b"".join(item.payload for _, item in own),
                np.cumsum([0, *(len(item.payload) for _, item in own)]),
            )
        )
    return found


def outcome(family: Family, items: Sequence[Item | list[NotificationRun]]) -> list[object]:
    """Return all that the assembler, the clocks afterwards, and the pairing make of items."""
    assembler = Assembler(sensors(family), START_NS, keep=True)
    pairing = Pairing()
    blocks: list[ImuBlock] = []
    paired = []
    for item in items:
        found = assembler.feed(item)
        blocks += found
        host = [(item.t_ns - START_NS) / 1e9] if isinstance(item, Event) else []
        paired.append(pairing.feed([*found, *host]))
    paired.append(pairing.finish())
    grid = [part for part in paired if part is not None]
    out: list[object] = []
    if grid:
        columns = astuple(join_blocks(grid))
        # Where time runs back, the pairing starts its sums again, at a row that depends on the division
        # into batches. So the last bits of the means differ.
        out += [
            np.round(column.astype(np.float64), 9).tolist()
            for column in columns
            if column is not None
        ]
    streams = [[b for b in blocks if b.segment is segment] for segment in SOURCES.values()]
    for log in assembler.logs:
        rate_hz = assembler.statistics[log.info.source].rate_hz
        if rate_hz is not None:
            again, true_hz = dated_again(log, rate_hz)
            streams.append(list(again))
            out.append(true_hz)
    for stream in streams:
        out += [np.concatenate(column).tobytes() for column in list(zip(*stream, strict=True))[1:5]]
        out.append([(b.t[0], *facts(b)) for b in stream if any(facts(b))])
    losses = Dropouts()
    gaps = [gap for gap in map(losses.feed, blocks) if gap is not None]
    out.append(sorted(gaps, key=lambda gap: gap.t_end))
    for statistics in assembler.statistics.values():
        bad = [(bad.t_s, str(bad.error), bad.error.reason) for bad in statistics.bad_messages]
        out += [replace(statistics, bad_messages=()), bad]
    return out


def facts(block: ImuBlock) -> list[float]:
    return [getattr(block, name) for name in FACTS]


@pytest.mark.parametrize("family", families().values(), ids=lambda f: f.name)
@settings(max_examples=examples(3))
@given(st.integers(0, 10_000), st.lists(st.integers(1, 900), min_size=1, max_size=6))
# Time runs back just when the grid has reached a time whose number rounding puts below itself.
@example(1003, [5])
def test_any_division_into_batches_gives_the_same_bits(
    family: Family, seed: int, sizes: list[int]
) -> None:
    items = troubled(family, seed)
    one_by_one = outcome(family, items)
    assert outcome(family, batches(items, sizes)) == one_by_one
    assert outcome(family, batches(items, [1])) == one_by_one
