"""A fixed computation beside which every figure is measured."""

import time
from statistics import median

import numpy as np

PYTHON_STEPS = 1_000_000
ARRAY_STEPS = 15_000
TIMES = 5


def yardstick_s() -> float:
    """Return the processor time of the yardstick in s: the median of a few times."""
    return median(_once_s() for _ in range(TIMES))


def _once_s() -> float:
    """Return the time of plain Python and of small matrices, which the program consists of."""
    started = time.process_time()
    total = 0
    for i in range(PYTHON_STEPS):
        total += i % 7
    matrix = np.eye(18)
    turned = np.ones(18)
    for _ in range(ARRAY_STEPS):
        turned = matrix @ turned
        turned = turned / np.sqrt(turned @ turned)
    return time.process_time() - started
