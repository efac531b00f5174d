"""The command ``toepoint``: it finds the commands in this folder and runs one of them.

Exit codes: 0 done; 1 an error that the text explains; 2 wrong arguments; 3 done, but the recording
is damaged or something was not judged for lack of data; 130 stopped by Ctrl-C.
"""

import argparse
import importlib
import io
import os
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

import gui.cli

EXIT_ERROR = 1
EXIT_INTERRUPTED = 130
"""As shells report a process that Ctrl-C ended: 128 plus the number of SIGINT."""
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "1")
"""The matrices of a calibration are small: several threads only wait for each other, for seconds on a
busy computer. NumPy and SciPy read this variable when they are loaded."""


def commands() -> list[ModuleType]:
    """Return the modules of this folder that are commands, in the order of the help."""
    # Importing them all is quick: each loads what it works with in its `run`.
    names = [m.name for m in pkgutil.iter_modules(gui.cli.__path__)]
    modules = [importlib.import_module(f"gui.cli.{name}") for name in names]
    found = [m for m in modules if hasattr(m, "NAME")]
    return sorted(found, key=lambda m: (m.ORDER, m.NAME))


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    parser = argparse.ArgumentParser(
        prog="toepoint",
        description="Ankle angle and tempo for every phase of a leg curl, from two Bluetooth IMUs.",
        epilog="`toepoint COMMAND --help` shows an example. Exit codes: 0 done, 1 error, "
        "2 wrong arguments, 3 done with damaged or missing data, 130 stopped.",
    )
    parser.add_argument("--version", action="store_true", help="show the version and stop")
    parser.add_argument("--trace", action="store_true", help="show the trace of an error")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for module in commands():
        sub = subparsers.add_parser(
            module.NAME,
            help=module.HELP,
            description=module.HELP[0].upper() + module.HELP[1:] + ".",
            epilog=f"Example: {module.EXAMPLE}",
        )
        module.add_arguments(sub)
        sub.set_defaults(run=module.run)
    return parser


def _write_anywhere() -> None:
    """Write a ? for letters that an output lacks, such as a pipe on Windows, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    try:
        return _run(argv)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def _run(argv: Sequence[str] | None) -> int:
    # Before NumPy is loaded; a value that the person set wins.
    os.environ.setdefault(*ONE_THREAD)
    _write_anywhere()
    parser = build_parser()
    args = parser.parse_args(argv)
    if args.version:
        from importlib.metadata import version

        print(f"toepoint {version('toepoint')}")
        return 0
    if args.command is None:
        parser.print_help()
        return 0
    # Loaded only for a command: `toepoint --help` stays quick.
    from sensor.errors import RecordingError, RecordingFault, ToepointError

    try:
        return int(args.run(args))
    except ToepointError as error:
        if args.trace:
            raise
        print(f"toepoint {args.command}: {error}", file=sys.stderr)
        if isinstance(error, RecordingError) and error.fault is RecordingFault.EXISTS:
            print("--force replaces it.", file=sys.stderr)
        return EXIT_ERROR
    except BrokenPipeError:
        # The reader of the output (head, less) has ended, which is no error.
        sys.stderr.close()
        return 0
    except OSError as error:
        if args.trace:
            raise
        # It names its file; only the system knows what is wrong with it.
        print(f"toepoint {args.command}: {error}", file=sys.stderr)
        return EXIT_ERROR


if __name__ == "__main__":
    sys.exit(main())
