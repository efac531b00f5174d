"""Measure the time between two sensors on the common time base: ``python -m tests.benchmarks.clock``.

For sensors without a clock also once their streams are fitted as a whole, as in an analysis.

Each run has ten minutes with 5 % retransmissions and a stall of 239 ms every half minute. The rates of
both devices differ by 1.1 %, and their clocks, if they have any, by 500 ppm.
"""

import dataclasses
from collections.abc import Callable

import numpy as np

from sensor.families.base import ClockKind
from tests.sensor.arrivals import (
    DEVICES,
    Device,
    Link,
    Stamped,
    fitted,
    messages,
    misalignment_s,
    stamped,
)

DURATION_S = 600.0
SEEDS = range(5)
INTERVALS_S = (0.015, 0.030)


def pair_of(device: Device) -> tuple[Device, Device]:
    """Return two devices of a kind with different rates and clocks."""
    return (
        dataclasses.replace(device, rate_error=0.002, drift=250e-6),
        dataclasses.replace(device, rate_error=-0.009, drift=-250e-6, switched_on_s=77.7),
    )


def link_of(interval_s: float, seed: int) -> Link:
    """Return a link with stalls at times that depend on the seed."""
    rng = np.random.default_rng(seed)
    stalls = sorted(rng.uniform(5.0, DURATION_S, round(DURATION_S / 30.0)))
    return Link(interval_s=interval_s, stalls_s=tuple(float(s) for s in stalls))


def fitted_whole(device: Device, link: Link, duration_s: float, seed: int) -> Stamped:
    """Date a simulated stream again once it has ended."""
    return fitted(device, list(messages(device, link, duration_s, seed)))


def main() -> None:
    """Print mean, P95 and worst misalignment for every kind of clock."""
    print("misalignment of two sensors, ms      interval  mean   P95  worst  worst P95 of a seed")
    for name, device in DEVICES.items():
        _print_rows(name, device, stamped)
        if device.model.kind is ClockKind.NONE:
            _print_rows(f"{name}, whole", device, fitted_whole)


def _print_rows(
    name: str, device: Device, dated: Callable[[Device, Link, float, int], Stamped]
) -> None:
    one, other = pair_of(device)
    for interval_s in INTERVALS_S:
        each = []
        for seed in SEEDS:
            a = dated(one, link_of(interval_s, seed), DURATION_S, seed)
            b = dated(other, link_of(interval_s, seed + 100), DURATION_S, seed + 100)
            each.append(misalignment_s(a, b) * 1e3)
        together = np.concatenate(each)
        worst_p95 = max(np.percentile(e, 95) for e in each)
        print(
            f"{name:36s} {interval_s * 1e3:6.0f} ms {together.mean():5.1f} "
            f"{np.percentile(together, 95):5.1f} {together.max():6.1f} {worst_p95:6.1f}"
        )


if __name__ == "__main__":
    main()
