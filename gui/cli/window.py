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

    return show(source_of(args.source) if args.source else None)


def show(source: str | None, *, watched: bool = False) -> int:
    """Show the window until it is closed.

    Parameters
    ----------
    source
        A session that starts at once; None for none.
    watched
        Whether it is shown from its first set on, because it is only watched.

    Raises
    ------
    NoWindowError
        If there is no screen, or a library that Qt needs is missing.
    """
    from gui.models.no_window import NoWindowError, has_display

    if not has_display():
        raise NoWindowError("there is no screen (DISPLAY and WAYLAND_DISPLAY are empty)")
    try:
        from gui.shell.app import run_window
    except ImportError as error:
        if not (error.name or "").startswith("PySide6"):
            raise
        raise NoWindowError(str(error)) from error
    return run_window(source, watched=watched)
