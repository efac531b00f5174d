"""``toepoint replay``: a recording or a simulation through the live path."""

import argparse
from pathlib import Path

from gui.cli.arguments import add_speed

ORDER = 35
NAME = "replay"
HELP = "play a recording, or a simulation, through the live path and print what happens"
EXAMPLE = "toepoint replay recordings/b_good.mcap --fast"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("source", help="a recording, or a source such as sim:protocol=B,seed=3")
    add_speed(parser)
    parser.add_argument("-o", "--output", type=Path, help="record what is played")


def run(args: argparse.Namespace) -> int:
    """Play and print phases and reps as they are detected."""
    import asyncio

    from gui.console.playback import look_ahead
    from gui.console.updates import UpdatePrinter, source_of
    from processing.session import Session
    from sensor.sources import open_source

    text = source_of(args.source)
    source = open_source(text, speed=None if args.fast else args.speed)
    calibration, sound = look_ahead(text)
    printer = UpdatePrinter()
    session = Session(
        source,
        printer.show,
        recording=args.output,
        calibration=calibration,
        # Fast playing need not print each sample at its time.
        batch_s=1.0 if args.fast else 0.0,
    )
    printer.close(asyncio.run(session.run()))
    return 0 if sound and printer.measured else 3
