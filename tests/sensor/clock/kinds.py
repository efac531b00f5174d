"""Devices with each kind of clock, and what is true of all their streams."""

import numpy as np

from tests.sensor.arrivals import DEVICES, Stamped

WITMOTION = DEVICES["no clock, 4 at 100 Hz"]
COUNTED = DEVICES["counter of 8 bits, 4 at 100 Hz"]
TICKING = DEVICES["us ticks, 1 at 60 Hz"]
KINDS = {"none": WITMOTION, "sequence": COUNTED, "ticks": TICKING}


def assert_runs_forward(stream: Stamped) -> None:
    assert np.isfinite(stream.t).all()
    # At first the fastest messages may still be to come: what was dated by slower ones runs back.
    assert (np.diff(stream.t[stream.t > 10.0]) > 0).all()


def stalls(seed: int, duration_s: float) -> tuple[float, ...]:
    rng = np.random.default_rng(seed)
    return tuple(float(s) for s in sorted(rng.uniform(5.0, duration_s, round(duration_s / 30))))
