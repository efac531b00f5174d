"""Print every table of first contact: ``python -m tests.benchmarks.first_contact [name …]``."""

import argparse
import importlib
import sys
from collections.abc import Sequence

TABLES: tuple[str, ...] = (
    "arrivals",
    "control",
    "drawn_reps",
    "drawn_verdicts",
    "endings",
    "false_losses",
    "false_reps",
    "faults",
    "fuzz",
    "gaps",
    "holdups",
    "pixels",
    "postures",
    "rest_pauses",
    "sessions",
    "started_sets",
    "sounds",
    "window_sessions",
)


def main(arguments: Sequence[str] = ()) -> None:
    """Print the named tables, or all of them, with the seeds of reported figures."""
    # A table's own options, such as other seeds, belong to its module: they would be ignored here.
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(TABLES))
    names = parser.parse_args(arguments).names
    if unknown := set(names).difference(TABLES):
        parser.error(f"no such table: {', '.join(sorted(unknown))}")
    for name in names or TABLES:
        print(f"── {name} " + "─" * (70 - len(name)))
        importlib.import_module(f"tests.benchmarks.first_contact.{name}").main()
        print()


if __name__ == "__main__":
    main(sys.argv[1:])
