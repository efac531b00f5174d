"""Measure the costs and write docs/performance.md: ``python -m tests.benchmarks.performance [name …]``.

The figures of named measurements replace those of the last run; the others stay. With ``--busy`` four
busy loops run beside the measurement, and the figures go to another column. ``--print`` keeps nothing.
"""

import argparse
import os
import time
from tempfile import TemporaryDirectory

from tests.benchmarks.busy_loops import busy_loops
from tests.benchmarks.performance.figures import keep
from tests.benchmarks.performance.measurements import MEASUREMENTS, run
from tests.benchmarks.performance.page import BEFORE, BUSY, NOW, in_yardsticks, text, write
from tests.benchmarks.sessions import FOLDER

LOOPS = 4


def main() -> None:
    """Run the named measurements, or all of them."""
    options = _arguments()
    began = time.monotonic()
    with TemporaryDirectory(prefix="toepoint-bench-") as folder, busy_loops(LOOPS * options.busy):
        os.environ.setdefault(FOLDER, folder)
        for name in options.names or MEASUREMENTS:
            measured = run(name)
            print(f"── {name} (yardstick {measured.yardstick_ms:.0f} ms)")
            for figure in measured.figures:
                ratio = in_yardsticks(figure, measured.yardstick_ms)
                reach = f"   (to reach: {figure.reach:g})" if figure.reach is not None else ""
                others = f"   [{figure.others}]" if figure.others else ""
                print(f"{figure.work:60} {text(figure):>14} {ratio:>8}{reach}{others}", flush=True)
            if not options.print:
                # At once: a run that is stopped has measured something.
                keep(BUSY if options.busy else BEFORE if options.before else NOW, [measured])
    if not options.print:
        write()
    print(f"{(time.monotonic() - began) / 60.0:.0f} minutes")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASUREMENTS, []], metavar="name")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--busy", action="store_true", help=f"beside {LOOPS} busy loops")
    where.add_argument("--before", action="store_true", help="as the figures to compare with")
    where.add_argument("--print", action="store_true", help="keep nothing")
    return parser.parse_args()


if __name__ == "__main__":
    main()
