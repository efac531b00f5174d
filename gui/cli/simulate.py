"""``toepoint simulate``: record a session of a simulated leg, with its truth in another file."""

import argparse
from pathlib import Path

ORDER = 10
NAME = "simulate"
HELP = "record a session of a simulated leg, with its truth in another file"
EXAMPLE = "toepoint simulate protocol=B,sets=2,reps=8,seed=3 -o session.mcap"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "parameters", nargs="?", default="", help="key=value,… as after sim: (docs/simulation.md)"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, help="the recording to write")
    parser.add_argument("--force", action="store_true", help="replace an existing recording")


def run(args: argparse.Namespace) -> int:
    """Simulate and write."""
    from sensor.simulation import save_session, simulate

    session = simulate(args.parameters)
    truth = save_session(session, args.output, overwrite=args.force)
    print(f"{args.output}: simulated, {len(session.truth.reps)} reps; truth in {truth}")
    return 0
