"""Print every benchmark: ``python -m tests.benchmarks [name …]``."""

import importlib
import sys

BENCHMARKS = (
    "clock",
    "assembler",
    "simulated",
    "calibration",
    "knee",
    "ranges",
    "sound",
    "window",
    "opening",
    "latency",
)


def main() -> None:
    """Run the named benchmarks, or all of them."""
    for name in sys.argv[1:] or BENCHMARKS:
        print(f"── {name} " + "─" * (70 - len(name)))
        importlib.import_module(f"tests.benchmarks.{name}").main()
        print()


if __name__ == "__main__":
    main()
