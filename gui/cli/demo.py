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
    from gui.console.endings import run_until_ended
    from gui.console.progress import progress_bar
    from gui.console.tables import print_analysis
    from gui.texts.exports import WORDING
    from processing.output.report import write_report
    from processing.output.summary import summarise
    from processing.review.analysis import analyse
    from processing.session import Session
    from sensor.recording import open_recording
    from sensor.sources import open_source

    folder: Path = args.output
    recording = folder / "session.mcap"
    folder.mkdir(parents=True, exist_ok=True)
    # The folder is the demo's own, and a second run is meant to replace the first.
    recording.unlink(missing_ok=True)
    source = open_source(
        f"sim:protocol=B,sets=2,reps=6,seed={args.seed},faults=fast+late", speed=None
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
    from gui.shell.app import run_window

    print("The window plays the session; close it to end the demo.")
    return run_window(f"file:{recording}")


def has_display() -> bool:
    """Return whether there is a screen for a window."""
    import os
    import sys

    # Windows and macOS always have a display.
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
