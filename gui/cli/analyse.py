"""``toepoint analyse``: the rep table and the session's numbers of a recording."""

import argparse
from pathlib import Path

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


def run(args: argparse.Namespace) -> int:
    """Analyse and print."""
    import json

    from gui.console.progress import progress_bar
    from gui.console.tables import print_analysis
    from processing.analysis import analyse
    from processing.summary import summarise
    from sensor.importing import read_reference
    from sensor.recording import open_recording

    recording = open_recording(args.recording)
    with progress_bar("Analysing", quiet=args.json) as progress:
        analysis = analyse(recording, progress=progress)
    summary = summarise(analysis, read_reference(recording))
    if args.json:
        print(json.dumps(summary, indent=2))
    else:
        print_analysis(summary)
    return 3 if not recording.health.complete or analysis.problems else 0
