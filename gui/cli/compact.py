"""``toepoint compact``: makes closed recordings small."""

import argparse
from pathlib import Path

ORDER = 55
NAME = "compact"
HELP = "make closed recordings about four times smaller; every byte of the sensors stays"
EXAMPLE = "toepoint compact session.mcap ~/sessions"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "recordings",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="recordings (.mcap), or folders of them",
    )


def run(args: argparse.Namespace) -> int:
    """Make each one compact; go on after a recording that cannot be."""
    import sys

    from gui.cli.main import EXIT_ERROR
    from gui.texts.catalogue import ENGLISH
    from sensor.errors import RecordingError
    from sensor.recording import compact_recording

    failed = False
    for given in args.recordings:
        for path in sorted(given.glob("*.mcap")) if given.is_dir() else [given]:
            try:
                done = compact_recording(path)
            except RecordingError as error:
                print(f"toepoint compact: {error}", file=sys.stderr)
                failed = True
                continue
            if done.reason is not None:
                print(f"{path}: {ENGLISH.plan.stays_large(done.reason)}")
            else:
                before_mb, after_mb = done.before_bytes / 1e6, done.after_bytes / 1e6
                print(f"{path}: {before_mb:.1f} MB, now {after_mb:.1f} MB")
    return EXIT_ERROR if failed else 0
