"""``toepoint demo``: a simulated session of protocol B from the sensor's bytes to the rep table."""

import argparse
from pathlib import Path

ORDER = 0
NAME = "demo"
HELP = "simulate a session of protocol B, record it, judge it, write a report and show it"
EXAMPLE = "toepoint demo -o toepoint-demo"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("toepoint-demo"), help="the folder to write into"
    )
    parser.add_argument(
        "--no-window", action="store_true", help="do not open the window afterwards"
    )
    parser.add_argument(
        "--seed", type=int, default=1, help="another number simulates another person"
    )


def run(args: argparse.Namespace) -> int:
    """Simulate, record, replay, print and draw."""
    from gui.cli.window import show
    from gui.console.endings import run_until_ended
    from gui.console.progress import progress_bar
    from gui.console.tables import print_analysis
    from gui.models.no_window import has_display
    from gui.texts.exports import WORDING
    from processing.output.report import write_report
    from processing.output.summary import summarise
    from processing.review.analysis import analyse
    from processing.session import Session
    from sensor.errors import RecordingError, RecordingFault
    from sensor.private_files import make_private_folder
    from sensor.recording import open_recording
    from sensor.sources import open_source

    folder: Path = args.output
    recording = folder / "session.mcap"
    try:
        make_private_folder(folder)
        # The folder is the demo's own, and a second run is meant to replace the first.
        recording.unlink(missing_ok=True)
    except OSError as error:
        detail = (
            f"the demo cannot be written there ({error.strerror}); name another folder: -o FOLDER"
        )
        raise RecordingError(folder, RecordingFault.NOT_WRITABLE, detail) from error
    source = open_source(
        f"sim:protocol=B,sets=2,reps=6,seed={args.seed},motion=even,faults=fast+late", speed=None
    )
    session = Session(source, lambda _: None, recording=recording, batch_s=1.0)
    print("Simulating two sensors on a leg, protocol B: toes up to lift, pointed to lower.")
    report = run_until_ended(session.run())
    with progress_bar("Analysing") as progress:
        analysis = analyse(open_recording(recording), progress=progress)
    print_analysis(summarise(analysis, WORDING))
    page, picture = write_report(folder, analysis, "Toepoint demo", WORDING)
    print(f"\nrecording  {report.recording}\npicture    {picture}\nreport     {page}")
    if args.no_window or not has_display():
        print("window     toepoint window " + str(recording))
        return 0
    print("The window plays the session; close it to end the demo.")
    return show(f"file:{recording}", watched=True)
