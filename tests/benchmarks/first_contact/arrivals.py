"""Samples that are dated after their arrival: ``python -m tests.benchmarks.first_contact arrivals``.

Streams of every kind of clock arrive as no link would deliver them: at once, in bursts, after silences,
with the host's time going back, with marks that jump or are missing. Each is dated live, and again as
a whole.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sensor.clock.clock import SampleClock
from sensor.clock.offline import fitted_clock
from tests.benchmarks.first_contact import REPORTED_FROM
from tests.sensor.arrivals import DEVICES, Device, connection, stamp_one

STREAMS = 300
"""Streams of each kind of clock."""
MESSAGES = 200
"""Messages of each stream."""
SPACINGS = ("exponential", "at once", "in bursts", "regular", "with holes", "back and forth")
"""The kinds of arrival."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A stream as it arrives."""

    arrival_s: list[float]
    """Arrival of each message, s."""
    samples: list[int]
    """Number of its samples."""
    marks: list[int | None]
    """Its mark."""


def drawn(rng: np.random.Generator) -> Drawn:
    """Draw a stream."""
    since_s = {
        "exponential": rng.exponential(0.04, MESSAGES),
        "at once": np.zeros(MESSAGES),
        "in bursts": rng.choice([0.0, 0.0, 0.0, 0.16, 3.0], MESSAGES),
        "regular": np.full(MESSAGES, 0.04),
        "with holes": np.where(rng.random(MESSAGES) < 0.05, rng.uniform(0, 60, MESSAGES), 0.04),
        "back and forth": rng.normal(0.04, 0.2, MESSAGES),
    }[str(rng.choice(SPACINGS))]
    samples = rng.integers(1, 9, MESSAGES).tolist()
    ticks = np.cumsum(rng.choice([0, 1, 40_000, 1 << 20, -(1 << 30)], MESSAGES))
    marks = [None if rng.random() < 0.1 else int(abs(tick)) for tick in ticks]
    return Drawn((10.0 + np.cumsum(since_s)).tolist(), samples, marks)


def late_live(device: Device, stream: Drawn) -> int:
    """Return how many messages the live clock dates after their arrival."""
    clock = SampleClock(device.model, device.rate_hz)
    return sum(
        stamp_one(clock, arrival_s, n, mark).t.item(-1) > arrival_s
        for arrival_s, n, mark in zip(stream.arrival_s, stream.samples, stream.marks, strict=True)
    )


def late_in_the_end(device: Device, stream: Drawn) -> int:
    """Return how many messages of a stream are dated after their arrival in the end."""
    one = connection(stream.arrival_s, stream.samples, stream.marks, device.rate_hz)
    clock = fitted_clock([one], device.model, device.rate_hz)
    return sum(
        stamp_one(clock, arrival_s, n).t.item(-1) > arrival_s
        for arrival_s, n in zip(stream.arrival_s, stream.samples, strict=True)
    )


def main(arguments: Sequence[str] = ()) -> None:
    """Print the late messages of each kind of clock."""
    ArgumentParser(description=__doc__).parse_args(arguments)
    print(
        f"{STREAMS} streams of {MESSAGES} messages a row, seeds from {REPORTED_FROM}; to reach: 0"
    )
    for name, device in DEVICES.items():
        streams = [drawn(np.random.default_rng(REPORTED_FROM + i)) for i in range(STREAMS)]
        live, in_the_end = (
            sum(late(device, stream) for stream in streams) for late in (late_live, late_in_the_end)
        )
        print(f"{name:36s} live {live}, offline {in_the_end}")


if __name__ == "__main__":
    main(sys.argv[1:])
