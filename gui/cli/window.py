"""``toepoint window``: open the window, and play a source at once if one is named."""

import argparse

ORDER = 1
NAME = "window"
HELP = "open the window"
EXAMPLE = "toepoint window sim:protocol=B"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "source", nargs="?", help="a recording, or a source such as sim:protocol=B, to play at once"
    )


def run(args: argparse.Namespace) -> int:
    """Show the window until it is closed."""
    from gui.console.updates import source_of
    from gui.shell.app import run_window

    return run_window(source_of(args.source) if args.source else None)
