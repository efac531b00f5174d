"""Measure the start of the command line, compared with a Python that does nothing."""

import subprocess
import sys
import time
from statistics import median

RUNS = 9


def main() -> None:
    """Print the median of several whole processes."""
    nothing = _median_s([sys.executable, "-c", "pass"])
    hello = _median_s([sys.executable, "-m", "gui.cli.main", "--help"])
    print(f"toepoint --help: {hello:.3f} s; python -c pass: {nothing:.3f} s")


def _median_s(command: list[str]) -> float:
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - started)
    return median(times)


if __name__ == "__main__":
    main()
