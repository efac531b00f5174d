"""Compare the outputs of this checkout with those of another one, or with stored ones.

``--against DIR`` runs both. With ``--save FILE`` it runs the other one only and keeps its outputs for
``--compare FILE``, which runs this one only. The exit code is 1 if a number differs.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from tests.benchmarks.identical.commands import Failed, run
from tests.benchmarks.identical.compare import Outcome, load, save
from tests.benchmarks.identical.inputs import MEASURED, Input, absent, inputs
from tests.benchmarks.identical.table import Table

HERE = Path(__file__).resolve().parents[3]


def outcome(tree: Path, given: Input) -> Outcome:
    """Run one input through the checkout ``tree``."""
    try:
        return run(tree, given)
    except Failed as error:
        return str(error)


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.identical",
        description="Show whether two checkouts of the project give the same numbers.",
    )
    other = parser.add_mutually_exclusive_group(required=True)
    other.add_argument("--against", type=Path, metavar="DIR", help="a checkout with its .venv")
    other.add_argument("--compare", type=Path, metavar="FILE", help="what --save kept of one")
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep the outputs of --against")
    parser.add_argument("--texts", action="store_true", help="fail where a text differs, too")
    parser.add_argument("--only", metavar="TEXT", default="", help="inputs with this in their name")
    parser.add_argument(
        "--measured", type=Path, metavar="DIR", default=MEASURED, help="the measured tables"
    )
    options = parser.parse_args(argv)
    if options.save and options.compare:
        parser.error("--save needs --against")
    return options


def main(argv: Sequence[str] | None = None) -> int:
    """Run, compare or keep, and print; return the exit code."""
    options = arguments(argv)
    given = [one for one in inputs(options.measured.resolve()) if options.only in one.name]
    other = options.against.resolve() if options.against else None
    table = Table()
    for name in absent(options.measured):
        table.row(name, "skipped", f"not in {options.measured}")
    # Threads are enough: each waits for a command, which is a process of its own.
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        here: list[Future[Outcome]] = []
        there: list[Future[Outcome]] = []
        for one in given:
            if other is not None:
                there.append(pool.submit(outcome, other, one))
            if not options.save:
                here.append(pool.submit(outcome, HERE, one))
        if options.save:
            return keep(options.save, given, there)
        stored = load(options.compare) if options.compare else {}
        for i, one in enumerate(given):
            was = there[i].result() if there else stored.get(one.name, "no outputs are stored")
            table.add(one.name, was, here[i].result())
    table.finish()
    compared = table.same + table.different
    return int(not compared or table.different > 0 or (options.texts and bool(table.texts)))


def keep(path: Path, given: Sequence[Input], running: Sequence[Future[Outcome]]) -> int:
    """Write the outcomes to ``path``; return the exit code."""
    kept = {one.name: future.result() for one, future in zip(given, running, strict=True)}
    save(path, kept)
    failed = [f"{name}: {found}" for name, found in kept.items() if isinstance(found, str)]
    print("\n".join([*failed, f"{len(kept) - len(failed)} inputs kept in {path}"]))
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
