"""``toepoint record``: stream from live sensors and record, without a window."""

import argparse
from pathlib import Path

from gui.cli.arguments import add_exercise, chosen_exercise

ORDER = 4
NAME = "record"
HELP = "record from live sensors; Ctrl-C ends it cleanly"
EXAMPLE = "toepoint record --shin C7:36:4A:1B:E2:0D --foot C7:36:4A:1B:E2:0E -o session.mcap"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--shin", metavar="ADDRESS", help="the sensor on the shin")
    parser.add_argument("--foot", metavar="ADDRESS", help="the sensor on the foot")
    parser.add_argument(
        "--thigh", metavar="ADDRESS", help="a third sensor on the thigh, for the true knee angle"
    )
    parser.add_argument(
        "--pelvis",
        metavar="ADDRESS",
        help="a fourth sensor on the sacrum, for the hip in deadlifts",
    )
    parser.add_argument("--pair", metavar="NAME", help="sensors that were saved as a pair")
    parser.add_argument("--remember", metavar="NAME", help="save these sensors as a pair")
    parser.add_argument("--family", help="the family of the sensors, if their names do not show it")
    parser.add_argument("--rate", type=float, metavar="HZ", help="samples a second")
    add_exercise(parser, "leg curls")
    parser.add_argument("--seconds", type=float, help="stop after this time")
    parser.add_argument("-o", "--output", type=Path, help="the recording (toepoint-DATE-TIME.mcap)")


def run(args: argparse.Namespace) -> int:
    """Connect, record until the end, and print a summary."""
    import asyncio
    import sys
    from datetime import datetime

    from gui.console.endings import run_until_ended

    text = _source_text(args)
    exercise = chosen_exercise(args)
    # Before the slow imports below: the person sees at once that it works.
    print("starting …", flush=True)

    from gui.console.live import print_streams, record_until_ended
    from gui.console.sensors import LinkPrinter
    from gui.console.updates import UpdatePrinter
    from gui.texts.catalogue import ENGLISH
    from processing.session import Session, SessionReport
    from sensor.ble.source import open_ble
    from sensor.errors import RecordingError, RecordingFault
    from sensor.recording import LeftAsItIs, compact_recording
    from sensor.store.pairs import pair_of, remember
    from sensor.store.trims import load_trims

    output = args.output or Path(f"toepoint-{datetime.now().astimezone():%Y%m%d-%H%M%S}.mcap")
    source = open_ble(text, on_event=LinkPrinter().show)
    printer = UpdatePrinter()
    session = Session(source, printer.show, recording=output, trims=load_trims(), exercise=exercise)

    async def record() -> tuple[SessionReport, LeftAsItIs | RecordingFault | None]:
        report = await record_until_ended(session, source, args.seconds)
        # The recording is whole already; if it cannot be made compact, it stays as it is.
        try:
            done = await asyncio.to_thread(compact_recording, report.recording or output)
        except RecordingError as error:
            return report, error.fault
        return report, None if done.reason is None or done.reason.small else done.reason

    report, large = run_until_ended(record())
    printer.close(report)
    print_streams(report)
    if large is not None:
        print(f"toepoint record: {ENGLISH.plan.stays_large(large)}", file=sys.stderr)
    if args.remember:
        remember(pair_of(args.remember, report.header.sensors))
        print(f"saved: toepoint record --pair {args.remember}")
    return 0


def _source_text(args: argparse.Namespace) -> str:
    """Return the source that the arguments name."""
    from sensor.errors import SettingError
    from sensor.store.pairs import pair_named

    if args.pair:
        return pair_named(args.pair).source
    places = ("shin", "foot", "thigh", "pelvis")
    parts = [f"{part}={getattr(args, part)}" for part in places if getattr(args, part)]
    added = args.thigh or args.pelvis
    lacking = (added and not (args.shin and args.foot)) or (args.pelvis and not args.thigh)
    if not parts or lacking:
        # A sensor alone shows no joint: the knee lies between shin and thigh, the hip above.
        raise SettingError("--shin, --foot", None, "addresses; `toepoint scan` shows them")
    parts += [f"{name}={getattr(args, name)}" for name in ("family", "rate") if getattr(args, name)]
    return "ble:" + ",".join(parts)
