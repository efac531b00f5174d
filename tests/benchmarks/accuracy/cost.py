"""Measure the processor time of one live step: one sample of both sensors at 100 Hz."""

import time
from collections.abc import Callable, Sequence

import numpy as np

from processing.motion.estimator import AngleEstimator
from processing.types import PairedBlock, slice_block
from sensor.types import FloatArray
from tests.benchmarks.accuracy.cases import Case

SAMPLES = 8000
TOGETHER = (1, 4)
"""Numbers of samples that come at once."""


def cost(case: Case) -> str:
    """Return the cost as a Markdown table. The median excludes the work that is done only every 0.1 s."""
    lines = [
        "| processor time of a step (both sensors, 100 Hz) | median | mean |",
        "|---|---|---|",
    ]
    for count in TOGETHER:
        starts = range(0, min(SAMPLES, len(case.block.t) - count), count)
        steps = [slice_block(case.block, i, i + count) for i in starts]
        whole = _times_us(AngleEstimator(case.calibration).feed, steps) / count
        name = "samples one by one" if count == 1 else f"{count} samples at once, each"
        lines.append(f"| {name} | {np.median(whole):.0f} µs | {whole.mean():.0f} µs |")
    return "\n".join(lines)


def _times_us(call: Callable[[PairedBlock], object], steps: Sequence[PairedBlock]) -> FloatArray:
    times = []
    for step in steps:
        start = time.process_time_ns()
        call(step)
        times.append(time.process_time_ns() - start)
    return np.array(times) / 1e3
