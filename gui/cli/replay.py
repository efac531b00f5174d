"""``toepoint replay``: a recording or a simulation through the live path."""

import argparse
from pathlib import Path

from gui.cli.arguments import add_exercise, add_speed, chosen_exercise

ORDER = 35
NAME = "replay"
HELP = "play a recording, or a simulation, through the live path and print what happens"
EXAMPLE = "toepoint replay recordings/b_good.mcap --fast"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("source", help="a recording, or a source such as sim:protocol=B,seed=3")
    add_speed(parser)
    add_exercise(parser, "what the recording says")
    parser.add_argument("-o", "--output", type=Path, help="record what is played")


def run(args: argparse.Namespace) -> int:
    """Play and print phases and reps as they are detected."""
    from gui.console.playback import play

    whole = play(
        args.source,
        None if args.fast else args.speed,
        args.output,
        exercise=chosen_exercise(args),
    )
    return 0 if whole else 3
