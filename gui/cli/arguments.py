"""Arguments that several commands share, so that they mean and say the same everywhere."""

import argparse
from pathlib import Path


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
