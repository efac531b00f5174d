"""The four main costs beside the stored ones: ``python -m tests.benchmarks.performance.check [--store]``.

Processor times are ratios to the yardstick in the same process. A ratio that has grown by more than a
quarter is measured again in a second process; only if it has grown there as well, the exit code is 1.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

import msgspec

from processing.review.analysis import analyse
from tests.benchmarks.performance.analysis import ANALYSE
from tests.benchmarks.performance.children import environment, spent
from tests.benchmarks.performance.live import step_us
from tests.benchmarks.performance.start import MINUTE, minute_s
from tests.benchmarks.performance.yardstick import yardstick_s
from tests.benchmarks.sessions import recorded

STORED = Path(__file__).with_name("stored.json")
GROWN_BY = 1.25
"""Growth of a ratio that is a complaint."""
TIMES = 5
FIVE_MINUTES = "sim:protocol=B,sets=4,reps=8,seed=1"
TWENTY_MINUTES = "sim:protocol=B,sets=16,reps=8,seed=1"
MEASURE, STORE = "--measure", "--store"


def main() -> int:
    """Measure here, store, or check; return the exit code."""
    if MEASURE in sys.argv:
        sys.stdout.buffer.write(msgspec.json.encode(costs()))
        return 0
    if STORE in sys.argv:
        STORED.write_bytes(msgspec.json.format(msgspec.json.encode(_measured()), indent=2) + b"\n")
        return 0
    stored = _stored()
    complaints = grown(_measured(), stored)
    if complaints:
        print("\n".join(complaints.values()), "\nonce more, in a second process", sep="")
        again = grown(_measured(), stored)
        complaints = {name: text for name, text in again.items() if name in complaints}
    print("\n".join(complaints.values()) or "no dearer than stored")
    return int(bool(complaints))


def grown(costs: Mapping[str, float], stored: Mapping[str, float]) -> dict[str, str]:
    """Return a complaint for each cost that has grown too much or has no stored one, by its name."""
    # Without a stored figure no cost is small enough.
    return {
        name: f"{name}: {cost:.3g}, stored {stored.get(name, 0.0):.3g}"
        for name, cost in costs.items()
        if cost > GROWN_BY * stored.get(name, 0.0)
    }


def costs() -> dict[str, float]:
    """Return the costs: medians of a few ratios to the yardstick, and memory in MB."""
    # It compiles modules and the functions of numba's cache.
    minute_s()
    five, twenty = recorded(FIVE_MINUTES), recorded(TWENTY_MINUTES)
    return {
        "analysis of five minutes": _ratio(lambda: _cpu_s(lambda: analyse(five))),
        "1000 live steps": _ratio(lambda: step_us(recorded(MINUTE)) / 1e3),
        "analyse of one minute, with the start": _ratio(minute_s),
        "memory of twenty minutes, MB": spent([sys.executable, "-c", ANALYSE, str(twenty)]).peak_mb,
    }


def _stored() -> dict[str, float]:
    return msgspec.json.decode(STORED.read_bytes(), type=dict[str, float])


def _measured() -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.performance.check", MEASURE]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment())
    return msgspec.json.decode(done.stdout, type=dict[str, float])


def _ratio(cost_s: Callable[[], float]) -> float:
    """Return the median ratio of a cost to the yardstick just before and after it."""
    ratios = []
    before_s = yardstick_s()
    for _ in range(TIMES):
        spent_s, after_s = cost_s(), yardstick_s()
        ratios.append(2.0 * spent_s / (before_s + after_s))
        before_s = after_s
    return median(ratios)


def _cpu_s(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main())
