"""The status of sensors: the rate that arrives, compared with the one asked for."""

import pytest

from processing.pipeline.sensor_status import SensorWatch
from processing.types import SensorStatus
from sensor.assembler import Assembler
from sensor.ble.remedies import LinkFault
from sensor.simulation import simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import Event, EventKind, Item, Notification, Segment


def statuses(
    keep_every: int, *, links: tuple[Event, ...] = (), from_s: float = 0.0
) -> list[SensorStatus]:
    """Return the status of the shin's sensor while one in ``keep_every`` of its messages arrives.

    Its first message arrives after ``from_s``.
    """
    session = simulate(parse_simulation("sim:sets=0,seed=2"))
    (shin,) = (s.source for s in session.header.sensors if s.segment is Segment.SHIN)
    assembler = Assembler(session.header.sensors, session.header.start_ns)
    watch = SensorWatch(session.header, assembler)
    found: list[SensorStatus] = []
    count = 0
    items: list[Item] = [*session.items, *links]
    for item in sorted(items, key=lambda one: one.t_ns):
        if isinstance(item, Notification) and item.source == shin:
            count += 1
            if count % keep_every or item.t_ns < session.header.start_ns + from_s * 1e9:
                continue
        found += watch.feed(item, assembler.feed(item))
    # A fault is told once, when it begins.
    slow = any(one.too_slow for one in found)
    assert watch.faults() == ([(shin, LinkFault.RATE_FELL)] if slow else [])
    return [one for one in found if one.segment is Segment.SHIN]


def test_a_sensor_at_a_tenth_of_its_rate_is_too_slow() -> None:
    seen = statuses(10)
    assert not seen[0].too_slow  # it is too soon to say
    last = seen[-1]
    assert last.too_slow
    assert last.asked_hz == 100.0
    assert last.arriving_hz == pytest.approx(10.0, abs=2.0)


def test_a_sensor_that_begins_late_is_not_slow() -> None:
    seen = statuses(1, from_s=8.0)
    assert not any(one.too_slow for one in seen)


def test_a_whole_stream_is_fast_enough() -> None:
    seen = statuses(1)
    assert not any(one.too_slow for one in seen)
    assert seen[-1].arriving_hz == pytest.approx(100.0, abs=2.0)


def test_a_broken_link_is_no_slow_sensor_and_a_new_one_counts_again() -> None:
    session = simulate(parse_simulation("sim:sets=0,seed=2"))
    (shin,) = (s.source for s in session.header.sensors if s.segment is Segment.SHIN)
    at_ns = session.header.start_ns + 10_000_000_000
    lost = Event(at_ns, EventKind.LINK, {"source": shin, "segment": "shin", "state": "lost"})
    seen = statuses(10, links=(lost,))
    assert any(one.too_slow for one in seen if one.t < 10.0)
    assert not any(one.too_slow for one in seen if one.t > 10.0)
