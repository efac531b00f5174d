"""``toepoint calibrate``: guide through the calibration and save it."""

import argparse
from pathlib import Path

from gui.cli.arguments import add_exercise, add_neutral_deg, chosen_exercise

ORDER = 5
NAME = "calibrate"
HELP = "guide through the calibration of two sensors and save it in a file"
EXAMPLE = "toepoint calibrate ble:shin=ADDRESS,foot=ADDRESS -o calibration.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "source", help="ble:…, or a simulation without marked movements such as sim:marks=no"
    )
    parser.add_argument("-o", "--output", type=Path, help="the calibration to write (JSON)")
    parser.add_argument("--force", action="store_true", help="replace an existing calibration")
    parser.add_argument("--recording", type=Path, help="also record the session")
    parser.add_argument(
        "--bench", action="store_true", help="begin with both sensors lying on a bench"
    )
    parser.add_argument("--side", choices=["left", "right"], help="the leg that wears the sensors")
    add_neutral_deg(parser)
    add_exercise(parser, "leg curls")
    parser.add_argument(
        "--trims",
        type=Path,
        metavar="FILE",
        help="result of bench-calibrate (default for live sensors: the saved one)",
    )
    parser.add_argument("--speed", type=float, default=1.0, help="of a simulation; 1 is real time")


def run(args: argparse.Namespace) -> int:
    """Guide, print, and write the calibration."""
    from gui.console.calibration_printer import CalibrationPrinter, lead
    from gui.console.endings import run_until_ended
    from gui.console.updates import source_of
    from processing.calibration.calibration_file import of_session, save_calibration
    from processing.calibration.calibration_steps import steps_for
    from processing.exercises.exercise import LEG_CURL
    from processing.exercises.exercise_file import built_in
    from processing.pipeline.live_calibration import checked_neutral
    from processing.session import Session
    from sensor.sources import open_source
    from sensor.store.trims import load_trims
    from sensor.types import JsonValue

    data: dict[str, JsonValue] = {"side": args.side} if args.side is not None else {}
    if args.neutral_deg is not None:
        data["neutral_deg"] = checked_neutral(args.neutral_deg)
    chosen = chosen_exercise(args)
    exercise = chosen or built_in(LEG_CURL)
    live = args.source.startswith("ble:")
    printer = CalibrationPrinter()
    session = Session(
        open_source(source_of(args.source), speed=args.speed),
        printer.take,
        recording=args.recording,
        # The saved trims belong to real devices, not to simulated ones.
        trims=load_trims(args.trims) if live or args.trims is not None else (),
        exercise=chosen,
    )
    run_until_ended(lead(session, printer, steps_for(exercise, bench=args.bench), data))
    if printer.made is None or session.header is None:
        print("not calibrated: the session ended before all steps were done")
        return 3
    if args.output is not None:
        made = of_session(printer.made.calibration, session.header, printer.made.t)
        save_calibration(made, args.output, overwrite=args.force)
        print(f"saved in {args.output}")
    return 0
