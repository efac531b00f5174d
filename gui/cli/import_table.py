"""``toepoint import``: a CSV with one row a sample becomes a recording."""

import argparse
from pathlib import Path

from gui.cli.arguments import add_exercise, add_neutral_deg, chosen_exercise

ORDER = 20
NAME = "import"
HELP = "turn a CSV with one row a sample into a recording"
EXAMPLE = "toepoint import walk.csv -o walk.mcap --still 0:3 --pumps 4:10 --curls 12:20"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("table", type=Path, help="CSV with units in its column names")
    parser.add_argument(
        "-o", "--output", type=Path, help="the recording to write (beside the CSV when not given)"
    )
    parser.add_argument("--force", action="store_true", help="replace an existing recording")
    for step in ("still", "pumps", "curls"):
        parser.add_argument(
            f"--{step}", metavar="A:B", help=f"seconds of the calibration movement '{step}'"
        )
    add_neutral_deg(parser)
    add_exercise(parser, "leg curls")


def run(args: argparse.Namespace) -> int:
    """Import the table and print what was found in it."""
    from gui.console.progress import progress_bar
    from processing.exercises.session_exercises import exercise_metadata
    from processing.pipeline.live_calibration import checked_neutral
    from sensor.errors import SettingError
    from sensor.table_import import Marks, import_table, parse_span

    # The angle belongs to the still pose; without its time it means nothing.
    if args.neutral_deg is not None and args.still is None:
        raise SettingError("--neutral-deg", args.neutral_deg, "given with --still, its pose")
    still, pumps, curls = (
        parse_span(span) if span is not None else None
        for span in (args.still, args.pumps, args.curls)
    )
    neutral_deg = checked_neutral(args.neutral_deg) if args.neutral_deg is not None else None
    marks = Marks(still, pumps, curls, neutral_deg)
    output = args.output or args.table.parent / f"{args.table.stem}.mcap"
    with progress_bar("Importing") as progress:
        report = import_table(
            args.table,
            output,
            marks=marks,
            metadata=exercise_metadata(chosen_exercise(args)),
            overwrite=args.force,
            progress=progress,
        )
    print(f"{output}: {report.rows} samples, {report.duration_s:.1f} s, {report.rate_hz:.2f} Hz")
    if report.lost:
        print(f"note: {report.lost} rows are missing in {len(report.gaps)} gaps")
    for note in (*report.repairs, *report.remarks):
        print(f"note: {note}")
    return 0
