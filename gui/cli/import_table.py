"""``toepoint import``: a CSV with one row a sample becomes a recording."""

import argparse
from pathlib import Path

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


def run(args: argparse.Namespace) -> int:
    """Import and say what was found."""
    from gui.console.progress import progress_bar
    from sensor.importing import Marks, import_table, parse_span

    spans = (args.still, args.pumps, args.curls)
    marks = Marks(*(parse_span(span) if span is not None else None for span in spans))
    output = args.output or args.table.with_suffix(".mcap")
    with progress_bar("Importing") as progress:
        report = import_table(
            args.table, output, marks=marks, overwrite=args.force, progress=progress
        )
    print(f"{output}: {report.rows} samples, {report.duration_s:.1f} s, {report.rate_hz:.2f} Hz")
    if report.lost:
        print(f"note: {report.lost} rows are missing in {len(report.gaps)} gaps")
    for note in (*report.repairs, *report.remarks):
        print(f"note: {note}")
    return 0
