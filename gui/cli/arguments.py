"""Arguments that several commands share, so that they mean and say the same everywhere."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from processing.exercises.exercise import Exercise


def add_calibration(parser: argparse.ArgumentParser) -> None:
    """Add the choice of the calibration and of the neutral pose."""
    parser.add_argument(
        "--calibration",
        type=Path,
        metavar="FILE",
        help="use this calibration instead of the recording's own",
    )
    parser.add_argument(
        "--own-neutral",
        action="store_true",
        help="angles from the person's own still pose, without the angle that was set for it",
    )


def add_exercise(parser: argparse.ArgumentParser, otherwise: str) -> None:
    """Add the choice of the exercise; ``otherwise`` says which one it is without it."""
    parser.add_argument(
        "--exercise",
        metavar="KEY",
        help="leg_curl, heel_raise …, one of your own, or its TOML file (docs/exercises.md); "
        f"without it {otherwise}",
    )


def chosen_exercise(args: argparse.Namespace) -> "Exercise | None":
    """Return the exercise of the arguments, None if none was named.

    Raises
    ------
    DocumentError
        If there is no such exercise, or its file holds something that is not allowed.
    """
    from processing.exercises.exercise_file import exercise_named

    return None if args.exercise is None else exercise_named(args.exercise)


def add_neutral_deg(parser: argparse.ArgumentParser) -> None:
    """Add the measured angle of the still pose."""
    parser.add_argument(
        "--neutral-deg",
        type=float,
        metavar="X",
        help="ankle angle of the still pose, set with a goniometer or the corner of a box; toes up "
        "positive",
    )


def add_speed(parser: argparse.ArgumentParser) -> None:
    """Add the speed at which a recording or a simulation is played."""
    parser.add_argument("--fast", action="store_true", help="as fast as possible")
    parser.add_argument(
        "--speed",
        type=float,
        default=1.0,
        help="of a recording or a simulation; 1 is real time",
    )
