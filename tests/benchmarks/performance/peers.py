"""The same work by other programs: one orientation for each of two sensors at 100 Hz."""

import time
from collections.abc import Callable
from statistics import median

import imufusion
import numpy as np
from ahrs.filters import Madgwick
from vqf import VQF

from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray

RATE_HZ = 100.0
SENSORS = 2
TIMES = 3
BATCH_S = 600
STEPS = 3000


def vqf_batch_s(duration_s: float) -> float:
    """Return the processor time in which VQF orients both sensors over ``duration_s``, all at once."""
    acc, gyr = _samples(round(BATCH_S * RATE_HZ))

    def batch() -> None:
        for _ in range(SENSORS):
            VQF(1.0 / RATE_HZ).updateBatch(gyr, acc)

    return _spent_s(batch) * duration_s / BATCH_S


def steps_us() -> dict[str, float]:
    """Return the processor time of a step of both sensors, sample by sample, of each peer."""
    acc, gyr = _samples(STEPS)
    filter_ = VQF(1.0 / RATE_HZ)
    fusion = imufusion.Ahrs()
    fusion.set_sample_period(1.0 / RATE_HZ)
    madgwick = Madgwick(frequency=RATE_HZ)

    def vqf() -> None:
        for rate, force in zip(gyr, acc, strict=True):
            filter_.updateGyr(rate)
            filter_.updateAcc(force)

    def fused() -> None:
        for rate, force in zip(np.degrees(gyr), acc / STANDARD_GRAVITY_MPS2, strict=True):
            fusion.update_no_magnetometer(rate, force)

    def turned() -> None:
        q = np.array([1.0, 0.0, 0.0, 0.0])
        for rate, force in zip(gyr, acc, strict=True):
            q = madgwick.updateIMU(q, gyr=rate, acc=force)

    runs = {"VQF": vqf, "imufusion": fused, "Madgwick (ahrs)": turned}
    return {name: SENSORS * _spent_s(run) / STEPS * 1e6 for name, run in runs.items()}


def _samples(count: int) -> tuple[FloatArray, FloatArray]:
    """Return accelerations (n, 3) in m/s² and rates (n, 3) in rad/s of a swinging sensor."""
    swing = 0.8 * np.sin(2.0 * np.pi * 0.25 * np.arange(count) / RATE_HZ)
    zero = np.zeros(count)
    acc = STANDARD_GRAVITY_MPS2 * np.stack([np.sin(swing), zero, np.cos(swing)], axis=1)
    gyr = np.stack([zero, np.gradient(swing) * RATE_HZ, zero], axis=1)
    return np.ascontiguousarray(acc), np.ascontiguousarray(gyr)


def _spent_s(work: Callable[[], None]) -> float:
    spent = []
    for _ in range(TIMES):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return median(spent)
