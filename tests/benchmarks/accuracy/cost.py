"""What one live step costs: both sensors, one sample of a 100 Hz grid."""

import time
from collections.abc import Callable, Sequence

import numpy as np
from vqf import VQF

from processing.motion.estimator import AngleEstimator
from processing.types import PairedBlock, slice_block
from tests.benchmarks.accuracy.cases import Case

STEPS = 4000


def cost(case: Case) -> str:
    """Return the cost in words."""
    steps = [slice_block(case.block, i, i + 1) for i in range(min(STEPS, len(case.block.t)))]
    estimator, vqf = AngleEstimator(case.calibration), VQF(0.01)
    whole = _median_us(estimator.feed, steps)
    theirs = _median_us(lambda step: vqf.updateBatch(step.shin_gyr, step.shin_acc), steps)
    return (
        f"One live step (both sensors, 100 Hz) takes {whole:.0f} µs (median), "
        f"of which {theirs:.0f} µs are VQF's and {whole - theirs:.0f} µs ours."
    )


def _median_us(call: Callable[[PairedBlock], object], steps: Sequence[PairedBlock]) -> float:
    times = []
    for step in steps:
        start = time.perf_counter_ns()
        call(step)
        times.append(time.perf_counter_ns() - start)
    return float(np.median(times)) / 1e3
