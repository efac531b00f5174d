"""Messages that a host hands on twice, or in the wrong order, change nothing else."""

from collections.abc import Sequence

import numpy as np
import pytest

from sensor.assembler import Assembler, StreamStatistics
from sensor.dated_again import dated_again
from sensor.families import family_named
from sensor.families.base import DeviceSamples, Family
from sensor.types import FloatArray, ImuBlock, Notification, Segment, SensorInfo
from tests.sensor.families.driver import stream_settings
from tests.sensor.test_assembler import START_NS, motion

SECONDS = 20.0
MARKED = ("movella_dot", "bluest", "polar")


def sent(family: Family) -> list[Notification]:
    rng = np.random.default_rng(3)
    chosen = stream_settings(family)
    encoder = family.encoder(chosen)
    n, rate_hz = encoder.samples_per_notification, chosen.rate_hz
    items = []
    for i in range(int(SECONDS * rate_hz / n)):
        t = (i * n + np.arange(n)) / rate_hz
        at_ns = START_NS + round((t[-1] + 0.005 + rng.exponential(0.002)) * 1e9)
        acc, gyr = motion(t)
        # No two real samples are alike.
        noisy = acc + rng.normal(0.0, 0.05, acc.shape), gyr + rng.normal(0.0, 0.02, gyr.shape)
        for characteristic, payload in encoder.encode(DeviceSamples(*noisy, i * n, t.item(0))):
            items.append(Notification(at_ns, "a", characteristic, payload))
    return sorted(items, key=lambda item: item.t_ns)


def times(
    family: Family, items: Sequence[Notification]
) -> tuple[FloatArray, FloatArray, StreamStatistics]:
    """Return the live times, those in the end, and the statistics."""
    info = SensorInfo("a", Segment.SHIN, family.name, settings=stream_settings(family))
    assembler = Assembler([info], START_NS, keep=True)
    live: list[ImuBlock] = [block for item in items for block in assembler.feed(item)]
    statistics = assembler.statistics["a"]
    (log,) = assembler.logs
    again, _ = dated_again(log, statistics.rate_hz or 0.0)
    found = [np.concatenate([block.t for block in blocks]) for blocks in (live, list(again))]
    return found[0], found[1], statistics


@pytest.mark.parametrize("name", MARKED)
def test_a_message_that_comes_twice_counts_once(name: str) -> None:
    family = family_named(name)
    items = sent(family)
    twice = set(np.random.default_rng(1).choice(len(items), 12, replace=False).tolist())
    doubled = [item for k, item in enumerate(items) for _ in range(1 + (k in twice))]
    once, again = times(family, items), times(family, doubled)
    np.testing.assert_array_equal(again[0], once[0])
    np.testing.assert_array_equal(again[1], once[1])
    assert again[2].lost == once[2].lost == 0
    assert again[2].repeated == 12


def test_a_message_that_comes_after_its_successor_is_missing_and_moves_nothing() -> None:
    family = family_named("movella_dot")
    items = sent(family)
    swapped = list(items)
    places = [400, 600, 800]
    for k in places:
        first, second = items[k], items[k + 1]
        swapped[k] = Notification(second.t_ns, "a", second.characteristic, second.payload)
        swapped[k + 1] = Notification(second.t_ns, "a", first.characteristic, first.payload)
    once, again = times(family, items), times(family, swapped)
    assert again[2].repeated == again[2].lost == len(places)
    for right, found in zip(once[:2], again[:2], strict=True):
        assert np.abs(np.delete(right, places) - found).max() < 0.002
