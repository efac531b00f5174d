"""``toepoint export``: angles or ranges of a recording as CSV, a picture of it, a page to print."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from gui.cli.arguments import add_calibration, add_exercise, chosen_exercise

if TYPE_CHECKING:
    from processing.review.analysis import Analysis
    from sensor.recording import Recording

ORDER = 40
NAME = "export"
HELP = "write the angles or the measured ranges of a recording as CSV, a picture to share (.png) or a page to print (.pdf)"
EXAMPLE = "toepoint export recordings/b_good.mcap -o angles.csv"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("recording", type=Path, help="a recording (.mcap)")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        help="the file to write: .png the picture to share, .pdf the page for a physiotherapist, any "
        "other the angles as CSV",
    )
    parser.add_argument(
        "--alias",
        default="",
        help="alias of the person on the picture or the page; none without it",
    )
    parser.add_argument(
        "--language",
        choices=["en", "de"],
        help="language of the picture or the page; that of the window without it",
    )
    parser.add_argument(
        "--offline", action="store_true", help="the offline angles instead of the live ones"
    )
    parser.add_argument(
        "--ranges", action="store_true", help="the trials of the measured ranges instead of angles"
    )
    add_calibration(parser)
    add_exercise(parser, "what the recording says")


def run(args: argparse.Namespace) -> int:
    """Analyse and write."""
    from gui.console.progress import progress_bar
    from gui.texts.exports import WORDING
    from processing.calibration.calibration_file import load_calibration
    from processing.output.angles import write_angles
    from processing.output.range_table import write_ranges
    from processing.pipeline.pipeline import PipelineConfig
    from processing.review.analysis import analyse
    from sensor.recording import open_recording
    from sensor.table_import import read_reference

    # Opened first: a damaged file must not cost the time of an analysis.
    recording = open_recording(args.recording)
    config = PipelineConfig(own_neutral=args.own_neutral, exercise=chosen_exercise(args))
    given = load_calibration(args.calibration) if args.calibration is not None else None
    with progress_bar("Analysing") as progress:
        analysis = analyse(recording, config, given, progress)
    if args.output.suffix in (".png", ".pdf"):
        _write_card(args, recording, analysis)
    elif args.ranges:
        rows = write_ranges(args.output, [(analysis.header.created_utc, analysis.ranges)])
        print(f"{args.output}: {rows} trials in {len(analysis.ranges)} measures")
    else:
        offline, reference = args.offline, read_reference(recording)
        rows = write_angles(args.output, analysis, offline=offline, reference=reference)
        print(f"{args.output}: {rows} rows, {'offline' if offline else 'live'} angles")
    problems = [*analysis.problems, *map(WORDING.exercise_trouble, analysis.exercise_troubles)]
    for problem in problems:
        print(f"note: {problem}")
    return 3 if not recording.health.complete or problems else 0


def _write_card(args: argparse.Namespace, recording: "Recording", analysis: "Analysis") -> None:
    """Write the picture or the page; they need no display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from gui.models.settings import changed, load_settings
    from gui.pages.end.export import write_card
    from gui.shell.app import make_application

    settings = load_settings()
    if args.language is not None:
        settings = changed(settings, language=args.language)
    write_card(make_application(), args.output, recording, analysis, settings, args.alias)
    print(f"{args.output}: simulated data" if analysis.header.simulated else str(args.output))
