"""Print every table of first contact: ``python -m tests.benchmarks.first_contact [name …]``."""

import importlib
import sys

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


def main() -> None:
    """Print the named tables, or all of them."""
    for name in sys.argv[1:] or TABLES:
        print(f"── {name} " + "─" * (70 - len(name)))
        importlib.import_module(f"tests.benchmarks.first_contact.{name}").main()
        print()


if __name__ == "__main__":
    main()
