"""A small session for the tests of recordings."""

import random
from pathlib import Path

from sensor.recording import RecordingWriter
from sensor.types import (
    Event,
    EventKind,
    Item,
    Notification,
    Segment,
    SensorInfo,
    SessionHeader,
    StreamSettings,
)

CHARACTERISTIC = "0000ffe4-0000-1000-8000-00805f9a34fb"
START_NS = 81_234_567_890_123
STEP_NS = 10_000_000

# The sample file of version 1 in tests/data has this head: change it only together with a new one.
HEADER = SessionHeader(
    start_ns=START_NS,
    created_utc="2026-11-22T09:30:00+00:00",
    sensors=(
        SensorInfo(
            source="C7:36:4A:1B:E2:0D",
            segment=Segment.SHIN,
            family="witmotion",
            name="WT901BLE67",
            settings=StreamSettings(rate_hz=100.0, extra={"scale": 0.1, "steps": [1, 2]}),
            identity="C7:36:4A:1B:E2:0D",
        ),
        SensorInfo("a/b c", Segment.FOOT, "polar", simulated=True),
    ),
    software="toepoint 0.1.0",
    simulated=True,
    metadata={"athlete": "Zoë", "machine": {"plate_kg": 2.5}, "none": None, "seed": 2**60 + 1},
)


def session(count: int, seed: int = 1) -> list[Item]:
    """Return ``count`` items, one every 10 ms: both sensors in turn and an event in each second."""
    rng = random.Random(seed)
    items: list[Item] = []
    for i in range(count):
        t_ns = START_NS + i * STEP_NS
        if i % 100 == 50:
            items.append(Event(t_ns, EventKind.NOTE, {"text": f"note {i} – ½", "load_kg": i / 3}))
        else:
            source = HEADER.sensors[i % 2].source
            payload = rng.randbytes(rng.choice((0, 20, 20, 20, 180)))
            items.append(Notification(t_ns, source, CHARACTERISTIC, payload))
    return items


def write(path: Path, items: list[Item], *, attach: bytes | None = None) -> Path:
    """Write ``items`` under :data:`HEADER` and close the recording."""
    with RecordingWriter(path, HEADER) as writer:
        if attach is not None:
            writer.attach("reference.csv", "text/csv", attach)
        for item in items:
            writer.write(item)
    return path
