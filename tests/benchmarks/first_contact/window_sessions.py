"""Train = Review = analyse: whole sessions of the running window with simulated sensors.

The window runs its own models, worker, coach and recorder; a simulated session is fed to it step by
step, so nothing waits for time. Its sets are started hands-free, with the space key, or with the
space key and loads and answers that change between them; in every fourth session a sensor is lost in
each set. The recording is then opened by Review's model and analysed by ``toepoint analyse --json``.

    python -m tests.benchmarks.first_contact.window_sessions [--sessions 50] [--first-seed 7000000]
"""

import contextlib
import io
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from unittest.mock import patch

from tests.benchmarks.first_contact import seed_options
from tests.benchmarks.first_contact.window_runs import SetFigures, Way, WindowRun

SESSIONS = 50


def main(arguments: Sequence[str] = ()) -> None:
    """Print the share of the sessions in which all three agree, for each way and each figure."""
    parser = seed_options(__doc__)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    parser.add_argument("--quiet", action="store_true", help="do not list what differs")
    args = parser.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    agreeing: Counter[Way] = Counter()
    run: Counter[Way] = Counter()
    differing: Counter[str] = Counter()
    for seed in range(args.first_seed, args.first_seed + args.sessions):
        way = list(Way)[seed % len(Way)]
        with tempfile.TemporaryDirectory() as folder:
            found = differences(*figures(seed, way, Path(folder)))
        run[way] += 1
        agreeing[way] += not found
        differing.update({what.split(":")[0] for what in found})
        if found and not args.quiet:
            print(f"seed {seed}, {way}: {'; '.join(found)}", flush=True)
    last = args.first_seed + args.sessions - 1
    print(f"seeds {args.first_seed} to {last}; to reach: 100 % in every row")
    for way in run:
        print(f"{way:12s} {100.0 * agreeing[way] / run[way]:5.1f} % of {run[way]} sessions agree")
    for what, count in differing.most_common():
        print(f"    {what} differs in {count} sessions")


def figures(
    seed: int, way: Way, folder: Path
) -> tuple[list[SetFigures], list[SetFigures], list[SetFigures]]:
    """Run the session of a seed in the window; return its sets in Train, in Review and by analyse."""
    run = WindowRun(seed, way, folder)
    trained = run.play()
    return trained, run.reviewed(), analysed(run.recording)


def analysed(path: Path) -> list[SetFigures]:
    """Return the sets that the command line prints as JSON."""
    from gui.cli.main import main as toepoint

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), patch("sys.stdin", io.StringIO()):
        toepoint(["analyse", "--json", str(path)])
    return [
        SetFigures(
            one["type"],
            one["plan"].get("load_kg"),
            ("", ""),
            one["count"],
            tuple((rep["verdict"], rep["spoken"]) for rep in one["reps"]),
        )
        for one in json.loads(printed.getvalue())["sets"]
    ]


def differences(
    trained: Sequence[SetFigures], reviewed: Sequence[SetFigures], printed: Sequence[SetFigures]
) -> list[str]:
    """Return what differs, each with the two values."""
    if not len(trained) == len(reviewed) == len(printed):
        return [f"sets: {len(trained)}, {len(reviewed)}, {len(printed)}"]
    found = []
    for number, (a, b, c) in enumerate(zip(trained, reviewed, printed, strict=True), start=1):
        for field in fields(SetFigures):
            in_train, in_review, in_print = (getattr(one, field.name) for one in (a, b, c))
            if in_train != in_review:
                found.append(f"{field.name}: set {number} Train {_short(in_train, in_review)}")
            if field.name != "bands" and in_review != in_print:
                found.append(f"{field.name}: set {number} analyse {_short(in_print, in_review)}")
    return found


def _short(one: object, other: object) -> str:
    """Return both values, of lists only what differs."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        pairs = [
            f"{at + 1} {a} / {b}"
            for at, (a, b) in enumerate(zip(one, other, strict=False))
            if a != b
        ]
        return ", ".join(pairs) or f"{len(one)} / {len(other)}"
    return f"{one} / {other}"


if __name__ == "__main__":
    main(sys.argv[1:])
