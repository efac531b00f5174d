"""The measurements, and how one of them is run: ``python -m tests.benchmarks.performance.measurements NAME``."""

import contextlib
import importlib
import subprocess
import sys
from statistics import fmean

import msgspec

from tests.benchmarks.performance.children import environment
from tests.benchmarks.performance.figures import Figure, Run
from tests.benchmarks.performance.yardstick import yardstick_s

MEASUREMENTS = (
    "analysis",
    "long_sessions",
    "long_window",
    "live",
    "playback",
    "start",
    "screen",
    "frames",
    "rest",
    "disk",
    "library",
)
"""Modules of this package with ``measure() -> Iterator[Figure]``, in the order of the page."""


def run(name: str) -> Run:
    """Run a measurement in a process of its own, whose other output is passed on."""
    command = [sys.executable, "-m", "tests.benchmarks.performance.measurements", name]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment())
    return msgspec.json.decode(done.stdout, type=Run)


def main() -> None:
    """Run the named measurement here; print it as JSON."""
    name = sys.argv[1]
    with contextlib.redirect_stdout(sys.stderr):
        measure = importlib.import_module(f"tests.benchmarks.performance.{name}").measure
        before = yardstick_s()
        figures: list[Figure] = list(measure())
        yardstick_ms = 1e3 * fmean([before, yardstick_s()])
    sys.stdout.buffer.write(
        msgspec.json.encode(Run(name=name, figures=figures, yardstick_ms=yardstick_ms))
    )


if __name__ == "__main__":
    main()
