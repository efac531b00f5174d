"""``toepoint analyse``: the table of the reps and the numbers of a recording."""

import argparse
from pathlib import Path

from gui.cli.arguments import add_calibration, add_exercise, chosen_exercise

ORDER = 30
NAME = "analyse"
HELP = "print the rep table and the numbers of a recording"
EXAMPLE = "toepoint analyse recordings/b_good.mcap"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("recording", type=Path, help="a recording (.mcap)")
    parser.add_argument(
        "--json", action="store_true", help="print JSON (docs/analysis.schema.json)"
    )
    add_calibration(parser)
    add_exercise(parser, "what the recording says")
    parser.add_argument(
        "--save-calibration", type=Path, metavar="FILE", help="save the calibration that was used"
    )
    parser.add_argument("--force", action="store_true", help="replace an existing calibration")


def run(args: argparse.Namespace) -> int:
    """Analyse and print."""
    from gui.console.progress import progress_bar
    from gui.console.tables import print_analysis
    from gui.texts.exports import WORDING
    from processing.calibration.calibration_file import (
        age_words,
        load_calibration,
        of_session,
        save_calibration,
    )
    from processing.output.summary import as_json, summarise
    from processing.pipeline.pipeline import PipelineConfig
    from processing.review.analysis import analyse
    from sensor.recording import open_recording
    from sensor.table_import import read_reference

    recording = open_recording(args.recording)
    config = PipelineConfig(own_neutral=args.own_neutral, exercise=chosen_exercise(args))
    given = load_calibration(args.calibration) if args.calibration is not None else None
    with progress_bar("Analysing", quiet=args.json) as progress:
        analysis = analyse(recording, config, given, progress)
    if args.save_calibration is not None and analysis.calibration is not None:
        # The last one: it is the one that held at the end of the session.
        t = analysis.calibrated[-1].t if analysis.calibrated else 0.0
        used = given or of_session(analysis.calibration, recording.header, t)
        save_calibration(used, args.save_calibration, overwrite=args.force)
    summary = summarise(analysis, WORDING, read_reference(recording))
    if args.json:
        print(as_json(summary))
    else:
        if given is not None:
            print(f"{args.calibration}: {age_words(given, recording.header)}")
        print_analysis(summary)
    return 3 if not recording.health.complete or summary.problems else 0
